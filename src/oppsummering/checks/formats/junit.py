"""Findings as JUnit XML: a suite for each survey, a case for each check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from junitparser import Error, JUnitXml, TestCase, TestSuite
from junitparser import Failure as FailedCase

from oppsummering.checks.formats.text import finding_line
from oppsummering.visible import visible

if TYPE_CHECKING:
    from junitparser.junitparser import FinalResult

    from oppsummering.checks.model import Check, CheckRun, Finding
    from oppsummering.config import Level


def render(run: CheckRun, fail_on: Level) -> str:
    """A case fails with its findings at or above the level; lesser ones are in its output."""
    failing = set(run.at_least(fail_on))
    report = JUnitXml("oppsummering check")
    for file in run.files:
        suite = TestSuite(_xml(file))
        for check, _ in run.checks:
            suite.add_testcase(_case(run, check, file, failing))
        suite.update_statistics()  # type: ignore[no-untyped-call]
        report.add_testsuite(suite)
    xml: bytes = report.tostring()  # type: ignore[no-untyped-call]
    return xml.decode("utf-8") + "\n"


def _case(run: CheckRun, check: Check, file: str, failing: set[Finding]) -> TestCase:
    case = TestCase(check.id, classname=_xml(file), time=0)
    # A finding in another file, such as the codebook, belongs to the survey it was found with;
    # with one codebook for several surveys that is the first.
    findings = [
        finding
        for finding in run.findings
        if finding.check == check.id
        and (finding.file == file or (finding.file not in run.files and file == run.files[0]))
    ]
    failed: list[FinalResult] = [
        FailedCase(_xml(finding_line(finding)), finding.level.value)
        for finding in findings
        if finding in failing
    ]
    failed += [
        Error(_xml(failure.message), type(failure.error).__name__)
        for failure in run.failures
        if (failure.check, failure.file) == (check.id, file)
    ]
    case.result = failed
    lesser = [finding_line(finding) for finding in findings if finding not in failing]
    if lesser:
        case.system_out = _xml("\n".join(lesser))
    return case


def _xml(text: str) -> str:
    """The text without the characters that XML 1.0 cannot hold."""
    return visible(text).translate({0xFFFE: None, 0xFFFF: None})
