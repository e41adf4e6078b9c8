"""How deep a heading or a list item lies under the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from oppsummering.readers.blocks import Block, Role
from oppsummering.readers.bullets import Bullet
from oppsummering.readers.numbering import QuestionNumber

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORD_ORDER = (("dot", "ring", "square"), ("1.", "1.1"), ("1.", "a.", "i."), ("1)", "a)", "i)"))
"""The bullets that Word gives to the levels of a list, outermost first."""


@dataclass(frozen=True, slots=True)
class ListLevel:
    """The depth of a list item, 0 outermost, and whether it opens a list of its own there."""

    level: int
    opens_list: bool


def heading_levels(heads: Sequence[tuple[Block, bool]]) -> list[int]:
    """The depth of each heading, 0 outermost.

    Headings that stand directly upon each other go one level deeper each. A heading alone is
    a sibling of the last one: of the last numbered question when it has a number. Markdown's
    `#` decide where every heading of the group has them.

    Args:
        heads: The headings in order, each with whether answers follow directly below it.
    """
    levels: list[int] = []
    numbered: dict[int, int] = {}
    for run in _runs(heads):
        base = _base(run, heads, levels, numbered)
        for step, index in enumerate(run):
            levels.append(base + step)
            number = heads[index][0].mark
            if isinstance(number, QuestionNumber):
                numbered[number.depth] = base + step
    return levels


def _runs(heads: Sequence[tuple[Block, bool]]) -> Iterator[list[int]]:
    """Indices of headings that stand upon each other without an answer between them."""
    run: list[int] = []
    for index, (head, answered) in enumerate(heads):
        if run and _is_beside(heads[run[-1]][0].mark, head.mark):
            yield run
            run = []
        run.append(index)
        if answered:
            yield run
            run = []
    if run:
        yield run


def _is_beside(above: object, below: object) -> bool:
    """Whether a question without answers stands beside the next one, and does not head it."""
    if not isinstance(above, QuestionNumber) or not isinstance(below, QuestionNumber):
        return False
    return above.number != below.number or above.depth >= below.depth


def _base(
    run: Sequence[int],
    heads: Sequence[tuple[Block, bool]],
    levels: Sequence[int],
    numbered: dict[int, int],
) -> int:
    marked = _base_by_hashes(run, heads, levels)
    if marked is not None:
        return marked
    for step, index in enumerate(run):
        number = heads[index][0].mark
        if isinstance(number, QuestionNumber):
            return max(0, numbered.get(number.depth, step) - step)
    if not levels:
        return 0
    leaf = levels[-1]
    if _is_numbered(heads[run[0] - 1][0]):
        return leaf
    return max(0, leaf - (len(run) - 1))


def _base_by_hashes(
    run: Sequence[int], heads: Sequence[tuple[Block, bool]], levels: Sequence[int]
) -> int | None:
    """Where Markdown's `#` put the first heading of a run, compared with those above it."""
    hashes = heads[run[0]][0].hashes
    if not hashes:
        return None
    for index in range(run[0] - 1, -1, -1):
        above = heads[index][0].hashes
        if above == hashes:
            return levels[index]
        if 0 < above < hashes:
            return levels[index] + 1
    return 0


def _is_numbered(head: Block) -> bool:
    return isinstance(head.mark, QuestionNumber)


def list_levels(blocks: Sequence[Block]) -> list[ListLevel]:
    """The depth of each block of an answer: by indentation, then by the kind of bullet."""
    levels: list[ListLevel] = []
    start = 0
    while start < len(blocks):
        end = start
        while end < len(blocks) and blocks[end].role is Role.ITEM:
            end += 1
        levels += _levels_of_run(blocks[start:end])
        if end < len(blocks):
            levels.append(ListLevel(0, opens_list=False))
        start = end + 1
    return levels


def _levels_of_run(items: Sequence[Block]) -> list[ListLevel]:
    last_of_kind = {(item.first.indent, _bullet_kind(item)): i for i, item in enumerate(items)}
    open_lists: list[tuple[int, str]] = []
    levels: list[ListLevel] = []
    for index, item in enumerate(items):
        here = (item.first.indent, _bullet_kind(item))
        known = here in open_lists
        while open_lists and open_lists[-1] != here:
            outer = open_lists[-1]
            if not known and _lies_under(here, outer, returns=last_of_kind[outer] > index):
                break
            open_lists.pop()
        if not known:
            open_lists.append(here)
        levels.append(ListLevel(len(open_lists) - 1, opens_list=not known))
    return levels


def _lies_under(here: tuple[int, str], outer: tuple[int, str], *, returns: bool) -> bool:
    """Whether an item opens a list under an open one: deeper, or of a bullet kind below it."""
    if here[0] != outer[0]:
        return here[0] > outer[0]
    if returns:
        return True
    return any(
        outer[1] in order and here[1] in order[order.index(outer[1]) + 1 :] for order in _WORD_ORDER
    )


def _bullet_kind(item: Block) -> str:
    return item.mark.kind if isinstance(item.mark, Bullet) else ""
