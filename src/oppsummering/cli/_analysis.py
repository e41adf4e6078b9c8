"""What the commands that tag surveys share: their options, and the way from files to tags."""

# ruff: noqa: PLC0415 - `--help` needs none of the imports inside functions

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from oppsummering.tagged import TaggedSurvey

CodebookFile = Annotated[
    Path | None,
    typer.Option(
        "--codebook", metavar="FILE", help="The codebook (YAML); the shipped one if not given."
    ),
]
Model = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="NAME",
        help="Name or path of the spaCy pipeline; the bundled one if not given.",
    ),
]
SameRespondents = Annotated[
    bool,
    typer.Option(
        "--same-respondents",
        help="State that the same label is the same respondent under every question."
        " Respondents across the document are counted only then.",
    ),
]

STANDARD_OUTPUT = "-"

LONG = 2_000
"""From how many statements on a progress bar is worth its place."""


def tag_files(
    files: Sequence[Path],
    *,
    codebook: Path | None,
    model: str | None,
    respondent: Sequence[str],
) -> tuple[TaggedSurvey, ...]:
    """Read and tag surveys, with a progress bar on a terminal when there is much to do."""
    from oppsummering.analysis import load_tagger, read_surveys

    surveys = read_surveys(files, respondent=respondent)
    tagger = load_tagger(codebook=codebook, model=model)
    total = sum(1 for survey in surveys for _ in survey.walk())
    with _progress(total) as advance:
        return tuple(tagger.tag(survey, progress=advance) for survey in surveys)


def inputs(files: Sequence[Path], codebook: Path | None) -> tuple[Path, ...]:
    """The files that an output must not overwrite."""
    return (*files, codebook) if codebook else tuple(files)


def write_output(data: bytes, target: Path | None, inputs: Sequence[Path]) -> None:
    """Write to a file, or to standard output when the target is `-` or not given."""
    if target is None or str(target) == STANDARD_OUTPUT:
        typer.echo(data, nl=False)
        return
    from oppsummering.output import write_file

    write_file(target, data, inputs=inputs)


@contextlib.contextmanager
def _progress(total: int) -> Iterator[Callable[[], None] | None]:
    if total < LONG or not sys.stderr.isatty():
        yield None
        return
    from rich.progress import Progress

    from oppsummering.cli.common import create_console

    with Progress(console=create_console(stderr=True), transient=True) as progress:
        task = progress.add_task("Tagging statements", total=total)
        yield lambda: progress.advance(task)
