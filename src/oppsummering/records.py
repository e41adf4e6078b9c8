"""What every output says in the same JSON objects: the tool, the pipeline, questions, responses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from oppsummering import __version__

if TYPE_CHECKING:
    from oppsummering.survey import Question, Response
    from oppsummering.tagged import PipelineInfo


def tool_record() -> dict[str, str]:
    """What made the output; keys as in the JSON contract."""
    return {"name": "oppsummering", "version": __version__}


def pipeline_record(pipeline: PipelineInfo) -> dict[str, str]:
    """The spaCy pipeline that was used; keys as in the JSON contract."""
    return {"name": pipeline.name, "version": pipeline.version}


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
