"""Text in a spreadsheet: what it would run as a formula, made harmless and read back.

The reasons are those of OWASP, https://owasp.org/www-community/attacks/CSV_Injection.
"""

from __future__ import annotations

import unicodedata

_STARTS = frozenset("=+-@")
_ACTING_BLANKS = frozenset("\t\r\n")
_MARK = "'"


def harmless(text: str) -> str:
    """Text that no spreadsheet runs as a formula.

    An apostrophe is put before text that begins, after blanks and invisible characters, with
    `=`, `+`, `-` or `@` or a wide variant of them, or that begins with a tab or a line end.
    Text that already begins with apostrophes before such a character gets one more, so that
    taking one away always gives the text back.
    """
    return _MARK + text if _acts(text) else text


def as_written(cell: str) -> str:
    """The text that `harmless` made a cell of; a cell that it did not make stays as it is."""
    text = cell.removeprefix(_MARK)
    return text if _acts(text) else cell


def _acts(text: str) -> bool:
    rest = text.lstrip(_MARK)
    return rest[:1] in _ACTING_BLANKS or _starts_formula(rest)


def _starts_formula(text: str) -> bool:
    first = next((char for char in text if not _is_invisible(char)), "")
    return first != "" and unicodedata.normalize("NFKC", first) in _STARTS


def _is_invisible(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in {"Cf", "Cc"}
