"""Readers: a file in, a survey out; one module per input format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from oppsummering.errors import SurveyReadError
from oppsummering.readers.decoding import read_bytes
from oppsummering.readers.plain_text import PlainTextReader

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from oppsummering.survey import Survey

__all__ = ["READERS", "Reader", "read_survey"]


class Reader(Protocol):
    """Reads one input format.

    Attributes:
        name: The format, for people.
    """

    name: str

    def recognises(self, path: Path, data: bytes) -> bool:
        """Whether the bytes are in this format; the name may help to tell."""
        ...

    def read(self, path: Path, data: bytes, respondent: Sequence[str]) -> Survey:
        """Read a survey from the bytes of a file, or raise a SurveyReadError."""
        ...


READERS: tuple[Reader, ...] = (PlainTextReader(),)
"""The readers; the first that recognises a file reads it."""


def read_survey(path: Path, *, respondent: Sequence[str] = ()) -> Survey:
    """Read a survey summary.

    Args:
        path: The file; `-` reads standard input.
        respondent: Labels of the user's own that open an answer, beside the built-in ones.

    Returns:
        The whole document: every non-blank line belongs to a node or is named in a diagnostic.

    Raises:
        SurveyReadError: The file is missing, unreadable, binary, empty or damaged, or no
            question or no response was found in it.
    """
    if not all(label.strip() for label in respondent):
        hint = "Name the word that opens an answer, such as Skole."
        raise SurveyReadError("A label of the respondents is empty.", path=path, hint=hint)
    data = read_bytes(path)
    reader = next(reader for reader in READERS if reader.recognises(path, data))
    return reader.read(path, data, respondent)
