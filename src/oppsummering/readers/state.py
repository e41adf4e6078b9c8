"""What is known about a document when a row is reached."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oppsummering.readers.blocks import Block
    from oppsummering.readers.bullets import Bullet
    from oppsummering.readers.labels import Label
    from oppsummering.readers.numbering import QuestionNumber


@dataclass(slots=True)
class State:
    """Where in a document a row stands.

    Attributes:
        has_text: Whether any text but asides stands above it.
        has_question: Whether a question or heading stands above it.
        in_response: Whether it stands under a response heading.
        number: The number of the last numbered question.
        hashes: The number of Markdown's `#` before the last question or heading.
        seen: The labels that answered the current question, in order.
        lists: For each kind of ordinal in the current answer its last value.
        last: The block above it.
    """

    has_text: bool = False
    has_question: bool = False
    in_response: bool = False
    number: QuestionNumber | None = None
    hashes: int = 0
    seen: dict[str, None] = field(default_factory=dict)
    lists: dict[str, int] = field(default_factory=dict)
    last: Block | None = None

    def open_question(self, block: Block, number: QuestionNumber | None) -> None:
        """Note that a question, or a heading without a number, has begun."""
        self.has_question = True
        self.in_response = False
        self.hashes = block.hashes
        self.number = number or self.number
        self.seen.clear()
        self.lists.clear()

    def open_response(self, label: Label) -> None:
        """Note that an answer has begun."""
        self.in_response = True
        self.seen[key(label)] = None
        self.lists.clear()

    def add_item(self, bullet: Bullet) -> None:
        """Note the bullet of a list item."""
        if bullet.value is not None:
            self.lists[bullet.kind] = bullet.value

    def restarts(self, label: Label | None) -> bool:
        """Whether a label has answered the current question: another question has begun."""
        return not self.seen or (label is not None and key(label) in self.seen)

    def is_first(self, label: Label | None) -> bool:
        """Whether a label was the first to answer the current question."""
        return label is not None and key(label) == next(iter(self.seen), None)

    def goes_on(self, kind: str, value: int | None) -> bool:
        """Whether an ordinal is the next of a list in the current answer."""
        return value is not None and self.lists.get(kind) == value - 1


def key(label: Label) -> str:
    """What two labels of the same municipality have in common: letter case does not count."""
    return label.municipality.casefold()
