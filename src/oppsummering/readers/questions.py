"""Whether a numbered row is a question or an item of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oppsummering.readers.lookahead import Lookahead
    from oppsummering.readers.numbering import QuestionNumber
    from oppsummering.readers.state import State


def is_question(number: QuestionNumber, index: int, state: State, ahead: Lookahead) -> bool:
    """Decide by what stands above and below the row.

    Outside an answer a number opens a question. Inside one, `1.` starts a list and the next
    number goes on with it, unless the labels below start again or the row asks apart from the
    list; any other number is a question when it is the next one or when answers follow.
    """
    if ahead.marks[index].hashes:
        return True
    if number.style == "keyword":
        leads = ahead.response_after(index) is not None
        return not state.in_response or leads or ahead.asks(index) or _is_next(number, state)
    if number.style == "1":
        return _has_no_sign(number, index, state, ahead)
    if ahead.is_wrapped(index) and ahead.response_after(index) is None:
        return False
    if not state.in_response:
        return _opens_answers(number, index, state, ahead)
    return _ends_answer(number, index, state, ahead)


def _has_no_sign(number: QuestionNumber, index: int, state: State, ahead: Lookahead) -> bool:
    """A number without punctuation, *1 Hva har dere lært?*: it must ask right above answers."""
    response = ahead.response_after(index, through_headings=False)
    if response is None or not ahead.asks(index) or not _is_next(number, state):
        return False
    return not state.in_response or state.restarts(ahead.marks[response].label)


def _opens_answers(number: QuestionNumber, index: int, state: State, ahead: Lookahead) -> bool:
    """A number outside an answer: a question, unless it is one of a list in the preamble."""
    if ahead.response_after(index) is not None:
        return True
    if state.number is None:
        return not ahead.is_announced(index, number)
    return _is_next(number, state) and _same_style(number, state)


def _ends_answer(number: QuestionNumber, index: int, state: State, ahead: Lookahead) -> bool:
    """A number inside an answer: a question, unless it belongs to a list there."""
    if number.number == 1 or state.goes_on(number.style, number.number):
        return _interrupts_list(number, index, state, ahead)
    return _stands_alone(number, index, state, ahead)


def _interrupts_list(number: QuestionNumber, index: int, state: State, ahead: Lookahead) -> bool:
    """A number that a list in the answer could have too: is it a question all the same?"""
    response = ahead.response_after(index, through_headings=False)
    if response is None or not (number.number == 1 or _is_next(number, state)):
        return False
    restarts = state.restarts(ahead.marks[response].label)
    stands_apart = ahead.marks[index].row.gap > 0
    if ahead.asks(index):
        return restarts or stands_apart
    differs = _same_style(number, state) and number.style not in state.lists
    return restarts and (stands_apart or differs) and not ahead.has_sibling(index)


def _stands_alone(number: QuestionNumber, index: int, state: State, ahead: Lookahead) -> bool:
    """A number that no list in the answer leads up to."""
    response = ahead.response_after(index)
    same_style = _same_style(number, state)
    if _is_next(number, state):
        return response is not None or same_style or ahead.asks(index)
    if state.number is None or number.number > state.number.number:
        return response is not None or (same_style and ahead.asks(index))
    restarts = response is not None and state.restarts(ahead.marks[response].label)
    return restarts and same_style


def _is_next(number: QuestionNumber, state: State) -> bool:
    last = state.number
    if last is None:
        return number.number == 1
    if number.number == last.number:
        return number.suffix > last.suffix
    return number.number == last.number + 1


def _same_style(number: QuestionNumber, state: State) -> bool:
    return state.number is None or number.style == state.number.style
