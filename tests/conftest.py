"""What all tests share: golden files, and the one way to renew them.

`pytest --update-golden` writes the golden files of the tests that run. Read the difference
before you commit it: it is the change that users will see.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import settings

# A busy machine makes no test fail; CI draws the same examples on every run.
settings.register_profile("oppsummering", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("oppsummering")

GOLDEN = Path(__file__).parent / "golden"


class Golden(Protocol):
    """Compares an output with its golden file."""

    def __call__(self, name: str, actual: bytes) -> None:
        """Fail where `actual` is not, byte for byte, what the file holds."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update-golden`."""
    parser.addoption(
        "--update-golden", action="store_true", help="Write the golden files instead of comparing."
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to renew golden files where nobody looks at the difference."""
    if config.getoption("--update-golden") and os.environ.get("CI"):
        raise pytest.UsageError("--update-golden is not allowed in CI")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compare an output with `tests/golden/NAME`, or write it with `--update-golden`."""
    update = bool(request.config.getoption("--update-golden"))

    def compare(name: str, actual: bytes) -> None:
        file = GOLDEN / name
        if update:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(actual)
        elif not file.exists():
            pytest.fail(f"{file} is missing; `pytest --update-golden` writes it")
        expected = file.read_bytes().decode()
        assert actual.decode() == expected, "if the change is meant: pytest --update-golden"

    return compare
