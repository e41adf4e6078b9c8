"""Whether a row without a number heads answers, or other headings that do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from oppsummering.readers.blocks import Role
from oppsummering.readers.layout import ends_with_colon, is_closed, starts_lower
from oppsummering.readers.lookahead import MAX_HEADINGS

if TYPE_CHECKING:
    from oppsummering.readers.lookahead import Lookahead
    from oppsummering.readers.state import State

_MAX_LENGTH = 400
_MAX_BARE_LENGTH = 150
_FIRST_PART = re.compile(
    r"(?:del|tema|bolk|kapittel)[ \t]{1,3}(?:1|A|I)[ \t]{0,2}[:.–-]", re.IGNORECASE
)
_PART = re.compile(
    r"(?:del|tema|bolk|kapittel|modul|økt|sesjon|samling|oppgave|oppgåve|punkt|emne|område|hovedspørsmål|spørsmål)"
    r"[ \t]{0,3}(?:\d{1,2}|[A-ZÆØÅ]|[IVX]{1,4})?[ \t]{0,2}[:.–-]",
    re.IGNORECASE,
)


def is_heading(index: int, state: State, ahead: Lookahead, depth: int = 0) -> bool:
    """Decide by the row's form and by what it stands upon.

    A heading stands upon a response heading, a numbered question or another heading. By its
    form it ends in a colon, is in capitals or bold, is underlined, or is named as a part
    (`Del 2: …`). A row without such a form heads answers when the document has no question
    yet, or when the labels below it start again.

    Args:
        index: The row.
        state: What is known when the first of the headings is reached.
        ahead: The rows.
        depth: How many headings stand upon this one.
    """
    mark = ahead.marks[index]
    if 0 < mark.hashes <= state.hashes:
        return True
    end = ahead.block_end(index)
    below = ahead.after(end)
    if not _may_head(index, end, below, ahead):
        return False
    if depth == 0 and continues_wording(index, state, ahead):
        return False
    if ahead.marks[below].label:
        return _heads_response(index, end, state, ahead, depth)
    named = stands_out(index, ahead) and not _is_title(index, state, ahead, depth)
    return named and _heads_more(below, state, ahead, depth)


def _heads_more(below: int, state: State, ahead: Lookahead, depth: int) -> bool:
    """Whether a numbered question or another heading stands at the row below."""
    if ahead.marks[below].number and ahead.response_after(below) is not None:
        return True
    return depth < MAX_HEADINGS and is_heading(below, state, ahead, depth + 1)


def _may_head(index: int, end: int, below: int, ahead: Lookahead) -> bool:
    """Whether a row has no other mark, and is short, and something stands below it."""
    mark = ahead.marks[index]
    unmarked = mark.plain or mark.bold or mark.hashes > 0 or is_lettered(index, ahead)
    length = ahead.marks[end].row.end - mark.row.start
    return unmarked and below < len(ahead.marks) and length <= _MAX_LENGTH


def stands_out(index: int, ahead: Lookahead) -> bool:
    """Whether the form of a row says that it is a heading."""
    end = ahead.block_end(index)
    return ahead.colon(end) or _has_form(index, end, ahead)


def _has_form(index: int, end: int, ahead: Lookahead) -> bool:
    """Whether a row has a heading's form, a colon aside."""
    mark = ahead.marks[index]
    shown = mark.row.shown
    return (
        mark.hashes > 0
        or mark.bold
        or is_lettered(index, ahead)
        or ahead.marks[end].underlined
        or _PART.match(shown) is not None
        or (shown.isupper() and not is_closed(shown))
    )


def is_lettered(index: int, ahead: Lookahead) -> bool:
    """Whether a row starts with a capital letter as its number: `A) Hva har dere lært?`."""
    mark = ahead.marks[index]
    if mark.bullet is None or mark.bullet.kind not in {"A.", "A)"}:
        return False
    return not is_closed(mark.row.shown) or ahead.asks(index)


def continues_wording(index: int, state: State, ahead: Lookahead) -> bool:
    """Whether a row goes on with the wording of the title, question or heading above it."""
    block, row = state.last, ahead.marks[index].row
    if block is None or block.role not in {Role.TITLE, Role.QUESTION, Role.HEADING}:
        return False
    if block.text >= block.end:
        return True
    if row.gap or ahead.marks[index - 1].row is not block.last:
        return False
    flows = ahead.layout.flows(block.last, row)
    if block.role is Role.TITLE:
        capitals = block.last.shown.isupper() and row.shown.isupper()
        return (flows or capitals) and not _stands_on_label(index, ahead)
    if block.role is Role.HEADING:
        return flows and not ends_with_colon(block.last.shown)
    return flows or not stands_out(index, ahead)


def _stands_on_label(index: int, ahead: Lookahead) -> bool:
    below = ahead.after(ahead.block_end(index))
    return below < len(ahead.marks) and ahead.marks[below].label is not None


def _is_title(index: int, state: State, ahead: Lookahead, depth: int) -> bool:
    """The first text of a document is its title, unless its form says that it heads the rest."""
    if depth > 0 or state.has_text:
        return False
    part = _FIRST_PART.match(ahead.marks[index].row.shown)
    return part is None and not ahead.colon(ahead.block_end(index))


def _heads_response(index: int, end: int, state: State, ahead: Lookahead, depth: int) -> bool:
    """Whether a row right above a response heading is a heading, and not the answer's end."""
    restarts = state.restarts(ahead.marks[ahead.after(end)].label)
    if is_lettered(index, ahead) and state.in_response and not restarts:
        return False
    if depth == 0 and not restarts and _begins_answer(index, end, state, ahead):
        return False
    if stands_out(index, ahead):
        lower = starts_lower(ahead.marks[index].row.shown)
        return depth > 0 or not (lower and ahead.runs_on(index))
    return _is_short(index, end, ahead) and (
        not state.has_question or _begins_again(index, end, state, ahead)
    )


def _begins_answer(index: int, end: int, state: State, ahead: Lookahead) -> bool:
    """Whether a row stands right below a response heading, and only a colon makes it stand out."""
    bare = state.last is not None and state.last.role is Role.RESPONSE
    return bare and not ahead.marks[index].row.gap and not _has_form(index, end, ahead)


def _is_short(index: int, end: int, ahead: Lookahead) -> bool:
    first, last = ahead.marks[index].row, ahead.marks[end].row
    length = last.end - first.start
    return not starts_lower(first.shown) and (length <= _MAX_BARE_LENGTH or ahead.asks(index))


def _begins_again(index: int, end: int, state: State, ahead: Lookahead) -> bool:
    """Whether the labels below a row without the form of a heading start again.

    The first label of the question must come again, or the row must stand apart or ask: one
    municipality may answer twice. Right below a question or heading there is no answer yet that
    the row could belong to.
    """
    label = ahead.marks[ahead.after(end)].label
    asks = ahead.asks(index)
    if is_closed(ahead.marks[end].row.shown) and not asks:
        return False
    if not state.in_response:
        return state.last is not None and state.last.role in {Role.QUESTION, Role.HEADING}
    if not state.restarts(label):
        return False
    from_top = state.is_first(label) and len(state.seen) > 1
    return from_top or asks or ahead.marks[index].row.gap > 0
