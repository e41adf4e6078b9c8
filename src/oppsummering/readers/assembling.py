"""Blocks into a survey: questions with their parents, responses, statements, ids and places."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from oppsummering.readers.blocks import Block, Role
from oppsummering.readers.labels import Label
from oppsummering.readers.layout import is_closed
from oppsummering.readers.levels import heading_levels, list_levels
from oppsummering.readers.lines import fold
from oppsummering.readers.numbering import QuestionNumber
from oppsummering.survey import Question, Response, Span, Statement, StatementKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_HEADS = frozenset({Role.QUESTION, Role.HEADING})


@dataclass(slots=True)
class _Answer:
    """A response heading and the blocks below it."""

    heading: Block
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class _Group:
    """A question or heading, and the answers below it."""

    head: Block
    answers: list[_Answer] = field(default_factory=list)


def assemble(text: str, blocks: Sequence[Block]) -> tuple[Question, ...]:
    """Put the blocks of a document together as its questions, in order.

    Args:
        text: The whole decoded text.
        blocks: Its blocks; those before the first question are not looked at.
    """
    groups = _group(blocks)
    levels = heading_levels([(group.head, bool(group.answers)) for group in groups])
    return tuple(
        _question(text, group, id_, parents)
        for group, (id_, parents) in zip(groups, _name(text, groups, levels), strict=True)
    )


def head_title(text: str, block: Block) -> str:
    """The wording of a question or heading: white space folded, without its colon."""
    title = fold(text[block.text : block.end]).strip("*_#")
    return title.strip().removesuffix(":").rstrip("*_ ")


def _group(blocks: Iterable[Block]) -> list[_Group]:
    groups: list[_Group] = []
    for block in blocks:
        if block.role in _HEADS:
            groups.append(_Group(block))
        elif groups and block.role is Role.RESPONSE:
            groups[-1].answers.append(_Answer(block))
        elif groups and groups[-1].answers and block.role in {Role.ITEM, Role.PARAGRAPH}:
            groups[-1].answers[-1].blocks.append(block)
    return groups


def _name(
    text: str, groups: Sequence[_Group], levels: Sequence[int]
) -> list[tuple[str, tuple[str, ...]]]:
    """The id and the parents' titles of each group."""
    names: list[tuple[str, tuple[str, ...]]] = []
    path: list[tuple[str, str]] = []
    children: dict[str, int] = {}
    copies: dict[str, int] = {}
    for group, level in zip(groups, levels, strict=True):
        del path[level:]
        parent = path[-1][0] if path else ""
        id_ = _unique(_head_id(group.head, parent, children), copies)
        names.append((id_, tuple(title for _, title in path)))
        path.append((id_, head_title(text, group.head)))
    return names


def _head_id(head: Block, parent: str, children: dict[str, int]) -> str:
    if isinstance(head.mark, QuestionNumber):
        return f"q{head.mark.number}{head.mark.suffix}"
    children[parent] = children.get(parent, 0) + 1
    if not parent:
        return f"h{children[parent]}"
    joint = "." if "h" in parent else ".h"
    return f"{parent}{joint}{children[parent]}"


def _unique(id_: str, copies: dict[str, int]) -> str:
    """The id itself, or with the number of its copy: `q1-2` is the second question 1."""
    copies[id_] = copies.get(id_, 0) + 1
    return id_ if copies[id_] == 1 else f"{id_}-{copies[id_]}"


def _question(text: str, group: _Group, id_: str, parents: tuple[str, ...]) -> Question:
    head = group.head
    occurrences: dict[str, int] = {}
    responses = tuple(
        _response(text, answer, f"{id_}.r{place}", occurrences)
        for place, answer in enumerate(group.answers, 1)
    )
    return Question(
        id=id_,
        number=head.mark.number if isinstance(head.mark, QuestionNumber) else None,
        title=head_title(text, head),
        parents=parents,
        line=head.first.line,
        span=Span(head.start, head.end),
        responses=responses,
    )


def _response(text: str, answer: _Answer, id_: str, occurrences: dict[str, int]) -> Response:
    label = answer.heading.mark
    if not isinstance(label, Label):  # pragma: no cover - a response is opened by a label
        raise TypeError(label)
    key = label.municipality.casefold()
    occurrences[key] = occurrences.get(key, 0) + 1
    return Response(
        id=id_,
        municipality=label.municipality,
        note=label.note,
        occurrence=occurrences[key],
        line=answer.heading.first.line,
        span=Span(answer.heading.start, answer.heading.end),
        statements=_statements(text, answer.blocks, id_),
    )


def _statements(text: str, blocks: Sequence[Block], response: str) -> tuple[Statement, ...]:
    statements: list[Statement] = []
    lead_in: str | None = None
    levels = list_levels(blocks)
    for place, block in enumerate(blocks):
        id_ = f"{response}.s{place + 1}"
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        kind = _kind(text, block, following)
        level = levels[place]
        after_item = place > 0 and blocks[place - 1].role is Role.ITEM
        another_list = after_item and level.opens_list and level.level == 0
        if kind is not StatementKind.ITEM or another_list:
            lead_in = None
        span = Span(block.start, block.end)
        statements.append(
            Statement(
                id=id_,
                kind=kind,
                line=block.first.line,
                end_line=block.last.line,
                span=span,
                text=span.of(text),
                level=level.level,
                lead_in=lead_in,
            )
        )
        if kind is StatementKind.LEAD_IN:
            lead_in = id_
    return tuple(statements)


def _kind(text: str, block: Block, following: Block | None) -> StatementKind:
    if block.role is Role.ITEM:
        return StatementKind.ITEM
    introduces = following is not None and following.role is Role.ITEM
    if introduces and not is_closed(text[block.start : block.end]):
        return StatementKind.LEAD_IN
    return StatementKind.PARAGRAPH
