"""The JSON document of a survey: `docs/outputs.md` describes every key."""

from __future__ import annotations

import json
import re
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from oppsummering import counts
from oppsummering.exporters.order import file_for_each, one_survey
from oppsummering.records import (
    pipeline_record,
    question_record,
    response_record,
    tool_record,
)
from oppsummering.report import create_view

if TYPE_CHECKING:
    from oppsummering.exporters.order import Order
    from oppsummering.report import View
    from oppsummering.survey import Diagnostic
    from oppsummering.tagged import CorrectionsInfo, Match, TaggedStatement, TaggedSurvey

SCHEMA_VERSION = 1

PIECES = 10_000
"""How many pieces of JSON, a key or a value each, are held at a time besides the bytes."""

_UNSAFE = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def document(view: View) -> dict[str, Any]:
    """The document as plain objects, keys in the order of the contract.

    Source and diagnostics are those of the whole file, the rest is what the view shows.
    """
    tagged, shown, selection = view.whole, view.shown, view.selection
    source = tagged.survey.source
    content: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "tool": tool_record(),
        "pipeline": pipeline_record(tagged.pipeline),
        "codebook": {"name": tagged.codebook.name, "sha256": tagged.codebook.sha256},
        "source": {
            "name": source.name,
            "sha256": source.sha256,
            "encoding": source.encoding,
            "characters": len(source.text),
        },
        "questions": [question_record(question) for question in shown.survey.questions],
        "responses": [
            response_record(question, response)
            for question in shown.survey.questions
            for response in question.responses
        ],
        "statements": [_statement(each) for each in shown.statements],
        "frequencies": _frequencies(shown, same_respondents=view.same_respondents),
        "diagnostics": [_diagnostic(each) for each in tagged.survey.diagnostics],
    }
    if tagged.corrections:
        content["corrections"] = corrections(tagged.corrections)
    if selection:
        content["selection"] = {
            "themes": list(selection.themes),
            "questions": list(selection.questions),
            "municipalities": list(selection.municipalities),
        }
    return content


def dump(content: dict[str, Any]) -> bytes:
    """A JSON object as UTF-8, indented, with a line end at its end.

    Letters stay as they are; characters that act on a terminal or turn the direction of
    writing are written as JSON escapes, so that the parsed text is exactly the same.
    """
    encoder = json.JSONEncoder(ensure_ascii=False, indent=2, allow_nan=False)
    pieces = encoder.iterencode(content)
    data = BytesIO()
    while batch := "".join(islice(pieces, PIECES)):
        data.write(_UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", batch).encode())
    data.write(b"\n")
    return data.getvalue()


def corrections(info: CorrectionsInfo) -> dict[str, Any]:
    """The corrections that were applied."""
    return {
        "name": info.name,
        "sha256": info.sha256,
        "applied": info.applied,
        "unplaced": info.unplaced,
    }


class JsonExporter:
    """One JSON document a survey."""

    name = "json"
    suffix = ".json"

    def folder(self, order: Order) -> dict[str, bytes]:
        """A document for each survey, named after it."""
        return file_for_each(order, self.suffix, lambda survey: self._bytes(survey, order))

    def file(self, order: Order) -> bytes:
        """The document of the only survey."""
        return self._bytes(one_survey(order, self.name), order)

    def _bytes(self, survey: TaggedSurvey, order: Order) -> bytes:
        return dump(document(create_view(survey, same_respondents=order.same_respondents)))


def _statement(tagged: TaggedStatement) -> dict[str, Any]:
    statement = tagged.statement
    return {
        "id": statement.id,
        "question": tagged.question.id,
        "municipality": tagged.response.municipality,
        "response": tagged.response.id,
        "kind": statement.kind.value,
        "line": statement.line,
        "end_line": statement.end_line,
        "start": statement.span.start,
        "end": statement.span.end,
        "text": statement.text,
        "written_standard": tagged.written_standard.value,
        "themes": [
            {
                "theme": tag.theme,
                "source": tag.source.value,
                "matches": [_match(match) for match in tag.matches],
                "decision": tag.decision.value,
            }
            for tag in tagged.tags
        ],
        "lead_in": statement.lead_in,
    }


def _match(match: Match) -> dict[str, Any]:
    return {
        "term": match.term,
        "text": match.text,
        "start": match.span.start,
        "end": match.span.end,
        "negated": match.negated,
        "strength": match.strength,
        "words": [[word.start, word.end] for word in match.words],
    }


def _frequencies(shown: TaggedSurvey, *, same_respondents: bool) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {
            "theme": count.theme.id,
            "label": count.theme.label,
            "statements": count.statements.count,
            "share_of_statements": count.statements.fraction,
            "responses": count.responses.count,
            "share_of_responses": count.responses.fraction,
        }
        for count in counts.frequencies(shown)
    ]
    if same_respondents:
        for row, share in zip(rows, counts.respondents(shown), strict=True):
            row["respondents"] = share.count
            row["share_of_respondents"] = share.fraction
    return rows


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "line": diagnostic.line,
        "message": diagnostic.message,
    }
