"""The reader of plain text: decode, mark the rows, give each its role, assemble, remark."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from oppsummering.readers.assembling import assemble
from oppsummering.readers.blocks import Role
from oppsummering.readers.decoding import STDIN, decode
from oppsummering.readers.labels import LabelGrammar
from oppsummering.readers.lines import read_page
from oppsummering.readers.marks import read_marks
from oppsummering.readers.notes import take_notes
from oppsummering.readers.outline import outline
from oppsummering.readers.remarks import missing_structure, remarks
from oppsummering.survey import Source, Span, Survey

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class PlainTextReader:
    """Reads plain text in any usual encoding; `docs/input-format.md` has the grammar."""

    name = "plain text"

    def recognises(self, path: Path, data: bytes) -> bool:  # noqa: ARG002 - the protocol's
        """Take everything: what is no text is refused with a reason when it is read."""
        return True

    def read(self, path: Path, data: bytes, respondent: Sequence[str]) -> Survey:
        """Read a survey from the bytes of a text file.

        Raises:
            SurveyReadError: It is not text, empty, or without a question or a response.
        """
        decoded = decode(data, path)
        page = read_page(decoded.text)
        marks, layout = read_marks(page.rows, LabelGrammar(respondent))
        blocks = take_notes(decoded.text, outline(marks, layout))
        questions = assemble(decoded.text, blocks)
        problem = missing_structure(path, blocks, questions, page)
        if problem is not None:
            raise problem
        title = next((block for block in blocks if block.role is Role.TITLE), None)
        name = STDIN if str(path) == STDIN else path.name
        return Survey(
            source=Source(name, decoded.text, decoded.encoding, hashlib.sha256(data).hexdigest()),
            title=None if title is None else decoded.text[title.start : title.end],
            title_span=None if title is None else Span(title.start, title.end),
            questions=questions,
            diagnostics=remarks(decoded, page, blocks, questions),
        )
