"""Every check, and running them: one that fails itself does not hide the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from oppsummering.checks import against_baseline, of_codebook, of_coverage, of_survey
from oppsummering.checks.model import Check, CheckRun, Failure, Finding
from oppsummering.config import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from oppsummering.checks.model import Context
    from oppsummering.tagged import CorrectionsInfo

CHECKS: Final[tuple[Check, ...]] = (
    *of_survey.CHECKS,
    *of_codebook.CHECKS,
    *of_coverage.CHECKS,
    *against_baseline.CHECKS,
)
"""Every check, in the order of `docs/checks.md`. A new one is a function and a line there."""


def run_checks(
    contexts: Iterable[Context],
    severity: Mapping[str, Level],
    checks: Iterable[Check] = CHECKS,
) -> CheckRun:
    """Run every check that is not switched off on every survey.

    Args:
        contexts: One for each survey.
        severity: Levels by the checks' ids, where they are not the checks' own.
        checks: The checks to run.
    """
    chosen = tuple((check, severity.get(check.id, check.level)) for check in checks)
    active = tuple((check, level) for check, level in chosen if level is not Level.OFF)
    files: list[str] = []
    corrections: list[CorrectionsInfo] = []
    findings: list[Finding] = []
    failures: list[Failure] = []
    for context in contexts:
        files.append(context.file)
        if context.tagged.corrections is not None:
            corrections.append(context.tagged.corrections)
        for check, level in active:
            try:
                findings += _findings(check, level, context)
            except Exception as error:  # noqa: BLE001 - reported, and the others still run
                failures.append(Failure(check.id, context.file, error))
    order = {file: number for number, file in enumerate(files)}
    ids = [check.id for check, _ in active]
    findings.sort(
        key=lambda f: (
            order.get(f.file, len(order)),
            f.file,
            f.line or 0,
            ids.index(f.check),
            f.message,
        )
    )
    return CheckRun(
        active,
        tuple(files),
        tuple(dict.fromkeys(findings)),
        tuple(failures),
        tuple(corrections),
    )


def _findings(check: Check, level: Level, context: Context) -> list[Finding]:
    return [
        Finding(
            check.id,
            level,
            remark.file or context.file,
            remark.line,
            remark.message,
            remark.details,
        )
        for remark in check.run(context)
    ]
