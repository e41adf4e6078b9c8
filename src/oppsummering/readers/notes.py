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

_TEXTS = frozenset({Role.PARAGRAPH, Role.ITEM})


def take_notes(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Move a bracket from the start of an answer to its heading.

    A colon behind the bracket makes it a note (`Kommune 2: (fra en liten kommune): …`); so do
    further statements below it when it is all there is on the heading's line.

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
    end = close(text, answer.start) if opens(text, answer.start) else None
    if end is None or end > answer.end:
        return False
    note = fold(text[answer.start + 1 : end - 1])
    behind = colon_behind(text, end)
    alone = same_line and more and end == answer.end and not is_closed(note)
    if not note or not (behind or alone):
        return False
    heading.mark = replace(label, note=note)
    heading.end = behind or end
    return not _start_at(answer, text, heading.end)


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
