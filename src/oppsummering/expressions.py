r"""Regular expressions over Norwegian text, in RE2's syntax.

RE2 takes time linear in the text, whatever the expression (https://github.com/google/re2), but
its `\w` and `\b` know the letters a to z alone. Here `\w` means any letter, digit or underscore,
and `\b`, at the beginning or end of an expression, the edge of a word in that sense. That is exact
up to U+052F, the letters of Latin, Greek and Cyrillic; beyond, whole blocks count as letters, since
RE2 takes a millisecond to compile all letters of Unicode.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

import re2

from oppsummering.patterns import PatternError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MAX_EXPRESSION: Final = 1000

_EXACT_BELOW: Final = 0x530
"""Where the blocks of Latin, Greek and Cyrillic letters end."""

_OTHER_ALPHABETS: Final = (
    r"\x{531}-\x{167F}\x{1681}-\x{1FFF}\x{2070}-\x{2079}\x{207F}-\x{2089}\x{2090}-\x{209C}"
    r"\x{212A}\x{212B}\x{2C00}-\x{2DFF}\x{3005}-\x{D7FF}\x{F900}-\x{FDFF}\x{FE70}-\x{FEFE}"
    r"\x{FF10}-\x{FF19}\x{FF21}-\x{FF3A}\x{FF41}-\x{FF5A}\x{10000}-\x{1EFFF}\x{20000}-\x{3FFFF}"
)


def _latin_greek_cyrillic() -> str:
    """Their letters, marks and digits, and the underscore, as ranges of a character class."""
    wanted = [
        code
        for code in range(_EXACT_BELOW)
        if chr(code) == "_" or unicodedata.category(chr(code))[0] in "LMN"
    ]
    runs = groupby(enumerate(wanted), lambda pair: pair[1] - pair[0])
    codes = ([code for _, code in run] for _, run in runs)
    return "".join(rf"\x{{{run[0]:X}}}-\x{{{run[-1]:X}}}" for run in codes)


_LETTERS: Final = _latin_greek_cyrillic() + _OTHER_ALPHABETS
_EDGE: Final = "\\b"
_FLAGS = re.compile(r"\(\?[imsU-]+\)")
_UNBOUNDED = re.compile(r"\{\d*,\}")
_PIECE_OF_CLASS = re.compile(r"\\.|.", re.DOTALL)
_PIECE = re.compile(
    r"\\. | \[\^?\]?(?:\[:\w+:\]|\\.|[^\]\\])*\] | \{\d*,\} | .", re.DOTALL | re.VERBOSE
)
TOGETHER_FROM: Final = 500
"""The text from which on one pass pays: to compile a set takes as long as some hundred texts."""

_MAX_MEMORY: Final = 4 << 20
_MAX_MEMORY_TOGETHER: Final = 16 << 20


@dataclass(frozen=True, slots=True)
class Expression:
    """A valid expression; `full` is what RE2 is given, with the words at its edges."""

    text: str
    full: str
    compiled: re2._Regexp

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """The places of its matches in a text, ascending, in code points; none is empty."""
        data = text.encode(errors="replace")
        seen_bytes = seen = position = 0
        while position < len(data):
            match = self.compiled.search(data, position)
            if match is None:
                return
            first, last = match.span(1)
            start = seen + len(data[seen_bytes:first].decode())
            end = start + len(data[first:last].decode())
            seen_bytes, seen = last, end
            yield start, end
            position = max(last, position + 1)


def understand_expression(text: str, *, case: bool) -> Expression:
    """Understand a regular expression.

    Args:
        text: The expression, in RE2's syntax.
        case: Whether upper and lower case differ.

    Raises:
        PatternError: When it is not valid, matches nothing at all, or is of the kind that takes
            other tools for ever; the message says how to mend it.
    """
    if len(text) > MAX_EXPRESSION:
        raise PatternError(f"is longer than {MAX_EXPRESSION} characters.")
    if _nested_repeat(text):
        raise PatternError(
            "has a repeat inside a repeat, as in (a+)+, which can take for ever; "
            "repeat only the inner or only the outer one."
        )
    _compile(text)  # the message quotes the expression as it was written
    full = _with_edges(text)
    full = f"(?:{full})" if case else f"(?i:{full})"
    compiled = _compile(full)
    if compiled.search(""):
        raise PatternError("matches the empty text.")
    return Expression(text, full, compiled)


class ExpressionSet:
    """Tells which of some expressions match in a text, in one pass once there are many texts.

    Args:
        expressions: The expressions, numbered from 0.
    """

    def __init__(self, expressions: Iterable[Expression]) -> None:
        self._singles = tuple(expressions)
        self._together: re2.Set | None = None
        self._asked = 0

    def matching(self, text: str) -> list[int]:
        """The numbers of the expressions that match in the text, ascending."""
        data = text.encode(errors="replace")
        if self._together is not None:
            return sorted(self._together.Match(data) or ())
        self._asked += 1
        if self._asked == TOGETHER_FROM and len(self._singles) > 1:
            self._together = _compile_together(self._singles)
        return [n for n, one in enumerate(self._singles) if one.compiled.search(data)]


def _compile_together(expressions: Sequence[Expression]) -> re2.Set | None:
    """All expressions as one set; None where together they are too large."""
    together = re2.Set.SearchSet(_settings(_MAX_MEMORY_TOGETHER))
    try:
        for one in expressions:
            together.Add(one.full)
        together.Compile()
    except re2.error:
        return None
    return together


def _settings(max_memory: int) -> re2.Options:
    settings = re2.Options()
    settings.log_errors = False
    settings.max_mem = max_memory
    return settings


def _compile(full: str, max_memory: int = _MAX_MEMORY) -> re2._Regexp:
    try:
        return re2.compile(full, _settings(max_memory))
    except re2.error as cause:
        said = cause.args[0].decode() if isinstance(cause.args[0], bytes) else str(cause)
        raise PatternError(f"is not a valid regular expression: {said}.") from None


def _with_edges(text: str) -> str:
    """The expression for RE2: letters beyond a to z, and what it matches as the first group."""
    flags = _FLAGS.match(text)
    pieces = _pieces(text[flags.end() if flags else 0 :])
    begins = pieces[:1] == [_EDGE]
    ends = pieces[1:][-1:] == [_EDGE]
    inner = pieces[begins : len(pieces) - ends]
    if _EDGE in inner:
        raise PatternError(r"has \b in its middle; it can stand only at the beginning and the end.")
    if (begins or ends) and _has_alternatives(inner):
        raise PatternError(r"has \b beside |; put the alternatives in brackets: \b(?:a|b)\b.")
    before = rf"(?:\A|[^{_LETTERS}])" if begins else ""
    after = rf"(?:[^{_LETTERS}]|\z)" if ends else ""
    middle = "".join(map(_with_letters, inner))
    return f"{flags[0] if flags else ''}{before}({middle}){after}"


def _pieces(text: str) -> list[str]:
    """The escapes, character classes, repeats without bound and single signs of an expression."""
    return _PIECE.findall(text)


def _with_letters(piece: str) -> str:
    r"""A piece of an expression in which `\w` and `\W` know every letter."""
    if piece == r"\w":
        return f"[{_LETTERS}]"
    if piece == r"\W":
        return f"[^{_LETTERS}]"
    if piece in {r"\B", r"\C", r"\Q"}:
        raise PatternError(f"has {piece}, which is not known here.")
    if piece.startswith("[") and r"\W" in _PIECE_OF_CLASS.findall(piece):
        raise PatternError(r"has \W inside [ ], which is not known here.")
    if piece.startswith("["):
        return "".join(_LETTERS if p == r"\w" else p for p in _PIECE_OF_CLASS.findall(piece))
    return piece


def _has_alternatives(pieces: Iterable[str]) -> bool:
    """Whether a | stands outside all brackets."""
    depth = 0
    for piece in pieces:
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and depth == 0:
            return True
    return False


def _nested_repeat(text: str) -> bool:
    """Whether a group that holds an unbounded repeat is itself repeated without bound."""
    groups = [False]
    closed = False
    for piece in _pieces(text):
        if piece == "(":
            groups.append(False)
        if piece == ")" and len(groups) > 1:
            closed = groups.pop()
            groups[-1] |= closed
            continue
        if piece in {"*", "+"} or _UNBOUNDED.fullmatch(piece):
            if closed:
                return True
            groups[-1] = True
        closed = False
    return False
