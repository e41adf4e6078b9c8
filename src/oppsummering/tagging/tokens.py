"""The tokens of one statement as matchers see them: sentences, quotation marks, negation."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from oppsummering.survey import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from oppsummering.language.broken_words import MendedText
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
        negates: Whether it is a negation.
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
    negates: bool


def is_word(text: str) -> bool:
    """Whether matchers see a token: blanks and quotation marks are left out."""
    return not text.isspace() and text not in QUOTATION_MARKS


def may_end_sentence(text: str) -> bool:
    """Whether a token ends a sentence, or may do so before a capital letter."""
    return text in SENTENCE_ENDS or text[-1:] == "."


def negates(text: str) -> bool:
    """Whether a token is a negation."""
    return text.casefold() in NEGATIONS


def as_written(forms: list[Form], mended: MendedText) -> list[Form]:
    """The forms of a mended text with the words that were broken as the source has them.

    Args:
        forms: What is known of the form of each token of the mended text, blanks left out.
        mended: The text.
    """
    if not mended.seams:
        return forms
    written = []
    seams = list(reversed(mended.seams))
    for form, start in zip(forms, _starts(mended.text, forms), strict=True):
        place = start
        end = start + len(form.text)
        pieces = []
        while seams and seams[-1].place <= end:
            seam = seams.pop()
            # What goes after its last letter is no part of the word, save the hyphen.
            removed = seam.removed if seam.place < end else seam.removed.rstrip()
            pieces += [mended.text[place : seam.place], removed]
            place = seam.place
        pieces.append(mended.text[place:end])
        written.append(replace(form, text="".join(pieces)) if len(pieces) > 1 else form)
    return written


def _starts(text: str, forms: Iterable[Form]) -> Iterator[int]:
    """Where each token of a text starts: nothing but blanks stands between two tokens."""
    place = 0
    for form in forms:
        while text[place].isspace():
            place += 1
        yield place
        place += len(form.text)


class StatementTokens:
    """The tokens of one statement as matchers see them: without blanks and quotation marks.

    Args:
        text: The text of the statement.
        forms: What is known of the form of each token, blanks left out.
    """

    def __init__(self, text: str, forms: Sequence[Form]) -> None:
        self.text = text
        self._every_form = forms
        self.forms = [form for form in forms if form.is_word]
        self.words = [form.text for form in self.forms]
        self._patterns = [form.patterns for form in self.forms]
        self._sentences_with: dict[int, frozenset[int]] = {}
        self._where: dict[WordPattern, list[int]] = {}
        # Most statements are one sentence: nothing before their last token may end one.
        if any(form.may_end_sentence for form in self.forms[:-1]):
            self.sentences = sentence_numbers(self.words)
        else:
            self.sentences = [0] * len(self.words)

    def span(self, first: int, last: int) -> Span:
        """The place in the text from one token to another."""
        return Span(self._starts[first], self._starts[last] + len(self.words[last]))

    def where(self, pattern: WordPattern) -> Sequence[int]:
        """The tokens that satisfy a pattern, ascending; found once a statement."""
        known = self._where.get(pattern)
        if known is None:
            known = [n for n, satisfied in enumerate(self._patterns) if pattern in satisfied]
            self._where[pattern] = known
        return known

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
        return tuple(range(bisect_right(self._ends, start), bisect_left(self._starts, end)))

    @cached_property
    def _starts(self) -> list[int]:
        """Where each word starts."""
        starts = _starts(self.text, self._every_form)
        every = zip(self._every_form, starts, strict=True)
        return [start for form, start in every if form.is_word]

    @cached_property
    def _ends(self) -> list[int]:
        """Where each token ends."""
        return [start + len(word) for start, word in zip(self._starts, self.words, strict=True)]

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
            token - NEGATION_REACH <= before < token
            and self.sentences[before] == self.sentences[token]
            for before in self._negations
        )

    @cached_property
    def _negations(self) -> list[int]:
        """The tokens that negate what follows; in *ikke minst* none does."""
        return [
            number
            for number, form in enumerate(self.forms)
            if form.negates and not self._stresses(number + 1)
        ]

    def _stresses(self, token: int) -> bool:
        return token < len(self.forms) and self.forms[token].word.text.casefold() in STRESSES


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
