"""What became of the matches of a text, in words for the analyst (Bokmål)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppsummering.tables import matched_words
from oppsummering.tagging import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oppsummering.tagged import Match
    from oppsummering.tagging import Evidence, ThemeScore

NOTHING_MATCHED = "ingen term traff"

_OUTCOMES = {
    Outcome.COUNTED: "teller {strength}",
    Outcome.SHADOWED: "dekkes av termen {reason}",
    Outcome.VETOED: "veto: {reason}",
    Outcome.REQUIREMENT_MISSING: "mangler: {reason}",
    Outcome.EXCEPTION_PRESENT: "gjelder ikke ved: {reason}",
    Outcome.NEGATION: "{negated}",
}


def _decimal(value: float) -> str:
    """A number with a decimal comma, without needless zeros: `0,5`, `2`."""
    return f"{value:g}".replace(".", ",")


def match_in_words(match: Match, text: str) -> str:
    """A match as `term: «words»`; its places count from the start of `text`."""
    return f"{match.term}: «{matched_words(match, text)}»"


def _outcome(item: Evidence) -> str:
    """What became of a match: that it counts, or what stood in its way."""
    strength = _decimal(item.match.strength)
    negated = "nektet" if item.match.negated else "ikke nektet"
    return _OUTCOMES[item.outcome].format(strength=strength, reason=item.reason, negated=negated)


def _score(score: ThemeScore) -> str:
    """A theme's score beside the threshold that it has to reach."""
    return f"{_decimal(score.score)} av {_decimal(score.threshold)}"


def why_not(evidence: Iterable[Evidence], score: ThemeScore, text: str) -> str:
    """Why a text does not have a theme: nothing matched, or what became of each match.

    Args:
        evidence: The evidence for the theme, places counted from the start of `text`.
        score: The theme's score and threshold.
        text: The statement's text.
    """
    words = (f"{match_in_words(item.match, text)} ({_outcome(item)})" for item in evidence)
    items = list(dict.fromkeys(words))
    if not items:
        return NOTHING_MATCHED
    return f"{'; '.join(items)}; poeng {_score(score)}"
