"""Tagged surveys made by hand, so that later stages are tested without parser and tagger."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace

from oppsummering.survey import (
    Diagnostic,
    Question,
    Response,
    Severity,
    Source,
    Span,
    Statement,
    StatementKind,
    Survey,
)
from oppsummering.tagged import (
    CodebookInfo,
    Decision,
    Match,
    PipelineInfo,
    TaggedStatement,
    TaggedSurvey,
    TagSource,
    ThemeInfo,
    ThemeTag,
)
from oppsummering.words import WrittenStandard

CODEBOOK = CodebookInfo(
    "themes.yaml",
    hashlib.sha256(b"a codebook").hexdigest(),
    (
        ThemeInfo("okosystem", "Økosystemtenkning"),
        ThemeInfo("endringsledelse", "Endringsledelse"),
        ThemeInfo("hr_rollen", "HR-rollen"),
        ThemeInfo("modenhet", "Modenhetstrappa"),
    ),
)
PIPELINE = PipelineInfo("no_core_ndt_sm", "0.1.0")


@dataclass(frozen=True)
class Said:
    """A statement to be built: its text, and for each theme the words that were matched.

    `hits` maps a theme to words of the text; each makes one match with a term of the same name.
    A theme with no words is a correction. Words with a `-` before them are negated.
    """

    text: str
    hits: dict[str, tuple[str, ...]] = field(default_factory=dict)
    kind: StatementKind = StatementKind.PARAGRAPH
    standard: WrittenStandard = WrittenStandard.NB


@dataclass(frozen=True)
class Answer:
    """A response to be built."""

    municipality: str
    said: tuple[Said, ...]
    note: str | None = None


@dataclass(frozen=True)
class Asked:
    """A question to be built."""

    id: str
    title: str
    answers: tuple[Answer, ...]
    number: int | None = None
    parents: tuple[str, ...] = ()


class _Text:
    """The source text as it grows."""

    def __init__(self) -> None:
        self.text = ""

    @property
    def line(self) -> int:
        return self.text.count("\n") + 1

    def add(self, text: str) -> Span:
        start = len(self.text)
        self.text += text
        span = Span(start, len(self.text))
        self.text += "\n"
        return span


def build(
    *asked: Asked,
    title: str | None = "OPPSUMMERING",
    name: str = "summary.txt",
    codebook: CodebookInfo = CODEBOOK,
    diagnostics: tuple[Diagnostic, ...] = (),
) -> TaggedSurvey:
    """Build a tagged survey whose source text holds everything at its place."""
    text = _Text()
    title_span = text.add(title) if title is not None else None
    questions: list[Question] = []
    statements: list[TaggedStatement] = []
    for each in asked:
        question, tagged = _question(each, text)
        questions.append(question)
        statements += [replace(statement, question=question) for statement in tagged]
    source = Source(
        name,
        text.text,
        "utf-8",
        hashlib.sha256(text.text.encode("utf-8", "surrogatepass")).hexdigest(),
    )
    survey = Survey(source, title, title_span, tuple(questions), diagnostics)
    return TaggedSurvey(survey, codebook, PIPELINE, tuple(statements))


def _question(asked: Asked, text: _Text) -> tuple[Question, list[TaggedStatement]]:
    line = text.line
    span = text.add(asked.title)
    empty = Question(asked.id, asked.number, asked.title, asked.parents, line, span, ())
    responses: list[Response] = []
    statements: list[TaggedStatement] = []
    for number, answer in enumerate(asked.answers, start=1):
        same = sum(each.municipality == answer.municipality for each in responses)
        response, tagged = _response(f"{asked.id}.r{number}", answer, same + 1, empty, text)
        responses.append(response)
        statements += tagged
    return replace(empty, responses=tuple(responses)), statements


def _response(
    response_id: str, answer: Answer, occurrence: int, question: Question, text: _Text
) -> tuple[Response, list[TaggedStatement]]:
    line = text.line
    span = text.add(f"{answer.municipality}:")
    statements: list[Statement] = []
    tags: list[tuple[ThemeTag, ...]] = []
    lead_in: str | None = None
    for number, said in enumerate(answer.said, start=1):
        first = text.line
        place = text.add(said.text)
        is_item = said.kind is StatementKind.ITEM
        statement = Statement(
            f"{response_id}.s{number}",
            said.kind,
            first,
            text.line - 1,
            place,
            said.text,
            lead_in=lead_in if is_item else None,
        )
        if said.kind is StatementKind.LEAD_IN:
            lead_in = statement.id
        statements.append(statement)
        tags.append(tuple(_tag(theme, words, statement) for theme, words in said.hits.items()))
    response = Response(
        response_id, answer.municipality, answer.note, occurrence, line, span, tuple(statements)
    )
    return response, [
        TaggedStatement(question, response, statement, said.standard, tag)
        for statement, said, tag in zip(statements, answer.said, tags, strict=True)
    ]


def _tag(theme: str, words: tuple[str, ...], statement: Statement) -> ThemeTag:
    if not words:
        return ThemeTag(theme, TagSource.CORRECTION, (), Decision.ADDED)
    return ThemeTag(theme, TagSource.CODEBOOK, tuple(_match(each, statement) for each in words))


def _match(wanted: str, statement: Statement) -> Match:
    """A match of the words of `wanted`, in order, wherever they stand in the statement."""
    words: list[Span] = []
    position = 0
    for word in wanted.removeprefix("-").split():
        start = statement.text.index(word, position)
        position = start + len(word)
        offset = statement.span.start
        words.append(Span(start + offset, position + offset))
    first, last = words[0].start - statement.span.start, words[-1].end - statement.span.start
    return Match(
        wanted.removeprefix("-").replace(" ", "-").casefold(),
        Span(words[0].start, words[-1].end),
        statement.text[first:last],
        tuple(words),
        1.0,
        negated=wanted.startswith("-"),
    )


def small() -> TaggedSurvey:
    """Two questions and a heading, four municipalities, one of them twice under a question."""
    return build(
        Asked(
            "q1",
            "Hva har dere lært?",
            (
                Answer(
                    "Kommune 1",
                    (
                        Said("Vi ser at vi har fått:", kind=StatementKind.LEAD_IN),
                        Said(
                            "kjennskap til modenhetstrappa,\nog hvor vi står på modenhetstrappa",
                            {"modenhet": ("modenhetstrappa",)},
                            StatementKind.ITEM,
                        ),
                        Said("bedre innsikt i teknologien", kind=StatementKind.ITEM),
                    ),
                ),
                Answer(
                    "Kommune 2",
                    (
                        Said(
                            "Samarbeid på tvers av sektorer, og HR må bli med.",
                            {"okosystem": ("Samarbeid tvers sektorer",), "hr_rollen": ("HR",)},
                        ),
                    ),
                ),
                Answer(
                    "Kommune 2",
                    (
                        Said(
                            "Vi er ein liten kommune utan HR.",
                            {"hr_rollen": ("-HR",)},
                            standard=WrittenStandard.NN,
                        ),
                    ),
                    note="også fra en av de minste",
                ),
            ),
            number=1,
        ),
        Asked(
            "h1.1",
            "På kort sikt",
            (
                Answer("kommune 1", (Said("Rekruttering", {"hr_rollen": ("Rekruttering",)}),)),
                Answer("Bergen kommune", ()),
                Answer("Kommune 3", (Said("Lederne må gå foran.", {"hr_rollen": ()}),)),
            ),
            parents=("Tiltak",),
        ),
        Asked("q2", "Et spørsmål uten svar?", (), number=2),
        diagnostics=(
            Diagnostic("repeated-municipality", Severity.WARNING, 9, "Kommune 2 is there twice."),
            Diagnostic("empty-response", Severity.INFO, None, "A response is empty."),
        ),
    )
