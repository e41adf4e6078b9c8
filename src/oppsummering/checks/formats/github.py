"""Findings as workflow commands, which GitHub shows beside the lines of a pull request.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from oppsummering.checks.formats.text import summary
from oppsummering.config import Level
from oppsummering.visible import visible

if TYPE_CHECKING:
    from oppsummering.checks.model import CheckRun, Finding

COMMANDS: Final = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}


def render(run: CheckRun, fail_on: Level) -> str:
    """One command a finding, then a line for the log."""
    lines = [_command(finding) for finding in run.findings]
    lines += [
        f"::error file={_property(failure.file)},title={failure.check}::{_data(failure.message)}"
        for failure in run.failures
    ]
    return "\n".join([*lines, summary(run, fail_on), ""])


def _command(finding: Finding) -> str:
    line = "" if finding.line is None else f",line={finding.line}"
    properties = f"file={_property(finding.file)}{line},title={_property(finding.check)}"
    return f"::{COMMANDS[finding.level]} {properties}::{_data(finding.message)}"


def _data(text: str) -> str:
    """A message as the runner's own toolkit escapes it."""
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
