"""The role of each row, decided by what stands around it: the heart of the plain text grammar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppsummering.readers.blocks import Block, Role
from oppsummering.readers.bullets import Bullet, read_bullet
from oppsummering.readers.layout import Layout, ends_with_colon, is_closed, starts_lower

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oppsummering.readers.labels import Label
    from oppsummering.readers.lines import Row
    from oppsummering.readers.marks import Mark
    from oppsummering.readers.numbering import QuestionNumber

_MAX_WRAPPED = 6
"""A heading or a question is wrapped over no more rows than this."""
_MAX_HEADINGS = 4
"""No more headings than this stand directly upon each other."""
_MAX_HEADING = 250
_MAX_BARE_HEADING = 150
_DASH = "dash"


def outline(marks: Sequence[Mark], layout: Layout) -> list[Block]:
    """Cut a document into blocks, every row in exactly one of them."""
    outliner = _Outliner(marks, layout)
    for index in range(len(marks)):
        outliner.place(index)
    return outliner.blocks


class _Outliner:
    """Walks down the rows once, with a bounded look ahead."""

    def __init__(self, marks: Sequence[Mark], layout: Layout) -> None:
        self.blocks: list[Block] = []
        self._marks = marks
        self._layout = layout
        self._siblings = _siblings(marks)
        self._last_asked: dict[tuple[int, str], int] | None = None
        self._in_response = False
        self._has_text = False
        self._has_question = False
        self._seen: set[str] = set()
        self._number: QuestionNumber | None = None
        self._lists: dict[str, int] = {}

    def place(self, index: int) -> None:
        """Give a row its role; the first that fits, in this order."""
        mark = self._marks[index]
        if mark.decoration:
            self._add_aside(mark, "decoration")
        elif mark.label:
            self._open_response(mark, mark.label)
        elif mark.number and self._is_question(index, mark.number):
            self._open_question(mark, mark.number)
        elif mark.bullet and self._is_item(index, mark.bullet):
            self._add_item(mark, mark.bullet)
        elif self._is_heading(index):
            self._open_heading(index)
        elif self._continues(index):
            self.blocks[-1].grow(mark.row)
        else:
            self._add_text(mark)

    # Headings ------------------------------------------------------------------------------

    def _open_response(self, mark: Mark, label: Label) -> None:
        row = mark.row
        block = Block.open(Role.RESPONSE, row, row.offset(label.start))
        block.mark, block.end = label, row.offset(label.end)
        self._append(block)
        self._in_response = True
        self._seen.add(_key(label))
        self._lists.clear()
        if label.text < len(row.shown):
            self._add_answer(row, label.text)

    def _add_answer(self, row: Row, start: int) -> None:
        """The answer on the line of its heading, which may itself begin with a bullet."""
        bullet = read_bullet(row.shown, start)
        if bullet and bullet.sure and bullet.text < len(row.shown):
            self._open_item(row, bullet)
        else:
            self._append(Block.open(Role.PARAGRAPH, row, row.offset(start)))

    def _open_question(self, mark: Mark, number: QuestionNumber) -> None:
        row = mark.row
        block = Block.open(Role.QUESTION, row, row.start)
        block.mark, block.hashes = number, mark.hashes
        block.text = row.offset(number.text)
        self._open(block)
        self._number = number

    def _open_heading(self, index: int) -> None:
        mark = self._marks[index]
        block = Block.open(Role.HEADING, mark.row, mark.row.start)
        block.hashes, block.text = mark.hashes, mark.row.offset(mark.text)
        self._open(block)

    def _open(self, block: Block) -> None:
        self._append(block)
        self._has_question = True
        self._in_response = False
        self._seen.clear()
        self._lists.clear()

    # Text ----------------------------------------------------------------------------------

    def _add_item(self, mark: Mark, bullet: Bullet) -> None:
        row = mark.row
        if not self._in_response:
            self._add_aside(mark, self._outside())
        elif bullet.text >= len(row.shown):
            self._add_aside(mark, "empty-item")
        else:
            self._open_item(row, bullet)

    def _open_item(self, row: Row, bullet: Bullet) -> None:
        block = Block.open(Role.ITEM, row, row.offset(bullet.text))
        block.mark = bullet
        self._append(block)
        if bullet.value is not None:
            self._lists[bullet.kind] = bullet.value

    def _add_text(self, mark: Mark) -> None:
        if self._in_response:
            self._append(Block.open(Role.PARAGRAPH, mark.row, mark.row.start))
        elif not self._has_text:
            title = Block.open(Role.TITLE, mark.row, mark.row.offset(mark.text))
            self._append(title)
        else:
            self._add_aside(mark, self._outside())

    def _outside(self) -> str:
        return "text-outside-response" if self._has_question else "text-before-question"

    def _append(self, block: Block) -> None:
        self.blocks.append(block)
        self._has_text = True

    def _add_aside(self, mark: Mark, code: str) -> None:
        block = Block.open(Role.ASIDE, mark.row, mark.row.start)
        block.code = code
        self.blocks.append(block)

    # Decisions -----------------------------------------------------------------------------

    def _is_question(self, index: int, number: QuestionNumber) -> bool:
        mark = self._marks[index]
        if mark.hashes:
            return True
        if number.style == "keyword":
            return not self._in_response or self._asks(index) or self._follows_on(number)
        if not self._in_response:
            return self._opens_answers(index, number)
        if self._continues_list(number) or number.number == 1:
            return self._interrupts_list(index, number)
        return self._asks_here(index, number)

    def _opens_answers(self, index: int, number: QuestionNumber) -> bool:
        """A number outside an answer: a question, unless it is one of a list in the preamble."""
        if self._leads_to_response(index) is not None:
            return True
        if self._number is None:
            return not self._number_returns(index, number)
        return self._follows_on(number) and self._same_style(number)

    def _number_returns(self, index: int, number: QuestionNumber) -> bool:
        """Whether the same number opens answers further down: here it is only announced."""
        if self._last_asked is None:
            self._last_asked = {
                (mark.number.number, mark.number.suffix): place
                for place, mark in enumerate(self._marks)
                if mark.number and self._leads_to_response(place) is not None
            }
        return self._last_asked.get((number.number, number.suffix), -1) > index

    def _interrupts_list(self, index: int, number: QuestionNumber) -> bool:
        """A number that a list in the answer could have too: is it a question all the same?"""
        response = self._leads_to_response(index, through_headings=False)
        if response is None or not (self._follows_on(number) or number.number == 1):
            return False
        stands_apart = self._marks[index].row.gap > 0
        restarts = self._restarts(response)
        if self._asks(index):
            return restarts or stands_apart
        differs = self._same_style(number) and number.style not in self._lists
        return restarts and (stands_apart or differs) and not self._siblings[index]

    def _asks_here(self, index: int, number: QuestionNumber) -> bool:
        """A number that no list in the answer leads up to."""
        leads = self._leads_to_response(index) is not None
        if self._follows_on(number):
            return leads or self._asks(index) or self._same_style(number)
        later = self._number is None or number.number > self._number.number
        if later:
            return leads or (self._asks(index) and self._same_style(number))
        response = self._leads_to_response(index)
        return response is not None and self._restarts(response) and self._same_style(number)

    def _follows_on(self, number: QuestionNumber) -> bool:
        last = self._number
        if last is None:
            return number.number == 1
        if number.number == last.number:
            return number.suffix > last.suffix
        return number.number == last.number + 1

    def _same_style(self, number: QuestionNumber) -> bool:
        return self._number is None or number.style == self._number.style

    def _continues_list(self, number: QuestionNumber) -> bool:
        return self._lists.get(number.style) == number.number - 1

    def _asks(self, index: int) -> bool:
        """Whether the wording that starts at a row ends in a question mark."""
        return self._marks[self._block_end(index)].row.shown.rstrip("*_ ").endswith("?")

    def _restarts(self, response: int) -> bool:
        """Whether a response's label has been seen under this question: a new one began."""
        label = self._marks[response].label
        return not self._seen or (label is not None and _key(label) in self._seen)

    def _leads_to_response(self, index: int, *, through_headings: bool = True) -> int | None:
        """The response heading that follows the wording at a row, if one does."""
        place = self._after(self._wrapped_end(index))
        for _ in range(_MAX_HEADINGS):
            if place >= len(self._marks):
                return None
            mark = self._marks[place]
            if mark.label:
                return place
            if not through_headings or not (mark.plain or mark.hashes):
                return None
            end = self._block_end(place)
            if not (mark.hashes or ends_with_colon(self._marks[end].row.shown)):
                return None
            place = self._after(end)
        return None

    def _is_item(self, index: int, bullet: Bullet) -> bool:
        if bullet.kind == _DASH and self._is_wrapped_dash(index, bullet):
            return False
        return bullet.sure or self._siblings[index] or self._continues_ordinal(bullet)

    def _continues_ordinal(self, bullet: Bullet) -> bool:
        return bullet.value is not None and self._lists.get(bullet.kind) == bullet.value - 1

    def _is_wrapped_dash(self, index: int, bullet: Bullet) -> bool:
        """A dash inside a sentence may be the first sign of a wrapped line."""
        mark = self._marks[index]
        if index == 0 or mark.row.gap or not starts_lower(mark.row.shown[bullet.text :]):
            return False
        above = self._marks[index - 1]
        open_sentence = not (is_closed(above.shown) or ends_with_colon(above.shown))
        dash_above = above.bullet is not None and above.bullet.kind == _DASH
        return open_sentence and not dash_above and self._layout.is_full(above.row, mark.row)

    def _is_heading(self, index: int, depth: int = 0) -> bool:
        """Whether a row without a mark of its own heads answers, or other headings that do."""
        mark = self._marks[index]
        if mark.hashes:
            return self._has_text
        if not mark.plain and not mark.bold:
            return False
        end = self._block_end(index)
        length = self._marks[end].row.end - mark.row.start
        place = self._after(end)
        if length > _MAX_HEADING or place >= len(self._marks):
            return False
        if depth == 0 and self._is_unfinished_title(index):
            return False
        if self._marks[place].label:
            return self._heads_response(index, end, place, depth)
        return (
            depth < _MAX_HEADINGS
            and self._stands_out(index, end)
            and (self._has_text or depth > 0 or self._colon(end))
            and self._heads_more(place, depth)
        )

    def _heads_response(self, index: int, end: int, response: int, depth: int) -> bool:
        if self._stands_out(index, end):
            return not (depth == 0 and self._runs_on(index))
        shown = self._marks[end].row.shown
        bare = self._marks[end].row.end - self._marks[index].row.start <= _MAX_BARE_HEADING
        asks = shown.rstrip("*_ ").endswith("?")
        if not bare or starts_lower(self._marks[index].row.shown):
            return False
        if not self._has_question:
            return True
        if is_closed(shown) and not asks:
            return False
        return self._in_response and self._restarts(response)

    def _heads_more(self, place: int, depth: int) -> bool:
        mark = self._marks[place]
        if mark.number:
            return self._leads_to_response(place) is not None
        return self._is_heading(place, depth + 1)

    def _stands_out(self, index: int, end: int) -> bool:
        """Whether the form of a row says that it is a heading: colon, rule, bold or capitals."""
        mark = self._marks[index]
        return (
            self._colon(end)
            or mark.bold
            or self._marks[end].underlined
            or (mark.row.shown.isupper() and not is_closed(mark.row.shown))
        )

    def _colon(self, end: int) -> bool:
        return ends_with_colon(self._marks[end].row.shown)

    def _runs_on(self, index: int) -> bool:
        """Whether a row is the rest of the sentence above it."""
        above = self._marks[index - 1].row if index else None
        row = self._marks[index].row
        return above is not None and starts_lower(row.shown) and self._layout.flows(above, row)

    def _is_unfinished_title(self, index: int) -> bool:
        """Whether a row goes on with the wording of the question above it."""
        if not self.blocks or self.blocks[-1].role not in {Role.QUESTION, Role.HEADING}:
            return False
        row, block = self._marks[index].row, self.blocks[-1]
        if block.role is Role.QUESTION and block.text >= block.end:
            return True
        if row.gap or self._marks[index - 1].row is not block.last:
            return False
        if block.role is Role.HEADING:
            return self._layout.flows(block.last, row)
        return self._layout.flows(block.last, row) or not self._stands_out(
            index, self._block_end(index)
        )

    def _continues(self, index: int) -> bool:
        """Whether a row without a mark goes on with the block above it."""
        if not self.blocks:
            return False
        block, row = self.blocks[-1], self._marks[index].row
        if block.role is Role.QUESTION and self._is_unfinished_title(index):
            return True
        if row.gap or self._marks[index - 1].row is not block.last:
            return False
        if block.role in {Role.ASIDE, Role.RESPONSE}:
            return False
        if block.role is Role.ITEM and row.indent > block.first.indent:
            return True
        return self._flows_into(block, row)

    def _flows_into(self, block: Block, row: Row) -> bool:
        if self._layout.flows(block.last, row):
            return True
        if block.role is Role.TITLE:
            return block.last.shown.isupper() and row.shown.isupper()
        hanging = row.indent > block.last.indent and block.first is block.last
        return hanging and (self._layout.width is not None or not is_closed(block.last.shown))

    # Looking ahead -------------------------------------------------------------------------

    def _block_end(self, index: int) -> int:
        """The last row of the text that starts at a row, as far as its sentences go on."""
        end = index
        while (
            end + 1 < len(self._marks)
            and end - index < _MAX_WRAPPED
            and self._marks[end + 1].plain
            and self._layout.flows(self._marks[end].row, self._marks[end + 1].row)
        ):
            end += 1
        return end

    def _wrapped_end(self, index: int) -> int:
        """The last row of a question's wording: the plain rows directly below its number."""
        end = index
        while (
            end + 1 < len(self._marks)
            and end - index < _MAX_WRAPPED
            and self._marks[end + 1].plain
            and not self._marks[end + 1].row.gap
            and not self._colon(end + 1)
        ):
            end += 1
        return end

    def _after(self, end: int) -> int:
        """The next row that is no decoration."""
        place = end + 1
        while place < len(self._marks) and self._marks[place].decoration:
            place += 1
        return place


def _key(label: Label) -> str:
    return label.municipality.casefold()


def _siblings(marks: Sequence[Mark]) -> list[bool]:
    """For each row whether its ordinal has a successor in the same answer: 1. has a 2."""
    found = [False] * len(marks)
    following: dict[str, int] = {}
    for index in range(len(marks) - 1, -1, -1):
        mark = marks[index]
        if mark.label:
            following.clear()
        bullet = mark.bullet
        if bullet and bullet.value is not None:
            found[index] = following.get(bullet.kind) == bullet.value + 1
            following[bullet.kind] = bullet.value
    return found
