"""What the reader of a survey should know about how it was understood."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from oppsummering.errors import SurveyReadError
from oppsummering.readers.blocks import Block, Role
from oppsummering.readers.codes import Code
from oppsummering.readers.labels import Label
from oppsummering.readers.lines import fold
from oppsummering.readers.numbering import QuestionNumber
from oppsummering.survey import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from oppsummering.readers.decoding import Decoded
    from oppsummering.readers.lines import Page
    from oppsummering.survey import Question

_ASIDES = {
    Code.DECORATION: (Severity.INFO, "A rule or a page number; it is left out."),
    Code.NO_WORDS: (Severity.INFO, "A bullet or a line without words; it is left out."),
    Code.TEXT_BEFORE_QUESTION: (
        Severity.INFO,
        "Text before the first question; it is not part of an answer and is not counted.",
    ),
    Code.TEXT_OUTSIDE_RESPONSE: (
        Severity.WARNING,
        (
            "Text under a question, but in no response; it is not counted. Put a heading such as"
            " 'Kommune 1:' above it, or name your label with --respondent."
        ),
    ),
}
_SURE_LABEL = re.compile(r"(?:[*_]{0,3})([A-ZÆØÅ][a-zæøå]{0,24}\.?)[ \t]{0,3}(\d{1,4})[ \t]{0,2}:")
_MIN_LIKELY_LABELS = 3
_QUESTIONS = "A question begins with 1), 1. or 'Spørsmål 1:', or is a heading above answers."
_ANSWERS = (
    "An answer opens with a label such as 'Kommune 1:', 'Informant 4:' or 'Bergen kommune:';"
    " name another label with --respondent."
)
_DOCS = "See docs/input-format.md."


def remarks(
    decoded: Decoded, page: Page, blocks: Sequence[Block], questions: Sequence[Question]
) -> tuple[Diagnostic, ...]:
    """Collect the diagnostics of a document, in the order of its lines.

    Args:
        decoded: The text, with the remarks about its encoding.
        page: Its rows.
        blocks: Its blocks.
        questions: What they were put together to.
    """
    found = [
        *decoded.diagnostics,
        *_unseen(page),
        *_asides(blocks),
        *_repairs(decoded.text, blocks),
        *_numbering(questions),
        *_repeated_numbers(blocks),
        *_responses(questions),
        *_empty_questions(questions),
        *_likely_labels(page, blocks),
    ]
    return tuple(sorted(found, key=lambda one: (one.line or 0, one.code)))


def missing_structure(
    path: Path, blocks: Sequence[Block], questions: Sequence[Question], page: Page
) -> SurveyReadError | None:
    """The error for a document without a question or without a response, or None."""
    if any(question.responses for question in questions):
        return None
    outside = next((block for block in blocks if block.role is Role.RESPONSE), None)
    if outside is not None:
        return SurveyReadError(
            "No question was found above the answers.",
            path=path,
            line=outside.first.line,
            hint=f"{_QUESTIONS} {_DOCS}",
        )
    message = "No response was found." if questions else "No question and no response was found."
    label = _likeliest_label(page)
    own = f"Many lines begin like '{label} 1:'; try --respondent {label}. " if label else ""
    needed = _ANSWERS if questions else f"{_QUESTIONS} {_ANSWERS}"
    return SurveyReadError(message, path=path, hint=f"{needed} {own}{_DOCS}")


def _unseen(page: Page) -> Iterator[Diagnostic]:
    for line in page.unseen:
        message = "The line holds invisible characters only; it is left out."
        yield Diagnostic(Code.INVISIBLE_LINE, Severity.INFO, line, message)
    for line in page.quote_marks:
        message = "The line holds only the mark of a quoted e-mail; it is left out."
        yield Diagnostic(Code.DECORATION, Severity.INFO, line, message)


def _asides(blocks: Sequence[Block]) -> Iterator[Diagnostic]:
    has_question = False
    last = 0
    for block in blocks:
        has_question = has_question or block.role in {Role.QUESTION, Role.HEADING}
        if block.code is not None:
            severity, message = _ASIDES[block.code]
            yield Diagnostic(block.code, severity, block.first.line, message)
        elif not has_question and block.role is not Role.TITLE:
            lines = range(max(block.first.line, last + 1), block.last.line + 1)
            last = block.last.line
            yield from (_before_question(line) for line in lines)


def _before_question(line: int) -> Diagnostic:
    message = (
        "An answer before the first question; it is not counted. Put a numbered question or a"
        " heading above it."
    )
    return Diagnostic(Code.RESPONSE_BEFORE_QUESTION, Severity.WARNING, line, message)


def _repairs(text: str, blocks: Sequence[Block]) -> Iterator[Diagnostic]:
    for block in blocks:
        if isinstance(block.mark, Label) and block.mark.repaired:
            written = fold(text[block.start : block.end])
            message = f"'{written}' was read as '{block.mark.municipality}'."
            yield Diagnostic(Code.LABEL_REPAIRED, Severity.WARNING, block.first.line, message)


def _numbering(questions: Sequence[Question]) -> Iterator[Diagnostic]:
    last, part = 0, None
    for question in questions:
        number = question.number
        if number is None:
            continue
        if number == 1 and question.parents != part:
            last = 0
        part = question.parents
        if number > last + 1 or number < last:
            above = f"follows question {last}" if last else "is the first"
            message = f"Question {number} {above}. Check that no question was missed."
            yield Diagnostic(Code.QUESTION_NUMBER_GAP, Severity.WARNING, question.line, message)
        last = number


def _repeated_numbers(blocks: Sequence[Block]) -> Iterator[Diagnostic]:
    seen: dict[str, int] = {}
    for block in blocks:
        if block.role is not Role.QUESTION or not isinstance(block.mark, QuestionNumber):
            continue
        number = f"{block.mark.number}{block.mark.suffix}"
        line = block.first.line
        if number in seen:
            message = (
                f"Question {number} was on line {seen[number]} already; both are kept, each with"
                " an id of its own."
            )
            yield Diagnostic(Code.QUESTION_NUMBER_REPEATED, Severity.WARNING, line, message)
        seen.setdefault(number, line)


def _responses(questions: Sequence[Question]) -> Iterator[Diagnostic]:
    for question in questions:
        seen: dict[str, int] = {}
        for response in question.responses:
            name, line = response.municipality, response.line
            if not response.statements:
                message = f"{name} has no answer here; the response is kept and is empty."
                yield Diagnostic(Code.EMPTY_RESPONSE, Severity.WARNING, line, message)
            if response.occurrence > 1:
                message = (
                    f"{name} answered this question on line {seen[name.casefold()]} already;"
                    f" both responses are kept, this one as occurrence {response.occurrence}."
                )
                yield Diagnostic(Code.REPEATED_MUNICIPALITY, Severity.WARNING, line, message)
            seen.setdefault(name.casefold(), line)


def _empty_questions(questions: Sequence[Question]) -> Iterator[Diagnostic]:
    for question, following in zip(questions, [*questions[1:], None], strict=True):
        heads_others = following is not None and len(following.parents) > len(question.parents)
        if not question.responses and not heads_others:
            message = "The question has no response."
            yield Diagnostic(Code.EMPTY_QUESTION, Severity.WARNING, question.line, message)


def _likely_labels(page: Page, blocks: Sequence[Block]) -> Iterator[Diagnostic]:
    """Lines such as `Skole 1:` that no label covers, when a noun has several numbers."""
    label = _likeliest_label(page)
    if label is None:
        return
    read = {
        block.mark.municipality.rstrip("0123456789").split()[0].casefold()
        for block in blocks
        if isinstance(block.mark, Label)
    }
    if label.casefold() in read:
        return
    matches = ((row.line, _SURE_LABEL.match(row.shown)) for row in page.rows)
    line = next(line for line, match in matches if match and match[1] == label)
    message = (
        f"Several lines begin like '{label} 1:'. If they open answers, read the file with"
        f" --respondent {label}."
    )
    yield Diagnostic(Code.POSSIBLE_LABEL, Severity.INFO, line, message)


def _likeliest_label(page: Page) -> str | None:
    numbers: dict[str, set[str]] = {}
    for row in page.rows:
        match = _SURE_LABEL.match(row.shown)
        if match:
            numbers.setdefault(match[1], set()).add(match[2])
    likely = {noun: len(found) for noun, found in numbers.items()}
    best = max(likely, key=lambda noun: likely[noun], default=None)
    return best if best is not None and likely[best] >= _MIN_LIKELY_LABELS else None
