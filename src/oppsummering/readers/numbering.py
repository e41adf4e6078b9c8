"""Numbers that may open a question: `1)`, `1.`, `Spørsmål 1:`, `Spm. 1`, `1a)`, `1.2`."""

from __future__ import annotations

import re
from dataclasses import dataclass

_EMPHASIS = r"(?:\*{1,3}|_{1,3})?"
_KEYWORD = re.compile(
    _EMPHASIS
    + r"(?:spørsmål|spørjemål|spurnad|spm\.?|question|q)[ \t]{0,3}(?:(?:nr\.?|nummer)[ \t]{0,2})?"
    r"(?P<number>\d{1,3})(?P<suffix>[a-z])?(?![\w%])(?:[ \t]{1,3}av[ \t]{1,3}\d{1,3})?"
    + _EMPHASIS
    + r"(?P<close>[ \t]{0,2}(?:\.\)|[:.)]|[-–—](?=[ \t])))?"
    + _EMPHASIS
    + r"[ \t]*",
    re.IGNORECASE,
)
_BARE = re.compile(
    _EMPHASIS + r"(?P<open>\(?)(?P<number>\d{1,3})(?P<suffix>(?:\.\d{1,2}){1,2}|[a-z])?"
    r"(?P<close>\.\)|[ \t]?\)|[.:])?" + _EMPHASIS + r"(?P<space>[ \t]*)"
)


@dataclass(frozen=True, slots=True)
class QuestionNumber:
    """A number that may open a question; only its surroundings tell it from a list item.

    Attributes:
        number: The number.
        suffix: What makes it a part of a question: `a`, `.1`; else empty.
        style: How it is written: `keyword`, `1)`, `1.`, `(1)`, `1:`, `1.1`, or `1` alone.
        text: The index of the wording in the row; the row's length when it has none.
    """

    number: int
    suffix: str
    style: str
    text: int

    @property
    def depth(self) -> int:
        """0 for a whole question, 1 for a part such as 1a or 1.1, 2 for 1.1.1."""
        return max(self.suffix.count("."), len(self.suffix) > 0)


def read_question_number(shown: str, start: int = 0) -> QuestionNumber | None:
    """Read the question number at an index of a row's text, or None when there is none."""
    return _with_keyword(shown, start) or _bare(shown, start)


def _with_keyword(shown: str, start: int) -> QuestionNumber | None:
    match = _KEYWORD.match(shown, start)
    if match is None:
        return None
    following = shown[match.end() : match.end() + 1]
    if not match["close"] and following.islower():
        return None
    return _number(match, "keyword")


def _bare(shown: str, start: int) -> QuestionNumber | None:
    match = _BARE.match(shown, start)
    if match is None or not _closes(match):
        return None
    following = shown[match.end() : match.end() + 1]
    if not match["space"] and following and not following.isalpha():
        return None
    if following.islower() and not (match["close"] or "").endswith(")"):
        return None
    return _number(match, _style(match))


def _closes(match: re.Match[str]) -> bool:
    suffix, close = match["suffix"] or "", match["close"]
    if match["open"]:
        return close == ")"
    return close is not None or (bool(match["space"]) and not suffix.isalpha())


def _style(match: re.Match[str]) -> str:
    if (match["suffix"] or "").startswith("."):
        return "1.1"
    return f"{match['open']}1{(match['close'] or '').strip()}"


def _number(match: re.Match[str], style: str) -> QuestionNumber:
    return QuestionNumber(int(match["number"]), (match["suffix"] or "").lower(), style, match.end())
