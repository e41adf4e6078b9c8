"""How a text is laid out: hard-wrapped at a column, or one line a paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oppsummering.readers.lines import Row

_CLOSERS = "»”’\"')]}*_ \t"
_OPENERS = "«“‘\"'([*_"
_CLOSING_PUNCTUATION = ".!?…"
_UNFINISHED = (",", "-", "/", "(", "«")
_NEVER_LAST = frozenset({
    "og", "eller", "å", "at", "som", "samt", "men", "en", "ei", "et", "ein", "eit", "i", "på",
    "til", "for", "av", "fra", "frå", "med", "ved", "mot", "mellom", "hos", "hjå",
})  # fmt: skip
"""Words that hardly end a paragraph, in Bokmål and Nynorsk."""
_LAST_WORD = re.compile(r"\w{1,6}\Z")
_WORD = re.compile(r"\S{1,80}")
_MIN_WIDTH, _MAX_WIDTH = 40, 120
_RAGGED = 1.15
"""A row may be this much longer than the column, where a word would not break."""
_LONG = 0.95
"""The column is this quantile of the wrapped rows: a word that does not break passes it."""


def ends_with_colon(text: str) -> bool:
    """Whether a text ends in a colon, closing quotes and emphasis aside."""
    return text.rstrip(_CLOSERS).endswith(":")


def is_closed(text: str) -> bool:
    """Whether a text ends in closing punctuation, as a whole sentence does."""
    return text.rstrip(_CLOSERS).endswith(tuple(_CLOSING_PUNCTUATION))


def starts_lower(text: str) -> bool:
    """Whether the first letter of a text, quotes and brackets aside, is a small one."""
    return text[:8].lstrip(_OPENERS)[:1].islower()


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of a document.

    Attributes:
        width: The column at which its lines are wrapped, or None when they are not.
    """

    width: int | None

    def is_full(self, row: Row, following: Row) -> bool:
        """Whether a row was wrapped because the first word of the next did not fit."""
        if self.width is None:
            return False
        length = _length(row)
        word = _WORD.match(following.shown)
        space = 2 if is_closed(row.shown) else 1
        needed = length + space + (len(word.group()) if word else 0)
        return length <= self.width * _RAGGED and self.width < needed

    def flows(self, row: Row, following: Row) -> bool:
        """Whether the sentence of a row goes on in the next, which has no mark of its own."""
        if following.gap:
            return False
        if row.shown.endswith(_UNFINISHED):
            return True
        closed = is_closed(row.shown) or ends_with_colon(row.shown)
        if not closed and (starts_lower(following.shown) or _hangs(row.shown)):
            return True
        return self.is_full(row, following)


def measure(rows: Sequence[Row], plain: Sequence[bool]) -> Layout:
    """Find the wrap column from the rows whose sentence goes on in a small letter below.

    Args:
        rows: The rows of the document.
        plain: For each row whether it has no mark of its own (bullet, label, number).
    """
    wrapped = sorted(
        _length(row)
        for row, following, follows in zip(rows, rows[1:], plain[1:], strict=False)
        if follows
        and not following.gap
        and _MIN_WIDTH <= _length(row) <= _MAX_WIDTH
        and starts_lower(following.shown)
        and not is_closed(row.shown)
    )
    return Layout(wrapped[int(_LONG * (len(wrapped) - 1))] if wrapped else None)


def _hangs(text: str) -> bool:
    """Whether a text ends in a word that needs another one after it."""
    word = _LAST_WORD.search(text[-8:])
    return word is not None and word.group().casefold() in _NEVER_LAST


def _length(row: Row) -> int:
    return row.indent + len(row.shown)
