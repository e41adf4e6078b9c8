"""Word patterns: the small language in which a codebook says which words it means.

A word pattern is a question to one word form, answered by the form alone:

    leder           the word in any inflection, Bokmål or Nynorsk
    leder/NOUN      the same, read as this part of speech (asks the pipeline when in doubt)
    =ledere         exactly this form, in any case; ==NAV only in this case
    *moden*         any form with these letters; * stands for any letters, also none
    leder~          the word itself, or a compound that begins with it
    ~leder          the word itself, or a compound that ends with it
    ~leder~         the word itself, or a compound with it anywhere
    leder|sjef      either
    @parter         any word pattern of the list `parter`

A phrase is word patterns in a row. `word?` may be left out; `<3>` stands for up to three words.
Patterns and word forms are compared as `normal_form` writes them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from oppsummering.words import Analysis, Lexicon, WordForm

MAX_GAP: Final = 20
MAX_PHRASE: Final = 20
MAX_ALTERNATIVES: Final = 2000
"""How many alternatives one word pattern may have, its lists written out."""
MAX_LIST_DEPTH: Final = 10
"""How deep lists may refer to lists."""
POS_TAGS: Final = frozenset(
    {"ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM"}
    | {"PART", "PRON", "PROPN", "SCONJ", "VERB"}
)

_IN_WORDS: Final = frozenset("-–'’./&§%+")
_GAP = re.compile(r"<(\d{1,3})>\Z")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")


def normal_form(word: str) -> str:
    """A word as it is compared: composed letters, without soft hyphens and unseen characters.

    Text copied from Word or PDF holds soft hyphens and letters written as a base and a mark
    (NFC: https://unicode.org/reports/tr15/).
    """
    if word.isascii():
        return word
    return unicodedata.normalize("NFC", _UNSEEN.sub("", word))


class PatternError(ValueError):
    """A pattern that cannot be understood; the message says why and how to mend it."""


class Position(StrEnum):
    """Where in a compound a part must stand."""

    MODIFIER = "modifier"
    HEAD = "head"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Lemma:
    """The word in any inflection, if `pos` is given only as that part of speech."""

    lemma: str
    pos: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A compound with this word as a part; with `alone`, the word itself too."""

    lemma: str
    position: Position
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Exact:
    """One form as it stands."""

    form: str
    case: bool = False


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Any form with these letters; `*` stands for any letters, also none."""

    glob: str


Alternative = Lemma | Part | Exact | Wildcard


@dataclass(frozen=True, slots=True, eq=False)
class WordPattern:
    """A question to one word form: does any of the alternatives hold?

    Two patterns are the same only when they are the same object: `WordPatterns` makes one a text.
    """

    text: str
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in a phrase: a word, which may be optional, or a gap of up to `gap` words."""

    pattern: WordPattern | None
    optional: bool = False
    gap: int = 0


class WordPatterns:
    """Understands word patterns and phrases; the same text gives the same pattern.

    Args:
        lists: The codebook's named lists of word patterns.
    """

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        self._lists = lists
        self._known: dict[str, WordPattern] = {}
        self._written_out: dict[str, _WrittenOut] = {}

    def word(self, text: str) -> WordPattern:
        """Understand one word pattern.

        Raises:
            PatternError: When the text is no word pattern.
        """
        text = normal_form(text)
        if text not in self._known:
            self._known[text] = WordPattern(text, self._write_out((text,), ()).alternatives)
        return self._known[text]

    def compound(self, lemma: str, position: Position) -> WordPattern:
        """Understand a part of a compound; the word alone is not a compound."""
        lemma = normal_form(lemma)
        key = f"compound {position} {lemma}"
        if key not in self._known:
            _plain(lemma, lemma)
            self._known[key] = WordPattern(lemma, (Part(lemma.casefold(), position),))
        return self._known[key]

    def phrase(self, text: str) -> tuple[Slot, ...]:
        """Understand a phrase: one or more word patterns in a row.

        Raises:
            PatternError: When the text is no phrase.
        """
        slots = tuple(self._slot(word) for word in normal_form(text).split())
        if not slots:
            raise PatternError("is empty.")
        if len(slots) > MAX_PHRASE:
            raise PatternError(f"is longer than {MAX_PHRASE} words.")
        for edge in (slots[0], slots[-1]):
            if edge.pattern is None or edge.optional:
                raise PatternError("must begin and end with a word that cannot be left out.")
        if sum(slot.gap for slot in slots) > MAX_GAP:
            raise PatternError(f"has gaps of more than {MAX_GAP} words in all.")
        return slots

    def _slot(self, word: str) -> Slot:
        gap = _GAP.match(word)
        if gap:
            if not 1 <= int(gap[1]) <= MAX_GAP:
                raise PatternError(f"{word}: a gap is from 1 to {MAX_GAP} words.")
            return Slot(None, gap=int(gap[1]))
        optional = len(word) > 1 and word.endswith("?")
        return Slot(self.word(word.removesuffix("?") if optional else word), optional)

    def _write_out(self, texts: Sequence[str], inside: tuple[str, ...]) -> _WrittenOut:
        """The alternatives of some word patterns, their lists written out."""
        if len(texts) == 1 and "|" not in texts[0]:
            return self._one_alternative(texts[0], inside)
        alternatives: dict[Alternative, None] = {}
        depth = 0
        for text in texts:
            for one in text.split("|"):
                if one.startswith("@"):
                    listed = self._listed(one.removeprefix("@"), inside)
                    alternatives |= dict.fromkeys(listed.alternatives)
                    depth = max(depth, listed.depth)
                else:
                    alternatives[_alternative(one, text)] = None
            if len(alternatives) > MAX_ALTERNATIVES:
                raise PatternError(f"means more than {MAX_ALTERNATIVES} words; split it.")
        return _WrittenOut(tuple(alternatives), depth)

    def _one_alternative(self, text: str, inside: tuple[str, ...]) -> _WrittenOut:
        """The same for the most frequent case, a single word or list: nothing to put together."""
        if text.startswith("@"):
            return self._listed(text.removeprefix("@"), inside)
        return _WrittenOut((_alternative(text, text),), 0)

    def _listed(self, name: str, inside: tuple[str, ...]) -> _WrittenOut:
        """The alternatives of a list; each list is written out once, however often it is used."""
        if name not in self._lists:
            known = ", ".join(self._lists) or "none"
            raise PatternError(f"there is no list {name!r}; the lists are: {known}.")
        if name in inside:
            raise PatternError(f"the list {name!r} contains itself.")
        too_deep = PatternError(f"lists refer to lists more than {MAX_LIST_DEPTH} deep.")
        if len(inside) >= MAX_LIST_DEPTH:
            raise too_deep
        if name not in self._written_out:
            within = (*inside, name)
            found = self._write_out(tuple(map(normal_form, self._lists[name])), within)
            self._written_out[name] = _WrittenOut(found.alternatives, found.depth + 1)
        listed = self._written_out[name]
        if len(inside) + listed.depth > MAX_LIST_DEPTH:
            raise too_deep
        return listed


@dataclass(frozen=True, slots=True)
class _WrittenOut:
    """Alternatives with every list written out, and how deep the lists refer to lists."""

    alternatives: tuple[Alternative, ...]
    depth: int


@lru_cache(maxsize=20_000)
def _alternative(one: str, text: str) -> Alternative:
    """Understand a single alternative of a word pattern."""
    if one.startswith("=="):
        return Exact(_plain(one[2:], text), case=True)
    if one.startswith("="):
        return Exact(_plain(one[1:], text).casefold())
    if "*" in one:
        _plain(one.replace("*", ""), text)
        return Wildcard(one.casefold())
    if one.startswith("~") or one.endswith("~"):
        before, after = one.startswith("~"), one.endswith("~")
        position = Position.ANY if before and after else Position.HEAD
        position = position if before else Position.MODIFIER
        return Part(_plain(one.strip("~"), text).casefold(), position, alone=True)
    lemma, slash, pos = one.rpartition("/")
    if slash and pos in POS_TAGS:
        return Lemma(_plain(lemma, text).casefold(), pos)
    if slash and (pos.upper() in POS_TAGS or (pos.isupper() and lemma.islower())):
        tags = ", ".join(sorted(POS_TAGS))
        raise PatternError(f"{text!r}: {pos} is no part of speech; write one of {tags}.")
    return Lemma(_plain(one, text).casefold())


def _plain(word: str, text: str) -> str:
    """The word, when it is one: letters, digits and the marks that stand inside words."""
    if word.isalnum():
        return word
    if any(letter.isspace() for letter in word):
        raise PatternError(
            f"{text!r} is more than one word; only `phrase` and `near` hold several."
        )
    if not any(letter.isalnum() for letter in word):
        raise PatternError(f"{text!r}: a word is missing.")
    wrong = sorted({letter for letter in word if not (letter.isalnum() or letter in _IN_WORDS)})
    if wrong:
        raise PatternError(f"{text!r}: {' '.join(wrong)} cannot stand in a word.{_hint(word)}")
    return word


def _hint(word: str) -> str:
    if "?" in word:
        return " Only a word of a phrase may be left out: word?"
    if "~" in word or "=" in word or "@" in word:
        return " The signs ~ = @ stand at the beginning of a word, ~ also at its end."
    return ""


@dataclass(frozen=True, slots=True)
class FormPatterns:
    """The patterns that a word form satisfies by itself, and those that its context decides."""

    certain: tuple[WordPattern, ...]
    uncertain: tuple[WordPattern, ...]


_Owners = tuple[WordPattern, ...]
"""The patterns that ask for an alternative."""


class PatternIndex:
    """Finds the patterns that a word form satisfies, without asking every pattern.

    A word of the codebook is always found as it is written there, also where the lexicon takes
    it for an inflected form of another word.

    Args:
        patterns: All patterns of a codebook.
        lexicon: Gives the keys of the patterns' lemmas, so that both standards meet.
    """

    def __init__(self, patterns: Iterable[WordPattern], lexicon: Lexicon) -> None:
        self._order = {pattern: number for number, pattern in enumerate(patterns)}
        self._lemmas: dict[str, list[tuple[_Owners, str | None]]] = defaultdict(list)
        self._parts: dict[str, list[tuple[_Owners, tuple[str, ...], Part]]] = defaultdict(list)
        self._forms: dict[str, list[_Owners]] = defaultdict(list)
        self._cased: dict[str, list[_Owners]] = defaultdict(list)
        self._endings: dict[str, _Owners] = {}
        self._globs: list[tuple[_Owners, tuple[str, ...]]] = []
        owners: dict[Alternative, list[WordPattern]] = defaultdict(list)
        for pattern in self._order:
            for alternative in pattern.alternatives:
                owners[alternative].append(pattern)
        for alternative, asking in owners.items():
            self._add(alternative, tuple(asking), lexicon)
        self._ending_lengths = sorted({len(ending) for ending in self._endings})

    def _add(self, alternative: Alternative, owners: _Owners, lexicon: Lexicon) -> None:
        match alternative:
            case Lemma(lemma, pos):
                self._lemmas[lexicon.key(lemma)].append((owners, pos))
                if pos is None:
                    self._forms[lemma].append(owners)
            case Part(lemma, _, alone):
                # *utvikling* alone is cut into two parts; in *kompetanseutvikling* it is one.
                for keys in dict.fromkeys(((lexicon.key(lemma),), part_keys(lemma, lexicon))):
                    self._parts[keys[0]].append((owners, keys, alternative))
                if alone:
                    self._lemmas[lexicon.key(lemma)].append((owners, None))
                    self._forms[lemma].append(owners)
            case Exact(form, case):
                (self._cased if case else self._forms)[form].append(owners)
            case Wildcard(glob) if glob.rfind("*") == 0:
                self._endings[glob[1:]] = owners
            case Wildcard(glob):
                self._globs.append((owners, tuple(glob.split("*"))))

    def match(self, form: WordForm) -> FormPatterns:
        """The patterns that a form satisfies, in the codebook's order."""
        certain: set[WordPattern] = set()
        uncertain: set[WordPattern] = set()
        folded = form.text.casefold()
        certain.update(*self._cased.get(form.text, ()), *self._forms.get(folded, ()))
        certain.update(*(owners for owners, pieces in self._globs if _fits(pieces, folded)))
        endings = (folded[-length:] for length in self._ending_lengths)
        certain.update(*(self._endings.get(ending, ()) for ending in endings))
        only_pos = form.analyses[0].pos if len({a.pos for a in form.analyses}) == 1 else None
        for analysis in form.analyses:
            for owners, pos in self._lemmas.get(analysis.key, ()):
                if pos in {None, only_pos}:
                    certain.update(owners)
                elif analysis.pos in {None, pos}:
                    uncertain.update(owners)
            certain.update(self._in_compound(analysis))
        ordered = sorted(certain, key=self._order.__getitem__)
        doubtful = sorted(uncertain - certain, key=self._order.__getitem__)
        return FormPatterns(tuple(ordered), tuple(doubtful))

    def _in_compound(self, analysis: Analysis) -> Iterable[WordPattern]:
        parts = analysis.part_keys
        if len(parts) == 1:
            return
        for start, part in enumerate(parts):
            for owners, keys, wanted in self._parts.get(part, ()):
                if _stands(parts, start, keys, wanted.position):
                    yield from owners


def _fits(pieces: tuple[str, ...], word: str) -> bool:
    """Whether a word has the pieces of a wildcard, in order, from its start to its end."""
    first, *inner, last = pieces
    if not word.startswith(first) or not word.endswith(last):
        return False
    place, end = len(first), len(word) - len(last)
    for piece in inner:
        place = word.find(piece, place, end)
        if place < 0:
            return False
        place += len(piece)
    return place <= end


def part_keys(lemma: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The keys of the parts that a lemma is made of; one for a simple word."""
    analyses = lexicon.look_up(lemma).analyses
    own = next((a for a in analyses if a.lemma.casefold() == lemma), None)
    return own.part_keys if own and len(own.part_keys) > 1 else (lexicon.key(lemma),)


def _stands(parts: Sequence[str], start: int, keys: tuple[str, ...], position: Position) -> bool:
    """Whether the keys stand in the parts from `start` on, at the position asked for."""
    end = start + len(keys)
    if tuple(parts[start:end]) != keys or len(keys) == len(parts):
        return False
    if position is Position.HEAD:
        return end == len(parts)
    return position is Position.ANY or start == 0
