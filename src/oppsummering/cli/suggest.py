"""`oppsummering themes suggest`: what a codebook misses, and which terms do no work."""

# ruff: noqa: PLC0415 - `--help` needs none of the imports inside functions

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from oppsummering.cli._analysis import (
    FORMAT_HELP,
    CodebookFile,
    ConfigFile,
    Model,
    choose_format,
    inputs,
    settle,
    write_output,
)
from oppsummering.cli.common import Respondents, create_console
from oppsummering.cli.themes import themes_app

MOST = 15


class Format(StrEnum):
    """What `themes suggest` writes."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"


def register(_app: typer.Typer) -> None:
    """Add the command to the commands of `themes`."""
    themes_app.command("suggest")(suggest)


def suggest(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE",
            help="Survey summaries. Without one, the texts of the gold file are looked at.",
        ),
    ] = None,
    gold: Annotated[
        Path | None,
        typer.Option(
            "--gold",
            metavar="FILE",
            help="Take the themes of these gold codes (.jsonl, .csv, .tsv, .xlsx) instead of the"
            " codebook's.",
        ),
    ] = None,
    coder: Annotated[
        str | None,
        typer.Option("--coder", metavar="NAME", help="Whose codes of the gold file are taken."),
    ] = None,
    theme: Annotated[
        list[str] | None,
        typer.Option("--theme", metavar="ID", help="Look at this theme only; may be repeated."),
    ] = None,
    most: Annotated[
        int,
        typer.Option("--most", min=1, metavar="N", help="The most words or terms of each list."),
    ] = MOST,
    codebook: CodebookFile = None,
    model: Model = None,
    respondent: Respondents = None,
    config: ConfigFile = None,
    format_: Annotated[
        Format | None, typer.Option("--format", help=f"What to write; {FORMAT_HELP}")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="FILE", help="Write to a file instead of the terminal."),
    ] = None,
) -> None:
    """Show what the codebook misses, and which of its terms do no work.

    Words typical of statements with a theme that no term of it matches, frequent words of
    statements without a theme, terms that never match, and terms that never match alone.
    """
    if not files and gold is None:
        raise typer.BadParameter("name a survey, or give codes with texts by --gold.")
    from oppsummering.suggestions import (
        SuggestionOrder,
        build_suggestions_report,
        run_suggestions,
        suggestions_document,
    )

    chosen = choose_format(format_, output, Format)
    settings = settle(codebook=codebook, model=model, respondent=respondent, config=config)
    order = SuggestionOrder(
        files=files or (),
        gold=gold,
        coder=coder,
        themes=theme or (),
        most=most,
        codebook=settings.codebook,
        model=settings.model,
        respondent=settings.respondent,
    )
    found = run_suggestions(order)
    if chosen is Format.JSON:
        from oppsummering.exporters.json_document import dump

        data = dump(suggestions_document(*found))
    else:
        from oppsummering.renderers import markdown, terminal

        report = build_suggestions_report(*found, most=most)
        if chosen is Format.TABLE and output is None and sys.stdout.isatty():
            terminal.print_report(report, create_console())
            return
        render = markdown.render if chosen is Format.MARKDOWN else terminal.plain
        data = render(report).encode()
    read = [*order.files, *([gold] if gold else [])]
    write_output(data, output, inputs(read, settings.codebook))
