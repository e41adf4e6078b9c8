"""Agreement: gold codes beside another coding, figures with intervals, and where they differ."""

from oppsummering.agreement.comparison import (
    ComparedStatement,
    Comparison,
    NotCompared,
    compare_codes,
    compare_surveys,
    compare_texts,
    without_undecided,
)
from oppsummering.agreement.disagreements import Disagreement, Side, disagreements
from oppsummering.agreement.document import agreement_document
from oppsummering.agreement.figures import Agreement, Counts, Figure, Figures, measure
from oppsummering.agreement.report import build_agreement_report
from oppsummering.agreement.run import AgreementOrder, AgreementRun, run_agreement

__all__ = [
    "Agreement",
    "AgreementOrder",
    "AgreementRun",
    "ComparedStatement",
    "Comparison",
    "Counts",
    "Disagreement",
    "Figure",
    "Figures",
    "NotCompared",
    "Side",
    "agreement_document",
    "build_agreement_report",
    "compare_codes",
    "compare_surveys",
    "compare_texts",
    "disagreements",
    "measure",
    "run_agreement",
    "without_undecided",
]
