"""What the commands share: the types of common arguments, and a console."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

SurveyFile = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="The survey summary, as plain text; - reads standard input."
    ),
]
Respondents = Annotated[
    list[str] | None,
    typer.Option(
        "--respondent",
        metavar="LABEL",
        help="A label of your own that opens an answer: 'Skole' reads 'Skole 3:' and"
        " 'Skole Nord:', 'Oslo' reads 'Oslo:'. May be given several times.",
    ),
]


def create_console(*, stderr: bool = False) -> Console:
    """Make a rich console: plain when piped, without colour when NO_COLOR is set.

    Markup, emoji and highlighting are off, so that survey text is printed as it is. A
    character that the stream's encoding lacks is replaced instead of raising an error.
    """
    from rich.console import Console  # noqa: PLC0415 - rich is loaded when it prints

    stream = sys.stderr if stderr else sys.stdout
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
    return Console(file=stream, markup=False, emoji=False, highlight=False)
