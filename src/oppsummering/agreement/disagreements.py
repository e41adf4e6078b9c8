"""Where two codings differ, and the words that caused it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from oppsummering.agreement.comparison import ComparedStatement, Comparison
    from oppsummering.tagged import Match
    from oppsummering.tagging import Evidence, ThemeScore, Trace


class Side(StrEnum):
    """Which of the two codings has the theme that the other lacks."""

    GOLD = "gold"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A theme that one coding gives a statement and the other does not.

    Attributes:
        theme: The theme's id.
        only_in: Which coding has it.
        statement: The statement.
        matches: The matches behind the tagger's theme; empty where it has none.
        evidence: Where the tagger lacks the theme, every match of its terms and what became of
            it; empty when nothing matched.
        score: The theme's score there beside its threshold, or None when no tagger was asked.
    """

    theme: str
    only_in: Side
    statement: ComparedStatement
    matches: tuple[Match, ...]
    evidence: tuple[Evidence, ...] = ()
    score: ThemeScore | None = None


def disagreements(
    comparison: Comparison, trace: Callable[[str], Trace] | None = None
) -> tuple[Disagreement, ...]:
    """List the disagreements of a comparison.

    Args:
        comparison: The two codings.
        trace: Where the other coding is the tagger's: from a text to all that led to its themes.

    Returns:
        By theme in the codebook's order, those of the other coding only first, each in the order
        of the gold codes.
    """
    found = [
        _disagreement(statement, theme.id, side, trace)
        for theme in comparison.themes
        for side in (Side.OTHER, Side.GOLD)
        for statement in comparison.statements
        if theme.id not in statement.left_out and _only_in(statement, theme.id) is side
    ]
    return tuple(found)


def _only_in(statement: ComparedStatement, theme: str) -> Side | None:
    gold, other = theme in statement.gold, theme in statement.other
    if gold == other:
        return None
    return Side.GOLD if gold else Side.OTHER


def _disagreement(
    statement: ComparedStatement,
    theme: str,
    side: Side,
    trace: Callable[[str], Trace] | None,
) -> Disagreement:
    if side is Side.OTHER:
        matches = next((tag.matches for tag in statement.tags if tag.theme == theme), ())
        return Disagreement(theme, side, statement, matches)
    if trace is None or statement.text is None:
        return Disagreement(theme, side, statement, ())
    found = trace(statement.text)
    evidence = tuple(item for item in found.evidence if item.theme == theme)
    score = next(score for score in found.scores if score.theme == theme)
    return Disagreement(theme, side, statement, (), evidence, score)
