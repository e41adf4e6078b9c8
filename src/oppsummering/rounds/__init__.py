"""One round of a survey against another: what changed, and what could not have been seen."""

from oppsummering.rounds.comparison import (
    Comparison,
    PairComparison,
    compare_rounds,
    require_same_survey,
)
from oppsummering.rounds.loading import read_round, round_of
from oppsummering.rounds.model import Round
from oppsummering.rounds.questions import QuestionMatch, match_questions
from oppsummering.rounds.statistics import Change, Unit, changes

__all__ = [
    "Change",
    "Comparison",
    "PairComparison",
    "QuestionMatch",
    "Round",
    "Unit",
    "changes",
    "compare_rounds",
    "match_questions",
    "read_round",
    "require_same_survey",
    "round_of",
]
