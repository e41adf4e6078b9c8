"""The report of a survey as data: sections of blocks that a renderer only lays out.

Its own words are Norwegian (Bokmål), for the analyst who reads it. A section is a builder and
a line in `SECTIONS`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from oppsummering import __version__, counts
from oppsummering.quotes import best_quotes
from oppsummering.readers.codes import Code
from oppsummering.selection import Selection
from oppsummering.survey import Severity, StatementKind
from oppsummering.words import WrittenStandard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oppsummering.quotes import Quote
    from oppsummering.survey import Question
    from oppsummering.tagged import CorrectionsInfo, TaggedSurvey

QUOTES = 3
"""How many quotes a theme gets when nothing else is asked for."""

_SHORT_SHA = 12

_STANDARDS = {
    WrittenStandard.NB: "bokmål",
    WrittenStandard.NN: "nynorsk",
    WrittenStandard.UNDECIDED: "uavgjort",
}

_SEVERITIES = {
    Severity.ERROR: "feil",
    Severity.WARNING: "advarsel",
    Severity.INFO: "opplysning",
}

_REMARKS = {
    Code.DECORATION: "pynt, utelatt",
    Code.EMPTY_QUESTION: "spørsmål uten svar",
    Code.EMPTY_RESPONSE: "tomt svar",
    Code.ENCODING_GUESSED: "tegnsett gjettet",
    Code.INVISIBLE_LINE: "usynlig linje, utelatt",
    Code.LABEL_REPAIRED: "merkelapp tolket",
    Code.MOJIBAKE: "ødelagte bokstaver",
    Code.NO_WORDS: "linje uten ord",
    Code.POSSIBLE_LABEL: "mulig merkelapp",
    Code.QUESTION_NUMBER_GAP: "hull i numrene",
    Code.QUESTION_NUMBER_REPEATED: "spørsmålsnummer gjentatt",
    Code.REPEATED_MUNICIPALITY: "svarer flere ganger",
    Code.REPLACEMENT_CHARACTER: "tapte bokstaver",
    Code.RESPONSE_BEFORE_QUESTION: "svar før første spørsmål",
    Code.TEXT_BEFORE_QUESTION: "tekst før første spørsmål",
    Code.TEXT_OUTSIDE_RESPONSE: "tekst utenfor svar",
}
"""What each kind of diagnostic is called."""

_CORRECTION = "correction-"


Row = tuple[str | int | float | None, ...]


class ColumnKind(StrEnum):
    """What the cells of a column are: text, whole numbers, or fractions shown as per cent."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a grid."""

    title: str
    kind: ColumnKind


@dataclass(frozen=True, slots=True)
class Grid:
    """A table for reading. A None among the cells is a figure that is not defined."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what they are, in order."""

    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Quotes:
    """The quotes of one theme; none when no statement has it."""

    label: str
    total: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str


Block = Grid | Facts | Quotes | Text


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report under its own heading."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report, ready to be laid out."""

    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A survey and how it is to be shown; `create_view` makes one.

    Attributes:
        whole: The survey as it was tagged.
        selection: What of it is shown.
        shown: The survey narrowed to the selection.
        same_respondents: Whether labels identify respondents across the document.
        quotes: The most quotes a theme.
    """

    whole: TaggedSurvey
    selection: Selection
    shown: TaggedSurvey
    same_respondents: bool
    quotes: int


def create_view(
    tagged: TaggedSurvey,
    *,
    selection: Selection | None = None,
    same_respondents: bool = False,
    quotes: int = QUOTES,
) -> View:
    """Say how a survey is to be shown.

    Args:
        tagged: The survey.
        selection: What of it to show; everything when None.
        same_respondents: Whether the user states that the same label is the same respondent
            under every question; only then are respondents counted.
        quotes: The most quotes a theme.
    """
    selection = selection or Selection()
    return View(tagged, selection, selection.apply(tagged), same_respondents, quotes)


def build_report(view: View) -> Report:
    """Build the report of a survey: every section of `SECTIONS`, in order."""
    survey = view.whole.survey
    title = survey.title or survey.source.name
    return Report(title, tuple(section(view) for section in SECTIONS))


def what_was_read(view: View) -> Section:
    """The survey, what it holds, and what produced the tags."""
    facts: list[tuple[str, str]] = [
        ("Fil", view.whole.survey.source.name),
        ("Spørsmål", _questions_read(view.whole.survey.questions)),
        ("Svar", str(sum(len(question.responses) for question in view.whole.survey.questions))),
        *_statements_read(view.whole),
        ("Målform", _standards_read(view.whole)),
        (
            "Kodebok",
            f"{view.whole.codebook.name}, sha256 {view.whole.codebook.sha256[:_SHORT_SHA]}",
        ),
        ("Språkmodell", f"{view.whole.pipeline.name} {view.whole.pipeline.version}"),
        ("Verktøy", f"oppsummering {__version__}"),
    ]
    if view.whole.corrections:
        facts.append(("Rettelser", _corrections_read(view.whole.corrections)))
    if view.selection:
        facts.append(("Utvalg", _selection_words(view)))
    return Section("Hva som er lest", (Facts(tuple(facts)),))


def theme_frequencies(view: View) -> Section:
    """How often each theme occurs, and of what the shares are shares."""
    columns = [
        Column("Tema", ColumnKind.TEXT),
        Column("Utsagn", ColumnKind.COUNT),
        Column("Andel av utsagn", ColumnKind.SHARE),
        Column("Svar", ColumnKind.COUNT),
        Column("Andel av svar", ColumnKind.SHARE),
    ]
    rows: list[Row] = [
        (
            count.theme.label,
            count.statements.count,
            count.statements.fraction,
            count.responses.count,
            count.responses.fraction,
        )
        for count in counts.frequencies(view.shown)
    ]
    if view.same_respondents:
        columns += [
            Column("Informanter", ColumnKind.COUNT),
            Column("Andel av informanter", ColumnKind.SHARE),
        ]
        rows = [
            (*row, share.count, share.fraction)
            for row, share in zip(rows, counts.respondents(view.shown), strict=True)
        ]
    return Section("Temaer", (Grid(tuple(columns), tuple(rows)), Text(_denominators(view))))


def theme_by_question(view: View) -> Section:
    """How many statements of each question have each theme."""
    groups = counts.by_question(view.shown)
    if not groups:
        return Section("Tema × spørsmål", (Text("Ingen svar i utvalget."),))
    questions = [group.question for group in groups if group.question]
    columns = (
        Column("Utsagn med temaet", ColumnKind.TEXT),
        *(Column(question.id.upper(), ColumnKind.COUNT) for question in questions),
    )
    themes = view.shown.codebook.themes
    rows: list[Row] = [
        (theme.label, *(group.counts[index].statements.count for group in groups))
        for index, theme in enumerate(themes)
    ]
    if themes:
        rows.append(("Alle utsagn", *(group.counts[0].statements.total for group in groups)))
    legend = Facts(tuple((question.id.upper(), _heading(question)) for question in questions))
    return Section("Tema × spørsmål", (Grid(columns, tuple(rows)), legend))


def quotes_by_theme(view: View) -> Section:
    """The best quotes of each theme, the matched words marked."""
    blocks = tuple(
        Quotes(
            count.theme.label,
            count.statements.count,
            best_quotes(view.shown, count.theme.id, view.quotes),
        )
        for count in counts.frequencies(view.shown)
    )
    return Section("Sitater", blocks)


def diagnostics(view: View) -> Section:
    """What the reader of the survey should know about the file."""
    found = view.whole.survey.diagnostics
    if not found:
        return Section("Merknader til filen", (Text("Ingen."),))
    columns = (
        Column("Linje", ColumnKind.COUNT),
        Column("Grad", ColumnKind.TEXT),
        Column("Merknad", ColumnKind.TEXT),
        Column("Nærmere (engelsk)", ColumnKind.TEXT),
    )
    rows = tuple(
        (
            each.line if each.line is not None else "",
            _SEVERITIES[each.severity],
            _remark(each.code),
            each.message,
        )
        for each in found
    )
    return Section("Merknader til filen", (Grid(columns, rows),))


SECTIONS = (what_was_read, theme_frequencies, theme_by_question, quotes_by_theme, diagnostics)
"""The sections of a report, in order: each a builder from a view to a section."""


def _remark(code: str) -> str:
    if code.startswith(_CORRECTION):
        return "rettelse ikke brukt"
    return _REMARKS[Code(code)]


def _questions_read(questions: Iterable[Question]) -> str:
    numbered = [question.number is not None for question in questions]
    return f"{sum(numbered)} med nummer, {len(numbered) - sum(numbered)} uten"


def _statements_read(tagged: TaggedSurvey) -> tuple[tuple[str, str], ...]:
    kinds = Counter(each.statement.kind for each in tagged.statements)
    items, paragraphs = kinds[StatementKind.ITEM], kinds[StatementKind.PARAGRAPH]
    return (
        ("Utsagn", f"{items + paragraphs} ({items} listepunkter, {paragraphs} avsnitt)"),
        ("Innledninger", f"{kinds[StatementKind.LEAD_IN]} (linjer over en liste; telles ikke)"),
    )


def _standards_read(tagged: TaggedSurvey) -> str:
    found = Counter(each.written_standard for each in tagged.counted())
    return ", ".join(f"{name} {found[standard]}" for standard, name in _STANDARDS.items())


def _corrections_read(corrections: CorrectionsInfo) -> str:
    return f"{corrections.name}: {corrections.applied} brukt, {corrections.unplaced} uten plass"


def _selection_words(view: View) -> str:
    labels = {theme.id: theme.label for theme in view.whole.codebook.themes}
    parts = (
        ("tema", [labels[theme] for theme in view.selection.themes]),
        ("spørsmål", [question.upper() for question in view.selection.questions]),
        ("kommune", list(view.selection.municipalities)),
    )
    chosen = "; ".join(f"{name}: {', '.join(values)}" for name, values in parts if values)
    shown, whole = (sum(1 for _ in survey.counted()) for survey in (view.shown, view.whole))
    return f"{chosen} ({shown} av {whole} utsagn)"


def _denominators(view: View) -> str:
    untagged = counts.without_theme(view.shown)
    responses = sum(len(question.responses) for question in view.shown.survey.questions)
    where = " i utvalget" if view.selection else ""
    sentences = [
        f"Andelene er av {untagged.total} utsagn og {responses} svar{where}.",
        "Et svar har temaet når minst ett av utsagnene har det.",
        "Et utsagn kan ha flere temaer.",
        f"{untagged.count} utsagn har {_none_of(len(view.shown.codebook.themes))}.",
    ]
    if view.same_respondents:
        everyone = counts.number_of_respondents(view.shown)
        sentences.append(
            f"Informanter: {everyone} ulike merkelapper, talt som de samme gjennom hele filen."
        )
    return " ".join(sentences)


def _none_of(themes: int) -> str:
    return "ikke temaet" if themes == 1 else "ingen av disse temaene"


def _heading(question: Question) -> str:
    return " › ".join((*question.parents, question.title))
