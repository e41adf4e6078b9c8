"""`oppsummering sheet`: coding sheets out to people, and their codes back in."""

# ruff: noqa: PLC0415 - `--help` needs none of the imports inside functions

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from oppsummering.cli._analysis import (
    CodebookFile,
    ConfigFile,
    Model,
    inputs,
    settle,
    tag_files,
    write_output,
)
from oppsummering.cli.common import Respondents, SurveyFile
from oppsummering.errors import OutputError, SelectionError

if TYPE_CHECKING:
    from oppsummering.cli._analysis import Settings
    from oppsummering.sheets.model import CodedSheet

SEED = 1
MAKE = "make"


class _MakeByDefault(TyperGroup):
    """`sheet FILE` is `sheet make FILE`: the first word is a file unless it is a command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `make` before arguments that do not begin with a command or ask for help."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = [MAKE, *args]
        parsed: list[str] = super().parse_args(ctx, args)
        return parsed


class Target(StrEnum):
    """What `sheet import` makes of the codes."""

    GOLD = "gold"
    CORRECTIONS = "corrections"


subcommands = typer.Typer(
    cls=_MakeByDefault,
    no_args_is_help=True,
    help="Coding sheets for people with Excel: `sheet FILE --output coding.xlsx`, and back with"
    " `sheet import coding.xlsx`.",
)


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.add_typer(subcommands, name="sheet")


@subcommands.command(MAKE)
def make(
    file: SurveyFile,
    output: Annotated[
        Path, typer.Option("--output", metavar="FILE", help="The sheet, .xlsx or .csv.")
    ],
    coder: Annotated[
        list[str] | None,
        typer.Option("--coder", metavar="NAME", help="A sheet for this person; may be repeated."),
    ] = None,
    sample: Annotated[
        int | None,
        typer.Option("--sample", metavar="N", help="A random sample of N statements."),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Draws the same sample again.")] = SEED,
    by_question: Annotated[
        bool,
        typer.Option("--by-question", help="Draw from each question in proportion."),
    ] = False,
    show_machine: Annotated[
        bool,
        typer.Option("--show-machine", help="Show the coder the themes that the machine gave."),
    ] = False,
    codebook: CodebookFile = None,
    model: Model = None,
    respondent: Respondents = None,
    config: ConfigFile = None,
) -> None:
    """Write the statements of a survey to a sheet for one or several people to code."""
    from oppsummering.codebook import load_codebook
    from oppsummering.sheets import sampling, writing

    writers = {".xlsx": writing.workbook_sheet, ".csv": writing.csv_sheet}
    write = writers.get(output.suffix.casefold())
    if write is None:
        raise OutputError(
            "A coding sheet ends in .xlsx or .csv.", path=output, hint="Change the name."
        )
    settings = settle(codebook=codebook, model=model, respondent=respondent, config=config)
    (tagged,) = tag_files([file], settings)
    statements = tuple(tagged.counted())
    if sample is not None:
        statements = sampling.sample(statements, sample, seed, by_question=by_question)
    rows = writing.sheet_rows(statements)
    themes = load_codebook(settings.codebook)
    data = write(rows, themes, coder or (), show_machine=show_machine)
    write_output(data, output, inputs([file], settings.codebook))
    typer.echo(f"{output}: {len(rows)} statements, {len(themes.themes)} themes")


@subcommands.command("import")
def import_(
    sheet: Annotated[Path, typer.Argument(metavar="SHEET", help="The coded sheet.")],
    to: Annotated[
        Target, typer.Option("--to", help="Gold codes, or corrections of the machine's themes.")
    ] = Target.GOLD,
    survey: Annotated[
        Path | None,
        typer.Option(
            "--survey",
            metavar="FILE",
            help="The survey; gold codes are held against it, corrections need it.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="FILE", help="Where the gold codes go (JSON lines)."),
    ] = None,
    coder: Annotated[
        str | None,
        typer.Option("--coder", metavar="NAME", help="Whose codes become corrections."),
    ] = None,
    date: Annotated[
        str, typer.Option("--date", metavar="YYYY-MM-DD", help="The corrections' day; or today.")
    ] = "",
    codebook: CodebookFile = None,
    model: Model = None,
    respondent: Respondents = None,
    config: ConfigFile = None,
) -> None:
    """Turn a coded sheet into gold codes or corrections; unreadable cells are named."""
    from oppsummering.codebook import load_codebook
    from oppsummering.sheets.importing import gold_codes
    from oppsummering.sheets.reading import read_sheet

    settings = settle(
        codebook=codebook, model=model, respondent=respondent, config=config, corrections=False
    )
    themes = [theme.id for theme in load_codebook(settings.codebook).themes]
    coded = read_sheet(sheet, themes)
    if to is Target.CORRECTIONS:
        _to_corrections(sheet, coded, survey, settings, coder=coder, date=date)
        return
    if survey is not None:
        from oppsummering.sheets.importing import check_statements

        (tagged,) = tag_files([survey], settings)
        check_statements(coded, tagged, sheet)
    write_output(gold_codes(coded), output, [sheet, *([survey] if survey else [])])
    if output is not None:
        typer.echo(f"{output}: {len(coded.rows)} coded rows, {coded.uncoded} not coded")


def _to_corrections(
    sheet: Path,
    coded: CodedSheet,
    survey: Path | None,
    settings: Settings,
    *,
    coder: str | None,
    date: str,
) -> None:
    from oppsummering.cli.corrections import day_of
    from oppsummering.corrections.editing import add_corrections
    from oppsummering.corrections.paths import corrections_path, default_path
    from oppsummering.sheets.importing import check_statements, corrections_of

    if survey is None:
        raise SelectionError("Corrections belong to a survey.", hint="Name it with --survey FILE.")
    (tagged,) = tag_files([survey], settings)
    check_statements(coded, tagged, sheet)
    found = corrections_of(coded, tagged, coder=coder, date=day_of(date))
    path = corrections_path(survey) or default_path(survey)
    if found:
        add_corrections(path, found, [theme.id for theme in tagged.codebook.themes])
    typer.echo(f"{path}: {len(found)} corrections from {len(coded.rows)} coded rows")
