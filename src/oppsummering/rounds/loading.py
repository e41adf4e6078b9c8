"""Making a round of a tagged survey, or of the JSON that `analyze --format json` wrote."""

from __future__ import annotations

import codecs
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import from_json

from oppsummering.bounded import read_bounded
from oppsummering.errors import BaselineError, Problem
from oppsummering.rounds.model import Round, RoundQuestion, RoundStatement
from oppsummering.tagged import CodebookInfo, CorrectionsInfo, PipelineInfo, ThemeInfo

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


class _Response(_Strict):
    id: str
    question: str


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


class _Corrections(_Strict):
    name: str
    sha256: str
    applied: Count
    unplaced: Count


class _Analysis(_Strict):
    schema_version: Literal[1]
    pipeline: _Named
    codebook: _Codebook
    source: _Source
    questions: list[_Question]
    responses: list[_Response]
    statements: list[_Statement]
    frequencies: list[_Frequency]
    corrections: _Corrections | None = None


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
    return Round(
        tagged.survey.source.name,
        tagged.codebook,
        tagged.pipeline,
        questions,
        statements,
        tagged.corrections,
    )


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
        data = read_bounded(path, MAX_BYTES)
        if data is None:
            raise BaselineError((Problem("", "is far too large for an analysis."),), path=path)
        data.decode("utf-8")
        # Unlike the json of Python it refuses lone surrogates, which no output could hold.
        return from_json(data.removeprefix(codecs.BOM_UTF8))
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}."
        raise BaselineError((Problem("", message),), path=path) from None
    except UnicodeDecodeError:
        raise BaselineError((Problem("", "is not UTF-8."),), path=path) from None
    except ValueError as error:
        problem = Problem("", f"is not JSON that can be read: {error}.")
        raise BaselineError((problem,), path=path) from None


def _problems(error: ValidationError) -> tuple[Problem, ...]:
    found = error.errors(include_url=False, include_input=False, include_context=False)
    return _first(
        [Problem(".".join(str(part) for part in each["loc"]), f"{each['msg']}.") for each in found]
    )


def _first(problems: list[Problem]) -> tuple[Problem, ...]:
    """The first problems, and how many more there are."""
    more = len(problems) - MAX_PROBLEMS
    rest = (Problem("", f"… and {more} more."),) if more > 0 else ()
    return (*problems[:MAX_PROBLEMS], *rest)


def _check_references(analysis: _Analysis, path: Path) -> None:
    questions = {question.id for question in analysis.questions}
    responses = {response.id for response in analysis.responses}
    themes = {frequency.theme for frequency in analysis.frequencies}
    problems = [
        *_repeated("questions", [each.id for each in analysis.questions]),
        *_repeated("responses", [each.id for each in analysis.responses]),
        *_repeated("statements", [each.id for each in analysis.statements]),
        *_repeated("frequencies", [each.theme for each in analysis.frequencies]),
        *_wrong_counts(analysis),
    ]
    for number, statement in enumerate(analysis.statements):
        where = f"statements.{number}"
        if statement.question not in questions:
            problems.append(Problem(where, f"there is no question {statement.question!r}."))
        if statement.response not in responses:
            problems.append(Problem(where, f"there is no response {statement.response!r}."))
        unknown = [tag.theme for tag in statement.themes if tag.theme not in themes]
        problems += [Problem(where, f"there is no theme {theme!r}.") for theme in unknown]
    if problems:
        raise BaselineError(_first(problems), path=path)


def _repeated(where: str, ids: list[str]) -> list[Problem]:
    return [
        Problem(where, f"{each!r} is there twice.") for each, n in Counter(ids).items() if n > 1
    ]


def _wrong_counts(analysis: _Analysis) -> list[Problem]:
    """Questions whose number of responses is not that of their responses."""
    counts = Counter(response.question for response in analysis.responses)
    return [
        Problem(
            f"questions.{number}.responses",
            f"is {question.responses}, but {counts[question.id]} responses are listed.",
        )
        for number, question in enumerate(analysis.questions)
        if question.responses != counts[question.id]
    ]


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
        _corrections(analysis.corrections),
    )


def _corrections(found: _Corrections | None) -> CorrectionsInfo | None:
    if found is None:
        return None
    return CorrectionsInfo(found.name, found.sha256, found.applied, found.unplaced)
