"""The tokens of one statement as matchers see them: sentences, quotation marks, negation."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Doc

    from oppsummering.matchers import PhraseMatcher, Words
    from oppsummering.patterns import WordPattern
    from oppsummering.words import Lexicon

NEGATIONS: Final = frozenset(
    {"ikke", "ikkje", "ingen", "inga", "intet", "ingenting", "inkje", "aldri", "uten", "utan"}
    | {"verken", "hverken", "korkje", "neppe"}
)
NEGATION_REACH: Final = 5
"""How many words before a match a negation is looked for, within the sentence."""

STRESSES: Final = frozenset({"minst", "bare", "berre", "kun"})
"""Words after a negation that make it stress what follows: *ikke minst*, *ikkje berre*."""

SENTENCE_ENDS: Final = frozenset({".", "!", "?", "…", "..."})
LIST_ENDS: Final = frozenset(
    {"osv.", "osb.", "etc.", "m.m.", "mm.", "mv.", "m.v.", "o.l.", "e.l.", "m.fl.", "mfl.", "o.a."}
)
"""Abbreviations that end a list, and the sentence too when a capital letter follows."""

ABBREVIATIONS: Final = frozenset(
    {"avd", "div", "eks", "eksv", "forts", "ift", "maks", "mtp", "vedr"}
)
"""Abbreviations that spaCy's tokenizer cuts from their full stop."""

_ORDINAL = re.compile(r"\d+\.")
QUOTATION_MARKS: Final = frozenset("«»\"“”„‟‘’‚‹›'`´*_")


class StatementTokens:
    """The tokens of one statement as matchers see them: without blanks and quotation marks."""

    def __init__(self, doc: Doc, found: Sequence[Sequence[WordPattern]], lexicon: Lexicon) -> None:
        kept = [
            (token, patterns)
            for token, patterns in zip(doc, found, strict=True)
            if not token.is_space and token.text not in QUOTATION_MARKS
        ]
        self.text: str = doc.text
        self.words = [token.text for token, _ in kept]
        self.starts = [token.idx for token, _ in kept]
        self.ends = [token.idx + len(token) for token, _ in kept]
        self.patterns = [patterns for _, patterns in kept]
        self._lexicon = lexicon
        self.sentences = sentence_numbers(self.words)
        self._sentences_with: dict[int, frozenset[int]] = {}
        self._where: dict[WordPattern, list[int]] = defaultdict(list)
        for number, patterns in enumerate(self.patterns):
            for pattern in patterns:
                self._where[pattern].append(number)

    def present(self) -> Iterable[WordPattern]:
        """The patterns that the statement satisfies."""
        return self._where

    def where(self, pattern: WordPattern) -> Sequence[int]:
        """The tokens that satisfy a pattern, ascending."""
        return self._where.get(pattern, ())

    def has(self, token: int, pattern: WordPattern) -> bool:
        """Whether there is such a token and it satisfies a pattern."""
        return token < len(self.patterns) and pattern in self.patterns[token]

    def sentence(self, token: int) -> int:
        """The number of a token's sentence; -1 beyond the last token."""
        return self.sentences[token] if token < len(self.sentences) else -1

    def key(self, token: int) -> str:
        """The token's lemma in the common vocabulary."""
        return self._lexicon.look_up(self.words[token]).analyses[0].key

    def covered(self, start: int, end: int) -> Words:
        """The tokens that a stretch of the text touches."""
        return tuple(range(bisect_right(self.ends, start), bisect_left(self.starts, end)))

    def sentences_with(self, matcher: PhraseMatcher) -> frozenset[int]:
        """The sentences that a phrase stands in; found once a statement."""
        known = self._sentences_with.get(id(matcher))
        if known is None:
            known = frozenset(self.sentence(words[0]) for words in matcher.find(self))
            self._sentences_with[id(matcher)] = known
        return known

    def negated(self, token: int) -> bool:
        """Whether a negation stands before a token, in its sentence and within reach."""
        return any(
            self._negates(before)
            for before in range(max(0, token - NEGATION_REACH), token)
            if self.sentences[before] == self.sentences[token]
        )

    def _negates(self, token: int) -> bool:
        if self.words[token].casefold() not in NEGATIONS:
            return False
        return self.words[token + 1].casefold() not in STRESSES


def sentence_numbers(words: Sequence[str]) -> list[int]:
    """The number of the sentence that each word stands in, from 0.

    Closing punctuation ends a sentence; so does a word with a full stop of its own, such as
    *osv.* or *3.*, when a capital letter follows.
    """
    numbers: list[int] = []
    number = 0
    for index, word in enumerate(words):
        numbers.append(number)
        if word in SENTENCE_ENDS or word[-1] == ".":
            following = words[index + 1] if index + 1 < len(words) else ""
            number += _ends_sentence(word, words[index - 1] if index else "", following)
    return numbers


def _ends_sentence(word: str, before: str, following: str) -> bool:
    if word == ".":
        return before.casefold() not in ABBREVIATIONS
    if word in SENTENCE_ENDS:
        return True
    closes = word.casefold() in LIST_ENDS or (bool(before) and bool(_ORDINAL.fullmatch(word)))
    return closes and following[:1].isupper()
