"""Where the corrections of a survey are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from oppsummering.errors import CorrectionsError, Problem

if TYPE_CHECKING:
    from pathlib import Path

SUFFIXES: Final = (".corrections.yaml", ".corrections.csv")


def corrections_path(survey: Path) -> Path | None:
    """The file of corrections beside a survey: `NAME.corrections.yaml` or `.csv`, or None.

    Raises:
        CorrectionsError: When both are there, or one is no file but a folder, pipe or device.
    """
    found = [path for path in _candidates(survey) if path.exists()]
    for path in found:
        if not path.is_file():
            raise CorrectionsError((Problem("", "is not a regular file."),), path=path)
    if len(found) > 1:
        message = f"{found[1].name} is there too; keep one of the two."
        raise CorrectionsError((Problem("", message),), path=found[0])
    return found[0] if found else None


def default_path(survey: Path) -> Path:
    """Where the corrections of a survey belong when there are none yet."""
    return _candidates(survey)[0]


def _candidates(survey: Path) -> tuple[Path, ...]:
    return tuple(survey.with_name(survey.stem + suffix) for suffix in SUFFIXES)
