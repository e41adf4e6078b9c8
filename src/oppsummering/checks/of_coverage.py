"""Checks of coverage: how much of the round has no theme at all?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from oppsummering.checks.model import Check, Remark
from oppsummering.config import Level
from oppsummering.counts import Share, without_theme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oppsummering.checks.model import Context


def untagged(context: Context) -> Iterable[Remark]:
    """The share of all statements without a theme, against its limit."""
    share = without_theme(context.tagged)
    if _beyond(share, context.limits.untagged):
        yield Remark(_said(share, "of the statements", context.limits.untagged))


def untagged_by_question(context: Context) -> Iterable[Remark]:
    """The share of statements without a theme under each question, against its limit."""
    for question in context.tagged.survey.questions:
        own = [e for e in context.tagged.counted() if e.question.id == question.id]
        share = Share(sum(not each.tags for each in own), len(own))
        if _beyond(share, context.limits.untagged_question):
            said = _said(share, f"of the statements under {question.id}", _limit(context))
            yield Remark(said, question.line)


def themes_without_statement(context: Context) -> Iterable[Remark]:
    """Themes that no statement has."""
    found = {tag.theme for each in context.tagged.counted() for tag in each.tags}
    for theme in context.tagged.codebook.themes:
        if theme.id not in found:
            yield Remark(f"No statement has the theme {theme.id} ({theme.label}).")


def _limit(context: Context) -> float:
    return context.limits.untagged_question


def _beyond(share: Share, limit: float) -> bool:
    return share.fraction is not None and share.fraction > limit


def _said(share: Share, of_what: str, limit: float) -> str:
    percent = 100 * share.count / share.total
    return (
        f"{share.count} of {share.total} ({percent:.0f} %) {of_what} have no theme; "
        f"the limit is {100 * limit:.0f} %."
    )


CHECKS: Final = (
    Check("untagged", Level.WARNING, "too many statements without a theme", untagged),
    Check(
        "untagged-question",
        Level.INFO,
        "too many statements without a theme under a question",
        untagged_by_question,
    ),
    Check("absent-theme", Level.INFO, "themes that no statement has", themes_without_statement),
)
