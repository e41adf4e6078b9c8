"""Which quotes show a theme best, chosen the same way on every run."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from oppsummering.visible import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oppsummering.tagged import Decision, TaggedStatement, TaggedSurvey, TagSource, ThemeTag

LONGEST = 280
"""The most characters of a quote, the ellipses left aside."""

ELLIPSIS = "…"

_BLANKS = re.compile(r"\s+")
_SENTENCE_BREAK = re.compile(r"(?<=[.!?…])\s+(?=[^\W\d_a-zæøå]|[«\"“])")
"""Blanks between two sentences: after a mark that ends one, before a capital or a quotation."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a quote; `matched` where a term of the codebook matched it."""

    text: str
    matched: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """A statement that shows a theme.

    Attributes:
        theme: The theme's id.
        source: Who gave the theme.
        decision: What people have decided about it.
        statement: The statement that is quoted.
        pieces: Its text on one line, cut to the matched words where it is long, with an
            ellipsis where something is left out; hostile characters are visible.
    """

    theme: str
    source: TagSource
    decision: Decision
    statement: TaggedStatement
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The quote without marks."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def place(self) -> str:
        """Where it stands: `Q1 · Kommune 2 · line 11`."""
        question = self.statement.question.id.upper()
        municipality = one_line(self.statement.response.municipality)
        return f"{question} · {municipality} · line {self.statement.statement.line}"


def best_quotes(tagged: TaggedSurvey, theme: str, count: int) -> tuple[Quote, ...]:
    """Choose the quotes that show a theme best.

    One after the other is taken: first from the questions, then from the municipalities that
    were quoted least so far, and among those the statement with the strongest evidence: the
    strengths of its different terms, summed, negated matches left out. Statements that need
    no cut come before longer ones, earlier ones before later ones. The same words are never
    quoted twice.

    Args:
        tagged: The survey.
        theme: The theme's id.
        count: The most quotes to return.

    Returns:
        At most `count` quotes, the best first.
    """
    candidates = _candidates(tagged, theme)
    questions: Counter[str] = Counter()
    municipalities: Counter[str] = Counter()

    def rank(statement: TaggedStatement, tag: ThemeTag) -> tuple[float, ...]:
        return (
            questions[statement.question.id],
            municipalities[statement.response.municipality],
            -_evidence(tag),
            len(statement.statement.text) > LONGEST,
        )

    chosen: list[Quote] = []
    while candidates and len(chosen) < count:
        best = min(range(len(candidates)), key=lambda index: rank(*candidates[index]))
        statement, tag = candidates.pop(best)
        questions[statement.question.id] += 1
        municipalities[statement.response.municipality] += 1
        chosen.append(_quote(statement, tag))
    return tuple(chosen)


def _candidates(tagged: TaggedSurvey, theme: str) -> list[tuple[TaggedStatement, ThemeTag]]:
    """The counted statements with the theme, in order, each wording once."""
    found: dict[str, tuple[TaggedStatement, ThemeTag]] = {}
    for statement in tagged.counted():
        tag = statement.tag(theme)
        if tag is not None:
            wording = one_line(statement.statement.text).casefold()
            found.setdefault(wording, (statement, tag))
    return list(found.values())


def _evidence(tag: ThemeTag) -> float:
    strengths: dict[str, float] = {}
    for match in tag.matches:
        if not match.negated:
            strengths[match.term] = max(match.strength, strengths.get(match.term, 0.0))
    return sum(strengths.values())


def _quote(tagged: TaggedStatement, tag: ThemeTag) -> Quote:
    text = tagged.statement.text
    start, end = _window(text, _anchor(tag, tagged.statement.span.start))
    pieces = [
        Piece(_BLANKS.sub(" ", visible(text[first:last])), matched)
        for first, last, matched in _stretches(start, end, _matched(tagged, tag))
    ]
    if start > 0:
        blank = " " if _begins_sentence(text, start) else ""
        pieces.insert(0, Piece(ELLIPSIS + blank, matched=False))
    if end < len(text):
        blank = " " if _SENTENCE_BREAK.match(text, end) else ""
        pieces.append(Piece(blank + ELLIPSIS, matched=False))
    return Quote(tag.theme, tag.source, tag.decision, tagged, tuple(pieces))


def _matched(tagged: TaggedStatement, tag: ThemeTag) -> list[tuple[int, int]]:
    """The places of the matched words within the statement, in order.

    Words that overlap, or that only blanks part, make one place.
    """
    text, offset = tagged.statement.text, tagged.statement.span.start
    words = {word for match in tag.matches for word in match.words}
    places: list[tuple[int, int]] = []
    for start, end in sorted((word.start - offset, word.end - offset) for word in words):
        if places and not text[places[-1][1] : start].strip():
            places[-1] = (places[-1][0], max(places[-1][1], end))
        else:
            places.append((start, end))
    return places


def _stretches(
    start: int, end: int, matched: list[tuple[int, int]]
) -> Iterator[tuple[int, int, bool]]:
    """Cut `start` to `end` into stretches that were matched and stretches that were not."""
    position = start
    for word_start, word_end in matched:
        first, last = max(word_start, position), min(word_end, end)
        if first >= last:
            continue
        if position < first:
            yield position, first, False
        yield first, last, True
        position = last
    if position < end:
        yield position, end, False


def _anchor(tag: ThemeTag, offset: int) -> tuple[int, int]:
    """The place of the strongest match within its statement; its start when there is none."""
    if not tag.matches:
        return 0, 0
    strongest = max(tag.matches, key=lambda match: (not match.negated, match.strength))
    return strongest.span.start - offset, strongest.span.end - offset


def _window(text: str, anchor: tuple[int, int]) -> tuple[int, int]:
    """The stretch to show, at most `LONGEST` characters.

    It is cut between sentences where one ends near enough, else between words, else anywhere.
    """
    if len(text) <= LONGEST:
        return 0, len(text)
    first, last = anchor[0], min(anchor[1], anchor[0] + LONGEST)
    margin = (LONGEST - (last - first)) // 2
    start = 0 if last + margin // 2 <= LONGEST else min(first - margin, len(text) - LONGEST)
    end = min(start + LONGEST, len(text))
    if start > 0:
        breaks = _breaks(text, start - 1, first)
        start = breaks[0][1] if breaks else start
    if end < len(text):
        breaks = _breaks(text, last, end + 1)
        end = breaks[-1][0] if breaks else end
    return start, end


def _breaks(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where a stretch of text can be cut: between sentences, or between words if none ends."""
    for pattern in (_SENTENCE_BREAK, _BLANKS):
        # One more character, so that what follows a break can be seen.
        found = [each.span() for each in pattern.finditer(text, start, end + 1)]
        inside = [span for span in found if span[1] <= end]
        if inside:
            return inside
    return []


def _begins_sentence(text: str, start: int) -> bool:
    """Whether a sentence begins there, after another one."""
    return _SENTENCE_BREAK.match(text, len(text[:start].rstrip())) is not None
