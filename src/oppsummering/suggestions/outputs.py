"""Suggestions as a report for the author of a codebook, and as a JSON document."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from oppsummering import __version__
from oppsummering.records import pipeline_record, tool_record
from oppsummering.report import Block, Column, ColumnKind, Facts, Grid, Report, Section, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oppsummering.codebook import Codebook
    from oppsummering.report import Row
    from oppsummering.suggestions.words import (
        Suggestions,
        TermRef,
        ThemeWords,
        Together,
        WordExample,
    )
    from oppsummering.tagged import PipelineInfo

SCHEMA_VERSION = 1

_SHORT_SHA = 12
_NOTHING = Text("Nothing.")


def build_suggestions_report(
    suggestions: Suggestions, codebook: Codebook, pipeline: PipelineInfo, *, most: int
) -> Report:
    """Lay suggestions out as a report.

    Args:
        suggestions: What was found.
        codebook: The codebook that it is about.
        pipeline: The pipeline that read the statements.
        most: How many terms to list under each heading; the JSON has all.
    """
    by = "the gold codes" if suggestions.by_gold else "the codebook"
    facts = Facts(
        (
            ("Statements", str(suggestions.statements)),
            ("Without a theme", f"{suggestions.untagged}, by the codebook"),
            ("Themes", f"those of {by}"),
            ("Codebook", f"{codebook.file}, sha256 {codebook.sha256[:_SHORT_SHA]}"),
            ("Pipeline", f"{pipeline.name} {pipeline.version}"),
            ("Tool", f"oppsummering {__version__}"),
        )
    )
    legend = Text(
        "With, without: statements with and without the theme that hold the word. G²: "
        "log-likelihood, 6.63 and more is beyond chance at the 1 % level for a single word. Log "
        "ratio: 1 is twice as frequent, 2 four times. -word-: a part of compounds. Words that a "
        "term of the theme matches are left out."
    )
    sections = (
        Section("What was read", (facts, legend)),
        *(_theme(theme) for theme in suggestions.themes),
        Section("Words of statements without a theme", (_untagged(suggestions),)),
        Section("Terms that never match", _terms(suggestions.never, most)),
        Section("Terms that match but never count", _terms(suggestions.never_counted, most)),
        Section("Terms that never match without another", _together(suggestions.together, most)),
    )
    return Report("Suggestions for the codebook", sections)


def _theme(theme: ThemeWords) -> Section:
    title = f"Typical of {theme.theme} ({theme.statements} statements)"
    if not theme.words:
        return Section(title, (_NOTHING,))
    columns = (
        Column("Word", ColumnKind.TEXT),
        Column("With", ColumnKind.COUNT),
        Column("Without", ColumnKind.COUNT),
        Column("G²", ColumnKind.TEXT),
        Column("Log ratio", ColumnKind.TEXT),
        Column("Example", ColumnKind.TEXT),
    )
    rows = tuple(
        (
            word.word,
            word.statements,
            word.elsewhere,
            f"{word.log_likelihood:.1f}",
            f"{word.log_ratio:.1f}",
            _example(word.example),
        )
        for word in theme.words
    )
    return Section(title, (Grid(columns, rows),))


def _untagged(suggestions: Suggestions) -> Block:
    if not suggestions.untagged_words:
        return _NOTHING
    columns = (
        Column("Word", ColumnKind.TEXT),
        Column("No theme", ColumnKind.COUNT),
        Column("With theme", ColumnKind.COUNT),
        Column("Example", ColumnKind.TEXT),
    )
    rows = tuple(
        (word.word, word.statements, word.elsewhere, _example(word.example))
        for word in suggestions.untagged_words
    )
    return Grid(columns, rows)


def _example(example: WordExample) -> str:
    return f"{example.statement}: {example.text}"


def _terms(terms: Sequence[TermRef], most: int) -> tuple[Block, ...]:
    columns = (
        Column("Theme", ColumnKind.TEXT),
        Column("Term", ColumnKind.TEXT),
        Column("Line", ColumnKind.COUNT),
    )
    return _first(most, columns, [(term.theme, term.term, term.line) for term in terms])


def _together(pairs: Sequence[Together], most: int) -> tuple[Block, ...]:
    columns = (
        Column("Theme", ColumnKind.TEXT),
        Column("Term", ColumnKind.TEXT),
        Column("Statements", ColumnKind.COUNT),
        Column("Always with", ColumnKind.TEXT),
        Column("Statements", ColumnKind.COUNT),
    )
    rows = [
        (pair.theme, pair.term, pair.statements, pair.other, pair.other_statements)
        for pair in pairs
    ]
    return _first(most, columns, rows)


def _first(most: int, columns: tuple[Column, ...], rows: Sequence[Row]) -> tuple[Block, ...]:
    """The first rows, and how many more there are."""
    if not rows:
        return (_NOTHING,)
    grid = Grid(columns, tuple(rows[:most]))
    more = len(rows) - most
    return (grid, Text(f"And {more} more; --format json has all.")) if more > 0 else (grid,)


def suggestions_document(
    suggestions: Suggestions, codebook: Codebook, pipeline: PipelineInfo
) -> dict[str, Any]:
    """Suggestions as plain objects, keys always in this order."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": tool_record(),
        "pipeline": pipeline_record(pipeline),
        "codebook": {"name": codebook.file, "sha256": codebook.sha256},
        **asdict(suggestions),
    }
