"""Checks of a new round: one function each, in one visible tuple."""

from oppsummering.checks.model import Check, CheckRun, Context, Failure, Finding, Remark
from oppsummering.checks.registry import CHECKS, run_checks

__all__ = [
    "CHECKS",
    "Check",
    "CheckRun",
    "Context",
    "Failure",
    "Finding",
    "Remark",
    "run_checks",
]
