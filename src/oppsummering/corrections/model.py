"""The model of a file of corrections."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

FINGERPRINT_LENGTH: Final = 16

_NOT_WORDS: Final = re.compile(r"[\W_]+")


class Action(StrEnum):
    """What a correction does with a theme."""

    ADD = "add"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision of a person about one theme of one statement.

    Attributes:
        statement: The id that the statement had when it was decided.
        fingerprint: The fingerprint of its text; finds it again when its id has moved.
        theme: The theme's id.
        action: Add or remove.
        reason: Why, in the coder's words; may be empty.
        coder: Who; may be empty.
        date: The day as `YYYY-MM-DD`; may be empty.
        text: The beginning of the statement, for people who read the file; may be empty.
        line: The 1-based line in the file of corrections, or None for a new one.
    """

    statement: str
    fingerprint: str
    theme: str
    action: Action
    reason: str = ""
    coder: str = ""
    date: str = ""
    text: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Corrections:
    """A file of corrections: its name, the SHA-256 of its bytes, and its entries in order."""

    name: str
    sha256: str
    entries: tuple[Correction, ...]


def fingerprint(text: str) -> str:
    """The fingerprint of a statement's text: 16 hexadecimal digits of a SHA-256.

    Upper and lower case, white space, line breaks, punctuation and typographic variants do not
    change it; letters and digits do.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = _NOT_WORDS.sub(" ", folded).strip()
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:FINGERPRINT_LENGTH]
