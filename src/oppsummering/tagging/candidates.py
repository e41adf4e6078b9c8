"""Which terms can match a statement at all, judged by the patterns that its words satisfy.

Sets of patterns are whole numbers with a bit for each, so that a statement is judged by a few
operations on numbers, and most statements need no closer look.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from oppsummering.matchers import RegexMatcher
from oppsummering.patterns import Exact, Lemma, Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from oppsummering.codebook import Codebook, Term
    from oppsummering.patterns import Alternative, WordPattern


@dataclass(frozen=True, slots=True)
class FormFacts:
    """What the patterns of a word form say about terms.

    Attributes:
        bits: The patterns that the form satisfies.
        terms: The terms that it may be the telling word of.
    """

    bits: int
    terms: tuple[int, ...]


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
        self.expressions: list[int] = []
        for theme_number, theme in enumerate(codebook.themes):
            for term in theme.terms:
                self._add(term, theme_number)

    def facts(self, patterns: Iterable[WordPattern]) -> FormFacts:
        """What the patterns of a form say; the same whenever the form occurs."""
        satisfied = tuple(patterns)
        terms = {number for pattern in satisfied for number in self._told_by.get(pattern, ())}
        return FormFacts(self._set(satisfied), tuple(sorted(terms)))

    def possible(self, facts: Sequence[FormFacts], *, expressions: bool) -> list[int]:
        """The terms whose telling word is in a statement, ascending.

        Args:
            facts: The facts of the statement's words.
            expressions: Whether any regular expression matches.
        """
        numbers = {number for each in facts for number in each.terms}
        if expressions:
            numbers.update(self.expressions)
        return sorted(numbers)

    def telling(self, numbers: Iterable[int], facts: Sequence[FormFacts]) -> list[int]:
        """Those of the terms that can match and together bring their theme to its threshold."""
        present = 0
        for each in facts:
            present |= each.bits
        feasible = [number for number in numbers if _is_met(self._demands[number], present)]
        scores = [0.0] * len(self._reached_by)
        for number in feasible:
            demand = self._demands[number]
            scores[demand.theme] += demand.strength
        return [
            number
            for number in feasible
            if self._reached_by[self._demands[number].theme](scores[self._demands[number].theme])
        ]

    def _add(self, term: Term, theme: int) -> None:
        number = len(self._demands)
        needed = tuple(term.matcher.needed())
        required = tuple(self._set(phrase.needed()) for phrase in term.requires)
        self._demands.append(_Demand(theme, term.strength, self._set(needed), required))
        if isinstance(term.matcher, RegexMatcher):
            self.expressions.append(number)
        telling = (max(needed, key=_rarity),) if needed else tuple(term.matcher.patterns())
        for pattern in telling:
            self._told_by[pattern].append(number)

    def _set(self, patterns: Iterable[WordPattern]) -> int:
        bits = 0
        for pattern in patterns:
            bits |= self._bits[pattern]
        return bits


def _is_met(demand: _Demand, present: int) -> bool:
    if demand.needed & present != demand.needed:
        return False
    return not demand.required or any(one & present == one for one in demand.required)


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
