"""Errors that are meant for the user: what is wrong, where, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path


MAX_LISTED: Final = 100
"""How many problems of one file a message lists."""


class OppsummeringError(Exception):
    """Base of every error that this package raises on purpose.

    Args:
        message: What is wrong, in one sentence.
        path: The file that it is about, if any.
        line: The 1-based line in that file, if known.
        hint: How to mend it, if that is known.
    """

    def __init__(
        self,
        message: str,
        *,
        path: Path | str | None = None,
        line: int | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.hint = hint

    def __str__(self) -> str:
        """`FILE:LINE: message hint`, leaving out what is not known."""
        place = ":".join(str(part) for part in (self.path, self.line) if part is not None)
        text = f"{place}: {self.message}" if place else self.message
        return f"{text} {self.hint}" if self.hint else text


class SurveyReadError(OppsummeringError):
    """The survey cannot be read: missing, binary, empty, or without questions."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem in a file that the user wrote.

    Attributes:
        where: Its place inside the file, such as `themes[2].terms[0].lemma`.
        message: What is wrong and how to mend it.
        line: The 1-based line in the file, if known.
    """

    where: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        """`line N: where: message`."""
        line = f"line {self.line}: " if self.line is not None else ""
        return f"{line}{self.where}: {self.message}" if self.where else f"{line}{self.message}"


class ProblemsError(OppsummeringError):
    """A file with one or more problems, all of them collected.

    Args:
        problems: At least one problem, in the order of the file.
        path: The file.
    """

    kind = "file"

    def __init__(self, problems: tuple[Problem, ...], *, path: Path | str | None = None) -> None:
        self.problems = problems
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        listing = "\n".join(f"  {problem}" for problem in problems[:MAX_LISTED])
        if len(problems) > MAX_LISTED:
            listing += f"\n  … and {len(problems) - MAX_LISTED} more."
        super().__init__(f"{count} in the {self.kind}:\n{listing}", path=path)


class CodebookError(ProblemsError):
    """The codebook is not valid; every problem is listed with its place."""

    kind = "codebook"


class GoldError(ProblemsError):
    """A file of gold codes is not valid; every problem is listed with its place."""

    kind = "file of codes"


class ConfigurationError(ProblemsError):
    """The configuration is not valid; every problem is listed with its place."""

    kind = "configuration"


class CorrectionsError(ProblemsError):
    """The file of corrections is not valid; every problem is listed with its place."""

    kind = "file of corrections"


class BaselineError(ProblemsError):
    """The JSON of an earlier analysis is not valid; every problem is listed with its place."""

    kind = "analysis"


class ComparisonError(OppsummeringError):
    """Rounds cannot be compared, or not without saying that they differ in more than answers."""


class PipelineError(OppsummeringError):
    """The spaCy pipeline is missing or cannot be used."""


class OutputError(OppsummeringError):
    """An output cannot be written."""


class SelectionError(OppsummeringError):
    """A theme, question, municipality or statement that was asked for is not there."""
