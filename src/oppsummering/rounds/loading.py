"""Making a round of a tagged survey, or of the JSON that `analyze --format json` wrote."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from oppsummering.errors import BaselineError, Problem
from oppsummering.rounds.model import Round, RoundQuestion, RoundStatement
from oppsummering.tagged import CodebookInfo, PipelineInfo, ThemeInfo

if TYPE_CHECKING:
    from pathlib import Path

    from oppsummering.tagged import TaggedSurvey

SCHEMA_VERSION: Final = 1
MAX_BYTES: Final = 500_000_000
MAX_PROBLEMS: Final = 20

Count = Annotated[int, Field(ge=0)]
Line = Annotated[int, Field(ge=1)]


class _Strict(BaseModel):
    """Part of the JSON contract: right types, nothing converted; fields may have been added."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class _Named(_Strict):
    name: str
    version: str


class _Codebook(_Strict):
    name: str
    sha256: str


class _Source(_Strict):
    name: str


class _Question(_Strict):
    id: str
    number: int | None
    title: str
    parents: list[str]
    responses: Count


class _Match(_Strict):
    term: str


class _Theme(_Strict):
    theme: str
    matches: list[_Match]


class _Statement(_Strict):
    id: str
    question: str
    municipality: str
    response: str
    kind: Literal["paragraph", "item", "lead_in"]
    line: Line
    text: str
    themes: list[_Theme]


class _Frequency(_Strict):
    theme: str
    label: str


class _Analysis(_Strict):
    schema_version: int
    pipeline: _Named
    codebook: _Codebook
    source: _Source
    questions: list[_Question]
    statements: list[_Statement]
    frequencies: list[_Frequency]


def round_of(tagged: TaggedSurvey) -> Round:
    """The round that a tagged survey is."""
    questions = tuple(
        RoundQuestion(q.id, q.number, q.title, q.parents, len(q.responses))
        for q in tagged.survey.questions
    )
    statements = tuple(
        RoundStatement(
            each.statement.id,
            each.question.id,
            each.response.id,
            each.response.municipality,
            each.statement.line,
            each.statement.text,
            tuple(tag.theme for tag in each.tags),
            tuple((tag.theme, match.term) for tag in each.tags for match in tag.matches),
        )
        for each in tagged.counted()
    )
    return Round(tagged.survey.source.name, tagged.codebook, tagged.pipeline, questions, statements)


def read_round(path: Path) -> Round:
    """Read a round from the JSON that `analyze --format json` wrote.

    Raises:
        BaselineError: The file cannot be read, is no such JSON, or is of a newer version; the
            first problems are named with their places.
    """
    document = _load(path)
    version = document.get("schema_version") if isinstance(document, dict) else None
    if isinstance(version, int) and version > SCHEMA_VERSION:
        message = f"is {version}; this version of oppsummering reads {SCHEMA_VERSION}. Update it."
        raise BaselineError((Problem("schema_version", message),), path=path)
    try:
        analysis = _Analysis.model_validate(document)
    except ValidationError as error:
        raise BaselineError(_problems(error), path=path) from None
    _check_references(analysis, path)
    return _round(analysis)


def _load(path: Path) -> object:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BaselineError((Problem("", "is far too large for an analysis."),), path=path)
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}."
        raise BaselineError((Problem("", message),), path=path) from None
    except UnicodeDecodeError:
        raise BaselineError((Problem("", "is not UTF-8."),), path=path) from None
    except json.JSONDecodeError as error:
        problem = Problem("", f"is not JSON: {error.msg}.", error.lineno)
        raise BaselineError((problem,), path=path) from None
    except (RecursionError, ValueError):
        raise BaselineError(
            (Problem("", "is nested too deeply, or holds far too long a number."),), path=path
        ) from None


def _problems(error: ValidationError) -> tuple[Problem, ...]:
    found = error.errors(include_url=False, include_input=False, include_context=False)
    problems = [
        Problem(".".join(str(part) for part in each["loc"]), f"{each['msg']}.")
        for each in found[:MAX_PROBLEMS]
    ]
    if len(found) > MAX_PROBLEMS:
        problems.append(Problem("", f"… and {len(found) - MAX_PROBLEMS} more."))
    return tuple(problems)


def _check_references(analysis: _Analysis, path: Path) -> None:
    questions = {question.id for question in analysis.questions}
    themes = {frequency.theme for frequency in analysis.frequencies}
    seen: set[str] = set()
    problems = []
    for number, statement in enumerate(analysis.statements):
        where = f"statements.{number}"
        if statement.question not in questions:
            problems.append(Problem(where, f"there is no question {statement.question!r}."))
        if statement.id in seen:
            problems.append(Problem(where, f"the id {statement.id!r} is there twice."))
        seen.add(statement.id)
        unknown = [tag.theme for tag in statement.themes if tag.theme not in themes]
        problems += [Problem(where, f"there is no theme {theme!r}.") for theme in unknown]
    if problems:
        raise BaselineError(tuple(problems[:MAX_PROBLEMS]), path=path)


def _round(analysis: _Analysis) -> Round:
    themes = tuple(ThemeInfo(each.theme, each.label) for each in analysis.frequencies)
    return Round(
        analysis.source.name,
        CodebookInfo(analysis.codebook.name, analysis.codebook.sha256, themes),
        PipelineInfo(analysis.pipeline.name, analysis.pipeline.version),
        tuple(
            RoundQuestion(q.id, q.number, q.title, tuple(q.parents), q.responses)
            for q in analysis.questions
        ),
        tuple(
            RoundStatement(
                each.id,
                each.question,
                each.response,
                each.municipality,
                each.line,
                each.text,
                tuple(tag.theme for tag in each.themes),
                tuple((tag.theme, match.term) for tag in each.themes for match in tag.matches),
            )
            for each in analysis.statements
            if each.kind != "lead_in"
        ),
    )
