"""Findings as SARIF 2.1.0 (OASIS), for code scanning and editors."""

from __future__ import annotations

import json
import os
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import oppsummering
from oppsummering.config import Level

if TYPE_CHECKING:
    from oppsummering.checks.model import CheckRun, Failure, Finding

SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
LEVELS: Final = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}


def render(run: CheckRun, _fail_on: Level) -> str:
    """One run: the checks are its rules, the findings its results."""
    rules = [check.id for check, _ in run.checks]
    document = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(run)},
                "invocations": [
                    {
                        "executionSuccessful": not run.failures,
                        "toolExecutionNotifications": [_notice(each) for each in run.failures],
                    }
                ],
                "columnKind": "unicodeCodePoints",
                "results": [
                    _result(finding, rules.index(finding.check)) for finding in run.findings
                ],
            }
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _driver(run: CheckRun) -> dict[str, Any]:
    return {
        "name": "oppsummering",
        "version": oppsummering.__version__,
        "rules": [
            {
                "id": check.id,
                "shortDescription": {"text": check.summary},
                "defaultConfiguration": {"level": LEVELS[level]},
            }
            for check, level in run.checks
        ],
    }


def _result(finding: Finding, rule: int) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(finding.file)}}
    if finding.line is not None:
        place["region"] = {"startLine": finding.line}
    return {
        "ruleId": finding.check,
        "ruleIndex": rule,
        "level": LEVELS[finding.level],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": place}],
    }


def _notice(failure: Failure) -> dict[str, Any]:
    return {
        "level": "error",
        "message": {"text": failure.message},
        "associatedRule": {"id": failure.check},
    }


def _uri(file: str) -> str:
    return quote(os.fsencode(PurePath(file).as_posix()))
