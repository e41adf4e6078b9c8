"""The pieces that a document is cut into, before they are put together as a survey."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oppsummering.readers.bullets import Bullet
    from oppsummering.readers.codes import Code
    from oppsummering.readers.labels import Label
    from oppsummering.readers.lines import Row
    from oppsummering.readers.numbering import QuestionNumber


class Role(Enum):
    """What a block is in the survey."""

    TITLE = auto()
    QUESTION = auto()
    HEADING = auto()
    RESPONSE = auto()
    ITEM = auto()
    PARAGRAPH = auto()
    ASIDE = auto()


@dataclass(slots=True)
class Block:
    """A run of rows with one role; it grows while its text goes on in the next row.

    Attributes:
        role: What it is.
        rows: Its rows, at least one.
        start: Where it starts in the source: the heading, or the text behind a bullet.
        end: Where it ends in the source.
        text: Where the wording starts in the source, behind the number of a question.
        mark: What opened it, if anything did.
        hashes: The number of Markdown's `#` before a heading.
        code: The code of the diagnostic that an aside gets; every aside has one.
    """

    role: Role
    rows: list[Row]
    start: int
    end: int
    text: int
    mark: Bullet | Label | QuestionNumber | None = None
    hashes: int = 0
    code: Code | None = None

    @classmethod
    def open(cls, role: Role, row: Row, start: int) -> Block:
        """A block that so far is one row, from a place in the source to the row's end."""
        return cls(role, [row], start, row.end, start)

    @property
    def first(self) -> Row:
        """Its first row."""
        return self.rows[0]

    @property
    def last(self) -> Row:
        """Its last row."""
        return self.rows[-1]

    def grow(self, row: Row) -> None:
        """Take in the next row."""
        self.rows.append(row)
        self.end = row.end
