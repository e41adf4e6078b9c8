"""`oppsummering structure`: the outline of a survey, as it was understood."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("structure")(structure)


def structure(file: Annotated[Path, typer.Argument(help="The survey summary.")]) -> None:
    """Show the outline of a survey with line numbers and diagnostics."""
    raise NotImplementedError
