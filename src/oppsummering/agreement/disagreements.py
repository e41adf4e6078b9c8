"""Where two codings differ, and the words that caused it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from oppsummering.agreement.comparison import ComparedStatement, Comparison
    from oppsummering.tagged import Match


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
        reason: Why the tagger does not give the theme, or an empty text.
    """

    theme: str
    only_in: Side
    statement: ComparedStatement
    matches: tuple[Match, ...]
    reason: str


def disagreements(
    comparison: Comparison, explain: Callable[[str, str], str] | None = None
) -> tuple[Disagreement, ...]:
    """List the disagreements of a comparison.

    Args:
        comparison: The two codings.
        explain: Where the other coding is the tagger's: from a statement's text and a theme's id
            to the reason why the statement does not have the theme.

    Returns:
        By theme in the codebook's order, those of the other coding only first, each in the order
        of the gold codes.
    """
    found = [
        _disagreement(statement, theme.id, side, explain)
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
    explain: Callable[[str, str], str] | None,
) -> Disagreement:
    matches = next((tag.matches for tag in statement.tags if tag.theme == theme), ())
    reason = ""
    if side is Side.GOLD and explain is not None and statement.text is not None:
        reason = explain(statement.text, theme)
    return Disagreement(theme, side, statement, matches, reason)
