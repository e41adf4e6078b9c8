"""`oppsummering corrections`: add, list and verify what people decided about themes."""

# ruff: noqa: PLC0415 - `--help` needs none of the imports inside functions

from __future__ import annotations

import datetime as dt
import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from oppsummering.cli._analysis import CodebookFile, ConfigFile, Model, settle, tag_files
from oppsummering.cli.common import Respondents, SurveyFile
from oppsummering.corrections.model import Action
from oppsummering.errors import SelectionError
from oppsummering.visible import one_line

if TYPE_CHECKING:
    from oppsummering.corrections.applying import Placed
    from oppsummering.corrections.model import Corrections
    from oppsummering.tagged import TaggedSurvey

EXIT_FINDINGS = 1

subcommands = typer.Typer(
    no_args_is_help=True,
    help="What people decided about themes: added, removed or confirmed, and why.",
)


class Format(StrEnum):
    """What `corrections list` writes."""

    TABLE = "table"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.add_typer(subcommands, name="corrections")


@subcommands.command("add")
def add(
    file: SurveyFile,
    statement: Annotated[
        str, typer.Option("--statement", metavar="ID", help="The statement, such as q1.r2.s1.")
    ],
    theme: Annotated[str, typer.Option("--theme", metavar="ID", help="The theme.")],
    action: Annotated[
        Action, typer.Option("--action", help="Give the statement the theme, or take it away.")
    ] = Action.ADD,
    reason: Annotated[str, typer.Option("--reason", help="Why.")] = "",
    coder: Annotated[str, typer.Option("--coder", help="Who decided it.")] = "",
    date: Annotated[
        str, typer.Option("--date", metavar="YYYY-MM-DD", help="The day; today if not given.")
    ] = "",
    codebook: CodebookFile = None,
    model: Model = None,
    respondent: Respondents = None,
    config: ConfigFile = None,
) -> None:
    """Add a correction to the file beside the survey, which is made if it is missing."""
    from oppsummering.corrections.editing import add_corrections, correction_of
    from oppsummering.corrections.paths import corrections_path, default_path

    tagged = _tagged(file, codebook, model, respondent, config)
    found = next((e for e in tagged.statements if e.statement.id == statement), None)
    if found is None:
        raise SelectionError(
            f"There is no statement {statement!r}.",
            path=file,
            hint="`oppsummering structure` lists them.",
        )
    if not found.statement.counted:
        raise SelectionError(
            f"{statement} introduces a list; it is context and counts for no theme.",
            path=file,
            line=found.statement.line,
            hint="Correct the items below it.",
        )
    themes = [each.id for each in tagged.codebook.themes]
    if theme not in themes:
        raise SelectionError(
            f"There is no theme {theme!r}.", hint=f"There are: {', '.join(themes)}."
        )
    path = corrections_path(file) or default_path(file)
    correction = correction_of(
        found.statement, theme, action, reason=reason, coder=coder, date=day_of(date)
    )
    add_corrections(path, [correction], themes)
    typer.echo(f"{path}: {action} {theme} on {statement}: {one_line(correction.text)}")


@subcommands.command("list")
def list_(
    file: SurveyFile,
    format_: Annotated[Format, typer.Option("--format", help="What to write.")] = Format.TABLE,
    codebook: CodebookFile = None,
    model: Model = None,
    respondent: Respondents = None,
    config: ConfigFile = None,
) -> None:
    """List the corrections of a survey and what became of each."""
    corrections, placed = _placed(_tagged(file, codebook, model, respondent, config), file)
    if format_ is Format.JSON:
        typer.echo(json.dumps([_fields(each) for each in placed], ensure_ascii=False, indent=2))
        return
    for each in placed:
        typer.echo(_line(each, corrections.name))
    typer.echo(f"{len(placed)} correction(s) in {corrections.name}.")


@subcommands.command("verify")
def verify(
    file: SurveyFile,
    codebook: CodebookFile = None,
    model: Model = None,
    respondent: Respondents = None,
    config: ConfigFile = None,
) -> None:
    """Say which corrections no longer find their statement; exit status 1 if any does not."""
    corrections, placed = _placed(_tagged(file, codebook, model, respondent, config), file)
    lost = [each for each in placed if not each.outcome.placed]
    for each in lost:
        typer.echo(_line(each, corrections.name))
    typer.echo(
        f"{len(placed) - len(lost)} of {len(placed)} corrections in {corrections.name} "
        "find their statement."
    )
    if lost:
        raise typer.Exit(EXIT_FINDINGS)


def _tagged(
    file: Path,
    codebook: Path | None,
    model: str | None,
    respondent: list[str] | None,
    config: Path | None,
) -> TaggedSurvey:
    """The survey as the machine tags it."""
    if str(file) == "-":
        raise SelectionError("Corrections lie beside a file; standard input has none.")
    settings = settle(
        codebook=codebook, model=model, respondent=respondent, config=config, corrections=False
    )
    (tagged,) = tag_files([file], settings)
    return tagged


def _placed(tagged: TaggedSurvey, file: Path) -> tuple[Corrections, tuple[Placed, ...]]:
    from oppsummering.corrections.applying import apply_corrections
    from oppsummering.corrections.paths import corrections_path
    from oppsummering.corrections.reading import read_corrections

    path = corrections_path(file)
    if path is None:
        raise SelectionError(
            "There are no corrections beside this survey.",
            path=file,
            hint="`oppsummering corrections add` makes the file.",
        )
    corrections = read_corrections(path, [theme.id for theme in tagged.codebook.themes])
    return corrections, apply_corrections(tagged, corrections)[1]


def day_of(text: str) -> str:
    """The day of an option `--date`; today where it is not given.

    Raises:
        SelectionError: The text is no day.
    """
    try:
        day = dt.date.fromisoformat(text) if text else dt.date.today()  # noqa: DTZ011
    except ValueError:
        raise SelectionError(f"--date {text!r} is no day.", hint="Write 2026-11-24.") from None
    return day.isoformat()


def _line(each: Placed, name: str) -> str:
    correction = each.correction
    now = f" → {each.statement}" if each.statement not in {None, correction.statement} else ""
    who = ", ".join(part for part in (correction.coder, correction.date) if part)
    decision = f"{correction.action} {correction.theme} on {correction.statement}{now}"
    by = f" ({one_line(who)})" if who else ""
    why = f": {one_line(correction.reason)}" if correction.reason else ""
    return f"{name}:{correction.line}: {each.outcome}: {decision}{by}{why}"


def _fields(each: Placed) -> dict[str, str | int | None]:
    correction = each.correction
    return {
        "statement": correction.statement,
        "fingerprint": correction.fingerprint,
        "theme": correction.theme,
        "action": correction.action.value,
        "reason": correction.reason,
        "coder": correction.coder,
        "date": correction.date,
        "line": correction.line,
        "outcome": each.outcome.value,
        "statement_now": each.statement,
    }
