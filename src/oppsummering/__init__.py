"""Themes, frequencies and quotes in Norwegian survey summaries.

The names in `__all__` are the public Python API. They are loaded when they are first used, so
that importing the package costs nothing.

Example:
    >>> from pathlib import Path
    >>> import oppsummering
    >>> survey = oppsummering.analyze(Path("summary.txt"))  # doctest: +SKIP
    >>> oppsummering.frequencies(survey)  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from oppsummering.analysis import analyze
    from oppsummering.codebook import load_codebook
    from oppsummering.counts import frequencies
    from oppsummering.quotes import best_quotes
    from oppsummering.readers import read_survey

__version__ = "0.1.0"

__all__ = ["__version__", "analyze", "best_quotes", "frequencies", "load_codebook", "read_survey"]

_HOMES = {
    "analyze": "oppsummering.analysis",
    "best_quotes": "oppsummering.quotes",
    "frequencies": "oppsummering.counts",
    "load_codebook": "oppsummering.codebook",
    "read_survey": "oppsummering.readers",
}


def __getattr__(name: str) -> Any:
    """Load a public name from the module that defines it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
