"""The tokens of one statement as matchers see them: sentences, quotation marks, negation."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from oppsummering.survey import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from oppsummering.matchers import PhraseMatcher, Words
    from oppsummering.patterns import WordPattern
    from oppsummering.words import WordForm

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


@dataclass(frozen=True, slots=True)
class Form:
    """What is remembered of a word form, so that a statement's tokens cost little.

    Attributes:
        text: The form as written.
        word: Its readings.
        certain: The patterns that it satisfies, in the codebook's order.
        uncertain: Those that its context decides.
        patterns: The certain ones as a set.
        bits: Certain and uncertain ones as a number with a bit for each.
        terms: The terms that it may be the telling word of.
        evidence: How much it speaks for Bokmål (above zero) or Nynorsk.
        is_word: Whether matchers see it: blanks and quotation marks are left out.
        may_end_sentence: Whether a sentence may end with it.
    """

    text: str
    word: WordForm
    certain: tuple[WordPattern, ...]
    uncertain: tuple[WordPattern, ...]
    patterns: frozenset[WordPattern]
    bits: int
    terms: tuple[int, ...]
    evidence: float
    is_word: bool
    may_end_sentence: bool


def is_word(text: str) -> bool:
    """Whether matchers see a token: blanks and quotation marks are left out."""
    return not text.isspace() and text not in QUOTATION_MARKS


def may_end_sentence(text: str) -> bool:
    """Whether a token ends a sentence, or may do so before a capital letter."""
    return text in SENTENCE_ENDS or text[-1:] == "."


class StatementTokens:
    """The tokens of one statement as matchers see them: without blanks and quotation marks.

    Args:
        text: The text of the statement.
        doc: Its tokens.
        forms: What is known of the form of each token.
    """

    def __init__(self, text: str, doc: Doc, forms: Sequence[Form]) -> None:
        self.text = text
        self._doc = doc
        self._kept = [number for number, form in enumerate(forms) if form.is_word]
        self.forms = [forms[number] for number in self._kept]
        self.words = [form.text for form in self.forms]
        self._patterns = [form.patterns for form in self.forms]
        self._sentences_with: dict[int, frozenset[int]] = {}
        self._where: dict[WordPattern, list[int]] = defaultdict(list)
        for number, form in enumerate(self.forms):
            for pattern in form.certain:
                self._where[pattern].append(number)
        if any(form.may_end_sentence for form in self.forms):
            self.sentences = sentence_numbers(self.words)
        else:
            self.sentences = [0] * len(self.words)

    def span(self, first: int, last: int) -> Span:
        """The place in the text from one token to another."""
        end = self._doc[self._kept[last]]
        return Span(self._doc[self._kept[first]].idx, end.idx + len(end))

    def where(self, pattern: WordPattern) -> Sequence[int]:
        """The tokens that satisfy a pattern, ascending."""
        return self._where.get(pattern, ())

    def has(self, token: int, pattern: WordPattern) -> bool:
        """Whether there is such a token and it satisfies a pattern."""
        return token < len(self._patterns) and pattern in self._patterns[token]

    def sentence(self, token: int) -> int:
        """The number of a token's sentence; -1 beyond the last token."""
        return self.sentences[token] if token < len(self.sentences) else -1

    def key(self, token: int) -> str:
        """The token's lemma in the common vocabulary."""
        return self.forms[token].word.analyses[0].key

    def covered(self, start: int, end: int) -> Words:
        """The tokens that a stretch of the text touches."""
        starts, ends = self._edges
        return tuple(range(bisect_right(ends, start), bisect_left(starts, end)))

    @cached_property
    def _edges(self) -> tuple[list[int], list[int]]:
        """Where each token starts and ends."""
        starts = [self._doc[number].idx for number in self._kept]
        return starts, [s + len(word) for s, word in zip(starts, self.words, strict=True)]

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
        if may_end_sentence(word):
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
