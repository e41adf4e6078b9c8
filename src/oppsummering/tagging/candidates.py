"""Which terms can match a statement at all, judged by the patterns that its words satisfy.

Sets are whole numbers with a bit for each member, so that a statement is judged by a few
operations on numbers, and most statements need no closer look.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_
from typing import TYPE_CHECKING, Final

from oppsummering.matchers import CountMatcher
from oppsummering.patterns import Exact, Lemma, Part

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from oppsummering.codebook import Codebook, Term
    from oppsummering.matchers import Matcher
    from oppsummering.patterns import Alternative, WordPattern

MANY_ALTERNATIVES: Final = 40

MOST_COUNTED: Final = 3
"""How many words of a group are told from fewer."""

_Group = tuple["WordPattern", ...]
"""Patterns of which a word must satisfy one; most often a single pattern."""


@dataclass(frozen=True, slots=True)
class _Demand:
    """What must be in a statement for a term to match it, as sets of counted groups.

    Attributes:
        theme: The number of its theme.
        strength: What the term adds to the theme's score.
        needed: What must all be there.
        required: Sets of which one must be there; empty when the term requires no phrase.
        counts: Whether it asks for more than one word of a group.
    """

    theme: int
    strength: float
    needed: int
    required: tuple[int, ...]
    counts: bool

    def is_met(self, lacking: int) -> bool:
        """Whether a statement that lacks these may have a match."""
        if self.needed & lacking:
            return False
        return not self.required or any(not one & lacking for one in self.required)


class Candidates:
    """Finds the terms that can give a statement a theme.

    Each term is looked for by one telling word that a match cannot do without: the one that is
    likely the rarest.

    Args:
        codebook: The themes and their terms; a term's number is its place among all terms.
    """

    def __init__(self, codebook: Codebook) -> None:
        self._reached_by = [theme.reached_by for theme in codebook.themes]
        self._places: dict[_Group, int] = {}
        self._bits: dict[WordPattern, int] = defaultdict(int)
        self._told_by: dict[WordPattern, list[int]] = defaultdict(list)
        terms = [
            (number, term) for number, theme in enumerate(codebook.themes) for term in theme.terms
        ]
        for _, term in terms:
            for matcher in (term.matcher, *term.requires):
                self._place(_least(matcher))
        self._once = (1 << len(self._places)) - 1
        self._everything = (1 << MOST_COUNTED * len(self._places)) - 1
        self._demands = [self._demand(theme, term) for theme, term in terms]
        for number, (_, term) in enumerate(terms):
            for pattern in _telling(term.matcher):
                self._told_by[pattern].append(number)

    def bits(self, patterns: Iterable[WordPattern]) -> int:
        """The groups that a word with these patterns is in, as a number with a bit for each."""
        bits = 0
        for pattern in patterns:
            bits |= self._bits.get(pattern, 0)
        return bits

    def told_by(self, patterns: Iterable[WordPattern]) -> tuple[int, ...]:
        """The terms that a word with these patterns is the telling word of, ascending."""
        numbers = {number for pattern in patterns for number in self._told_by.get(pattern, ())}
        return tuple(sorted(numbers))

    def telling(self, numbers: Iterable[int], words: Iterable[int]) -> list[int]:
        """Those of the terms that can match and together bring their theme to its threshold.

        Args:
            numbers: The terms whose telling word is in the statement.
            words: The `bits` of each word of the statement.
        """
        demands, words = self._demands, list(words)
        lacking = self._once ^ reduce(or_, words, 0)
        feasible = [number for number in numbers if demands[number].is_met(lacking)]
        if any(demands[number].counts for number in feasible):
            lacking = self._lacking(words)
            feasible = [number for number in feasible if demands[number].is_met(lacking)]
        if not feasible:
            return feasible
        scores = [0.0] * len(self._reached_by)
        for number in feasible:
            demand = self._demands[number]
            scores[demand.theme] += demand.strength
        reached = [by(score) for by, score in zip(self._reached_by, scores, strict=True)]
        return sorted(number for number in feasible if reached[self._demands[number].theme])

    def _lacking(self, words: Iterable[int]) -> int:
        """What a statement lacks, of each group one word, two words and three words."""
        one = two = three = 0
        for bits in words:
            if bits:
                three |= two & bits
                two |= one & bits
                one |= bits
        width = len(self._places)
        return self._everything ^ (one | two << width | three << 2 * width)

    def _place(self, least: Mapping[_Group, int]) -> None:
        """Give each group a bit."""
        for group in least:
            if group not in self._places:
                bit = 1 << len(self._places)
                self._places[group] = len(self._places)
                for pattern in group:
                    self._bits[pattern] |= bit

    def _demand(self, theme: int, term: Term) -> _Demand:
        needed = self._counted(_least(term.matcher))
        required = tuple(self._counted(_least(phrase)) for phrase in term.requires)
        counts = max((needed, *required)) > self._once
        return _Demand(theme, term.strength, needed, required, counts)

    def _counted(self, least: Mapping[_Group, int]) -> int:
        """A set of groups, each with the number of words that must be there."""
        bits = 0
        for group, count in least.items():
            more = min(count, MOST_COUNTED) - 1
            bits |= 1 << self._places[group] + more * len(self._places)
        return bits


def _least(matcher: Matcher) -> Mapping[_Group, int]:
    """How many words of which patterns there must be for a match."""
    if isinstance(matcher, CountMatcher):
        return {matcher.words: matcher.at_least}
    return Counter((pattern,) for pattern in matcher.needed())


def _telling(matcher: Matcher) -> Iterable[WordPattern]:
    """The word by which to look for a term: the rarest needed one, else any of its words."""
    needed = tuple(matcher.needed())
    return (max(needed, key=_rarity),) if needed else tuple(matcher.patterns())


@lru_cache(maxsize=20_000)
def _rarity(pattern: WordPattern) -> int:
    """A guess at how rare the words of a pattern are: the length of its shortest alternative.

    One with many alternatives is not rare.
    """
    if len(pattern.alternatives) > MANY_ALTERNATIVES:
        return 0
    return min(_letters(alternative) for alternative in pattern.alternatives)


def _letters(alternative: Alternative) -> int:
    match alternative:
        case Lemma(lemma) | Part(lemma):
            return len(lemma)
        case Exact(form):
            return len(form)
        case _:
            return len(alternative.glob) - alternative.glob.count("*")
