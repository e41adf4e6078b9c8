"""The model of a file of codes: who gave which statement which themes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from oppsummering.errors import SelectionError


class StatementKey(NamedTuple):
    """How a row names its statement; two rows with the same key mean the same statement.

    Attributes:
        file: The name of the survey file, or None when the codes do not name one.
        id: The statement's id, or None.
        line: Its 1-based line; None when the id names the statement.
        text: Its text, white space folded; None when the id or the line names the statement.
    """

    file: str | None
    id: str | None
    line: int | None
    text: str | None

    def __str__(self) -> str:
        """`q1.r2.s3`, `round1.txt:5`, `line 5`, or the start of the text."""
        if self.id is not None:
            return f"{self.file}:{self.id}" if self.file else self.id
        if self.line is not None:
            return f"{self.file}:{self.line}" if self.file else f"line {self.line}"
        return shorten(self.text or "")


@dataclass(frozen=True, slots=True)
class CodedStatement:
    """One statement with the themes that one coder gave it.

    Attributes:
        row: The 1-based line or sheet row of the file of codes where it is (first) named.
        file: The name of the survey file it belongs to, or None.
        id: Its id, or None.
        line: Its 1-based line in the survey, or None.
        text: Its text as the file of codes has it, or None.
        lead_in: Whether the file marks it as a lead-in, which does not count as a statement.
        coder: Who coded it, or None when the file does not say.
        themes: The ids of its themes, in the codebook's order; empty for "no theme".
        undecided: Themes that the coders disagreed on or were unsure about.
    """

    row: int
    file: str | None
    id: str | None
    line: int | None
    text: str | None
    lead_in: bool
    coder: str | None
    themes: tuple[str, ...]
    undecided: tuple[str, ...] = ()

    @property
    def key(self) -> StatementKey:
        """The strongest name that the row has: id, else line, else text."""
        if self.id is not None:
            return StatementKey(self.file, self.id, None, None)
        if self.line is not None:
            return StatementKey(self.file, None, self.line, None)
        return StatementKey(self.file, None, None, fold(self.text or ""))


@dataclass(frozen=True, slots=True)
class Codes:
    """A file of codes.

    Attributes:
        name: The file's name without its folder.
        themes: The ids of the themes that the coders considered, in the codebook's order: the
            columns of the file, or, where it lists themes, those that occur in it.
        closed: Whether no other theme was considered: the file has a column for each.
        statements: In the order of the file; one for each statement and coder.
    """

    name: str
    themes: tuple[str, ...]
    closed: bool
    statements: tuple[CodedStatement, ...]

    def considers(self, theme: str) -> bool:
        """Whether the coders could have given the theme."""
        return theme in self.themes or not self.closed

    @property
    def coders(self) -> tuple[str, ...]:
        """The names of the coders, in the order of the file; empty when it names none."""
        named = (statement.coder for statement in self.statements)
        return tuple(dict.fromkeys(coder for coder in named if coder is not None))

    def of_coder(self, coder: str | None) -> Codes:
        """The codes of one coder.

        Args:
            coder: The coder's name, or None when the file holds one coder's codes only.

        Raises:
            SelectionError: There is no such coder, or several and none was named.
        """
        known = ", ".join(self.coders)
        if coder is None:
            if len(self.coders) > 1:
                raise SelectionError(
                    f"holds the codes of several coders: {known}.",
                    path=self.name,
                    hint="Say which one with --coder.",
                )
            return self
        if coder not in self.coders:
            raise SelectionError(
                f"has no coder {coder!r}.",
                path=self.name,
                hint=f"Its coders: {known}." if known else "It has no column 'coder'.",
            )
        chosen = tuple(statement for statement in self.statements if statement.coder == coder)
        return replace(self, name=f"{self.name} ({coder})", statements=chosen)


def fold(text: str) -> str:
    """Fold white space: every run of it, no-break and line breaks too, becomes one space."""
    return " ".join(text.split())


def shorten(text: str, width: int = 60) -> str:
    """The start of a text, for a message: at most `width` characters, in quotation marks."""
    folded = fold(text)
    return repr(folded if len(folded) <= width else folded[: width - 1] + "…")
