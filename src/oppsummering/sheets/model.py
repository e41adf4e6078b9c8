"""What a coding sheet holds, going out and coming back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTEXT_COLUMNS: Final = (
    "statement",
    "fingerprint",
    "question",
    "municipality",
    "context",
    "text",
)
"""The columns before the themes; the themes' ids are columns of their own."""

COMMENT_COLUMN: Final = "comment"
MACHINE_COLUMN: Final = "machine"
CODER_COLUMN: Final = "coder"

YES: Final = "1"
NO: Final = "0"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A statement as a coder sees it.

    Attributes:
        statement: Its id.
        fingerprint: The fingerprint of its text, so that the codes find it again.
        question: The question's id and title.
        municipality: The label of its response.
        context: The lead-in above it, or empty.
        text: Its text on one line.
        machine: The ids of the themes that the machine gave.
    """

    statement: str
    fingerprint: str
    question: str
    municipality: str
    context: str
    text: str
    machine: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CodedRow:
    """A statement that a person coded.

    Attributes:
        statement: Its id when the sheet was made.
        fingerprint: The fingerprint of its text then.
        text: Its text then, on one line.
        coder: Who coded it; empty where the sheet does not say.
        themes: Every theme of the sheet, and whether the statement has it.
        comment: The coder's comment; may be empty.
        address: Where the row stands, for messages.
    """

    statement: str
    fingerprint: str
    text: str
    coder: str
    themes: Mapping[str, bool]
    comment: str
    address: str


@dataclass(frozen=True, slots=True)
class CodedSheet:
    """A coding sheet that came back: its coded rows, and how many rows nobody coded."""

    rows: tuple[CodedRow, ...]
    uncoded: int
