"""The codebook: themes and their terms, read from YAML with every problem at once."""

from oppsummering.codebook.model import (
    Codebook,
    Example,
    Negation,
    Scope,
    Term,
    Theme,
    Veto,
    WordList,
)
from oppsummering.codebook.reading import LANGUAGES, load_codebook, shipped_codebook

__all__ = [
    "LANGUAGES",
    "Codebook",
    "Example",
    "Negation",
    "Scope",
    "Term",
    "Theme",
    "Veto",
    "WordList",
    "load_codebook",
    "shipped_codebook",
]
