"""What each row may be, seen by itself, and which of the labels in a document count."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from oppsummering.readers.brackets import MAX_NOTE, close, colon_behind
from oppsummering.readers.bullets import Bullet, as_roman, read_bullet
from oppsummering.readers.layout import Layout, ends_with_colon, is_closed, measure
from oppsummering.readers.numbering import QuestionNumber, read_question_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from oppsummering.readers.labels import Label, LabelGrammar
    from oppsummering.readers.lines import Row

_HASHES = re.compile(r"(#{1,6})[ \t]+")
_RULE = re.compile(r"([-=_*~–—·•.+#])(?:[ \t]*\1){2,}[ \t]*")
_PAGE_NUMBER = re.compile(
    r"side[ \t]{1,4}\d{1,4}(?:[ \t]{1,4}(?:av|/)[ \t]{1,4}\d{1,4})?"
    r"|[-–][ \t]{1,4}\d{1,4}[ \t]{1,4}[-–]",
    re.IGNORECASE,
)
_BOLD = re.compile(r"(\*\*|__)(?=\S)[^*_]{1,200}\1:?")
_MAX_NOTE_ROWS = 4
_FAR_MORE = 3
"""The other labels, or the bulleted ones, win when they are this many times as frequent."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A row with what it may be.

    Attributes:
        row: The row.
        text: The index of its text, after Markdown's `#`.
        hashes: The number of `#` before it.
        label: The response heading that it starts with.
        number: The question number that it may start with.
        bullet: The bullet that it may start with.
        decoration: Whether it is a rule or a page number, not text.
        underlined: Whether the row below is a rule, as under a heading.
        bold: Whether the whole row is set in Markdown's bold.
    """

    row: Row
    text: int
    hashes: int
    label: Label | None
    number: QuestionNumber | None
    bullet: Bullet | None
    decoration: bool
    underlined: bool = False
    bold: bool = False

    @property
    def plain(self) -> bool:
        """Whether the row has no mark at all."""
        return not (self.label or self.number or self.bullet or self.decoration or self.hashes)


def read_marks(rows: Sequence[Row], grammar: LabelGrammar) -> tuple[tuple[Mark, ...], Layout]:
    """Mark every row, and measure the layout of the document."""
    marks = [_mark(row, grammar) for row in rows]
    bulleted = [_bulleted_label(mark, grammar) for mark in marks]
    for index in range(1, len(marks)):
        if marks[index].decoration and not marks[index].row.gap:
            marks[index - 1] = replace(marks[index - 1], underlined=True)
    chosen = _choose_labels([mark.label for mark in marks], bulleted)
    marks = [
        mark if label is mark.label else replace(mark, label=label)
        for mark, label in zip(marks, chosen, strict=True)
    ]
    marks = _with_glued_signs(_with_numerals(marks))
    layout = measure(rows, [mark.plain for mark in marks])
    sure = (_surely_label(index, marks, layout) for index in range(len(marks)))
    return tuple(
        mark if keep else replace(mark, label=None) for mark, keep in zip(marks, sure, strict=True)
    ), layout


def _mark(row: Row, grammar: LabelGrammar) -> Mark:
    shown = row.shown
    hashes = _HASHES.match(shown)
    text = hashes.end() if hashes else 0
    decoration = bool(_RULE.fullmatch(shown) or _PAGE_NUMBER.fullmatch(shown))
    label = None if decoration else grammar.read(shown, text)
    return Mark(
        row=row,
        text=text,
        hashes=len(hashes[1]) if hashes else 0,
        label=label,
        number=None if decoration else read_question_number(shown, text),
        bullet=None if decoration or hashes else read_bullet(shown),
        decoration=decoration,
        bold=_BOLD.fullmatch(shown) is not None,
    )


def _bulleted_label(mark: Mark, grammar: LabelGrammar) -> Label | None:
    if mark.bullet is None:
        return None
    label = grammar.read(mark.row.shown, mark.bullet.text)
    return label if label and label.sure else None


def _with_numerals(marks: Sequence[Mark]) -> list[Mark]:
    """Tell the numerals *i.* and *v.* from the letters, by the ordinal above them."""
    read: list[Mark] = []
    above: Bullet | None = None
    for mark in marks:
        bullet = mark.bullet
        if mark.label:
            above = None
        elif bullet and bullet.value is not None:
            above = as_roman(bullet, above)
        changed = bullet is not None and bullet.value is not None and above is not bullet
        read.append(replace(mark, bullet=above) if changed and above else mark)
    return read


def _with_glued_signs(marks: Sequence[Mark]) -> list[Mark]:
    """Tell a bullet without a space, *-kurs*, from a word part: by a second one in its answer.

    One alone is a bullet right below a colon or a response heading without an answer.
    """
    read: list[Mark] = []
    for answer in _answers(marks):
        above = [None, *answer]
        glued = [_glued_sign(mark, row) for mark, row in zip(answer, above, strict=False)]
        kinds = Counter(bullet.kind for bullet in glued if bullet)
        for mark, row, bullet in zip(answer, above, glued, strict=False):
            if mark.label or mark.bullet is None or not mark.bullet.glued:
                read.append(mark)
                continue
            listed = bullet and (kinds[bullet.kind] > 1 or _introduces(row))
            read.append(replace(mark, bullet=replace(mark.bullet, sure=True) if listed else None))
    return read


def _answers(marks: Sequence[Mark]) -> Iterator[list[Mark]]:
    """The marks from each response heading to the next."""
    answer: list[Mark] = []
    for mark in marks:
        if mark.label and answer:
            yield answer
            answer = []
        answer.append(mark)
    yield answer


def _glued_sign(mark: Mark, above: Mark | None) -> Bullet | None:
    """The bullet that a row or the answer on a label's row starts with, if no space follows it.

    Below a slash or hyphen the row starts with the rest of a compound.
    """
    if above is not None and above.row.shown.endswith(("/", "-")):
        return None
    bullet = read_bullet(mark.row.shown, mark.label.text) if mark.label else mark.bullet
    return bullet if bullet and bullet.glued else None


def _introduces(mark: Mark | None) -> bool:
    if mark is None:
        return False
    if mark.label and mark.label.text >= len(mark.row.shown):
        return True
    return ends_with_colon(mark.row.shown)


def _choose_labels(
    plain: Sequence[Label | None], bulleted: Sequence[Label | None]
) -> list[Label | None]:
    """Decide for the whole document whether other nouns and bulleted labels are headings.

    `Gruppe 1:` opens an answer only where main nouns do not, or far more seldom; names such as
    `Bergen kommune:` do not there, while `Kommune 1:` does always. `- Kommune 1:` is a list item
    unless the document writes its response headings that way.
    """
    labels = [label for label in (*plain, *bulleted) if label]
    main = sum(label.main for label in labels)
    use_main = main > 0 and len(labels) - main < _FAR_MORE * main

    def counts(label: Label | None) -> bool:
        return label is not None and (label.certain or label.main == use_main)

    plain = [label if counts(label) else None for label in plain]
    bulleted = [label if counts(label) else None for label in bulleted]
    count = sum(label is not None for label in plain)
    bulleted_count = sum(label is not None for label in bulleted)
    if count == 0 or bulleted_count >= _FAR_MORE * count:
        return [first or second for first, second in zip(plain, bulleted, strict=True)]
    return list(plain)


def _surely_label(index: int, marks: Sequence[Mark], layout: Layout) -> bool:
    """Whether a label is no part of a sentence that was wrapped here."""
    label, row = marks[index].label, marks[index].row
    if label is None:
        return True
    first = row.shown[label.start :].lstrip("*_")[:1]
    if not label.sure and (index == 0 or first.islower()):
        return False
    if label.opens_note and not _note_closes(index, label.text, marks):
        return False
    if index == 0 or row.gap or (label.sure and not first.islower()):
        return True
    above = marks[index - 1].row
    return is_closed(above.shown) or not layout.is_full(above, row)


def _note_closes(index: int, start: int, marks: Sequence[Mark]) -> bool:
    """Whether the bracket that opens in a row closes below, before a colon."""
    rows = [mark.row.shown for mark in marks[index : index + _MAX_NOTE_ROWS]]
    text = " ".join(shown[: 2 * MAX_NOTE] for shown in rows)
    end = close(text, start)
    return end is not None and colon_behind(text, end) is not None
