"""Words that a line break cut in two: *for-* at the end of a line, *ankre* on the next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from oppsummering.patterns import normal_form

if TYPE_CHECKING:
    from oppsummering.words import Lexicon

LONGEST_HALF: Final = 40
"""The characters on each side of a break that are looked at."""

_HYPHENS: Final = "-\u00ad\u2010"
_LETTER: Final = "(?:[^\\W\\d_]|[\u00ad\u0300-\u036f])"
_BREAK = re.compile(rf"[{_HYPHENS}](?:[ \t]{{0,40}}(?:\r\n|\r|\n)[ \t]{{0,40}}| )(?=[a-zæøå])")
_LETTERS_BEFORE = re.compile(rf"{_LETTER}{{1,{LONGEST_HALF}}}\Z")
_LETTERS_AFTER = re.compile(rf"(?P<half>{_LETTER}{{1,{LONGEST_HALF}}})(?P<hyphen>[{_HYPHENS}]?)")

_SHORT_WORDS: Final = frozenset({"i", "å", "o"})
"""Words of one letter; other letters begin a compound: *e-ressurs*."""

_CLOSED: Final = frozenset(
    {"ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "PART", "PRON", "SCONJ"},
)
"""Parts of speech of words that end no compound: *inn- og utland*, *Samarbeid- er viktig*."""


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
    and before a noun (*IKT-samarbeid*) only the line break does. Nothing goes in *inn- og utland*.
    Text copied out of a page may have a blank for the line break (*for- ankre*); there the word
    must be a known one. A word that is broken twice is put together at its last break.

    Args:
        text: A text as written.
        lexicon: Tells known words.
    """
    if not _BREAK.search(text):
        return MendedText(text)
    pieces: list[str] = []
    seams: list[Seam] = []
    done = length = 0
    for found in _BREAK.finditer(text):
        removed = _removed(text, found, lexicon)
        if removed:
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
    if not before or not after or after["hyphen"]:
        return ""
    head, tail = normal_form(before.group()), normal_form(after["half"])
    at_line_end = "\n" in found.group() or "\r" in found.group()
    if at_line_end and (head.isupper() or len(head) == 1):
        # The lexicon cuts at the plain hyphen alone.
        stays = found.group().startswith("-") and head.casefold() not in _SHORT_WORDS
        return found.group()[1:] if stays and _is_noun(tail, lexicon) else ""
    joined = _is_known(head, tail, lexicon) or (at_line_end and _is_compound(head, tail, lexicon))
    return found.group() if joined else ""


def _is_known(head: str, tail: str, lexicon: Lexicon) -> bool:
    """Whether two halves are a known word, and not a word and a dash before another."""
    dash = _is_closed(tail, lexicon) and lexicon.knows(head)
    return not dash and lexicon.knows(head + tail)


def _is_compound(head: str, tail: str, lexicon: Lexicon) -> bool:
    """Whether two halves are a compound of known words, broken at a seam or within a part."""
    whole = lexicon.look_up(head + tail).analyses[0]
    if len(whole.parts) == 1 or not all(map(lexicon.knows, whole.parts)):
        return False
    if len(head) in accumulate(map(len, whole.segments)):
        return _begins_compounds(head, lexicon) and _is_noun(tail, lexicon)
    return not (lexicon.knows(tail) and _is_word(head, lexicon))


def _is_word(text: str, lexicon: Lexicon) -> bool:
    """Whether a text is a known word or a compound of known words, not a piece of one."""
    parts = lexicon.look_up(text).analyses[0].parts
    return lexicon.knows(text) or (len(parts) > 1 and all(map(lexicon.knows, parts)))


def _is_closed(word: str, lexicon: Lexicon) -> bool:
    return any(reading.pos in _CLOSED for reading in lexicon.look_up(word).analyses)


def _begins_compounds(word: str, lexicon: Lexicon) -> bool:
    """Whether a word stands in its base form, or with an s that may link."""
    bases = {reading.lemma.casefold() for reading in lexicon.look_up(word).analyses}
    return not _is_closed(word, lexicon) and (word.casefold() in bases or word.endswith("s"))


def _is_noun(word: str, lexicon: Lexicon) -> bool:
    readings = lexicon.look_up(word).analyses
    return not _is_closed(word, lexicon) and any(reading.pos == "NOUN" for reading in readings)
