"""The outline of a survey: what was understood, line by line, for the terminal and as JSON."""

from __future__ import annotations

import textwrap
from itertools import groupby
from typing import TYPE_CHECKING, Any

from oppsummering.records import question_record, response_record
from oppsummering.survey import Diagnostic, Question, Response, Statement, StatementKind, Survey
from oppsummering.visible import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

_INDENT = "  "
_KINDS = {
    StatementKind.PARAGRAPH: "paragraph",
    StatementKind.ITEM: "item",
    StatementKind.LEAD_IN: "lead-in",
}
_STYLES = {"question": "bold", "response": "cyan", "lead-in": "dim"}


def outline_lines(survey: Survey) -> Iterator[tuple[int, str, str]]:
    """The outline as `(line, text, kind)`, `line` 1-based and `text` with its indentation and id.

    `kind` is `title`, `question`, `response`, `paragraph`, `item` or `lead-in`.
    """
    if survey.title is not None and survey.title_span is not None:
        line = survey.source.line_at(survey.title_span.start)
        yield line, _fold(survey.title), "title"
    for question in survey.questions:
        yield question.line, _question_text(question), "question"
        indent = _INDENT * (len(question.parents) + 1)
        for response in question.responses:
            yield response.line, indent + _response_text(response), "response"
            for statement in response.statements:
                kind = _KINDS[statement.kind]
                yield statement.line, indent + _statement_text(statement), kind


def counts(survey: Survey) -> str:
    """One line of figures: questions, responses, statements by kind, lead-ins."""
    statements = [statement for _, _, statement in survey.walk()]
    kinds = [statement.kind for statement in statements]
    items, paragraphs = kinds.count(StatementKind.ITEM), kinds.count(StatementKind.PARAGRAPH)
    responses = sum(len(question.responses) for question in survey.questions)
    by_kind = f"{number(items, 'item')}, {number(paragraphs, 'paragraph')}"
    return ", ".join(
        (
            number(len(survey.questions), "question"),
            number(responses, "response"),
            f"{number(items + paragraphs, 'statement')} ({by_kind})",
            number(kinds.count(StatementKind.LEAD_IN), "lead-in"),
        )
    )


def number(count: int, noun: str) -> str:
    """A count with its noun, in the plural where that is right: `3 items`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def diagnostic_rows(diagnostics: Sequence[Diagnostic]) -> Iterator[tuple[str, str, str]]:
    """Diagnostics as `(lines, severity, message)`; the same remark on lines in a row is one."""

    def remark(place: tuple[int, Diagnostic]) -> tuple[object, ...]:
        index, one = place
        run = None if one.line is None else one.line - index
        return one.code, one.severity, one.message, run

    for _, group in groupby(enumerate(diagnostics), key=remark):
        found = [one for _, one in group]
        first, last = found[0], found[-1]
        lines = "" if first.line is None else str(first.line)
        if last.line != first.line:
            lines += f"–{last.line}"
        yield lines, str(first.severity), f"{first.message} [{first.code}]"


def print_structure(survey: Survey, console: Console) -> None:
    """Print the outline, the counts and the diagnostics.

    Args:
        survey: What was read.
        console: Where to; characters that act on a terminal are made visible.
    """
    from rich.text import Text  # noqa: PLC0415 - rich is loaded when it prints

    source = survey.source
    _print_wrapped(console, f"{one_line(source.name)} ({source.encoding}): {counts(survey)}", "")
    console.print()
    lines = list(outline_lines(survey))
    width = max(len(str(line)) for line, _, _ in lines)
    for line, text, kind in lines:
        shown = Text(f"{line:>{width}}  {visible(text)}", style=_STYLES.get(kind, ""))
        console.print(shown, no_wrap=True, overflow="ellipsis")
    if survey.diagnostics:
        console.print(Text("\nDiagnostics", style="bold"))
    for place, severity, message in diagnostic_rows(survey.diagnostics):
        start = f"{place:>{width}}  {severity:<7}  "
        _print_wrapped(console, start + visible(message), " " * len(start))


def _print_wrapped(console: Console, text: str, indent: str) -> None:
    for line in textwrap.wrap(
        text, console.width, subsequent_indent=indent, break_on_hyphens=False
    ):
        console.print(line, no_wrap=True, overflow="ignore", crop=False)


def structure_data(survey: Survey) -> dict[str, Any]:
    """The outline as plain data, with the keys of `analyze --format json` where they meet."""
    source = survey.source
    return {
        "schema_version": 1,
        "source": {
            "name": source.name,
            "sha256": source.sha256,
            "encoding": source.encoding,
            "characters": len(source.text),
        },
        "title": survey.title,
        "questions": [question_record(question) for question in survey.questions],
        "responses": [
            response_record(question, response)
            for question in survey.questions
            for response in question.responses
        ],
        "statements": [_statement_data(*found) for found in survey.walk()],
        "diagnostics": [
            {
                "code": one.code,
                "severity": str(one.severity),
                "line": one.line,
                "message": one.message,
            }
            for one in survey.diagnostics
        ],
    }


def _question_text(question: Question) -> str:
    count = f" · {number(len(question.responses), 'response')}" if question.responses else ""
    return f"{_INDENT * len(question.parents)}{question.id}{count} · {question.title}"


def _response_text(response: Response) -> str:
    again = f" · occurrence {response.occurrence}" if response.occurrence > 1 else ""
    count = number(sum(one.counted for one in response.statements), "statement")
    note = f" · note: {response.note}" if response.note else ""
    return f"{response.id} · {response.municipality}{again} · {count}{note}"


def _statement_text(statement: Statement) -> str:
    """The piece's part of its id (`s3` of `q1.r2.s3`), its kind and its text."""
    part = statement.id.rpartition(".")[2]
    start = f"{_INDENT}{part:<3} {_KINDS[statement.kind]:<9} {_INDENT * statement.level}"
    return start + _fold(statement.text)


def _statement_data(question: Question, response: Response, statement: Statement) -> dict[str, Any]:
    return {
        "id": statement.id,
        "question": question.id,
        "municipality": response.municipality,
        "response": response.id,
        "kind": str(statement.kind),
        "line": statement.line,
        "end_line": statement.end_line,
        "start": statement.span.start,
        "end": statement.span.end,
        "text": statement.text,
        "level": statement.level,
        "lead_in": statement.lead_in,
    }


def _fold(text: str) -> str:
    return " ".join(text.split())
