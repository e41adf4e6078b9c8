"""Hostile characters made visible, so that text from a file can be shown anywhere."""

from __future__ import annotations

import re

_CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_LINE_AND_DIRECTION = r"\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
_SURROGATES = r"\ud800-\udfff"
_HIDDEN = re.compile(f"[{_CONTROLS}{_LINE_AND_DIRECTION}{_SURROGATES}]")
_WHITE_SPACE = re.compile(r"\s+")


def visible(text: str) -> str:
    r"""Write characters that act on a terminal or hide from the eye as escapes.

    Control characters (C0, DEL, C1), separators of lines and paragraphs, marks that turn
    the direction of writing, and lone surrogates become `\x1b`, `\u202e` and the like. Tab,
    line feed and carriage return stay, and so does every other character.

    Args:
        text: Any text.

    Returns:
        Text that holds no terminal escape sequence and that UTF-8 can encode.
    """
    return _HIDDEN.sub(lambda found: found.group().encode("unicode_escape").decode(), text)


def one_line(text: str) -> str:
    """Make hostile characters visible and fold white space, for text on a single line."""
    return _WHITE_SPACE.sub(" ", visible(text)).strip()
