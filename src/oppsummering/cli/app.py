"""The command line: every command in one visible tuple, every error in one place."""

from __future__ import annotations

import atexit
import gc
import sys
from typing import Annotated

import typer

import oppsummering
from oppsummering.cli import (
    agreement,
    analyze,
    check,
    compare,
    corrections,
    explain,
    export,
    model,
    sheet,
    structure,
    suggest,
    themes,
    word,
)
from oppsummering.errors import OppsummeringError
from oppsummering.visible import visible

COMMANDS = (
    analyze,
    export,
    structure,
    check,
    compare,
    corrections,
    sheet,
    themes,
    suggest,
    explain,
    agreement,
    model,
    word,
)
"""The commands, in the order that `--help` lists them; each registers itself on the app."""

EXIT_FINDINGS = 1
EXIT_ERROR = 2

NEW_OBJECTS = 100_000
"""How many new objects Python waits for before it looks for unused cycles.

Imports and results are objects that stay; to look as often as Python does by itself takes a
twentieth of a short run.
"""

app = typer.Typer(
    name="oppsummering",
    help="Themes, frequencies and quotes in Norwegian survey summaries.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(value: bool) -> None:
    if value:
        typer.echo(f"oppsummering {oppsummering.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    """Themes, frequencies and quotes in Norwegian survey summaries."""


for command in COMMANDS:
    command.register(app)


def main() -> None:
    """Run the command line; an error of ours is one message on stderr and exit status 2."""
    gc.set_threshold(NEW_OBJECTS)
    # Else Python looks for cycles among all objects once more when there is nothing left to do.
    atexit.register(gc.freeze)
    try:
        app()
    except OppsummeringError as error:
        typer.echo(visible(f"oppsummering: {error}"), err=True)
        sys.exit(EXIT_ERROR)
    except BrokenPipeError:
        # The reader of our output has gone, as in `oppsummering … | head`.
        sys.stderr.close()
        sys.exit(EXIT_ERROR)
