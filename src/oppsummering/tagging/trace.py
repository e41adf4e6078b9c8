"""What the tagger tells about a text besides its themes: each match and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oppsummering.survey import Span
    from oppsummering.tagged import Match, ThemeTag
    from oppsummering.words import Analysis, WrittenStandard


class Outcome(StrEnum):
    """What became of a match."""

    COUNTED = "counted"
    SHADOWED = "shadowed"
    VETOED = "vetoed"
    REQUIREMENT_MISSING = "requirement missing"
    EXCEPTION_PRESENT = "exception present"
    NEGATION = "negation"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A match and what became of it.

    Attributes:
        theme: The theme's id.
        match: The match, its place counted from the start of the statement.
        outcome: Whether it counts, and if not, why.
        reason: What stood in its way: the id of a veto or term, or a phrase.
        sentence: The number of its sentence in the statement, from 0.
    """

    theme: str
    match: Match
    outcome: Outcome
    reason: str
    sentence: int


@dataclass(frozen=True, slots=True)
class ThemeScore:
    """The best score of a theme in a statement, beside its threshold."""

    theme: str
    score: float
    threshold: float


@dataclass(frozen=True, slots=True)
class TokenTrace:
    """A token, its place in the statement, its sentence, its readings and its patterns."""

    text: str
    span: Span
    sentence: int
    analyses: tuple[Analysis, ...]
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything that led to the themes of a text."""

    tokens: tuple[TokenTrace, ...]
    written_standard: WrittenStandard
    evidence: tuple[Evidence, ...]
    scores: tuple[ThemeScore, ...]
    tags: tuple[ThemeTag, ...]
