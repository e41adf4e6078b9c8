"""Text into rows: each line trimmed, with its place, and with what the eye does not see removed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SPACES = (
    " \t\x1c\x1d\x1e\x1f\x85\xa0\u1680"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\n\r\x0b\x0c"
)
CONTROLS = "".join(chr(code) for code in range(32) if chr(code) not in SPACES) + "\x7f"
"""Control characters that are no white space."""

INVISIBLE = (
    CONTROLS + "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\ufeff"
)
"""Characters without a shape of their own: they must not hide a heading or a bullet."""

_TRIMMED = SPACES + INVISIBLE
_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_NUMBERED_BREAKS = frozenset({"\n", "\r", "\r\n"})
_UNPLAIN = re.compile(f"[{re.escape(INVISIBLE)}\u0300-\u036f]")
_TO_PLAIN_SPACE = {ord(space): " " for space in SPACES if space != "\t"}
_QUOTE_MARKS = re.compile(r"(?:>[ \t]?)+")
_TAB_WIDTH = 4
_QUOTED_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class Row:
    """One non-blank line, or the part of it between two soft breaks.

    Attributes:
        line: Its 1-based line. Lines end at LF, CR LF or CR, as editors count them.
        start: Where its trimmed text starts in the source.
        end: Where it ends.
        shown: The trimmed text as the eye sees it: composed, with plain spaces and tabs, and
            without invisible characters.
        offsets: For each character of `shown` its place in the source, or None when they
            follow each other without a gap.
        indent: The columns before the text.
        gap: The number of blank lines above it.
    """

    line: int
    start: int
    end: int
    shown: str
    offsets: tuple[int, ...] | None
    indent: int
    gap: int

    def offset(self, index: int) -> int:
        """The place in the source of the character `shown[index]`, or of the end."""
        if index >= len(self.shown):
            return self.end
        return self.start + index if self.offsets is None else self.offsets[index]


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of a text, and the lines that hold nothing that the eye can see.

    Attributes:
        rows: The rows with text, in order.
        unseen: Lines of invisible characters only, such as a zero-width space.
        quote_marks: Lines that hold only the marks of a quoted e-mail.
    """

    rows: tuple[Row, ...]
    unseen: tuple[int, ...]
    quote_marks: tuple[int, ...]


def read_page(text: str) -> Page:
    """Split a text into rows; every character that is not blank is in one of them."""
    pieces = list(_pieces(text))
    quoted = _is_quoted_mail(text, pieces)
    rows: list[Row] = []
    unseen: list[int] = []
    quote_marks: list[int] = []
    last_line = 0
    for line, start, end in pieces:
        begin = start
        if quoted:
            begin = _after_quote_marks(text, start, end)
        row = _row(text, line, begin, end, gap=max(0, line - last_line - 1))
        if row is not None:
            rows.append(row)
            last_line = line
        elif text[start:end].strip(_TRIMMED):
            quote_marks.append(line)
        elif text[start:end].strip():
            unseen.append(line)
    return Page(tuple(rows), tuple(unseen), tuple(quote_marks))


def fold(text: str) -> str:
    """Fold every run of white space to one space."""
    return " ".join(text.split())


def _pieces(text: str) -> Iterator[tuple[int, int, int]]:
    line, start = 1, 0
    for match in _BREAK.finditer(text):
        yield line, start, match.start()
        start = match.end()
        line += match.group() in _NUMBERED_BREAKS
    yield line, start, len(text)


def _is_quoted_mail(text: str, pieces: list[tuple[int, int, int]]) -> bool:
    """Whether nearly every line starts with `>`: a forwarded e-mail, not a list."""
    filled = marked = 0
    for _, start, end in pieces:
        begin = text[start:end].lstrip(_TRIMMED)[:1]
        filled += bool(begin)
        marked += begin == ">"
    return filled > 1 and marked >= _QUOTED_SHARE * filled


def _after_quote_marks(text: str, start: int, end: int) -> int:
    while start < end and text[start] in _TRIMMED:
        start += 1
    match = _QUOTE_MARKS.match(text, start, end)
    return match.end() if match else start


def _row(text: str, line: int, start: int, end: int, *, gap: int) -> Row | None:
    raw = text[start:end]
    content = raw.lstrip(_TRIMMED)
    if not content:
        return None
    begin = end - len(content)
    content = content.rstrip(_TRIMMED)
    shown, offsets = _show(content, begin)
    indent = len(raw[: begin - start].expandtabs(_TAB_WIDTH))
    return Row(line, begin, begin + len(content), shown, offsets, indent, gap)


def _show(content: str, start: int) -> tuple[str, tuple[int, ...] | None]:
    if _UNPLAIN.search(content) is None:
        return content.translate(_TO_PLAIN_SPACE), None
    shown: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(content, start):
        if character in INVISIBLE:
            continue
        if shown and unicodedata.combining(character):
            composed = unicodedata.normalize("NFC", shown[-1] + character)
            if len(composed) == 1:
                shown[-1] = composed
                continue
        shown.append(character)
        offsets.append(offset)
    return "".join(shown).translate(_TO_PLAIN_SPACE), tuple(offsets)
