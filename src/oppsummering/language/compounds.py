"""Leddanalyse: cut a compound into its parts.

A seam stands between a modifier and a head. Where the word is in Norsk Ordbank's leddanalyse, its
seam is looked up. Elsewhere every place is scored: what is known of the letters before it as a
modifier plus what is known of the letters after it as a head, beside the score of leaving the
word whole. The scores are learnt by `training/compounds.py`; `docs/words.md` describes them.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import IntEnum, IntFlag
from pathlib import Path
from typing import TYPE_CHECKING

from oppsummering.language.wordtable import STEP, WordTable

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).parent / "data"

MAX_LENGTH = 100
"""Longer words are no words; they are left whole. The longest of the list has 33 letters."""

MAX_PARTS = 16
LEAST_UNKNOWN = 3
"""Letters that a part needs when no list knows it."""

VOWELS = frozenset("aeiouyæøåéèêóòôü")


class Facts(IntFlag):
    """What is known of a word as a whole."""

    NB = 1
    NN = 2
    NOUN = 4
    VERB = 8
    ADJ = 16
    OTHER = 32
    PARTICLE = 64


class Seam(IntEnum):
    """The values of the seam column that are no place in the word."""

    WHOLE = -1
    """The list knows it as simple, or cuts only a prefix (*for-*, *u-*) from it."""
    UNKNOWN = 0


class Link(IntEnum):
    """How the modifier form becomes a lemma: letters to take away, or the -e of a verb to add."""

    NONE = 0
    ONE = 1
    TWO = 2
    VERB = 3


@dataclass(frozen=True, slots=True)
class Weights:
    """What a part or word costs that is in no list, and what a word left whole is worth."""

    unknown_modifier: float
    unknown_modifier_letter: float
    unknown_head: float
    unknown_head_letter: float
    whole: float
    whole_inside: float
    whole_known: float
    whole_letter: float
    whole_unknown_letter: float


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a compound.

    Attributes:
        text: As written, with its linking letters.
        lemma: Its lemma; for the head None, since its inflection is the word's own.
    """

    text: str
    lemma: str | None = None


def _unchanged(form: str) -> str:
    return form


class CompoundSplitter:
    """Cuts words in lower case, without hyphens, at their seams.

    Args:
        parts: Modifier forms and lemmas. Columns: the score as a modifier, the score with a
            linking s, the `Seam`, the `Link`, the `Facts`.
        heads: Head forms written backwards. Column: the score as a head.
        weights: The costs of what is in no list.
        lemma_of: Gives the lemma of a known word form, any other form unchanged.
    """

    def __init__(
        self,
        parts: WordTable,
        heads: WordTable,
        weights: Weights,
        lemma_of: Callable[[str], str] = _unchanged,
    ) -> None:
        self._parts = parts
        self._weights = weights
        self._heads = heads
        self._scores, self._s_scores, self._seams, self._links, self._facts = parts.columns
        (self._head_scores,) = heads.columns
        self.lemma_of = lemma_of

    @classmethod
    def load(cls, folder: Path = DATA) -> CompoundSplitter:
        """Load the tables of the package, or those of another folder."""
        weights = Weights(**json.loads((folder / "compounds.json").read_text(encoding="utf-8")))
        return cls(WordTable.load(folder / "parts"), WordTable.load(folder / "heads"), weights)

    def save(self, folder: Path) -> None:
        """Write the tables into a folder."""
        self._parts.save(folder / "parts")
        self._heads.save(folder / "heads")
        text = json.dumps(asdict(self._weights), indent=1)
        (folder / "compounds.json").write_text(text + "\n", encoding="utf-8")

    def facts(self, lemma: str) -> Facts:
        """What the lists know of a lemma; no flag when nothing."""
        index = self._parts.find(lemma)
        return Facts(self._facts[index]) if index >= 0 else Facts(0)

    def split(self, word: str, lemma: str | None = None) -> tuple[Part, ...]:
        """Cut a word at its seams.

        Args:
            word: A word form in lower case.
            lemma: Its lemma where that is known; the seams of the lemma are those of the form.

        Returns:
            The parts in order; their texts together are the word. One part for a simple word.
        """
        if len(word) > MAX_LENGTH:
            return (Part(word),)
        if lemma is None or lemma == word:
            return tuple(self._cut(word, outer=True))
        parts = self._cut(lemma, outer=True)
        start = sum(len(part.text) for part in parts[:-1])
        if len(parts) == 1 or len(word) <= start or word[:start] != lemma[:start]:
            return (Part(word),)
        return (*parts[:-1], Part(word[start:]))

    def _cut(self, word: str, *, outer: bool, depth: int = 0) -> list[Part]:
        seam = self._seam(word, outer=outer)
        if not seam or depth > MAX_PARTS:
            return [Part(word)]
        left, right = word[:seam], word[seam:]
        particle = bool(self.facts(left) & Facts.PARTICLE)
        if particle and not outer:
            # Inside a compound *utvikling* is the useful part, not *ut* and *vikling*.
            return [Part(word)]
        return [*self._modifier(left, depth), *self._head(right, depth)]

    def _modifier(self, form: str, depth: int) -> list[Part]:
        lemma, link = self._modifier_lemma(form)
        parts = self._cut(lemma, outer=False, depth=depth + 1)
        last = parts[-1]
        start = sum(len(part.text) for part in parts[:-1])
        text = form[start:] if link or len(parts) == 1 else last.text
        return [*parts[:-1], Part(text, last.lemma or last.text)]

    def _head(self, form: str, depth: int) -> list[Part]:
        lemma = self.lemma_of(form)
        parts = self._cut(lemma, outer=False, depth=depth + 1)
        start = sum(len(part.text) for part in parts[:-1])
        if len(form) <= start or form[:start] != lemma[:start]:
            return [Part(form)]
        return [*parts[:-1], Part(form[start:])]

    def _modifier_lemma(self, form: str) -> tuple[str, bool]:
        """The lemma of a modifier form, and whether the form differs from it."""
        index = self._parts.find(form)
        link = self._links[index] if index >= 0 else Link.NONE
        if link == Link.VERB:
            return form + "e", True
        if link:
            return form[:-link], True
        if index < 0 and form[-1] == "s" and self._parts.find(form[:-1]) >= 0:
            return form[:-1], True
        return form, False

    def _seam(self, word: str, *, outer: bool) -> int:
        """The place of the likeliest seam, or 0."""
        index = self._parts.find(word)
        seam = self._seams[index] if index >= 0 else Seam.UNKNOWN
        if seam:
            return max(seam, 0)
        known = index >= 0 and bool(self._facts[index])
        return self._best_place(word, 0 if outer else self._weights.whole_inside, known=known)

    def _best_place(self, word: str, bonus: float, *, known: bool) -> int:
        size = len(word)
        weights = self._weights
        best_place = 0
        best = bonus + weights.whole + weights.whole_letter * min(size, 20)
        best += weights.whole_known if known else weights.whole_unknown_letter * min(size, 20)
        best /= STEP
        modifiers = self._modifier_scores(word)
        heads = self._heads_of(word)
        for place, score in modifiers.items():
            head = heads.get(place)
            total = score + (self._unknown_head(word[place:]) if head is None else head)
            if total > best:
                best, best_place = total, place
        for place, score in heads.items():
            if place not in modifiers:
                total = score + self._unknown_modifier(word[:place])
                if total > best:
                    best, best_place = total, place
        return best_place

    def _modifier_scores(self, word: str) -> dict[int, float]:
        scores: dict[int, float] = {}
        last = len(word) - 2
        for modifier, index in self._parts.prefixes(word):
            place = len(modifier)
            if place > last:
                break
            score = self._scores[index]
            if score > scores.get(place, -128):
                scores[place] = score
            if word[place] == "s" and place < last:
                scores[place + 1] = self._s_scores[index]
        return scores

    def _heads_of(self, word: str) -> dict[int, float]:
        size = len(word)
        scores = self._head_scores
        return {
            size - len(head): scores[index]
            for head, index in self._heads.prefixes(word[::-1])
            if 1 < len(head) < size
        }

    def _unknown_head(self, form: str) -> float:
        return self._unknown(form, self._weights.unknown_head, self._weights.unknown_head_letter)

    def _unknown_modifier(self, form: str) -> float:
        weights = self._weights
        return self._unknown(form, weights.unknown_modifier, weights.unknown_modifier_letter)

    @staticmethod
    def _unknown(form: str, base: float, letter: float) -> float:
        if len(form) < LEAST_UNKNOWN or VOWELS.isdisjoint(form):
            return -1000
        return (base + letter * len(form)) / STEP
