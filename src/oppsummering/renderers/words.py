"""How figures and the report's few fixed words are written, the same in every medium."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppsummering.report import ColumnKind
from oppsummering.tagged import Decision, TagSource

if TYPE_CHECKING:
    from oppsummering.quotes import Quote
    from oppsummering.report import Quotes

UNDEFINED = "–"
NO_QUOTES = "Ingen utsagn har dette temaet."
QUOTES_HIDDEN = "Ingen sitater er bedt om."

GIVEN_BY = {
    TagSource.CODEBOOK: "",
    TagSource.CORRECTION: " · kodet av en person",
    TagSource.MODEL: " · kodet av en lært modell",
}
"""What follows the place of a quote whose theme no term of the codebook gave."""


KEPT_BY = " · bekreftet av en person"
"""What follows it where a person confirmed the theme."""


def cell(value: str | float | None, kind: ColumnKind) -> str:
    """Write the value of a cell: shares as per cent with a decimal comma.

    Args:
        value: Text, a whole number, a fraction from 0 to 1, or None when undefined.
        kind: What the column holds.
    """
    if value is None:
        return UNDEFINED
    if kind is ColumnKind.SHARE:
        return f"{100 * float(value):.1f} %".replace(".", ",")
    return str(value)


def heading(label: str, total: int) -> str:
    """The heading of a theme's quotes."""
    return f"{label} ({total} utsagn)"


def no_quotes(block: Quotes) -> str:
    """Why a theme has no quotes: no statement has it, or none were asked for."""
    return QUOTES_HIDDEN if block.total else NO_QUOTES


def place(quote: Quote) -> str:
    """Where a quote stands, who gave the theme if no term of the codebook did, who confirmed it."""
    kept = KEPT_BY if quote.decision is Decision.KEPT else ""
    return f"{quote.place}{GIVEN_BY[quote.source]}{kept}"
