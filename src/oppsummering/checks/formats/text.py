"""Findings for people: `FILE:LINE` first, so that an editor jumps there."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from oppsummering.checks.model import ORDER
from oppsummering.config import Level
from oppsummering.visible import one_line

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from oppsummering.checks.model import CheckRun, Failure, Finding
    from oppsummering.tagged import CorrectionsInfo

STYLES: Final = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.INFO: "cyan"}


def render(run: CheckRun, fail_on: Level) -> str:
    """One line a finding, then the failures, then a summary."""
    lines = [finding_line(finding) for finding in run.findings]
    lines += [_failure_line(failure) for failure in run.failures]
    return "\n".join([*lines, summary(run, fail_on), ""])


def print_run(run: CheckRun, fail_on: Level, console: Console) -> None:
    """The same on a terminal, with its colours; no line is broken, so that places stay whole."""
    lines = [(finding_line(each), each.level) for each in run.findings]
    lines += [(_failure_line(each), Level.ERROR) for each in run.failures]
    for text, level in lines:
        console.print(_styled(text, level), soft_wrap=True)
    console.print(summary(run, fail_on), style="bold", soft_wrap=True)


def _styled(line: str, level: Level) -> Text:
    from rich.text import Text  # noqa: PLC0415 - only terminals need it

    place, said, message = line.partition(f": {level}: ")
    message, bracket, check = message.rpartition(" [")
    return Text.assemble((place, "bold"), (said, STYLES[level]), message, (bracket + check, "dim"))


def finding_line(finding: Finding) -> str:
    """`FILE:LINE: level: message [check]`, control characters made visible."""
    place = finding.file if finding.line is None else f"{finding.file}:{finding.line}"
    return f"{one_line(place)}: {finding.level}: {one_line(finding.message)} [{finding.check}]"


def _failure_line(failure: Failure) -> str:
    message = one_line(failure.message)
    return f"{one_line(failure.file)}: {Level.ERROR}: {message} [{failure.check}]"


def summary(run: CheckRun, fail_on: Level) -> str:
    """How many checks ran on how many files, and what they found."""
    levels = Counter(finding.level for finding in run.findings)
    found = ", ".join(f"{levels[level]} {level}" for level in ORDER if levels[level])
    files = "1 file" if len(run.files) == 1 else f"{len(run.files)} files"
    failing = len(run.at_least(fail_on))
    outcome = f"{failing} at {fail_on} or above" if failing else f"nothing at {fail_on} or above"
    failed = f"; {len(run.failures)} check(s) failed themselves" if run.failures else ""
    said = f"{len(run.checks)} checks, {files}: {found or 'no findings'}; {outcome}{failed}."
    return " ".join([said, *(_corrections(each) for each in run.corrections)])


def _corrections(info: CorrectionsInfo) -> str:
    return f"{one_line(info.name)}: {info.applied} correction(s) applied, {info.unplaced} not."
