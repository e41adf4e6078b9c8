"""`oppsummering compare`: what changed from one round of a survey to the next."""

# ruff: noqa: PLC0415 - `--help` needs none of the imports inside functions

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from oppsummering.cli._analysis import (
    FORMAT_HELP,
    CodebookFile,
    ConfigFile,
    Model,
    NoCorrections,
    Settings,
    choose_format,
    inputs,
    settle,
    with_corrections,
    write_output,
)
from oppsummering.cli.common import Respondents, create_console

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from oppsummering.rounds import Comparison, Round
    from oppsummering.words import Lexicon


class Format(StrEnum):
    """What `compare` writes."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"


class Unit(StrEnum):
    """What a share is a share of."""

    STATEMENTS = "statements"
    RESPONSES = "responses"


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("compare")(compare)


def compare(
    before: Annotated[
        Path,
        typer.Argument(
            metavar="BEFORE", help="The earliest round: a survey, or JSON of `analyze`."
        ),
    ],
    after: Annotated[list[Path], typer.Argument(metavar="AFTER", help="The later rounds.")],
    unit: Annotated[
        Unit, typer.Option("--unit", help="Shares of statements or of responses.")
    ] = Unit.STATEMENTS,
    format_: Annotated[
        Format | None,
        typer.Option("--format", help=f"What to write (csv is the table of themes); {FORMAT_HELP}"),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="FILE", help="Write to a file instead of the terminal."),
    ] = None,
    same_respondents: Annotated[
        bool,
        typer.Option(
            "--same-respondents",
            help="State that the same people answer in all rounds; the report says so.",
        ),
    ] = False,
    allow_differences: Annotated[
        bool,
        typer.Option(
            "--allow-differences",
            help="Compare although the codebook or the pipeline of a round is another.",
        ),
    ] = False,
    codebook: CodebookFile = None,
    model: Model = None,
    respondent: Respondents = None,
    no_corrections: NoCorrections = False,
    config: ConfigFile = None,
) -> None:
    """Compare rounds: shares, intervals, exact tests, questions, terms and typical words."""
    from oppsummering.language.lexicon import load_lexicon
    from oppsummering.rounds import compare_rounds, statistics

    chosen = choose_format(format_, output, Format)
    settings = settle(
        codebook=codebook,
        model=model,
        respondent=respondent,
        config=config,
        corrections=not no_corrections,
    )
    files = (before, *after)
    comparison = compare_rounds(
        _rounds(files, settings),
        _words(load_lexicon()),
        unit=statistics.Unit(unit.value),
        same_respondents=same_respondents,
        allow_differences=allow_differences,
    )
    if chosen is Format.TABLE and output is None and sys.stdout.isatty():
        _print(comparison)
    else:
        write_output(_RENDERERS[chosen](comparison), output, inputs(files, settings.codebook))


def _rounds(files: Sequence[Path], settings: Settings) -> list[Round]:
    """The rounds in order; surveys are told apart by name, as in `export`."""
    from oppsummering.analysis import load_tagger, read_surveys
    from oppsummering.rounds import read_round, round_of

    surveys = [path for path in files if path.suffix.casefold() != ".json"]
    read = dict(zip(surveys, read_surveys(surveys, respondent=settings.respondent), strict=True))
    tagger = load_tagger(codebook=settings.codebook, model=settings.model) if surveys else None
    rounds = []
    for path in files:
        if tagger is None or path not in read:
            rounds.append(read_round(path))
        else:
            tagged = tagger.tag(read[path])
            rounds.append(round_of(with_corrections(tagged, path, settings)))
    return _told_apart(rounds, files)


def _told_apart(rounds: Sequence[Round], files: Sequence[Path]) -> list[Round]:
    """Rounds of the same name, such as two analyses of `summary.txt`, named by their files."""
    from oppsummering.analysis import distinct_names

    times = Counter(each.name for each in rounds)
    return [
        each if times[each.name] == 1 else replace(each, name=name)
        for each, name in zip(rounds, distinct_names(files), strict=True)
    ]


def _words(lexicon: Lexicon) -> Callable[[str], Iterable[str]]:
    """The words of a text as keys of the common vocabulary, so that inflections are one."""
    from oppsummering.rounds.words import words_of

    return lambda text: words_of(text, lexicon)


def _print(comparison: Comparison) -> None:
    from oppsummering.renderers.terminal import print_report
    from oppsummering.rounds.report import comparison_report

    print_report(comparison_report(comparison), create_console())


def _table(comparison: Comparison) -> bytes:
    from oppsummering.renderers.terminal import plain
    from oppsummering.rounds.report import comparison_report

    return plain(comparison_report(comparison)).encode()


def _json(comparison: Comparison) -> bytes:
    from oppsummering.rounds.document import comparison_json

    return comparison_json(comparison).encode(errors="backslashreplace")


def _csv(comparison: Comparison) -> bytes:
    from oppsummering.exporters.csv_files import to_csv
    from oppsummering.rounds.document import comparison_frame

    return to_csv(comparison_frame(comparison))


def _markdown(comparison: Comparison) -> bytes:
    from oppsummering.renderers.markdown import render
    from oppsummering.rounds.report import comparison_report

    return render(comparison_report(comparison)).encode()


_RENDERERS = {
    Format.TABLE: _table,
    Format.JSON: _json,
    Format.CSV: _csv,
    Format.MARKDOWN: _markdown,
}
