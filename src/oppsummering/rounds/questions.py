"""Which question of one round is which of another, by number and wording."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oppsummering.rounds.model import RoundQuestion

SAME: Final = 0.95
"""From this similarity on a question counts as unchanged."""

REWORDED: Final = 0.6
"""From this similarity on a question counts as the same one, reworded."""

SAME_NUMBER: Final = 0.4
"""What suffices when the number is the same too."""

MAX_WORDING: Final = 600


@dataclass(frozen=True, slots=True)
class QuestionMatch:
    """A question in two rounds, or in only one of them.

    Attributes:
        before: The question in the earlier round, or None when it is new.
        after: The question in the later round, or None when it was dropped.
        similarity: How alike the wordings are, 0 to 1 (Ratcliff and Obershelp, as in difflib).
    """

    before: RoundQuestion | None
    after: RoundQuestion | None
    similarity: float

    @property
    def certainty(self) -> str:
        """`same`, `reworded`, `uncertain` (little but the number agrees), `added`, `removed`."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        if self.similarity >= SAME:
            return "same"
        return "reworded" if self.similarity >= REWORDED else "uncertain"


def match_questions(
    before: Sequence[RoundQuestion], after: Sequence[RoundQuestion]
) -> tuple[QuestionMatch, ...]:
    """Match the questions of two rounds one to one, the likeliest pairs first.

    Returns:
        The later round's questions in their order, then those that are gone.
    """
    pairs = sorted(
        (
            (_similarity(one, other), one.number == other.number, -i, -j)
            for i, one in enumerate(before)
            for j, other in enumerate(after)
        ),
        reverse=True,
    )
    partner: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for similarity, same_number, i, j in pairs:
        numbered = same_number and before[-i].number is not None
        enough = SAME_NUMBER if numbered else REWORDED
        if similarity >= enough and -j not in partner and -i not in taken:
            partner[-j] = (-i, similarity)
            taken.add(-i)
    matched = [
        QuestionMatch(before[partner[j][0]], question, round(partner[j][1], 3))
        if j in partner
        else QuestionMatch(None, question, 0.0)
        for j, question in enumerate(after)
    ]
    gone = [QuestionMatch(q, None, 0.0) for i, q in enumerate(before) if i not in taken]
    return (*matched, *gone)


def _similarity(one: RoundQuestion, other: RoundQuestion) -> float:
    first, second = _folded(one.wording), _folded(other.wording)
    if first == second:
        return 1.0
    # An unchanged heading above must not make different questions look alike.
    own = SequenceMatcher(None, _folded(one.title), _folded(other.title), autojunk=False).ratio()
    return min(own, 0.999)


def _folded(wording: str) -> str:
    return re.sub(r"[\W_]+", " ", wording.casefold()).strip()[:MAX_WORDING]
