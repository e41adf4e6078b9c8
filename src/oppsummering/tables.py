"""Counts and tagged statements as DataFrames, one for each table of an export.

Every table is in long format: one row a statement, a match, or a theme within a part of a
survey. Each begins with the column `survey`, so that tables of several surveys can be stacked.
`docs/outputs.md` repeats the description of every column; a test keeps the two the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import pandas as pd

from oppsummering import counts
from oppsummering.errors import SelectionError
from oppsummering.visible import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from oppsummering.counts import Group, Share, ThemeCount
    from oppsummering.survey import Question
    from oppsummering.tagged import Match, TaggedStatement, TaggedSurvey, ThemeInfo, ThemeTag

Cell = str | int | float | None
Row = tuple[Cell, ...]

TEXT = "string"
WHOLE = "Int64"
NUMBER = "float64"

_TYPE_NAMES = {TEXT: "text", WHOLE: "whole number", NUMBER: "number"}

_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its pandas dtype and what it holds."""

    name: str
    dtype: str
    description: str

    @property
    def type_name(self) -> str:
        """Its type in plain words: `text`, `whole number` or `number`."""
        return _TYPE_NAMES[self.dtype]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of an export.

    Attributes:
        name: Its name, also the name of its file or sheet.
        description: What one row is.
        columns: Its columns, given the themes of the codebook.
        rows: Its rows for one survey.
    """

    name: str
    description: str
    columns: Callable[[Sequence[ThemeInfo]], tuple[Column, ...]]
    rows: Callable[[TaggedSurvey], Iterable[Row]]

    def frame(self, surveys: Sequence[TaggedSurvey]) -> pd.DataFrame:
        """Build the table.

        Args:
            surveys: One or more surveys, tagged with the same codebook.

        Returns:
            A frame with a fresh index and exactly the documented columns.

        Raises:
            ValueError: No survey, or surveys with different codebooks.
        """
        if len({survey.codebook for survey in surveys}) != 1:
            raise ValueError("the surveys of a table share one codebook")
        columns = self.columns(surveys[0].codebook.themes)
        rows = list(chain.from_iterable(self.rows(survey) for survey in surveys))
        frame = pd.DataFrame.from_records(rows, columns=[column.name for column in columns])
        return frame.astype({column.name: column.dtype for column in columns})


_SURVEY = Column("survey", TEXT, "Name of the survey's file.")

_QUESTION = (
    Column("question", TEXT, "Id of the question: `q1` for a numbered one, `h1`, `h1.1` else."),
    Column("question_number", WHOLE, "Its number as written; empty for an unnumbered heading."),
    Column("question_title", TEXT, "Its wording."),
    Column("question_parents", TEXT, "Headings above it, outermost first, parted by ` > `."),
)

_MUNICIPALITY = Column("municipality", TEXT, "The label of the response as written.")

_THEME = (
    Column("theme", TEXT, "Id of the theme in the codebook."),
    Column("label", TEXT, "Label of the theme."),
)

_COUNTS = (
    Column("statements", WHOLE, "Statements with the theme."),
    Column("statements_total", WHOLE, "All statements here: the denominator; no lead-ins."),
    Column("share_of_statements", NUMBER, "`statements / statements_total`, 0 to 1."),
    Column("responses", WHOLE, "Responses with the theme in at least one statement."),
    Column("responses_total", WHOLE, "All responses here: the denominator."),
    Column("share_of_responses", NUMBER, "`responses / responses_total`, 0 to 1."),
)

_RESPONDENTS = (
    Column("respondents", WHOLE, "Municipalities with the theme in at least one statement."),
    Column("respondents_total", WHOLE, "All municipalities of the survey: the denominator."),
    Column("share_of_respondents", NUMBER, "`respondents / respondents_total`, 0 to 1."),
)

_STATEMENT = (
    Column("statement", TEXT, "Id of the statement, unique within its survey."),
    *_QUESTION,
    Column("response", TEXT, "Id of the response."),
    _MUNICIPALITY,
    Column("occurrence", WHOLE, "1 for the label's first response to the question, then 2 …"),
    Column("note", TEXT, "The note in brackets after the label, if any."),
    Column("kind", TEXT, "`paragraph` or `item` (of a list)."),
    Column("line", WHOLE, "First line of the statement in the survey, from 1."),
    Column("end_line", WHOLE, "Its last line."),
    Column("start", WHOLE, "Its first character in the decoded text, from 0, in code points."),
    Column("end", WHOLE, "The character after its last."),
    Column("written_standard", TEXT, "`nb` (Bokmål), `nn` (Nynorsk) or `und` (undecided)."),
    Column("lead_in", TEXT, "The line that introduces the list that the item belongs to."),
    Column("text", TEXT, "The statement as written."),
)

_MATCH = (
    Column("statement", TEXT, "Id of the statement."),
    Column("question", TEXT, "Id of the question."),
    _MUNICIPALITY,
    Column("theme", TEXT, "Id of the theme in the codebook."),
    Column("source", TEXT, "Who gave the theme: `codebook`, `correction` or `model`."),
    Column("decision", TEXT, "What people decided about it: `machine`, `added` or `kept`."),
    Column("term", TEXT, "Id of the codebook's term."),
    Column("text", TEXT, "The text from the first matched word to the last."),
    Column("words", TEXT, "The matched words alone, parted by ` … ` where others stand between."),
    Column("start", WHOLE, "First character of `text` in the decoded survey, from 0."),
    Column("end", WHOLE, "The character after its last."),
    Column("line", WHOLE, "Line of the first matched word, from 1."),
    Column("strength", NUMBER, "What the match adds to the score of its theme."),
    Column("negated", WHOLE, "1 when a negation stands before it in the sentence, else 0."),
)


_PER_THEME = (
    ("theme", WHOLE, "1 when the statement has the theme, else 0."),
    ("words", TEXT, "The matched words, each with its term in brackets."),
    ("source", TEXT, "Who gave the theme: `codebook`, `correction` or `model`."),
    ("decision", TEXT, "What people decided about it: `machine`, `added` or `kept`."),
)


def code_columns(themes: Sequence[ThemeInfo]) -> tuple[Column, ...]:
    """The columns of the statements' themes: all codes, all words, all sources, all decisions.

    A theme's id is the name of its 0/1 column, and `ID_words` and the like the names of the
    others. Where one of these names were taken, all are `theme_ID`, `words_ID` and so on.
    """
    columns = tuple(
        Column(theme.id if what == "theme" else f"{theme.id}_{what}", dtype, description)
        for what, dtype, description in _PER_THEME
        for theme in themes
    )
    names = [column.name for column in (_SURVEY, *_STATEMENT, *columns)]
    if len(set(names)) == len(names):
        return columns
    return tuple(
        Column(f"{what}_{theme.id}", dtype, description)
        for what, dtype, description in _PER_THEME
        for theme in themes
    )


def _statement_columns(themes: Sequence[ThemeInfo]) -> tuple[Column, ...]:
    return (_SURVEY, *_STATEMENT, *code_columns(themes))


def _always(*columns: Column) -> Callable[[Sequence[ThemeInfo]], tuple[Column, ...]]:
    """The same columns for every codebook, after the name of the survey."""
    return lambda _themes: (_SURVEY, *columns)


def _statement_rows(tagged: TaggedSurvey) -> Iterator[Row]:
    text = tagged.survey.source.text
    lead_ins = {
        each.statement.id: each.statement.text
        for each in tagged.statements
        if not each.statement.counted
    }
    for each in tagged.counted():
        statement = each.statement
        tags = [each.tag(theme.id) for theme in tagged.codebook.themes]
        yield (
            _name(tagged),
            statement.id,
            *_question_cells(each.question),
            each.response.id,
            each.response.municipality,
            each.response.occurrence,
            each.response.note,
            statement.kind.value,
            statement.line,
            statement.end_line,
            statement.span.start,
            statement.span.end,
            each.written_standard.value,
            lead_ins.get(statement.lead_in or ""),
            statement.text,
            *(int(tag is not None) for tag in tags),
            *(_explanation(tag, text) for tag in tags),
            *(tag.source.value if tag else None for tag in tags),
            *(tag.decision.value if tag else None for tag in tags),
        )


def _match_rows(tagged: TaggedSurvey) -> Iterator[Row]:
    text, name = tagged.survey.source.text, _name(tagged)
    for each in tagged.counted():
        for tag in each.tags:
            for match in tag.matches:
                yield (
                    name,
                    each.statement.id,
                    each.question.id,
                    each.response.municipality,
                    tag.theme,
                    tag.source.value,
                    tag.decision.value,
                    match.term,
                    match.text,
                    matched_words(match, text),
                    match.span.start,
                    match.span.end,
                    _line_of(match, each, text),
                    match.strength,
                    int(match.negated),
                )


def _frequency_rows(tagged: TaggedSurvey) -> Iterator[Row]:
    for count in counts.frequencies(tagged):
        yield (_name(tagged), *_count_cells(count))


def _respondent_frequency_rows(tagged: TaggedSurvey) -> Iterator[Row]:
    respondents = counts.respondents(tagged)
    for count, share in zip(counts.frequencies(tagged), respondents, strict=True):
        yield (_name(tagged), *_count_cells(count), *_share_cells(share))


def _question_rows(tagged: TaggedSurvey) -> Iterator[Row]:
    return _group_rows(tagged, counts.by_question(tagged))


def _municipality_rows(tagged: TaggedSurvey) -> Iterator[Row]:
    return _group_rows(tagged, counts.by_municipality(tagged))


def _respondent_rows(tagged: TaggedSurvey) -> Iterator[Row]:
    return _group_rows(tagged, counts.by_respondent(tagged))


def _group_rows(tagged: TaggedSurvey, groups: Iterable[Group]) -> Iterator[Row]:
    for group in groups:
        question = _question_cells(group.question) if group.question else ()
        municipality = (group.municipality,) if group.municipality is not None else ()
        for count in group.counts:
            yield (
                _name(tagged),
                *question,
                *municipality,
                *_count_cells(count),
            )


def _name(tagged: TaggedSurvey) -> str:
    """The survey's name; one that is not UTF-8 on disk holds what no table can."""
    return visible(tagged.survey.source.name)


def _question_cells(question: Question) -> Row:
    return (question.id, question.number, question.title, " > ".join(question.parents) or None)


def _count_cells(count: ThemeCount) -> Row:
    return (
        count.theme.id,
        count.theme.label,
        *_share_cells(count.statements),
        *_share_cells(count.responses),
    )


def _share_cells(share: Share) -> Row:
    return (share.count, share.total, share.fraction)


def matched_words(match: Match, text: str) -> str:
    """The matched words as written in `text`, with ` … ` where other words stand between."""
    pieces: list[str] = []
    end: int | None = None
    for word in match.words:
        if end is not None:
            between = text[end : word.start]
            pieces.append(" … " if between.strip() else " ")
        pieces.append(word.of(text))
        end = word.end
    return "".join(pieces)


def _explanation(tag: ThemeTag | None, text: str) -> str | None:
    if tag is None or not tag.matches:
        return None
    return "; ".join(
        f"{matched_words(match, text)} [{match.term}{', negated' if match.negated else ''}]"
        for match in tag.matches
    )


def _line_of(match: Match, tagged: TaggedStatement, text: str) -> int:
    before = text[tagged.statement.span.start : match.span.start]
    return tagged.statement.line + len(_LINE_END.findall(before))


STATEMENTS = Table(
    "statements", "One row a statement; lead-ins are no rows.", _statement_columns, _statement_rows
)
MATCHES = Table("matches", "One row a match of a term.", _always(*_MATCH), _match_rows)
FREQUENCIES = Table("frequencies", "One row a theme.", _always(*_THEME, *_COUNTS), _frequency_rows)
THEME_BY_QUESTION = Table(
    "theme_by_question",
    "One row a theme and question.",
    _always(*_QUESTION, *_THEME, *_COUNTS),
    _question_rows,
)
THEME_BY_MUNICIPALITY = Table(
    "theme_by_municipality",
    "One row a theme and municipality within a question.",
    _always(*_QUESTION, _MUNICIPALITY, *_THEME, *_COUNTS),
    _municipality_rows,
)
RESPONDENT_FREQUENCIES = Table(
    "frequencies",
    "One row a theme, respondents counted too.",
    _always(*_THEME, *_COUNTS, *_RESPONDENTS),
    _respondent_frequency_rows,
)
THEME_BY_RESPONDENT = Table(
    "theme_by_respondent",
    "One row a theme and municipality across the document.",
    _always(_MUNICIPALITY, *_THEME, *_COUNTS),
    _respondent_rows,
)

TABLES = (STATEMENTS, MATCHES, FREQUENCIES, THEME_BY_QUESTION, THEME_BY_MUNICIPALITY)
"""The tables of an export, in the order in which they are written."""

TABLES_OF_RESPONDENTS = (
    STATEMENTS,
    MATCHES,
    RESPONDENT_FREQUENCIES,
    THEME_BY_QUESTION,
    THEME_BY_MUNICIPALITY,
    THEME_BY_RESPONDENT,
)
"""The tables when the user states that labels identify respondents across the document."""


def choose_tables(names: Sequence[str], *, same_respondents: bool = False) -> tuple[Table, ...]:
    """The tables with the names asked for, in the order of `TABLES`; all when none is named.

    Raises:
        SelectionError: There is no such table.
    """
    offered = TABLES_OF_RESPONDENTS if same_respondents else TABLES
    known = [each.name for each in offered]
    unknown = [name for name in names if name not in known]
    if unknown:
        raise SelectionError(f"No table `{unknown[0]}`.", hint=f"Choose among: {', '.join(known)}.")
    return tuple(each for each in offered if not names or each.name in names)
