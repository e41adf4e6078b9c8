"""What a codebook misses, and which of its terms do no work of their own."""

from oppsummering.suggestions.outputs import build_suggestions_report, suggestions_document
from oppsummering.suggestions.reading import SuggestionOrder, run_suggestions
from oppsummering.suggestions.words import (
    CodedText,
    FrequentWord,
    Suggestions,
    TermRef,
    ThemeWords,
    Together,
    TypicalWord,
    suggest,
)

__all__ = [
    "CodedText",
    "FrequentWord",
    "SuggestionOrder",
    "Suggestions",
    "TermRef",
    "ThemeWords",
    "Together",
    "TypicalWord",
    "build_suggestions_report",
    "run_suggestions",
    "suggest",
    "suggestions_document",
]
