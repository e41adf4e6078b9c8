"""What the commands that tag surveys share: their options, and the way from files to tags."""

# ruff: noqa: PLC0415 - `--help` needs none of the imports inside functions

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from oppsummering.config import Configuration
    from oppsummering.tagged import TaggedSurvey

Format = TypeVar("Format", bound=StrEnum)

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
ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="The configuration; else oppsummering.toml or pyproject.toml here or above.",
    ),
]
NoCorrections = Annotated[
    bool,
    typer.Option(
        "--no-corrections", help="Show the machine's own view, without people's corrections."
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

ENDINGS = {
    ".json": "json",
    ".csv": "csv",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xlsx": "xlsx",
}
"""The format that the ending of an output's name stands for."""

FORMAT_HELP = "without it the ending of --output decides, and else it is table."
TEXT_FORMAT_HELP = "without it the ending of --output decides, and else it is text."

LONG = 2_000
"""From how many statements on a progress bar is worth its place."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to read and tag surveys: the command line first, then the configuration."""

    configuration: Configuration
    codebook: Path | None
    model: str | None
    respondent: tuple[str, ...]
    corrections: bool


def settle(
    *,
    codebook: Path | None,
    model: str | None,
    respondent: Sequence[str] | None,
    config: Path | None = None,
    corrections: bool = True,
    checks: Sequence[str] | None = None,
) -> Settings:
    """Put the options and the configuration together; an option that is given wins.

    Raises:
        ConfigurationError: The configuration is not valid.
    """
    from oppsummering.config import load_configuration

    configuration = load_configuration(path=config, checks=checks)
    return Settings(
        configuration,
        codebook or configuration.codebook,
        model or configuration.model,
        tuple(respondent or configuration.respondent),
        corrections,
    )


def tag_files(files: Sequence[Path], settings: Settings) -> tuple[TaggedSurvey, ...]:
    """Read and tag surveys, with a progress bar on a terminal when there is much to do."""
    from oppsummering.analysis import load_tagger, read_surveys

    surveys = read_surveys(files, respondent=settings.respondent)
    tagger = load_tagger(codebook=settings.codebook, model=settings.model)
    total = sum(1 for survey in surveys for _ in survey.walk())
    with _progress(total) as advance:
        tagged = tuple(tagger.tag(survey, progress=advance) for survey in surveys)
    return tuple(
        with_corrections(each, path, settings) for each, path in zip(tagged, files, strict=True)
    )


def with_corrections(tagged: TaggedSurvey, path: Path, settings: Settings) -> TaggedSurvey:
    """The survey with the corrections beside its file, unless they are not wanted."""
    from oppsummering.analysis import corrected

    return corrected(tagged, path) if settings.corrections else tagged


def choose_format(
    given: Format | None,
    output: Path | None,
    formats: type[Format],
    endings: Mapping[str, str] = ENDINGS,
) -> Format:
    """The format that was asked for, or that of the output's ending, or the first of them.

    Raises:
        typer.BadParameter: The ending stands for a format that the command does not write.
    """
    if given is not None:
        return given
    written = [each.value for each in formats]
    ending = output.suffix.lower() if output else ""
    name = endings.get(ending, written[0])
    if name not in written:
        known = ", ".join(end for end, each in endings.items() if each in written)
        raise typer.BadParameter(
            f"this command writes no {ending}. End the name in one of {known}, or give --format."
        )
    return formats(name)


def inputs(files: Sequence[Path], codebook: Path | None) -> tuple[Path, ...]:
    """The files that an output must not overwrite: surveys, their corrections, the codebook."""
    from oppsummering.corrections.paths import corrections_path

    corrections = (corrections_path(file) for file in files)
    return tuple(path for path in (*files, *corrections, codebook) if path is not None)


def write_output(data: bytes, target: Path | None, inputs: Sequence[Path]) -> None:
    """Write to a file, or to standard output when the target is `-` or not given."""
    if target is None or str(target) == STANDARD_OUTPUT:
        with _telling_of_a_full_disk():
            _standard_output(data)
        return
    from oppsummering.output import write_file

    write_file(target, data, inputs=inputs)


def _standard_output(data: bytes) -> None:
    typer.echo(data, nl=False)


@contextlib.contextmanager
def _telling_of_a_full_disk() -> Iterator[None]:
    """Turn an error of standard output into one for the user; a closed pipe is none."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        from oppsummering.errors import OutputError

        raise OutputError(
            f"Standard output cannot be written: {error.strerror or error}.",
            hint="Write to a file with --output.",
        ) from error


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
