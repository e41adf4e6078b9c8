"""Applying corrections to a tagged survey; none is dropped or misapplied without a word."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from oppsummering.corrections.model import Action, fingerprint
from oppsummering.survey import Diagnostic, Severity
from oppsummering.tagged import CorrectionsInfo, Decision, TagSource, ThemeTag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from oppsummering.corrections.model import Correction, Corrections
    from oppsummering.tagged import TaggedStatement, TaggedSurvey

ALIKE: Final = 0.6
"""From this share of equal characters on, a statement is named as the one that was changed."""


class Outcome(StrEnum):
    """What became of a correction."""

    APPLIED = "applied"
    NO_EFFECT = "no effect"
    CHANGED = "statement changed"
    VANISHED = "statement vanished"
    AMBIGUOUS = "statement ambiguous"

    @property
    def placed(self) -> bool:
        """Whether its statement was found."""
        return self in {Outcome.APPLIED, Outcome.NO_EFFECT}


@dataclass(frozen=True, slots=True)
class Placed:
    """A correction, the statement it belongs to now, and what became of it.

    Attributes:
        correction: The correction as written.
        statement: The id of its statement now; for a changed one the likely id; else None.
        outcome: What became of it.
    """

    correction: Correction
    statement: str | None
    outcome: Outcome


def place(survey: TaggedSurvey, corrections: Corrections) -> tuple[Placed, ...]:
    """Find the statement of each correction, in the order of the file.

    A statement is found by its fingerprint. Where several have the same text, the id decides;
    where the id fits none of them, the correction is ambiguous and is not applied.
    """
    by_fingerprint: dict[str, list[TaggedStatement]] = defaultdict(list)
    for tagged in survey.statements:
        by_fingerprint[fingerprint(tagged.statement.text)].append(tagged)
    by_id = {tagged.statement.id: tagged for tagged in survey.statements}
    return tuple(_place(entry, by_fingerprint, by_id) for entry in corrections.entries)


def apply_corrections(
    survey: TaggedSurvey, corrections: Corrections
) -> tuple[TaggedSurvey, tuple[Placed, ...]]:
    """Apply a file of corrections.

    Args:
        survey: The survey as the machine tagged it.
        corrections: The corrections; their themes are the codebook's.

    Returns:
        The survey with the corrections, and what became of each of them. A tag that a person
        added is marked `added`, one that both gave is `kept`. Corrections whose statement
        changed or vanished are among the survey's diagnostics.
    """
    placed = place(survey, corrections)
    decided: dict[str, list[Correction]] = defaultdict(list)
    for each in placed:
        if each.outcome.placed and each.statement:
            decided[each.statement].append(each.correction)
    order = [theme.id for theme in survey.codebook.themes]
    statements = tuple(
        replace(tagged, tags=_decide(tagged, decided[tagged.statement.id], order))
        if tagged.statement.id in decided
        else tagged
        for tagged in survey.statements
    )
    found = sum(each.outcome.placed for each in placed)
    diagnostics = (*survey.survey.diagnostics, *_diagnostics(placed, corrections.name))
    corrected = replace(
        survey,
        survey=replace(survey.survey, diagnostics=diagnostics),
        statements=statements,
        corrections=CorrectionsInfo(
            corrections.name, corrections.sha256, found, len(placed) - found
        ),
    )
    return corrected, placed


def _place(
    entry: Correction,
    by_fingerprint: Mapping[str, Sequence[TaggedStatement]],
    by_id: Mapping[str, TaggedStatement],
) -> Placed:
    same = by_fingerprint.get(entry.fingerprint, ())
    own = by_id.get(entry.statement)
    if own in same or len(same) == 1:
        found = own if own is not None and own in same else same[0]
        has = found.tag(entry.theme) is not None
        outcome = Outcome.APPLIED if entry.action is Action.ADD or has else Outcome.NO_EFFECT
        return Placed(entry, found.statement.id, outcome)
    if same:
        return Placed(entry, None, Outcome.AMBIGUOUS)
    if own is not None and _alike(entry.text, own.statement.text):
        return Placed(entry, own.statement.id, Outcome.CHANGED)
    alike = (t for t in by_id.values() if _alike(entry.text, t.statement.text))
    likely = next(alike, None)
    if likely is not None:
        return Placed(entry, likely.statement.id, Outcome.CHANGED)
    return Placed(entry, None, Outcome.VANISHED)


def _alike(noted: str, text: str) -> bool:
    """Whether the noted beginning of a statement is much like the beginning of a text."""
    noted = noted.removesuffix("…").strip()
    beginning = " ".join(text.split())[: len(noted)]
    matcher = SequenceMatcher(None, noted, beginning, autojunk=False)
    return bool(noted) and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _decide(
    tagged: TaggedStatement, corrections: Sequence[Correction], order: Sequence[str]
) -> tuple[ThemeTag, ...]:
    """The themes of a statement after a person's decisions, in the codebook's order."""
    tags = {tag.theme: tag for tag in tagged.tags}
    for correction in corrections:
        theme = correction.theme
        if correction.action is Action.REMOVE:
            tags.pop(theme, None)
        elif theme in tags:
            tags[theme] = replace(tags[theme], decision=Decision.KEPT)
        else:
            tags[theme] = ThemeTag(theme, TagSource.CORRECTION, (), Decision.ADDED)
    return tuple(sorted(tags.values(), key=lambda tag: order.index(tag.theme)))


def _diagnostics(placed: Sequence[Placed], name: str) -> list[Diagnostic]:
    says = {
        Outcome.CHANGED: "the text of its statement has changed; look at it again",
        Outcome.VANISHED: "its statement is no longer in the survey",
        Outcome.AMBIGUOUS: "several statements have its text, and none its id",
    }
    diagnostics = []
    for each in placed:
        if not each.outcome.placed:
            entry = each.correction
            line = "" if entry.line is None else f":{entry.line}"
            now = f" (now likely {each.statement})" if each.statement else ""
            message = (
                f"{name}{line}: the correction of {entry.theme} on {entry.statement} was not "
                f"applied: {says[each.outcome]}{now}."
            )
            code = "correction-" + each.outcome.value.replace(" ", "-")
            diagnostics.append(Diagnostic(code, Severity.WARNING, None, message))
    return diagnostics
