"""Agreement: gold codes beside another coding, figures with intervals, and where they differ."""

from oppsummering.agreement.comparison import (
    ComparedStatement,
    Comparison,
    compare_codes,
    compare_surveys,
    compare_texts,
    without_undecided,
)
from oppsummering.agreement.disagreements import Disagreement, Side, disagreements
from oppsummering.agreement.figures import Agreement, Counts, Figure, Figures, measure

__all__ = [
    "Agreement",
    "ComparedStatement",
    "Comparison",
    "Counts",
    "Disagreement",
    "Figure",
    "Figures",
    "Side",
    "compare_codes",
    "compare_surveys",
    "compare_texts",
    "disagreements",
    "measure",
    "without_undecided",
]
