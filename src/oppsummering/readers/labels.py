"""Response headings: the label of a municipality or another respondent, at a line's start."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from oppsummering.readers.brackets import close, opens
from oppsummering.readers.lines import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

MAIN_NOUNS = (
    r"\w{0,30}kommune", "informant", "respondent", "virksomhet", "verksemd", "deltaker",
    "deltakar", "bydel", "fylke", "intervjuobjekt",
)  # fmt: skip
"""Words that open an answer with a number, a letter or a name: `Kommune 3:`."""

OTHER_NOUNS = (
    "gruppe", "bord", "team", "nettverk", "region", "avdeling", "enhet", "eining", "etat",
    "bedrift", "selskap", "foretak", "organisasjon", "institusjon", "skole", "skule",
    "barnehage", "sykehus", "sjukehus", "leder", "leiar", "mellomleder", "mellomleiar",
    "rektor", "lærer", "lærar", "ansatt", "tilsett", "medarbeider", "medarbeidar", "bruker",
    "brukar", "elev", "student", "person", "kandidat", "intervju", "svar",
)  # fmt: skip
"""Words that may open an answer, with a number or a letter; read where no main noun does."""

NAME_ENDINGS = ("kommune", "fylkeskommune", "herad", "bydel")
"""Words that end the name of a municipality: `Bergen kommune:`, `Ulvik herad:`."""

_NO_NAMES = frozenset({
    "alle", "alt", "andre", "annan", "annen", "at", "av", "ble", "blir", "både", "bør", "da",
    "de", "dei", "den", "denne", "der", "dere", "dersom", "det", "dette", "disse", "du", "då",
    "eg", "egen", "ei", "eigen", "ein", "eit", "eller", "en", "enn", "er", "et", "fikk", "for",
    "fordi", "fra", "frå", "få", "får", "gir", "han", "har", "her", "hjå", "ho", "hos", "hun",
    "hva", "hvem", "hver", "hvilken", "hvis", "hvor", "hvordan", "hvorfor", "i", "ikke",
    "ikkje", "ingen", "jeg", "kan", "korleis", "kva", "kvar", "kvart", "kven", "kvifor", "man",
    "me", "med", "medan", "meir", "mellom", "men", "mens", "mer", "min", "mine", "mitt", "mye",
    "mykje", "må", "noen", "nokon", "nokre", "når", "også", "om", "på", "same", "samme", "ser",
    "sin", "skal", "som", "så", "tar", "til", "var", "vart", "ved", "vert", "vi", "viktig",
    "vil", "vår", "våre", "vårt", "å", "òg",
})  # fmt: skip
"""Words that open or fill a sentence, and never start a name or stand for one."""

_INSIDE_NAMES = frozenset(
    {"av", "de", "den", "det", "for", "fra", "frå", "i", "med", "og", "om", "på", "til", "ved"}
)
_MAX_NAME_WORDS = 8
_MAX_ROLE_WORDS = 5
_MAX_SMALL_WORDS = 2
_NUMBER = re.compile(
    r"[ \t]{0,8}(?P<id>(?:(?:nr\.?|no\.|nummer|#)[ \t]{0,3})?\d{1,4}[a-zæøå]?"
    r"(?:[ \t]{0,2}(?:,|og|&|/|\+|-|–)[ \t]{0,2}\d{1,4}[a-zæøå]?){0,20})(?![^\W_]|%|\.\d)",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[ \t]{1,8}(?P<id>[A-ZÆØÅ])(?![^\W_])")
_STRAY = re.compile(
    r"[ \t]{0,8}[:;.,][ \t]{0,8}(?=(?:nr\.?|no\.|nummer|#)?[ \t]{0,3}\d)|[-–_](?=\d)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(
    r"[ \t]{0,8}\((?P<id>\d{1,4}[a-zæøå]?)\)(?=[ \t]{0,3}[:,(\[])", re.IGNORECASE
)
_NAME = re.compile(r"[ \t]{0,8}(?P<id>[^:\t(\[\n]{1,80})")
_COLON = re.compile(r"[ \t]{0,4}:")
_EMPHASIS = re.compile(r"\*{1,3}|_{1,3}")
_BLANKS = re.compile(r"[ \t]*")
_SEPARATOR = re.compile(r"(?P<blank>[ \t]*)(?P<sign>[.)]?:(?:[ \t]{0,2}[:;])?|[-–—]|[;.)]|)[ \t]*")
_PREFIX = re.compile(
    r"(?:svar|innspill|innspel|tilbakemelding|kommentar|notat|referat)[ \t]{1,3}fr[aå][ \t]{1,3}",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"[ \t]{1,3}(?:svarer|svarar|svarte|sier|seier|sa|skriver|skriv|skreiv|mener|meiner|oppgir)"
    r"(?=[ \t]{0,2}:)"
)
_ROLE = re.compile(r"(?P<role>[ \t]{0,2},[ \t]{0,3}[^:\t\n(\[]{1,60}?)(?=[ \t]{0,3}[:(\[])")


@dataclass(frozen=True, slots=True)
class Label:
    """A response heading in a row's text; all indices are into that text.

    Attributes:
        municipality: The label, white space folded and stray punctuation left out.
        note: The note in brackets after it, or None.
        start: Where the heading starts.
        end: Where it ends, separator included.
        text: Where the answer on the same line starts; the row's length when there is none.
        main: Whether its noun is one of `MAIN_NOUNS` or the user's own.
        certain: Whether it is a main noun with a number, or the user's own: such a label counts
            in every document.
        sure: Whether a separator follows it; a bare label may be part of a sentence.
        repaired: Whether punctuation had to be put right to read it.
        opens_note: Whether a bracket opens behind it that does not close in the row.
    """

    municipality: str
    note: str | None
    start: int
    end: int
    text: int
    main: bool
    certain: bool
    sure: bool = True
    repaired: bool = False
    opens_note: bool = False


@dataclass(frozen=True, slots=True)
class _Name:
    """A label without what follows it.

    Attributes:
        municipality: Its text, white space folded.
        end: Where it ends in the row.
        numbered: Whether it can hardly be anything but a label, as *Kommune 3* is.
        main: Whether its noun is one of `MAIN_NOUNS` or the user's own.
        repaired: Whether punctuation had to be put right to read it.
        alone: Whether it may stand alone on its line.
        own: Whether it is a label of the user's own.
    """

    municipality: str
    end: int
    numbered: bool
    main: bool = True
    repaired: bool = False
    alone: bool = True
    own: bool = False


class LabelGrammar:
    """Reads response headings.

    Args:
        respondent: Labels of the user's own: a noun (*Skole* reads `Skole 3:` and
            `Skole Nord:`) or a whole label (*Oslo* reads `Oslo:`).
    """

    def __init__(self, respondent: Sequence[str] = ()) -> None:
        own = tuple(r"[ \t]{1,8}".join(map(re.escape, label.split())) for label in respondent)
        self._own = _Nouns(_noun_pattern(own), own=True) if own else None

    def read(self, shown: str, start: int = 0) -> Label | None:
        """Read the response heading at an index of a row's text, or None."""
        begin = _skip_emphasis(shown, start)
        if self._own is None and not shown[begin : begin + 1].isalnum():
            return None
        prefix = _PREFIX.match(shown, begin)
        begin = prefix.end() if prefix else begin
        for name in self._names(shown, begin):
            label = _with_tail(shown, start, name)
            if label is not None:
                return label
        return None

    def _names(self, shown: str, start: int) -> list[_Name]:
        main, other = _MAIN.at(shown, start), _OTHER.at(shown, start)
        found = [
            _own_name(shown, start, self._own),
            _named_municipality(shown, start),
            _numbered(shown, main, _MAIN),
            _noun_and_name(shown, main),
            _numbered(shown, other, _OTHER),
        ]
        return [name for name in found if name is not None]


@dataclass(frozen=True, slots=True)
class _Nouns:
    """Words that open an answer, and whether they are main ones or the user's own."""

    pattern: re.Pattern[str]
    main: bool = True
    own: bool = False

    def at(self, shown: str, start: int) -> re.Match[str] | None:
        """The noun at an index of a row's text, if there is one."""
        return self.pattern.match(shown, start)


def _noun_pattern(nouns: Sequence[str]) -> re.Pattern[str]:
    return re.compile(f"(?P<noun>{'|'.join(nouns)})(?![^\\W\\d_])", re.IGNORECASE)


_MAIN = _Nouns(_noun_pattern(MAIN_NOUNS))
_OTHER = _Nouns(_noun_pattern(OTHER_NOUNS), main=False)
_NAMED = re.compile(
    r"(?P<name>[^\W\d_][\w'’.-]{0,30}(?:[ \t]{1,4}[\w'’.-]{1,30}){0,4}?)"
    rf"[ \t]{{1,4}}(?P<ending>{'|'.join(NAME_ENDINGS)})(?![^\W_])",
    re.IGNORECASE,
)
_DETAIL = re.compile(
    r"[ \t]{0,2}(?:,?[ \t]{0,3}(?:v/|ved[ \t])|,|/)[ \t]{0,3}(?P<name>[^:\t\n(\[]{1,80}?)"
    r"(?=[ \t]*[:(\[])"
)


def _numbered(shown: str, noun: re.Match[str] | None, nouns: _Nouns) -> _Name | None:
    if noun is None:
        return None
    stray = _STRAY.match(shown, noun.end())
    number = _NUMBER.match(shown, stray.end() if stray else noun.end())
    bracketed = None if number else _BRACKETED.match(shown, noun.end())
    number = number or bracketed or _LETTER.match(shown, noun.end())
    if number is None:
        return None
    glued = number.start("id") == noun.end()
    joint = "" if glued and nouns.own else " "
    end, role = number.end(), _ROLE.match(shown, number.end())
    id_ = number["id"]
    if role and len(role["role"].split()) <= _MAX_ROLE_WORDS and not _is_sentence(role["role"]):
        end, id_ = role.end(), id_ + role["role"]
    return _Name(
        fold(f"{noun['noun']}{joint}{id_}"),
        end,
        numbered=True,
        main=nouns.main,
        repaired=bool(stray or bracketed) or (glued and not nouns.own),
    )


def _noun_and_name(shown: str, noun: re.Match[str] | None) -> _Name | None:
    """`Virksomhet: NAVN`, `Virksomhet NAVN:`."""
    if noun is None:
        return None
    colon = _COLON.match(shown, noun.end())
    name = _NAME.match(shown, colon.end() if colon else noun.end())
    if name is None or not _is_name(name["id"]):
        return None
    joined = ": " if colon else " "
    return _Name(
        fold(f"{noun['noun']}{joined}{name['id']}"),
        name.end(),
        numbered=bool(colon),
        alone=bool(colon),
    )


def _own_name(shown: str, start: int, own: _Nouns | None) -> _Name | None:
    noun = own.at(shown, start) if own else None
    if own is None or noun is None:
        return None
    alone = _Name(fold(noun["noun"]), noun.end(), numbered=False)
    name = (
        _numbered(shown, noun, own)
        or (alone if _with_tail(shown, start, alone) else None)
        or _noun_and_name(shown, noun)
    )
    return replace(name, own=True) if name else None


def _named_municipality(shown: str, start: int) -> _Name | None:
    """`Bergen kommune`, `Ulvik herad`, `Oslo kommune, Utdanningsetaten`."""
    match = _NAMED.match(shown, start) if shown[start : start + 1].isupper() else None
    if match is None or not _is_proper(match["name"]):
        return None
    end = match.end()
    detail = _DETAIL.match(shown, end)
    if detail and (_is_name(detail["name"]) or _is_role(detail["name"])):
        end = detail.end()
    return _Name(fold(shown[start:end]), end, numbered=False)


def _is_proper(name: str) -> bool:
    """Whether every word is a name's: *Nordre Follo*, *Møre og Romsdal*, not *Vår*."""
    words = name.split()
    first = words[0]
    if not first[0].isupper() or first.casefold() in _NO_NAMES:
        return False
    return all(
        word == "og" or (word[0].isupper() and word.casefold() not in _NO_NAMES)
        for word in words[1:]
    )


def _is_name(text: str) -> bool:
    """Whether a text can be a name: short, a capital first, and no sentence."""
    words = text.split()
    if not words or len(words) > _MAX_NAME_WORDS or words[-1][-1] in ".!?;,":
        return False
    first = words[0]
    if not first[0].isupper() or first.casefold() in _NO_NAMES:
        return False
    return not _is_sentence(" ".join(words[1:]))


def _is_role(text: str) -> bool:
    """Whether a text can be the role of somebody who answers: *rådmannen*, *ass. rektor*."""
    words = text.split()
    return 0 < len(words) <= _MAX_SMALL_WORDS and not _is_sentence(text)


def _is_sentence(text: str) -> bool:
    """Whether a text has a word that fills sentences and stands in no name."""
    return any(word.casefold() in _NO_NAMES - _INSIDE_NAMES for word in text.split())


def _with_tail(shown: str, start: int, name: _Name) -> Label | None:
    """Read what follows a label: a note and the separator."""
    place = _skip_emphasis(shown, name.end)
    note, place = _note(shown, place)
    verb = _VERB.match(shown, place)
    place = verb.end() if verb else place
    separator = _SEPARATOR.match(shown, place)
    if separator is None:  # pragma: no cover - the pattern matches the empty text too
        return None
    label = Label(
        municipality=name.municipality,
        note=note,
        start=start,
        end=place,
        text=len(shown),
        main=name.main,
        certain=name.own or (name.main and name.numbered),
        repaired=name.repaired,
    )
    return _judge(shown, label, name, separator)


def _judge(shown: str, label: Label, name: _Name, separator: re.Match[str]) -> Label | None:
    sign, after = separator["sign"], separator.end()
    end = separator.end("sign")
    rest = shown[after : after + 1]
    if ":" in sign:
        repaired = label.repaired or len(sign) > 1
        emphasised = shown[label.start] in "*_"
        text = _skip_blanks(shown, _skip_emphasis(shown, after)) if emphasised else after
        return replace(label, end=end, text=text, repaired=repaired)
    if sign in {"-", "–", "—"}:
        spaced = bool(separator["blank"]) or sign != "-"
        opens = not rest or not rest.islower() or name.numbered
        if rest and not (spaced and opens and after > end):
            return None
        return replace(label, end=end, text=after)
    if sign:
        if not name.numbered or not rest.isupper() or after == end:
            return None
        return replace(label, end=end, text=after, repaired=True)
    return _without_sign(label, name, separator, rest)


def _without_sign(label: Label, name: _Name, separator: re.Match[str], rest: str) -> Label | None:
    after = separator.end()
    if "\t" in separator["blank"]:
        return replace(label, text=after)
    if not name.alone:
        return None
    if not rest:
        return replace(label, text=after, sure=False)
    if label.note is None and rest in "([":
        return replace(label, text=after, sure=False, opens_note=True)
    if name.numbered and rest.isupper() and separator["blank"]:
        return replace(label, text=after, sure=False, repaired=True)
    return None


def _note(shown: str, start: int) -> tuple[str | None, int]:
    """A bracket at a place: its folded text, and the place behind it."""
    begin = _skip_blanks(shown, start)
    end = close(shown, begin) if opens(shown, begin) else None
    if end is None:
        return None, start
    return fold(shown[begin + 1 : end - 1]) or None, _skip_emphasis(shown, end)


def _skip_blanks(shown: str, place: int) -> int:
    match = _BLANKS.match(shown, place)
    return match.end() if match else place


def _skip_emphasis(shown: str, place: int) -> int:
    match = _EMPHASIS.match(shown, place)
    return match.end() if match else place
