"""The rows of a document with a bounded look ahead: what follows the wording at a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppsummering.readers.layout import Layout, ends_with_colon, is_closed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oppsummering.readers.bullets import Bullet
    from oppsummering.readers.marks import Mark
    from oppsummering.readers.numbering import QuestionNumber

MAX_WRAPPED = 6
"""A heading or a question is wrapped over no more rows than this."""
MAX_HEADINGS = 4
"""No more headings than this stand directly upon each other."""


class Lookahead:
    """Answers what follows a row; every answer looks at a few rows only.

    Args:
        marks: The rows of the document, marked.
        layout: Its layout.
    """

    def __init__(self, marks: Sequence[Mark], layout: Layout) -> None:
        self.marks = marks
        self.layout = layout
        self._siblings = _siblings(marks)
        self._lowest: list[int] | None = None
        self._runs_on: list[bool | None] = [None] * len(marks)
        self._block_ends: list[int | None] = [None] * len(marks)

    def has_sibling(self, index: int) -> bool:
        """Whether a row's ordinal has a successor in the same answer: 1. has a 2."""
        return self._siblings[index]

    def goes_on_below(self, index: int, bullet: Bullet) -> bool:
        """Whether the row below has the next bullet of the same list."""
        below = self.marks[index + 1] if index + 1 < len(self.marks) else None
        if below is None or below.label or below.bullet is None:
            return False
        following = None if bullet.value is None else bullet.value + 1
        return (below.bullet.kind, below.bullet.value) == (bullet.kind, following)

    def runs_on(self, index: int) -> bool:
        """Whether the row is the rest of a sentence that starts above it."""
        known = self._runs_on[index]
        if known is None:
            above = self.marks[index - 1].row
            known = index > 0 and self.layout.flows(above, self.marks[index].row)
            self._runs_on[index] = known
        return known

    def is_wrapped(self, index: int) -> bool:
        """Whether the sentence above was wrapped right before the row."""
        row = self.marks[index].row
        if index == 0 or row.gap:
            return False
        above = self.marks[index - 1].row
        open_sentence = not (is_closed(above.shown) or ends_with_colon(above.shown))
        return open_sentence and self.layout.is_full(above, row)

    def block_end(self, index: int) -> int:
        """The last row of the text that starts at a row, as far as its sentences go on."""
        known = self._block_ends[index]
        if known is None:
            known = self._block_ends[index] = self._find_block_end(index)
        return known

    def _find_block_end(self, index: int) -> int:
        end = index
        while end + 1 < len(self.marks) and end - index < MAX_WRAPPED:
            if self.colon(end) or not (self.marks[end + 1].plain and self.runs_on(end + 1)):
                break
            end += 1
        return end

    def after(self, end: int) -> int:
        """The next row that is no decoration; the number of rows when there is none."""
        place = end + 1
        while place < len(self.marks) and self.marks[place].decoration:
            place += 1
        return place

    def colon(self, end: int) -> bool:
        """Whether a row ends in a colon."""
        return ends_with_colon(self.marks[end].row.shown)

    def asks(self, index: int) -> bool:
        """Whether the wording that starts at a row ends in a question mark."""
        return self.marks[self.block_end(index)].row.shown.rstrip("*_ ").endswith("?")

    def response_after(self, index: int, *, through_headings: bool = True) -> int | None:
        """The response heading that follows the wording at a row, if one does.

        Args:
            index: The row that the wording starts at.
            through_headings: Whether headings may stand between the wording and the response.
        """
        place = self.after(self._wording_end(index))
        for _ in range(MAX_HEADINGS):
            if place >= len(self.marks):
                return None
            mark = self.marks[place]
            if mark.label:
                return place
            if not through_headings or not (mark.plain or mark.hashes):
                return None
            end = self.block_end(place)
            if not (mark.hashes or self.colon(end)):
                return None
            place = self.after(end)
        return None

    def is_announced(self, index: int, number: QuestionNumber) -> bool:
        """Whether a question with this number, or a lower one, opens answers further down.

        A numbered row in the preamble then belongs to a list of the questions to come, or of
        something else.
        """
        if self._lowest is None:
            self._lowest = self._lowest_numbers()
        return self._lowest[index + 1] <= number.number

    def _lowest_numbers(self) -> list[int]:
        """For each row the lowest number of the questions that open answers from there on."""
        lowest = [_NO_NUMBER] * (len(self.marks) + 1)
        for index in range(len(self.marks) - 1, -1, -1):
            number = self.marks[index].number
            lowest[index] = lowest[index + 1]
            if number and not number.suffix and self.response_after(index) is not None:
                lowest[index] = min(lowest[index], number.number)
        return lowest

    def _wording_end(self, index: int) -> int:
        """The last row of a question's wording: the plain rows directly below its number."""
        end = index
        while end + 1 < len(self.marks) and end - index < MAX_WRAPPED:
            below = self.marks[end + 1]
            if not below.plain or below.row.gap or self.colon(end + 1):
                break
            end += 1
        return end


_NO_NUMBER = 10**6


def _siblings(marks: Sequence[Mark]) -> list[bool]:
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
