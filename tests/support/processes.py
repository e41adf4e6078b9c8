"""Run Python in a process of its own."""

from __future__ import annotations

import subprocess
import sys


def run_python(code: str) -> str:
    """The standard output of a program; a failure fails the test."""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
