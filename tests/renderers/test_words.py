"""The report's fixed words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oppsummering.quotes import best_quotes
from oppsummering.renderers.words import place
from oppsummering.tagged import Decision, TagSource
from support.surveys import small


@pytest.mark.parametrize(
    ("source", "decision", "said"),
    [
        (TagSource.CODEBOOK, Decision.MACHINE, ""),
        (TagSource.CODEBOOK, Decision.KEPT, " · bekreftet av en person"),
        (TagSource.CORRECTION, Decision.ADDED, " · kodet av en person"),
        (TagSource.MODEL, Decision.KEPT, " · kodet av en lært modell · bekreftet av en person"),
    ],
)
def test_place_says_who_gave_and_who_confirmed_the_theme(
    source: TagSource, decision: Decision, said: str
) -> None:
    """A quote tells a machine's theme from one that a person added or kept."""
    (quote,) = best_quotes(small(), "modenhet", 1)
    assert place(replace(quote, source=source, decision=decision)) == f"{quote.place}{said}"
