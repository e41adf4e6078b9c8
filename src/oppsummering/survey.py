"""The document model: a survey is questions, responses and statements, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the decoded source text, `text[start:end]`, in Unicode code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of `text` that the span covers."""
        return text[self.start : self.end]


class StatementKind(StrEnum):
    """What a piece of an answer is. A lead-in introduces a list; it is context, not counted."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    LEAD_IN = "lead_in"


class Severity(StrEnum):
    """How serious a diagnostic or finding is, most serious first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something about the input that its reader should know.

    Attributes:
        code: A stable name in kebab case, documented in `docs/input-format.md`.
        severity: How serious it is.
        line: The 1-based line, or None when it concerns the whole file.
        message: One sentence for the user.
    """

    code: str
    severity: Severity
    line: int | None
    message: str


@dataclass(frozen=True, slots=True)
class Source:
    """The file a survey was read from.

    Attributes:
        name: The file's name without its folder, or `-` for standard input.
        text: The decoded text, byte order mark removed, line ends as in the file.
        encoding: The encoding it was decoded with, as Python names it.
        sha256: Hexadecimal SHA-256 of the bytes.
    """

    name: str
    text: str
    encoding: str
    sha256: str

    def line_at(self, position: int) -> int:
        """The 1-based line of a place in the text, lines ending at LF, CR LF or CR."""
        before = self.text[:position]
        return before.count("\n") + before.count("\r") - before.count("\r\n") + 1


@dataclass(frozen=True, slots=True)
class Statement:
    """A list item, a paragraph or a lead-in of one response: the unit of coding.

    Attributes:
        id: Stable within the file, such as `q1.r2.s3`.
        kind: Item, paragraph or lead-in.
        line: 1-based line it starts on.
        end_line: 1-based line it ends on.
        span: Its place; `span.of(source.text) == text`.
        text: Its text as written, without bullet and outer blanks (line breaks stay).
        level: Depth of a list item, 0 for the outermost and for paragraphs.
        lead_in: The id of the lead-in that introduces it, if any.
    """

    id: str
    kind: StatementKind
    line: int
    end_line: int
    span: Span
    text: str
    level: int = 0
    lead_in: str | None = None

    @property
    def counted(self) -> bool:
        """Whether it counts as a statement; lead-ins do not."""
        return self.kind is not StatementKind.LEAD_IN


@dataclass(frozen=True, slots=True)
class Response:
    """One municipality's answer to one question.

    Attributes:
        id: Stable within the file, such as `q1.r2`.
        municipality: The label as written (white space folded, colon left out): `Kommune 3`.
        note: The note in brackets after the label, or None.
        occurrence: 1 for the label's first response under the question, 2 for its second …
        line: 1-based line of its heading.
        span: The place of its heading.
        statements: Its statements and lead-ins in the order of the text.
    """

    id: str
    municipality: str
    note: str | None
    occurrence: int
    line: int
    span: Span
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A numbered question, or an unnumbered heading that groups answers.

    Attributes:
        id: Stable within the file: `q1` for question 1, `h1`, `h1.1` for headings.
        number: The number as written, or None for an unnumbered heading.
        title: The wording, white space folded.
        parents: Titles of the headings above it, outermost first.
        line: 1-based line it starts on.
        span: The place of the whole heading, number included.
        responses: Its responses in the order of the text; may be empty.
    """

    id: str
    number: int | None
    title: str
    parents: tuple[str, ...]
    line: int
    span: Span
    responses: tuple[Response, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """One survey summary, wholly read: nothing of its text is lost.

    Attributes:
        source: Where it came from, with the whole decoded text.
        title: The title line as written, or None.
        title_span: The title's place, or None.
        questions: Questions and headings in the order of the text.
        diagnostics: What its reader should know, in the order of lines.
    """

    source: Source
    title: str | None
    title_span: Span | None
    questions: tuple[Question, ...]
    diagnostics: tuple[Diagnostic, ...]

    def walk(self) -> Iterator[tuple[Question, Response, Statement]]:
        """Every statement and lead-in, with its response and question, in order."""
        for question in self.questions:
            for response in question.responses:
                for statement in response.statements:
                    yield question, response, statement
