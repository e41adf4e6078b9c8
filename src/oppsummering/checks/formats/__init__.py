"""The outputs of a check run: for people, for other programs and for the common CI systems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from oppsummering.checks.formats import github, json_document, junit, sarif, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from oppsummering.checks.model import CheckRun
    from oppsummering.config import Level

FORMATS: Final[Mapping[str, Callable[[CheckRun, Level], str]]] = {
    "text": text.render,
    "json": json_document.render,
    "github": github.render,
    "junit": junit.render,
    "sarif": sarif.render,
}
"""From a format's name to its function: a run and the level that fails → the whole output."""
