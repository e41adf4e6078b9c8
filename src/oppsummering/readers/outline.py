"""The role of each row, decided by what stands around it: the heart of the plain text grammar."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from oppsummering.readers.blocks import Block, Role
from oppsummering.readers.bullets import Bullet, read_bullet
from oppsummering.readers.codes import Code
from oppsummering.readers.headings import continues_wording, is_heading, is_lettered
from oppsummering.readers.layout import Layout, is_closed, starts_lower
from oppsummering.readers.lookahead import Lookahead
from oppsummering.readers.questions import is_question
from oppsummering.readers.state import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oppsummering.readers.labels import Label
    from oppsummering.readers.lines import Row
    from oppsummering.readers.marks import Mark
    from oppsummering.readers.numbering import QuestionNumber

_DASH = "dash"


def outline(marks: Sequence[Mark], layout: Layout) -> list[Block]:
    """Cut a document into blocks, every row in at least one of them."""
    outliner = _Outliner(marks, layout)
    for index in range(len(marks)):
        outliner.place(index)
    return outliner.blocks


class _Outliner:
    """Walks down the rows once."""

    def __init__(self, marks: Sequence[Mark], layout: Layout) -> None:
        self.blocks: list[Block] = []
        self._ahead = Lookahead(marks, layout)
        self._state = State()

    def place(self, index: int) -> None:
        """Give a row its role: the first that fits, in this order."""
        mark, state = self._ahead.marks[index], self._state
        if mark.decoration:
            self._add_aside(mark.row, Code.DECORATION)
        elif mark.label:
            self._open_response(index, mark.row, mark.label)
        elif mark.number and is_question(mark.number, index, state, self._ahead):
            self._open_question(mark, mark.number)
        elif mark.bullet and self._is_item(index, mark.bullet):
            self._add_item(mark.row, mark.bullet)
        elif is_heading(index, state, self._ahead):
            self._open_heading(mark)
        elif state.last is not None and self._continues(index, state.last):
            state.last.grow(mark.row)
        else:
            self._add_text(mark)

    def _open_response(self, index: int, row: Row, label: Label) -> None:
        block = Block.open(Role.RESPONSE, row, row.offset(label.start))
        block.mark, block.end = label, row.offset(label.end)
        self._append(block)
        self._state.open_response(label)
        if not _has_words(row.shown[label.text :]):
            return
        bullet = read_bullet(row.shown, label.text)
        listed = bullet and (bullet.sure or self._ahead.goes_on_below(index, bullet))
        if bullet and listed and bullet.text < len(row.shown):
            self._open_item(row, bullet)
        else:
            self._append(Block.open(Role.PARAGRAPH, row, row.offset(label.text)))

    def _open_question(self, mark: Mark, number: QuestionNumber) -> None:
        block = Block.open(Role.QUESTION, mark.row, mark.row.start)
        block.mark, block.hashes = number, mark.hashes
        block.text = mark.row.offset(number.text)
        self._append(block)
        self._state.open_question(block, number)

    def _open_heading(self, mark: Mark) -> None:
        block = Block.open(Role.HEADING, mark.row, mark.row.start)
        block.hashes, block.text = mark.hashes, mark.row.offset(mark.text)
        self._append(block)
        self._state.open_question(block, None)

    def _add_item(self, row: Row, bullet: Bullet) -> None:
        if not self._state.in_response:
            self._add_aside(row, self._outside())
        elif not _has_words(row.shown[bullet.text :]):
            self._add_aside(row, Code.NO_WORDS, bullet)
            self._state.add_item(bullet)
        else:
            self._open_item(row, bullet)

    def _open_item(self, row: Row, bullet: Bullet) -> None:
        block = Block.open(Role.ITEM, row, row.offset(bullet.text))
        block.mark = bullet
        self._append(block)
        self._state.add_item(bullet)

    def _add_text(self, mark: Mark) -> None:
        row = mark.row
        if not _has_words(row.shown):
            self._add_aside(row, Code.NO_WORDS)
        elif self._state.in_response:
            bullet = self._bullet_above(row)
            block = Block.open(Role.ITEM if bullet else Role.PARAGRAPH, row, row.offset(mark.text))
            block.mark = bullet
            self._append(block)
        elif not self._state.has_text:
            self._append(Block.open(Role.TITLE, row, row.offset(mark.text)))
        else:
            self._add_aside(row, self._outside())

    def _bullet_above(self, row: Row) -> Bullet | None:
        """The bullet that stands alone on the line above, as some programs export lists."""
        above = self._state.last
        if above is None or above.role is not Role.ASIDE or row.gap:
            return None
        return above.mark if isinstance(above.mark, Bullet) else None

    def _outside(self) -> Code:
        return Code.TEXT_OUTSIDE_RESPONSE if self._state.has_question else Code.TEXT_BEFORE_QUESTION

    def _add_aside(self, row: Row, code: Code, bullet: Bullet | None = None) -> None:
        block = Block.open(Role.ASIDE, row, row.start)
        block.code, block.mark = code, bullet
        self.blocks.append(block)
        if code != Code.DECORATION:
            self._state.last = block

    def _append(self, block: Block) -> None:
        self.blocks.append(block)
        self._state.last = block
        self._state.has_text = True

    def _is_item(self, index: int, bullet: Bullet) -> bool:
        goes_on = self._state.goes_on(bullet.kind, bullet.value)
        listed = goes_on or self._ahead.has_sibling(index)
        lettered = is_lettered(index, self._ahead) and not goes_on
        if lettered and is_heading(index, self._state, self._ahead):
            return False
        if not listed and self._is_inside_sentence(index, bullet):
            return False
        return bullet.sure or listed

    def _is_inside_sentence(self, index: int, bullet: Bullet) -> bool:
        """A dash or a number inside a sentence may be the first sign of a wrapped line."""
        row = self._ahead.marks[index].row
        number = bullet.value is not None
        dash = bullet.kind == _DASH and starts_lower(row.shown[bullet.text :])
        if not (number or dash) or not self._ahead.is_wrapped(index):
            return False
        above = self._ahead.marks[index - 1].bullet
        return above is None or above.kind != bullet.kind

    def _continues(self, index: int, block: Block) -> bool:
        """Whether a row without a mark goes on with the block above it."""
        row = self._ahead.marks[index].row
        if continues_wording(index, self._state, self._ahead):
            return True
        if row.gap or self._ahead.marks[index - 1].row is not block.last:
            return False
        if block.role not in {Role.ITEM, Role.PARAGRAPH}:
            return False
        if block.role is Role.ITEM and row.indent > block.first.indent:
            return True
        return self._ahead.layout.flows(block.last, row) or self._hangs(block, row)

    def _hangs(self, block: Block, row: Row) -> bool:
        """Whether the second row of a paragraph stands further in, as under a label."""
        second = block.first is block.last and row.indent > block.last.indent
        return second and (self._ahead.layout.width is not None or not is_closed(block.last.shown))


def _has_words(text: str) -> bool:
    """Whether a text has a letter, a digit or a pictograph, and not just punctuation."""
    return any(sign.isalnum() or unicodedata.category(sign) == "So" for sign in text)
