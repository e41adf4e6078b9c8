"""Which terms can match a statement at all, judged by the patterns that its words satisfy.

Sets of patterns are whole numbers with a bit for each, so that a statement is judged by a few
operations on numbers, and most statements need no closer look.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from oppsummering.patterns import Exact, Lemma, Part

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oppsummering.codebook import Codebook, Term
    from oppsummering.patterns import Alternative, WordPattern


@dataclass(frozen=True, slots=True)
class _Demand:
    """What must be in a statement for a term to match it, as sets of patterns.

    Attributes:
        theme: The number of its theme.
        strength: What the term adds to the theme's score.
        needed: Patterns that must all be there.
        required: Sets of which one must be there; empty when the term requires no phrase.
    """

    theme: int
    strength: float
    needed: int
    required: tuple[int, ...]


class Candidates:
    """Finds the terms that can give a statement a theme.

    Each term is looked for by one telling word that a match cannot do without: the one that is
    likely the rarest.

    Args:
        codebook: The themes and their terms; a term's number is its place among all terms.
    """

    def __init__(self, codebook: Codebook) -> None:
        self._bits = {pattern: 1 << n for n, pattern in enumerate(codebook.patterns())}
        self._reached_by = [theme.reached_by for theme in codebook.themes]
        self._demands: list[_Demand] = []
        self._told_by: dict[WordPattern, list[int]] = defaultdict(list)
        for theme_number, theme in enumerate(codebook.themes):
            for term in theme.terms:
                self._add(term, theme_number)

    def bits(self, patterns: Iterable[WordPattern]) -> int:
        """A set of patterns as a number with a bit for each."""
        bits = 0
        for pattern in patterns:
            bits |= self._bits[pattern]
        return bits

    def told_by(self, patterns: Iterable[WordPattern]) -> tuple[int, ...]:
        """The terms that a word with these patterns is the telling word of, ascending."""
        numbers = {number for pattern in patterns for number in self._told_by.get(pattern, ())}
        return tuple(sorted(numbers))

    def telling(self, numbers: Iterable[int], bits: Iterable[int]) -> list[int]:
        """Those of the terms that can match and together bring their theme to its threshold.

        Args:
            numbers: The terms whose telling word is in the statement.
            bits: The patterns of each word of the statement.
        """
        present = 0
        for each in bits:
            present |= each
        feasible = [number for number in numbers if _is_met(self._demands[number], present)]
        scores = [0.0] * len(self._reached_by)
        for number in feasible:
            demand = self._demands[number]
            scores[demand.theme] += demand.strength
        reached = [by(score) for by, score in zip(self._reached_by, scores, strict=True)]
        return [number for number in feasible if reached[self._demands[number].theme]]

    def _add(self, term: Term, theme: int) -> None:
        number = len(self._demands)
        needed = tuple(term.matcher.needed())
        required = tuple(self.bits(phrase.needed()) for phrase in term.requires)
        self._demands.append(_Demand(theme, term.strength, self.bits(needed), required))
        telling = (max(needed, key=_rarity),) if needed else tuple(term.matcher.patterns())
        for pattern in telling:
            self._told_by[pattern].append(number)


def _is_met(demand: _Demand, present: int) -> bool:
    if demand.needed & present != demand.needed:
        return False
    return not demand.required or any(one & present == one for one in demand.required)


@lru_cache(maxsize=20_000)
def _rarity(pattern: WordPattern) -> int:
    """A guess at how rare the words of a pattern are: the length of its shortest alternative."""
    return min(_letters(alternative) for alternative in pattern.alternatives)


def _letters(alternative: Alternative) -> int:
    match alternative:
        case Lemma(lemma) | Part(lemma):
            return len(lemma)
        case Exact(form):
            return len(form)
        case _:
            return len(alternative.glob) - alternative.glob.count("*")
