"""Findings as JSON for other programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from oppsummering.records import tool_record

if TYPE_CHECKING:
    from oppsummering.checks.model import CheckRun
    from oppsummering.config import Level

SCHEMA_VERSION: Final = 1


def render(run: CheckRun, fail_on: Level) -> str:
    """One object: tool, files, checks with their levels, findings, failures."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "tool": tool_record(),
        "files": list(run.files),
        "fail_on": fail_on.value,
        "checks": [
            {"id": check.id, "level": level.value, "summary": check.summary}
            for check, level in run.checks
        ],
        "findings": [
            {
                "check": finding.check,
                "level": finding.level.value,
                "file": finding.file,
                "line": finding.line,
                "message": finding.message,
                "details": list(finding.details),
            }
            for finding in run.findings
        ],
        "failures": [
            {
                "check": failure.check,
                "file": failure.file,
                "message": failure.message,
            }
            for failure in run.failures
        ],
        "corrections": [
            {"name": each.name, "applied": each.applied, "unplaced": each.unplaced}
            for each in run.corrections
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
