"""What the commands share: the types of common arguments, a console, and text safe to print."""

from __future__ import annotations

import sys
import unicodedata
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

_KEPT = "\n\t"
_SHOWN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_SOFT_HYPHEN = "\u00ad"


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


def safe_text(text: str) -> str:
    r"""Make control characters, direction marks and other unseen characters visible.

    A terminal would obey an escape sequence; here it is shown as `\x1b`. Line breaks, tabs
    and white space stay; soft hyphens are left out.
    """
    if text.isprintable():
        return text
    return "".join(map(_visible, text))


def _visible(character: str) -> str:
    if character in _KEPT or unicodedata.category(character) not in _SHOWN_CATEGORIES:
        return character
    if character == _SOFT_HYPHEN:
        return ""
    return character.encode("unicode_escape").decode("ascii")
