"""Bytes into text: which encoding a survey is in, and what is no text at all."""

from __future__ import annotations

import codecs
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from oppsummering.errors import SurveyReadError
from oppsummering.readers.codes import Code
from oppsummering.readers.lines import CONTROLS, INVISIBLE, SPACES
from oppsummering.survey import Diagnostic, Severity, Source

if TYPE_CHECKING:
    from pathlib import Path

STDIN = "-"
MAX_BYTES = 64 * 2**20
"""More than this is no survey summary; it also stops endless input such as /dev/zero."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_AS_TEXT = "Save it as plain text first (in Word: File, Save As, Plain Text, encoding UTF-8)."
_SIGNATURES = (
    (b"%PDF", "a PDF file", "Copy its text into a plain text file, or export it as plain text."),
    (b"PK\x03\x04", "a Word, Excel, OpenDocument or ZIP file", _AS_TEXT),
    (b"\xd0\xcf\x11\xe0", "an older Word, Excel or Outlook file", _AS_TEXT),
    (b"{\\rtf", "an RTF file", _AS_TEXT),
)
_NORWEGIAN_UTF8 = re.compile(rb"\xc3[\xa5\xa6\xb8\x85\x86\x98]")
_MOJIBAKE = re.compile("Ã[¥¦¸\u2026†\u02dc\x85\x86\x98]|â€[œ\u2122\u201c“”™]")
_MIN_ZERO_SHARE, _MAX_STRAY_SHARE = 0.7, 0.01
_MAX_CONTROL_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, the encoding as Python names it, and remarks about both."""

    text: str
    encoding: str
    diagnostics: tuple[Diagnostic, ...] = ()


def read_bytes(path: Path) -> bytes:
    """Read a file, or standard input when the path is `-`.

    Raises:
        SurveyReadError: The file is missing, a directory, unreadable or above `MAX_BYTES`.
    """
    try:
        data = _read_bounded(path)
    except FileNotFoundError as error:
        hint = "Check the name and the folder."
        raise SurveyReadError("There is no such file.", path=path, hint=hint) from error
    except IsADirectoryError as error:
        hint = "Name one text file in it."
        raise SurveyReadError("This is a directory, not a file.", path=path, hint=hint) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        hint = "Check the name and your rights to read it."
        message = f"The file cannot be read: {reason}."
        raise SurveyReadError(message, path=path, hint=hint) from error
    if len(data) > MAX_BYTES:
        hint = "Name the summary itself, one round in one plain text file."
        message = f"The file is larger than {MAX_BYTES // 2**20} MiB."
        raise SurveyReadError(message, path=path, hint=hint)
    return data


def _read_bounded(path: Path) -> bytes:
    if str(path) == STDIN:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    if path.is_dir():
        raise IsADirectoryError(path)
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def decode(data: bytes, path: Path) -> Decoded:
    """Decode a survey: a byte order mark decides, then UTF-8, UTF-16 by its zeros, Windows-1252.

    Raises:
        SurveyReadError: The bytes are empty, binary, or text that is damaged.
    """
    _refuse_other_formats(data, path)
    decoded = (
        _decode_marked(data, path)
        or _decode_utf8(data)
        or _decode_zeros(data)
        or _decode_windows(data, path)
    )
    if _is_binary(decoded.text):
        raise _binary(path)
    if not decoded.text.strip(SPACES + INVISIBLE):
        hint = "Check that the right file was saved."
        raise SurveyReadError("The file is empty.", path=path, hint=hint)
    return Decoded(
        decoded.text, decoded.encoding, decoded.diagnostics + _damage_remarks(decoded.text)
    )


def _is_binary(text: str) -> bool:
    """Whether a text holds a NUL, or so many control characters that it is no writing."""
    controls = sum(text.count(control) for control in CONTROLS)
    return "\0" in text or controls > _MAX_CONTROL_SHARE * len(text)


def _refuse_other_formats(data: bytes, path: Path) -> None:
    for signature, name, hint in _SIGNATURES:
        if data.startswith(signature):
            raise SurveyReadError(f"This is {name}, not plain text.", path=path, hint=hint)


def _binary(path: Path) -> SurveyReadError:
    return SurveyReadError("This is a binary file, not plain text.", path=path, hint=_AS_TEXT)


def _decode_marked(data: bytes, path: Path) -> Decoded | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data[len(mark) :].decode(encoding.removesuffix("-sig")), encoding)
            except UnicodeDecodeError as error:
                raise _damaged(data, len(mark) + error.start, encoding, path) from error
    return None


def _decode_utf8(data: bytes) -> Decoded | None:
    if _zeros_encoding(data):
        return None
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return None


def _decode_zeros(data: bytes) -> Decoded | None:
    encoding = _zeros_encoding(data)
    if encoding is None:
        return None
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return Decoded(text, encoding, (_guessed("UTF-16 without a byte order mark"),))


def _zeros_encoding(data: bytes) -> str | None:
    """UTF-16 shows by its zeros: the high bytes of Latin text, every second byte."""
    even, odd = data[0::2], data[1::2]
    if not odd or len(data) % 2:
        return None
    first, second = even.count(0) / len(odd), odd.count(0) / len(odd)
    if second >= _MIN_ZERO_SHARE and first <= _MAX_STRAY_SHARE:
        return "utf-16-le"
    if first >= _MIN_ZERO_SHARE and second <= _MAX_STRAY_SHARE:
        return "utf-16-be"
    return None


def _decode_windows(data: bytes, path: Path) -> Decoded:
    if b"\0" in data:
        raise _binary(path)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        # Letters that are right in UTF-8 beside bytes that are not: a damaged UTF-8 file.
        # Read as Windows-1252 it would turn every å into Ã¥.
        if _NORWEGIAN_UTF8.search(data):
            raise _damaged(data, error.start, "utf-8", path) from error
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _damaged(data, error.start, "cp1252", path) from error
    return Decoded(text, "cp1252", (_guessed("Windows-1252"),))


def _damaged(data: bytes, position: int, encoding: str, path: Path) -> SurveyReadError:
    before = data[:position]
    line = before.count(b"\n") + 1 if b"\n" in data else before.count(b"\r") + 1
    return SurveyReadError(
        f"A byte here is not {encoding.removesuffix('-sig')} text.",
        path=path,
        line=line,
        hint="Save the file again as plain text in UTF-8.",
    )


def _guessed(name: str) -> Diagnostic:
    message = f"The file was read as {name}, since it is not UTF-8. Check the letters æ, ø and å."
    return Diagnostic(Code.ENCODING_GUESSED, Severity.INFO, None, message)


def _damage_remarks(text: str) -> tuple[Diagnostic, ...]:
    places = (
        (
            Code.REPLACEMENT_CHARACTER,
            text.find("\ufffd"),
            "holds U+FFFD, the sign of a lost letter",
        ),
        (Code.MOJIBAKE, _first(_MOJIBAKE, text), "looks like UTF-8 once read as Windows-1252"),
    )
    return tuple(
        Diagnostic(
            code,
            Severity.WARNING,
            _line_at(text, place),
            f"The text {what}. Export it again as UTF-8.",
        )
        for code, place, what in places
        if place >= 0
    )


def _first(pattern: re.Pattern[str], text: str) -> int:
    match = pattern.search(text)
    return match.start() if match else -1


def _line_at(text: str, position: int) -> int:
    return Source("", text, "", "").line_at(position)
