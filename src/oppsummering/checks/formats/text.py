"""Findings for people: `FILE:LINE` first, so that an editor jumps there."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from oppsummering.checks.model import ORDER
from oppsummering.visible import one_line

if TYPE_CHECKING:
    from oppsummering.checks.model import CheckRun, Finding
    from oppsummering.config import Level


def render(run: CheckRun, fail_on: Level) -> str:
    """One line a finding, then the failures, then a summary."""
    lines = [finding_line(finding) for finding in run.findings]
    lines += [
        f"{one_line(failure.file)}: error: {one_line(failure.message)} [{failure.check}]"
        for failure in run.failures
    ]
    return "\n".join([*lines, summary(run, fail_on), ""])


def finding_line(finding: Finding) -> str:
    """`FILE:LINE: level: message [check]`, control characters made visible."""
    place = finding.file if finding.line is None else f"{finding.file}:{finding.line}"
    return f"{one_line(place)}: {finding.level}: {one_line(finding.message)} [{finding.check}]"


def summary(run: CheckRun, fail_on: Level) -> str:
    """How many checks ran on how many files, and what they found."""
    levels = Counter(finding.level for finding in run.findings)
    found = ", ".join(f"{levels[level]} {level}" for level in ORDER if levels[level])
    files = "1 file" if len(run.files) == 1 else f"{len(run.files)} files"
    failing = len(run.at_least(fail_on))
    outcome = f"{failing} at {fail_on} or above" if failing else f"nothing at {fail_on} or above"
    failed = f"; {len(run.failures)} check(s) failed themselves" if run.failures else ""
    return f"{len(run.checks)} checks, {files}: {found or 'no findings'}; {outcome}{failed}."
