"""`oppsummering check`: is the new round sound? For people and for CI."""

# ruff: noqa: PLC0415 - `--help` needs none of the imports inside functions

from __future__ import annotations

import sys
import traceback
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from oppsummering.cli._analysis import (
    ENDINGS,
    TEXT_FORMAT_HELP,
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
from oppsummering.config import Level
from oppsummering.errors import SelectionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from oppsummering.checks import CheckRun, Context
    from oppsummering.rounds import Round
    from oppsummering.tagging import Tagger

EXIT_FINDINGS = 1
EXIT_FAILED = 2


class Format(StrEnum):
    """What `check` writes."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    JUNIT = "junit"
    SARIF = "sarif"


_ENDINGS = {**ENDINGS, ".sarif": "sarif", ".xml": "junit"}


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("check")(check)


def check(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="One or more survey summaries.")
    ],
    baseline: Annotated[
        Path | None,
        typer.Option(
            "--baseline",
            metavar="FILE",
            help="An earlier round: JSON of `analyze --format json`, or a survey summary.",
        ),
    ] = None,
    format_: Annotated[
        Format | None, typer.Option("--format", help=f"What to write; {TEXT_FORMAT_HELP}")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="FILE", help="Write to a file instead of the terminal."),
    ] = None,
    fail_on: Annotated[
        Level | None,
        typer.Option("--fail-on", help="The least serious level that gives exit status 1."),
    ] = None,
    severity: Annotated[
        list[str] | None,
        typer.Option(
            "--severity",
            metavar="CHECK=LEVEL",
            help="The level of a check, or off: --severity dead-term=off; may be repeated.",
        ),
    ] = None,
    allow_differences: Annotated[
        bool,
        typer.Option(
            "--allow-differences",
            help="Compare with the baseline although its codebook, pipeline or survey is another.",
        ),
    ] = False,
    codebook: CodebookFile = None,
    model: Model = None,
    respondent: Respondents = None,
    no_corrections: NoCorrections = False,
    config: ConfigFile = None,
) -> None:
    """Check surveys: exit status 0 is fine, 1 findings, 2 could not run."""
    from oppsummering.checks import CHECKS, run_checks
    from oppsummering.checks.formats import FORMATS, text

    ids = [each.id for each in CHECKS]
    settings = settle(
        codebook=codebook,
        model=model,
        respondent=respondent,
        config=config,
        corrections=not no_corrections,
        checks=ids,
    )
    chosen = choose_format(format_, output, Format, _ENDINGS)
    levels = {**settings.configuration.severity, **_levels(severity or (), ids)}
    fails = fail_on or settings.configuration.fail_on
    contexts = _contexts(files, baseline, settings, allow_differences=allow_differences)
    run = run_checks(contexts, levels)
    if chosen is Format.TEXT and output is None and sys.stdout.isatty():
        text.print_run(run, fails, create_console())
    else:
        read = (*inputs(files, settings.codebook), *([baseline] if baseline else []))
        # A file name that is no text of the system's encoding becomes an escape, in JSON too.
        write_output(FORMATS[chosen](run, fails).encode(errors="backslashreplace"), output, read)
    _finish(run, fails)


def _finish(run: CheckRun, fails: Level) -> None:
    """Show what went wrong in a check itself, and end with the right status."""
    for failure in run.failures:
        traceback.print_exception(failure.error, file=sys.stderr)
    if run.failures:
        raise typer.Exit(EXIT_FAILED)
    if run.at_least(fails):
        raise typer.Exit(EXIT_FINDINGS)


def _levels(options: Iterable[str], ids: Sequence[str]) -> Mapping[str, Level]:
    levels = {}
    for option in options:
        check_id, _, level = option.partition("=")
        if check_id not in ids:
            raise SelectionError(
                f"--severity: there is no check {check_id!r}.", hint=f"There are: {', '.join(ids)}."
            )
        if level not in list(Level):
            raise SelectionError(
                f"--severity {check_id}: {level!r} is no level.",
                hint=f"Write {check_id}= and one of {', '.join(Level)}.",
            )
        levels[check_id] = Level(level)
    return levels


def _contexts(
    files: Sequence[Path],
    baseline: Path | None,
    settings: Settings,
    *,
    allow_differences: bool,
) -> list[Context]:
    from oppsummering.analysis import load_tagger, read_surveys
    from oppsummering.checks import Context
    from oppsummering.rounds import require_same_survey, round_of

    surveys = read_surveys(files, respondent=settings.respondent)
    tagger = load_tagger(codebook=settings.codebook, model=settings.model)
    themes = tagger.codebook
    earlier = None if baseline is None else _read_baseline(baseline, tagger, settings)
    contexts = []
    for path, survey in zip(files, surveys, strict=True):
        tagged = tagger.tag(survey)
        if earlier is not None and not allow_differences:
            require_same_survey(earlier, round_of(tagged))
        contexts.append(
            Context(
                file=_shown(path),
                tagged=with_corrections(tagged, path, settings),
                codebook=themes,
                codebook_file=_shown(settings.codebook) if settings.codebook else themes.file,
                tagger=tagger,
                limits=settings.configuration.limits,
                baseline=earlier,
                allow_differences=allow_differences,
            )
        )
    return contexts


def _read_baseline(path: Path, tagger: Tagger, settings: Settings) -> Round:
    """An earlier round, from the JSON of `analyze`, or from a survey that is tagged now."""
    from oppsummering.readers import read_survey
    from oppsummering.rounds import read_round, round_of

    if path.suffix.casefold() == ".json":
        return read_round(path)
    tagged = tagger.tag(read_survey(path, respondent=settings.respondent))
    return round_of(with_corrections(tagged, path, settings))


def _shown(path: Path) -> str:
    """The path as an output names it: below the current folder if it lies there."""
    here = Path.cwd()
    if path.is_absolute() and path.is_relative_to(here):
        return path.relative_to(here).as_posix()
    return path.as_posix()
