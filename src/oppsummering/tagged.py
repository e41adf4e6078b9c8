"""A survey with its themes: what the tagger returns and every later stage reads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oppsummering.survey import Question, Response, Span, Statement, Survey
    from oppsummering.words import WrittenStandard


class TagSource(StrEnum):
    """Who gave a theme: the codebook's terms, a person's correction, or a learned layer."""

    CODEBOOK = "codebook"
    CORRECTION = "correction"
    MODEL = "model"


class Decision(StrEnum):
    """What people have decided about a tag.

    Nobody has looked at a tag of the `machine`; one that is `added` or `kept` was decided by a
    person, in a correction: the machine had not given it, or had given it too.
    """

    MACHINE = "machine"
    ADDED = "added"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Match:
    """The words that a term of the codebook matched.

    Attributes:
        term: The id of the term, unique within its theme.
        span: From the first matched word to the last, in the source text.
        text: The source text of the span.
        words: The spans of the matched words themselves, in order.
        strength: What the match adds to its theme's score.
        negated: Whether a negation stands before it in the same sentence.
    """

    term: str
    span: Span
    text: str
    words: tuple[Span, ...]
    strength: float
    negated: bool = False


@dataclass(frozen=True, slots=True)
class ThemeTag:
    """A theme that a statement has, and why.

    Attributes:
        theme: The theme's id.
        source: Who gave it.
        matches: The matches behind it, in the order of the text; empty for an added tag.
        decision: What people have decided about it.
    """

    theme: str
    source: TagSource
    matches: tuple[Match, ...]
    decision: Decision = Decision.MACHINE


@dataclass(frozen=True, slots=True)
class TaggedStatement:
    """A statement with its place in the survey and its themes, in the codebook's order."""

    question: Question
    response: Response
    statement: Statement
    written_standard: WrittenStandard
    tags: tuple[ThemeTag, ...]

    def tag(self, theme: str) -> ThemeTag | None:
        """The tag of a theme, or None when the statement does not have it."""
        return next((tag for tag in self.tags if tag.theme == theme), None)


@dataclass(frozen=True, slots=True)
class ThemeInfo:
    """A theme of the codebook as outputs name it: its id and its label."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class CodebookInfo:
    """The codebook of a run: its file name, the SHA-256 of its bytes, its themes in order."""

    name: str
    sha256: str
    themes: tuple[ThemeInfo, ...]


@dataclass(frozen=True, slots=True)
class PipelineInfo:
    """The spaCy pipeline of a run."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class CorrectionsInfo:
    """The corrections of a run.

    Attributes:
        name: The name of their file.
        sha256: Hexadecimal SHA-256 of its bytes.
        applied: How many were applied, those that changed nothing included.
        unplaced: How many were not, because their statement changed or vanished.
    """

    name: str
    sha256: str
    applied: int
    unplaced: int


@dataclass(frozen=True, slots=True)
class TaggedSurvey:
    """A survey, its tagged statements and lead-ins in order, and what produced the tags.

    `corrections` is None where none were looked for or none are there.
    """

    survey: Survey
    codebook: CodebookInfo
    pipeline: PipelineInfo
    statements: tuple[TaggedStatement, ...]
    corrections: CorrectionsInfo | None = None

    def counted(self) -> Iterator[TaggedStatement]:
        """The statements that count; lead-ins are left out."""
        return (tagged for tagged in self.statements if tagged.statement.counted)
