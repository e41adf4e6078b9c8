"""`oppsummering agreement`: how far the themes agree with gold codes."""

# ruff: noqa: PLC0415 - `--help` needs none of the imports inside functions

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
    choose_format,
    inputs,
    settle,
    write_output,
)
from oppsummering.cli.common import Respondents, create_console
from oppsummering.words import WrittenStandard

if TYPE_CHECKING:
    from oppsummering.agreement import AgreementRun

RESAMPLES = 1000


class Format(StrEnum):
    """What `agreement` writes."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("agreement")(agreement)


def agreement(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE",
            help="Surveys, tagged here, or one file of another coder's codes (.jsonl, .csv, .tsv,"
            " .xlsx). Without one, the texts of the gold file are tagged.",
        ),
    ] = None,
    gold: Annotated[
        Path,
        typer.Option("--gold", metavar="FILE", help="The gold codes: .jsonl, .csv, .tsv, .xlsx."),
    ] = ...,  # type: ignore[assignment]  # typer's mark of a required option
    coder: Annotated[
        str | None,
        typer.Option("--coder", metavar="NAME", help="Whose codes of the gold file are gold."),
    ] = None,
    other_coder: Annotated[
        str | None,
        typer.Option(
            "--other-coder",
            metavar="NAME",
            help="Whose codes are held against them; from the gold file if there is no FILE.",
        ),
    ] = None,
    theme: Annotated[
        list[str] | None,
        typer.Option("--theme", metavar="ID", help="Compare this theme only; may be repeated."),
    ] = None,
    skip_undecided: Annotated[
        bool,
        typer.Option(
            "--skip-undecided",
            help="Leave out what the gold file marks as unsure or disputed.",
        ),
    ] = False,
    written_standard: Annotated[
        WrittenStandard | None,
        typer.Option(
            "--written-standard", help="Compare the statements in Bokmål or in Nynorsk only."
        ),
    ] = None,
    codebook: CodebookFile = None,
    model: Model = None,
    respondent: Respondents = None,
    config: ConfigFile = None,
    resamples: Annotated[
        int,
        typer.Option(
            "--resamples", min=100, max=100_000, metavar="N", help="Bootstrap samples to draw."
        ),
    ] = RESAMPLES,
    format_: Annotated[
        Format | None, typer.Option("--format", help=f"What to write; {FORMAT_HELP}")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", metavar="FILE", help="Write to a file instead of the terminal."),
    ] = None,
) -> None:
    """Measure how far the themes agree with gold codes, and show where they differ.

    Precision, recall, F1, Cohen's κ and Krippendorff's α for each theme and
    overall, with bootstrap intervals. docs/methods.md defines every figure.
    """
    from oppsummering.agreement import AgreementOrder, run_agreement

    chosen = choose_format(format_, output, Format)
    settings = settle(codebook=codebook, model=model, respondent=respondent, config=config)
    order = AgreementOrder(
        gold=gold,
        files=files or (),
        coder=coder,
        other_coder=other_coder,
        themes=theme or (),
        skip_undecided=skip_undecided,
        written_standard=written_standard,
        codebook=settings.codebook,
        model=settings.model,
        respondent=settings.respondent,
        resamples=resamples,
    )
    run = run_agreement(order)
    if chosen is Format.TABLE and output is None and sys.stdout.isatty():
        _print(run)
    else:
        write_output(
            _RENDERERS[chosen](run), output, inputs([gold, *order.files], settings.codebook)
        )


def _print(run: AgreementRun) -> None:
    from oppsummering.agreement import build_agreement_report
    from oppsummering.renderers.terminal import print_report

    print_report(build_agreement_report(run), create_console())


def _table(run: AgreementRun) -> bytes:
    from oppsummering.agreement import build_agreement_report
    from oppsummering.renderers.terminal import plain

    return plain(build_agreement_report(run)).encode()


def _json(run: AgreementRun) -> bytes:
    from oppsummering.agreement import agreement_document
    from oppsummering.exporters.json_document import dump

    return dump(agreement_document(run))


def _markdown(run: AgreementRun) -> bytes:
    from oppsummering.agreement import build_agreement_report
    from oppsummering.renderers.markdown import render

    return render(build_agreement_report(run)).encode()


_RENDERERS = {Format.TABLE: _table, Format.JSON: _json, Format.MARKDOWN: _markdown}
