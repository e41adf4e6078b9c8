"""`oppsummering analyze`: themes, frequencies and quotes of one survey."""

# ruff: noqa: PLC0415 - `--help` needs none of the imports inside functions, no format all

from __future__ import annotations

import sys
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
    SameRespondents,
    choose_format,
    inputs,
    settle,
    tag_files,
    write_output,
)
from oppsummering.cli.common import Respondents, SurveyFile, create_console

if TYPE_CHECKING:
    from oppsummering.report import View

QUOTES = 3


class Format(StrEnum):
    """What `analyze` writes."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    HTML = "html"


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("analyze")(analyze)


def analyze(
    file: SurveyFile,
    codebook: CodebookFile = None,
    model: Model = None,
    respondent: Respondents = None,
    theme: Annotated[
        list[str] | None,
        typer.Option("--theme", metavar="ID", help="Show this theme only; may be repeated."),
    ] = None,
    question: Annotated[
        list[str] | None,
        typer.Option(
            "--question",
            metavar="ID",
            help="Count and show this question only (q1, 1, h1.2); may be repeated.",
        ),
    ] = None,
    municipality: Annotated[
        list[str] | None,
        typer.Option(
            "--municipality",
            metavar="LABEL",
            help="Count and show responses with this label only; may be repeated.",
        ),
    ] = None,
    quotes: Annotated[
        int, typer.Option("--quotes", min=0, metavar="N", help="The most quotes a theme.")
    ] = QUOTES,
    format_: Annotated[
        Format | None,
        typer.Option(
            "--format",
            help=f"What to write (csv: the table of themes, else the whole); {FORMAT_HELP}",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="FILE", help="Write to a file instead of the terminal."),
    ] = None,
    same_respondents: SameRespondents = False,
    no_corrections: NoCorrections = False,
    config: ConfigFile = None,
) -> None:
    """Find the themes of a survey: how often each occurs, where, and its best quotes."""
    from oppsummering.report import create_view
    from oppsummering.selection import choose

    chosen = choose_format(format_, output, Format)
    settings = settle(
        codebook=codebook,
        model=model,
        respondent=respondent,
        config=config,
        corrections=not no_corrections,
    )
    (tagged,) = tag_files([file], settings)
    selection = choose(
        tagged,
        themes=theme or (),
        questions=question or (),
        municipalities=municipality or (),
    )
    view = create_view(
        tagged, selection=selection, same_respondents=same_respondents, quotes=quotes
    )
    if chosen is Format.TABLE and output is None and _is_terminal():
        _print(view)
    else:
        write_output(_RENDERERS[chosen](view), output, inputs([file], settings.codebook))


def _is_terminal() -> bool:
    return sys.stdout.isatty()


def _print(view: View) -> None:
    from oppsummering.renderers.terminal import print_report
    from oppsummering.report import build_report

    print_report(build_report(view), create_console())


def _table(view: View) -> bytes:
    from oppsummering.renderers.terminal import plain
    from oppsummering.report import build_report

    return plain(build_report(view)).encode()


def _json(view: View) -> bytes:
    from oppsummering.exporters.json_document import document, dump

    return dump(document(view))


def _csv(view: View) -> bytes:
    from oppsummering.exporters.csv_files import to_csv
    from oppsummering.tables import choose_tables

    (table,) = choose_tables(["frequencies"], same_respondents=view.same_respondents)
    return to_csv(table.frame([view.shown]))


def _markdown(view: View) -> bytes:
    from oppsummering.renderers.markdown import render
    from oppsummering.report import build_report

    return render(build_report(view)).encode()


def _html(view: View) -> bytes:
    from oppsummering.renderers.html import render
    from oppsummering.report import build_report

    return render(build_report(view)).encode()


_RENDERERS = {
    Format.TABLE: _table,
    Format.JSON: _json,
    Format.CSV: _csv,
    Format.MARKDOWN: _markdown,
    Format.HTML: _html,
}
