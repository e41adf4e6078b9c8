"""`oppsummering export`: the tables of one or more surveys as files."""

# ruff: noqa: PLC0415 - `--help` needs none of the imports inside functions

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from oppsummering.cli._analysis import (
    CodebookFile,
    ConfigFile,
    Model,
    NoCorrections,
    SameRespondents,
    inputs,
    settle,
    tag_files,
    write_output,
)
from oppsummering.cli.common import Respondents
from oppsummering.errors import OutputError
from oppsummering.visible import visible

if TYPE_CHECKING:
    from oppsummering.exporters.order import Exporter


class Format(StrEnum):
    """What `export` writes; each is the name of an exporter."""

    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    MARKDOWN = "markdown"
    HTML = "html"


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("export")(export)


def export(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="One or more survey summaries, as plain text."),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            metavar="DIR-or-FILE",
            help="A folder for all tables, or a file ending in .csv (the statements, or --table),"
            " .json, .xlsx, .md or .html.",
        ),
    ],
    format_: Annotated[
        Format | None,
        typer.Option(
            "--format", help="The format; without it the file's ending decides, csv in a folder."
        ),
    ] = None,
    table: Annotated[
        list[str] | None,
        typer.Option("--table", metavar="NAME", help="Write this table only; may be repeated."),
    ] = None,
    excel: Annotated[
        bool,
        typer.Option(
            "--excel",
            help="CSV that a Norwegian Excel opens with a double click: semicolons, decimal"
            " commas, byte order mark.",
        ),
    ] = False,
    codebook: CodebookFile = None,
    model: Model = None,
    respondent: Respondents = None,
    same_respondents: SameRespondents = False,
    no_corrections: NoCorrections = False,
    config: ConfigFile = None,
) -> None:
    """Write the tables of surveys to files: statements, matches, frequencies."""
    from oppsummering.exporters.order import Order
    from oppsummering.output import write_folder

    settings = settle(
        codebook=codebook,
        model=model,
        respondent=respondent,
        config=config,
        corrections=not no_corrections,
    )
    into_folder = _is_folder(output)
    exporter = _exporter(output, format_, into_folder=into_folder)
    _refuse_options_without_effect(exporter.name, tables=bool(table), excel=excel)
    order = Order(
        tag_files(files, settings),
        tables=tuple(table or ()),
        same_respondents=same_respondents,
        excel=excel,
    )
    if not into_folder:
        write_output(exporter.file(order), output, inputs(files, settings.codebook))
        return
    for path in write_folder(
        output, exporter.folder(order), inputs=inputs(files, settings.codebook)
    ):
        typer.echo(visible(str(path)))


def _is_folder(output: Path) -> bool:
    """A folder is there already, or has a name without a suffix."""
    return output.is_dir() or (not output.exists() and not output.suffix and str(output) != "-")


def _refuse_options_without_effect(format_name: str, *, tables: bool, excel: bool) -> None:
    """An option that the format cannot heed is a mistake of the user, who is told."""
    if excel and format_name != Format.CSV:
        raise OutputError(f"--excel is about CSV files, not {format_name}.", hint="Leave it out.")
    if tables and format_name not in {Format.CSV, Format.XLSX}:
        raise OutputError(f"A {format_name} file has no tables.", hint="Leave out --table.")


def _exporter(output: Path, format_: Format | None, *, into_folder: bool) -> Exporter:
    """The exporter that was asked for, or else the one of the file's suffix.

    Raises:
        OutputError: The suffix is not one of a format, or of another one than asked for.
    """
    from oppsummering.exporters.registry import EXPORTERS

    by_name = {exporter.name: exporter for exporter in EXPORTERS}
    by_suffix = {exporter.suffix: exporter for exporter in EXPORTERS}
    if into_folder or str(output) == "-":
        return by_name[format_ or Format.CSV]
    found = by_suffix.get(output.suffix.lower())
    if found is None:
        raise OutputError(
            f"No format ends in `{output.suffix}`." if output.suffix else "The name has no ending.",
            path=output,
            hint=f"End the name in one of {', '.join(by_suffix)}, or name a folder.",
        )
    if format_ is not None and found.name != format_:
        raise OutputError(
            f"The file's ending says {found.name}, --format says {format_}.",
            path=output,
            hint="Change one of them.",
        )
    return found
