"""Notes behind a response heading: brackets that the answer seems to begin with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from oppsummering.readers.blocks import Block, Role
from oppsummering.readers.brackets import close, colon_behind, opens
from oppsummering.readers.labels import Label
from oppsummering.readers.layout import is_closed
from oppsummering.readers.lines import SPACES, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_BLANKS = frozenset(" \t\xa0")
_TEXTS = frozenset({Role.PARAGRAPH, Role.ITEM})


def take_notes(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Move a bracket from the start of an answer to its heading.

    A colon behind the bracket makes it a note (`Kommune 2: (fra en liten kommune): …`). So do a
    sentence behind it on the heading's line, and further statements below it when it stands alone
    on that line or the next.

    Args:
        text: The whole decoded text.
        blocks: The blocks of the document; headings and answers are changed in place.

    Returns:
        The blocks, without those that became a note as a whole.
    """
    kept: list[Block] = []
    for place, block in enumerate(blocks):
        below = blocks[place + 1].role if place + 1 < len(blocks) else None
        if not (kept and _takes(text, kept[-1], block, more=below in _TEXTS)):
            kept.append(block)
    return kept


def _takes(text: str, heading: Block, answer: Block, *, more: bool) -> bool:
    """Let a heading take its note; whether it took the whole answer."""
    label = heading.mark
    if not isinstance(label, Label) or label.note or answer.role is not Role.PARAGRAPH:
        return False
    same_line = answer.first is heading.first
    near = same_line or not answer.first.gap
    end = close(text, answer.start) if opens(text, answer.start) else None
    if end is None or end > answer.end:
        return False
    note = fold(text[answer.start + 1 : end - 1])
    behind = colon_behind(text, end)
    alone = near and more and end == answer.end
    before = same_line and " " in note and _sentence_behind(text, end)
    if not note or not (behind or ((alone or before) and not is_closed(note))):
        return False
    heading.mark = replace(label, note=note)
    heading.end = behind or end
    return not _start_at(answer, text, heading.end)


def _sentence_behind(text: str, place: int) -> bool:
    """Whether a new sentence starts behind a place: a blank, then a capital."""
    return text[place : place + 1] in _BLANKS and text[place + 1 : place + 2].isupper()


def _start_at(answer: Block, text: str, place: int) -> bool:
    """Let an answer start behind a place; whether anything of it is left."""
    while place < answer.end and text[place] in SPACES + "*_":
        place += 1
    rows = [row for row in answer.rows if row.end > place]
    if not rows:
        return False
    answer.rows = rows
    answer.start = max(place, rows[0].start)
    return True
