"""Checks against an earlier round: what changed more than it should?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from oppsummering.checks.model import Check, Remark
from oppsummering.config import Level
from oppsummering.rounds import changes, match_questions, round_of
from oppsummering.rounds.comparison import differing_tools
from oppsummering.rounds.statistics import CONFIDENCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oppsummering.checks.model import Context


def different_tools(context: Context) -> Iterable[Remark]:
    """Another codebook or pipeline than the baseline's: shares cannot be compared."""
    if context.baseline is None or context.allow_differences:
        return
    for difference in differing_tools(context.baseline, round_of(context.tagged)):
        yield Remark(
            f"{difference} Shares were not compared; analyse {context.baseline.name} again, "
            "or say --allow-differences."
        )


def changed_questions(context: Context) -> Iterable[Remark]:
    """Questions that were added, removed or reworded since the baseline."""
    if context.baseline is None:
        return
    lines = {question.id: question.line for question in context.tagged.survey.questions}
    for match in match_questions(context.baseline.questions, round_of(context.tagged).questions):
        title = (match.after or match.before).title  # type: ignore[union-attr]
        line = lines[match.after.id] if match.after else None
        if match.certainty == "added":
            yield Remark(f"A new question: {title}", line)
        elif match.certainty == "removed":
            yield Remark(f"A question of {context.baseline.name} is gone: {title}")
        elif match.certainty != "same" and match.before is not None:
            yield Remark(
                f"A question has another wording (similarity {match.similarity:.2f}); it was: "
                f"{match.before.title}",
                line,
            )


def response_count(context: Context) -> Iterable[Remark]:
    """A number of responses that moved more than its limit."""
    if context.baseline is None:
        return
    before, after = context.baseline.responses, round_of(context.tagged).responses
    if abs(after - before) > context.limits.response_change * before:
        yield Remark(
            f"{after} responses, {before} in {context.baseline.name}; the limit is "
            f"{100 * context.limits.response_change:.0f} % more or less."
        )


def theme_shifts(context: Context) -> Iterable[Remark]:
    """Themes whose share moved more than the limit, and by more than chance.

    Chance is judged by the 95 % interval of the difference (Newcombe 1998) and, since that is
    a little too narrow for a handful of statements, by Fisher's exact test as well.
    """
    after = round_of(context.tagged)
    if context.baseline is None or (
        differing_tools(context.baseline, after) and not context.allow_differences
    ):
        return
    for change in changes(context.baseline, after):
        if change.difference is None or change.low is None or change.high is None:
            continue
        excludes_zero = change.low > 0 or change.high < 0
        beyond_chance = excludes_zero and (change.p_value or 0) < 1 - CONFIDENCE
        if beyond_chance and abs(change.difference) > context.limits.theme_change:
            yield Remark(
                f"{change.theme}: {change.after.count} of {change.after.total} statements, "
                f"{change.before.count} of {change.before.total} in {context.baseline.name}: "
                f"{100 * change.difference:+.0f} percentage points "
                f"(95 % interval {100 * change.low:+.0f} to {100 * change.high:+.0f}); "
                f"the limit is {100 * context.limits.theme_change:.0f}."
            )


CHECKS: Final = (
    Check(
        "different-tools",
        Level.ERROR,
        "another codebook or pipeline than the baseline's",
        different_tools,
    ),
    Check(
        "changed-question",
        Level.WARNING,
        "questions added, removed or reworded since the baseline",
        changed_questions,
    ),
    Check(
        "response-count",
        Level.WARNING,
        "a number of responses that moved too much",
        response_count,
    ),
    Check("theme-shift", Level.WARNING, "a theme's share that moved too much", theme_shifts),
)
