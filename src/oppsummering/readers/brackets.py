"""Brackets after a label: where they close, in one row or over several."""

from __future__ import annotations

import re

MAX_NOTE = 300
"""A bracket with more characters than this is no note."""

_CLOSING = {"(": ")", "[": "]"}
_COLON = re.compile(r"[\s*_]*:")


def opens(text: str, place: int) -> bool:
    """Whether a bracket opens at a place."""
    return text[place : place + 1] in _CLOSING


def close(text: str, place: int) -> int | None:
    """The place behind the bracket that closes the one at `place`, or None."""
    opening = text[place : place + 1]
    closing = _CLOSING.get(opening)
    depth = 0
    for index in range(place, min(len(text), place + MAX_NOTE)):
        depth += (text[index] == opening) - (text[index] == closing)
        if depth == 0:
            return index + 1
    return None


def colon_behind(text: str, place: int) -> int | None:
    """The place behind the colon that follows a place, blanks aside, or None."""
    match = _COLON.match(text, place)
    return match.end() if match else None
