"""The questions and responses of a survey as JSON objects, the same in every output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from oppsummering.survey import Question, Response


def question_record(question: Question) -> dict[str, Any]:
    """A question with its place and its number of responses; keys as in the JSON contract."""
    return {
        "id": question.id,
        "number": question.number,
        "title": question.title,
        "parents": list(question.parents),
        "line": question.line,
        "responses": len(question.responses),
    }


def response_record(question: Question, response: Response) -> dict[str, Any]:
    """A response with the ids of its statements; keys as in the JSON contract."""
    return {
        "id": response.id,
        "question": question.id,
        "municipality": response.municipality,
        "note": response.note,
        "occurrence": response.occurrence,
        "line": response.line,
        "statements": [statement.id for statement in response.statements],
    }
