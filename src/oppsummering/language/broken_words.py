"""Words that a line break cut in two: *for-* at the end of a line, *ankre* on the next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from oppsummering.words import Lexicon

LONGEST_HALF: Final = 40
"""The letters on each side of a break that are looked at."""

_HYPHENS: Final = "-\u00ad\u2010"
_BREAK = re.compile(rf"[{_HYPHENS}](?:[ \t]{{0,40}}(?:\r\n|\r|\n)[ \t]{{0,40}}| )(?=[a-zæøå])")
_LETTERS_BEFORE = re.compile(rf"[^\W\d_]{{1,{LONGEST_HALF}}}\Z")
_LETTERS_AFTER = re.compile(rf"(?P<half>[^\W\d_]{{1,{LONGEST_HALF}}})(?P<hyphen>-?)")

_SHARED_HEAD = frozenset({"og", "eller", "samt", "til", "men", "både", "i", "som"})
"""Words after a hyphen that stands for a part to come: *inn- og utland*."""


@dataclass(frozen=True, slots=True)
class Seam:
    r"""Where a word was put together.

    Attributes:
        place: Where in the mended text, in Unicode code points.
        removed: What stood there: `-\n`, or the line break alone where the hyphen stays.
    """

    place: int
    removed: str


@dataclass(frozen=True, slots=True)
class MendedText:
    """A text with its broken words put together.

    Attributes:
        text: The text.
        seams: Where that was done, in the order of the text; empty where nothing was broken.
    """

    text: str
    seams: tuple[Seam, ...] = ()


def mend(text: str, lexicon: Lexicon) -> MendedText:
    """Put words together that a line break cut in two.

    A hyphen at the end of a line goes where a known word or a compound comes of it; after capitals
    (*IKT-samarbeid*) only the line break does, and neither in *inn- og utland*. Text copied out of
    a page may have a blank for the line break (*for- ankre*); there the word must be a known one.

    Args:
        text: A text as written.
        lexicon: Tells known words.
    """
    if not any(hyphen in text for hyphen in _HYPHENS):
        return MendedText(text)
    pieces: list[str] = []
    seams: list[Seam] = []
    done = length = 0
    for found in _BREAK.finditer(text):
        removed = _removed(text, found, lexicon)
        if not removed:
            continue
        kept = text[done : found.end() - len(removed)]
        pieces.append(kept)
        length += len(kept)
        seams.append(Seam(length, removed))
        done = found.end()
    return MendedText("".join((*pieces, text[done:])), tuple(seams))


def _removed(text: str, found: re.Match[str], lexicon: Lexicon) -> str:
    """What goes where a hyphen and a break were found: nothing, the break, or the hyphen too."""
    before = _LETTERS_BEFORE.search(text, max(0, found.start() - LONGEST_HALF), found.start())
    after = _LETTERS_AFTER.match(text, found.end())
    if not before or not after or after["hyphen"] or after["half"] in _SHARED_HEAD:
        return ""
    whole = before.group() + after["half"]
    if lexicon.knows(whole):
        return found.group()
    if "\n" not in found.group() and "\r" not in found.group():
        return ""
    if before.group().isupper() or len(before.group()) == 1:
        return found.group()[1:]
    return found.group() if len(lexicon.look_up(whole).analyses[0].parts) > 1 else ""
