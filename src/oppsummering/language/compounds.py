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
    from collections.abc import Callable, Mapping

DATA = Path(__file__).parent / "data"

MAX_LENGTH = 100
"""Longer words are no words; they are left whole. The longest of the list has 33 letters."""

MAX_PARTS = 16
MAX_CACHED = 50_000
"""Parts whose own parts are kept in memory; then the cache starts anew."""

MOST_LETTERS = 20
"""A longer unknown word is no less likely to be simple than one of so many letters."""

MOST_UNKNOWN = 8
"""A longer unknown part is no likelier to be one than one of so many letters."""

LEAST_UNKNOWN = 3
"""Letters that a part needs when no list knows it."""

LEAST_INSIDE = 3
"""Letters of the shorter side of a seam inside a part (*hovedsak* is not *ho* + *ved* + *sak*)."""

IMPOSSIBLE = -1000.0
ENDINGS = frozenset(
    """leg lege leger lig lige ligere het heten heter hetene heit heita heiten heiter heitene else
    elsen elser elsene ing inga ingen inger ingar ingene ingane isk iske ist isten ister istar
    istisk ende ande aste este ere ert erte iser isert isere ering eringa eringen era tisk tiske
    sjon sjonen ale ell elle ant ent ene ane ens enes bar bare leik leiken""".split()  # noqa: SIM905 - text reads better
)
"""Derivations and inflections: no head, however well the letters before them are known."""

DERIVED = "ering"
"""*Signering* comes from *signere*; it is not *signe* and *ring*."""

LINKED_BY_S = ("het", "heit", "ing", "sjon", "skap", "leik", "tet", "nad")
"""Derivations that always take a linking s as a modifier (*modenheits-*), known word or not."""

SHARED = 1.0
"""What it costs a seam that its two parts share a letter (*busstopp*)."""

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


PARTICLE, BOKMAL = int(Facts.PARTICLE), int(Facts.NB)
"""Flags as plain numbers, which are faster."""


class Seam(IntEnum):
    """The values of the seam column that are no place in the word.

    A place below zero is one where the head shares its first letter with the modifier.
    """

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
    whole_inside: float
    whole_unknown: float
    whole_unknown_letter: float


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a compound.

    Attributes:
        text: As written, with its linking letters.
        lemma: Its lemma; for the head None, since its inflection is the word's own.
        borrowed: The letter that the head shares with the modifier: *busstopp* is *buss* and
            *stopp*, for three like consonants are written as two.
    """

    text: str
    lemma: str | None = None
    borrowed: str = ""

    @property
    def form(self) -> str:
        """The text as it would stand alone."""
        return self.borrowed + self.text


def _unchanged(form: str) -> str:
    return form


class CompoundSplitter:
    """Cuts words in lower case, without hyphens, at their seams.

    Args:
        parts: Modifier forms and lemmas. Columns: the score as a modifier, the score with a
            linking s, the `Seam` as a word, the `Seam` as a part of a word, the `Link`, the
            `Facts`.
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
        self._scores, self._s_scores, self._seams, self._inner_seams = parts.columns[:4]
        self._links, self._facts = parts.columns[4:]
        (self._head_scores,) = heads.columns
        self.lemma_of = lemma_of
        self._inner: dict[str, list[Part]] = {}
        self._outer: dict[str, tuple[Part, ...]] = {}

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

    def is_bokmal(self, lemma: str) -> bool:
        """Whether the Bokmål lists have the lemma."""
        index = self._parts.find(lemma)
        return index >= 0 and bool(self._facts[index] & BOKMAL)

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
        parts = self._cut_word(lemma or word)
        if lemma is None or lemma == word:
            return parts
        start = sum(len(part.text) for part in parts[:-1])
        if len(parts) == 1 or len(word) <= start or word[:start] != lemma[:start]:
            return (Part(word),)
        return (*parts[:-1], Part(word[start:], borrowed=parts[-1].borrowed))

    def modifier(self, form: str) -> tuple[Part, ...]:
        """Cut a modifier that stands by itself, as before a hyphen (*virksomhets-*).

        Args:
            form: A modifier form in lower case, with its linking letters.

        Returns:
            Its parts; each has a lemma.
        """
        return tuple(self._modifier(form, 0))

    def _cut(self, word: str, *, outer: bool, depth: int = 0) -> list[Part]:
        seam = self._seam(word, outer=outer) if depth <= MAX_PARTS else 0
        if not seam:
            return [Part(word)]
        left, right = word[: abs(seam)], word[abs(seam) :]
        if not outer and (self.is_particle(left) or min(len(left), len(right)) < LEAST_INSIDE):
            # Inside a compound *utvikling* is the useful part, not *ut* and *vikling*.
            return [Part(word)]
        borrowed = left[-1] if seam < 0 else ""
        return [*self._modifier(left, depth), *self._head(right, borrowed, depth)]

    def _cut_word(self, word: str) -> tuple[Part, ...]:
        """Cut a whole word; remembered, for a lemma is asked for by each of its forms."""
        parts = self._outer.get(word)
        if parts is None:
            parts = tuple(self._cut(word, outer=True))
            if len(self._outer) >= MAX_CACHED:
                self._outer.clear()
            self._outer[word] = parts
        return parts

    def _cut_part(self, word: str, depth: int) -> list[Part]:
        """Cut a part of a word; remembered, for parts come again and again."""
        parts = self._inner.get(word)
        if parts is None:
            parts = self._cut(word, outer=False, depth=depth + 1)
            if len(self._inner) >= MAX_CACHED:
                self._inner.clear()
            self._inner[word] = parts
        return parts

    def is_particle(self, form: str) -> bool:
        """Whether a modifier is a preposition or an adverb (*ut*, *opp*)."""
        index = self._parts.find(form)
        return index >= 0 and bool(self._facts[index] & PARTICLE)

    def _modifier(self, form: str, depth: int) -> list[Part]:
        lemma = self._modifier_lemma(form)
        parts = self._cut_part(lemma, depth)
        start = sum(len(part.text) for part in parts[:-1])
        last = parts[-1]
        return [*parts[:-1], Part(form[start:], last.form, last.borrowed)]

    def _head(self, form: str, borrowed: str, depth: int) -> list[Part]:
        lemma = self.lemma_of(borrowed + form)
        parts = self._cut_part(lemma, depth)
        start = sum(len(part.text) for part in parts[:-1])
        whole = borrowed + form
        if len(parts) == 1 or len(whole) <= start or whole[:start] != lemma[:start]:
            return [Part(form, borrowed=borrowed)]
        first = Part(parts[0].text.removeprefix(borrowed), parts[0].lemma, borrowed)
        return [first, *parts[1:-1], Part(whole[start:], borrowed=parts[-1].borrowed)]

    def _modifier_lemma(self, form: str) -> str:
        """The lemma of a modifier form."""
        index = self._parts.find(form)
        link = self._links[index] if index >= 0 else Link.NONE
        if link == Link.VERB:
            return form + "e"
        if link:
            return form[:-link]
        if index < 0 and form[-1] == "s" and self._is_linked_by_s(form[:-1]):
            return form[:-1]
        return form

    def _is_linked_by_s(self, word: str) -> bool:
        return word.endswith(LINKED_BY_S) or self._parts.find(word) >= 0

    def _seam(self, word: str, *, outer: bool) -> int:
        """The place of the likeliest seam, below zero when a letter is shared; 0 for none."""
        index = self._parts.find(word)
        if index >= 0:
            seam = self._seams[index] if outer else self._inner_seams[index]
            if seam:
                return 0 if seam == Seam.WHOLE else seam
        weights = self._weights
        whole = weights.whole_unknown + (0.0 if outer else weights.whole_inside)
        letters = weights.whole_unknown_letter * min(len(word), MOST_LETTERS)
        return self.best_place(word, (whole + letters) / STEP)

    def best_place(self, word: str, best: float) -> int:
        """The best seam that beats a score, in steps of `wordtable.STEP`; 0 for none.

        It is below zero when the parts share a letter.
        """
        modifiers, heads = self._modifier_scores(word), self._heads_of(word)
        if DERIVED in word:
            heads.pop(word.rindex(DERIVED) + 1, None)
        place, best = self._after_modifier(word, modifiers, heads, best)
        for start in modifiers:
            heads.pop(start, None)
        return self._before_head(word, heads, best) or place

    def _after_modifier(
        self, word: str, modifiers: Mapping[int, float], heads: Mapping[int, float], best: float
    ) -> tuple[int, float]:
        """The best seam after a known modifier, with its score."""
        best_place = 0
        for place, score in modifiers.items():
            head = heads.get(place)
            if head is None:
                head = self._unknown_head(word[place:])
            if score + head > best:
                best, best_place = score + head, place
            if word[place - 1] == word[place - 2 : place - 1] and place - 1 in heads:
                total = score + heads[place - 1] - SHARED / STEP
                if total > best and word[place - 1] not in VOWELS:
                    best, best_place = total, -place
        return best_place, best

    def _before_head(self, word: str, heads: Mapping[int, float], best: float) -> int:
        """The best seam between an unknown modifier and a known head, or 0."""
        best_place = 0
        for place, score in heads.items():
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
        if form in ENDINGS:
            return IMPOSSIBLE
        weights = self._weights
        return _unknown(form, weights.unknown_head, weights.unknown_head_letter)

    def _unknown_modifier(self, form: str) -> float:
        weights = self._weights
        return _unknown(form, weights.unknown_modifier, weights.unknown_modifier_letter)


def _unknown(form: str, base: float, letter: float) -> float:
    """The score of a part that no list knows; it needs some letters and a vowel."""
    size = len(form)
    if size < LEAST_UNKNOWN or VOWELS.isdisjoint(form):
        return IMPOSSIBLE
    return (base + letter * min(size, MOST_UNKNOWN)) / STEP
