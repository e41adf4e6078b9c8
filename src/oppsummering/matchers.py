"""The kinds of term that a codebook can hold: small classes behind one protocol."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, Protocol, Self, cast

from oppsummering.expressions import understand_expression
from oppsummering.patterns import Exact, Lemma, PatternError, Position

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from oppsummering.expressions import Expression
    from oppsummering.patterns import Slot, WordPattern, WordPatterns

MIN_NEAR: Final = 2
MAX_NEAR: Final = 10

Option = int | bool | str
Words = tuple[int, ...]
"""The indices of the matched tokens, ascending and never empty."""


class Tokens(Protocol):
    """A statement's tokens as matchers see them; quotation marks are left out."""

    @property
    def text(self) -> str:
        """The text of the statement."""
        ...

    def where(self, pattern: WordPattern) -> Sequence[int]:
        """The tokens that satisfy a pattern, ascending."""
        ...

    def has(self, token: int, pattern: WordPattern) -> bool:
        """Whether there is such a token and it satisfies a pattern."""
        ...

    def sentence(self, token: int) -> int:
        """The number of the sentence that a token stands in; -1 beyond the last token."""
        ...

    def key(self, token: int) -> str:
        """The token's lemma in the common vocabulary, to tell different words apart."""
        ...

    def covered(self, start: int, end: int) -> Words:
        """The tokens that a stretch of the text touches."""
        ...


class Matcher(Protocol):
    """A kind of term.

    Attributes:
        kind: Its key in the codebook.
        many: Whether its value is a list of texts rather than one text.
        options: The further keys that it understands.
    """

    kind: ClassVar[str]
    many: ClassVar[bool]
    options: ClassVar[tuple[str, ...]]

    @classmethod
    def build(
        cls, values: Sequence[str], options: Mapping[str, Option], words: WordPatterns
    ) -> Self:
        """Make the matcher of a term.

        Raises:
            PatternError: When the term cannot be understood.
        """
        ...

    @property
    def label(self) -> str:
        """The term in short: its id where the codebook gives none."""
        ...

    def patterns(self) -> Iterable[WordPattern]:
        """Every word pattern that it asks for."""
        ...

    def needed(self) -> Iterable[WordPattern]:
        """Word patterns that each match satisfies; none where it may do with others."""
        ...

    def find(self, tokens: Tokens) -> Iterator[Words]:
        """Every match, in the order of the text."""
        ...


@dataclass(frozen=True, slots=True)
class WordMatcher:
    """One word that satisfies one word pattern."""

    pattern: WordPattern

    many: ClassVar[bool] = False
    options: ClassVar[tuple[str, ...]] = ()

    @property
    def label(self) -> str:
        """The word pattern as written."""
        return self.pattern.text

    def patterns(self) -> Iterable[WordPattern]:
        """The one word pattern."""
        return (self.pattern,)

    def needed(self) -> Iterable[WordPattern]:
        """The one word pattern."""
        return (self.pattern,)

    def find(self, tokens: Tokens) -> Iterator[Words]:
        """Every word that satisfies the pattern."""
        return ((token,) for token in tokens.where(self.pattern))


@dataclass(frozen=True, slots=True)
class LemmaMatcher(WordMatcher):
    """`lemma:` one word in any inflection, or any other word pattern."""

    kind: ClassVar[str] = "lemma"

    @classmethod
    def build(cls, values: Sequence[str], _: Mapping[str, Option], words: WordPatterns) -> Self:
        """One word pattern; see `Matcher.build`."""
        return cls(words.word(values[0]))


@dataclass(frozen=True, slots=True)
class CompoundMatcher(WordMatcher):
    """`compound:` a word that is a part of a compound, at a `position`."""

    kind: ClassVar[str] = "compound"
    options: ClassVar[tuple[str, ...]] = ("position",)
    position: Position = Position.ANY

    @classmethod
    def build(
        cls, values: Sequence[str], options: Mapping[str, Option], words: WordPatterns
    ) -> Self:
        """A lemma and `position` modifier, head or any; see `Matcher.build`."""
        position = Position(str(options.get("position", Position.ANY)))
        return cls(words.compound(values[0], position), position)

    @property
    def label(self) -> str:
        """The part with a hyphen where the rest of the compound stands."""
        before = "" if self.position is Position.MODIFIER else "-"
        after = "" if self.position is Position.HEAD else "-"
        return f"{before}{self.pattern.text}{after}"


@dataclass(frozen=True, slots=True)
class WildcardMatcher(WordMatcher):
    """`wildcard:` any form with these letters, such as `*modenhet*`."""

    kind: ClassVar[str] = "wildcard"

    @classmethod
    def build(cls, values: Sequence[str], _: Mapping[str, Option], words: WordPatterns) -> Self:
        """One word with `*`; see `Matcher.build`."""
        if "*" not in values[0]:
            raise PatternError("has no *; use `lemma`.")
        return cls(words.word(values[0]))


@dataclass(frozen=True, slots=True)
class PhraseMatcher:
    """`phrase:` words in a row within a sentence, each by its word pattern."""

    slots: tuple[Slot, ...]
    label: str

    kind: ClassVar[str] = "phrase"
    many: ClassVar[bool] = False
    options: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def build(cls, values: Sequence[str], _: Mapping[str, Option], words: WordPatterns) -> Self:
        """One phrase; see `Matcher.build`."""
        return cls(words.phrase(values[0]), " ".join(values[0].split()))

    def patterns(self) -> Iterable[WordPattern]:
        """Every word pattern of the phrase."""
        return tuple(slot.pattern for slot in self.slots if slot.pattern)

    def needed(self) -> Iterable[WordPattern]:
        """The words that cannot be left out."""
        return tuple(s.pattern for s in self.slots if s.pattern and not s.optional)

    def find(self, tokens: Tokens) -> Iterator[Words]:
        """Every match: for each first word the way that leaves out the fewest words."""
        first = cast("WordPattern", self.slots[0].pattern)  # no phrase begins with a gap
        if len(self.slots) == 1:
            for token in tokens.where(first):
                yield (token,)
            return
        for start in tokens.where(first):
            ways: dict[int, Words] = {start + 1: (start,)}
            for slot in self.slots[1:]:
                ways = _advance(tokens, ways, slot)
                if not ways:
                    break
            else:
                words = next(iter(ways.values()))
                if tokens.sentence(words[0]) == tokens.sentence(words[-1]):
                    yield words


def _advance(tokens: Tokens, ways: Mapping[int, Words], slot: Slot) -> dict[int, Words]:
    """The ways through a phrase after one more slot: next token → the words so far."""
    further: dict[int, Words] = {}
    for token, words in ways.items():
        if slot.pattern is None:
            for skipped in range(slot.gap + 1):
                further.setdefault(token + skipped, words)
        elif tokens.has(token, slot.pattern):
            further.setdefault(token + 1, (*words, token))
    if slot.optional:
        for token, words in ways.items():
            further.setdefault(token, words)
    return further


@dataclass(frozen=True, slots=True)
class NearMatcher:
    """`near:` phrases in one sentence, at most `distance` words apart, in any order."""

    phrases: tuple[PhraseMatcher, ...]
    distance: int | None = None
    ordered: bool = False

    kind: ClassVar[str] = "near"
    many: ClassVar[bool] = True
    options: ClassVar[tuple[str, ...]] = ("distance", "ordered")

    @classmethod
    def build(
        cls, values: Sequence[str], options: Mapping[str, Option], words: WordPatterns
    ) -> Self:
        """At least two phrases, `distance` in words and `ordered`; see `Matcher.build`."""
        if not MIN_NEAR <= len(values) <= MAX_NEAR:
            raise PatternError(f"needs {MIN_NEAR} to {MAX_NEAR} phrases.")
        phrases = tuple(PhraseMatcher.build((value,), {}, words) for value in values)
        distance = options.get("distance")
        return cls(
            phrases, None if distance is None else int(distance), bool(options.get("ordered"))
        )

    @property
    def label(self) -> str:
        """The phrases with … between them."""
        return " … ".join(phrase.label for phrase in self.phrases)

    def patterns(self) -> Iterable[WordPattern]:
        """Every word pattern of every phrase."""
        return tuple(pattern for phrase in self.phrases for pattern in phrase.patterns())

    def needed(self) -> Iterable[WordPattern]:
        """The needed words of every phrase."""
        return tuple(pattern for phrase in self.phrases for pattern in phrase.needed())

    def find(self, tokens: Tokens) -> Iterator[Words]:
        """For each place of the first phrase the nearest places of the others."""
        places: list[Sequence[Words]] = []
        for phrase in self.phrases:
            found = list(phrase.find(tokens))
            if not found:
                return
            places.append(found)
        for first in places[0]:
            words = self._join(tokens, first, places[1:])
            if words:
                yield words

    def _join(
        self, tokens: Tokens, first: Words, others: Iterable[Sequence[Words]]
    ) -> Words | None:
        joined = first
        for places in others:
            nearest = min(
                self._neighbours(tokens, joined, places),
                key=lambda place: (_words_between(joined, place), place),
                default=None,
            )
            if nearest is None:
                return None
            joined = tuple(sorted((*joined, *nearest)))
        return joined

    def _neighbours(
        self, tokens: Tokens, joined: Words, places: Sequence[Words]
    ) -> Iterator[Words]:
        """The nearest place after the words joined so far, among them, and before them."""
        after = bisect_left(places, (joined[-1] + 1,))
        ways = [range(after, len(places))]
        if not self.ordered:
            among = bisect_left(places, (joined[0],))
            ways += [range(among, after), range(among - 1, -1, -1)]
        for way in ways:
            place = _first_free(tokens, joined, (places[number] for number in way))
            if place and (self.distance is None or _words_between(joined, place) <= self.distance):
                yield place


def _first_free(tokens: Tokens, joined: Words, places: Iterable[Words]) -> Words | None:
    """The first place of the same sentence that shares no word with those joined so far."""
    sentence = tokens.sentence(joined[0])
    for place in places:
        if tokens.sentence(place[0]) != sentence:
            return None
        if set(joined).isdisjoint(place):
            return place
    return None


def _words_between(one: Words, other: Words) -> int:
    """How many words stand between two places; 0 when they touch or interlock."""
    return max(other[0] - one[-1], one[0] - other[-1], 1) - 1


@dataclass(frozen=True, slots=True)
class CountMatcher:
    """`count:` at least `at_least` different words of these patterns in one sentence."""

    words: tuple[WordPattern, ...]
    at_least: int

    kind: ClassVar[str] = "count"
    many: ClassVar[bool] = True
    options: ClassVar[tuple[str, ...]] = ("at_least",)

    @classmethod
    def build(
        cls, values: Sequence[str], options: Mapping[str, Option], words: WordPatterns
    ) -> Self:
        """Word patterns and `at_least`, 2 where it is not given; see `Matcher.build`."""
        patterns = tuple(words.word(value) for value in values)
        at_least = int(options.get("at_least", 2))
        named = {alternative for pattern in patterns for alternative in pattern.alternatives}
        if len(named) < at_least and all(isinstance(one, Lemma | Exact) for one in named):
            raise PatternError(
                f"can never match: it asks for {at_least} different words and names {len(named)}."
            )
        return cls(patterns, at_least)

    @property
    def label(self) -> str:
        """The number and the patterns."""
        return f"{self.at_least}+ " + ", ".join(pattern.text for pattern in self.words)

    def patterns(self) -> Iterable[WordPattern]:
        """The word patterns."""
        return self.words

    def needed(self) -> Iterable[WordPattern]:
        """None by itself: any of the words will do, if there are enough."""
        return ()

    def find(self, tokens: Tokens) -> Iterator[Words]:
        """One match for each sentence with enough different words, naming each word once."""
        found = sorted({token for pattern in self.words for token in tokens.where(pattern)})
        sentences: dict[int, dict[str, int]] = {}
        for token in found:
            sentences.setdefault(tokens.sentence(token), {}).setdefault(tokens.key(token), token)
        for different in sentences.values():
            if len(different) >= self.at_least:
                yield tuple(different.values())


@dataclass(frozen=True, slots=True)
class RegexMatcher:
    """`regex:` a regular expression over the text of the statement; see `expressions`."""

    expression: Expression

    kind: ClassVar[str] = "regex"
    many: ClassVar[bool] = False
    options: ClassVar[tuple[str, ...]] = ("case",)

    @classmethod
    def build(cls, values: Sequence[str], options: Mapping[str, Option], _: WordPatterns) -> Self:
        """One expression, and `case` to tell upper from lower case; see `Matcher.build`."""
        return cls(understand_expression(values[0], case=bool(options.get("case"))))

    @property
    def label(self) -> str:
        """The expression between slashes."""
        return f"/{self.expression.text}/"

    def patterns(self) -> Iterable[WordPattern]:
        """None: it reads the text."""
        return ()

    def needed(self) -> Iterable[WordPattern]:
        """None: it reads the text."""
        return ()

    def find(self, tokens: Tokens) -> Iterator[Words]:
        """Every match, as the tokens that it touches."""
        for start, end in self.expression.spans(tokens.text):
            words = tokens.covered(start, end)
            if words:
                yield words


MATCHERS: Final[tuple[type[Matcher], ...]] = (
    LemmaMatcher,
    PhraseMatcher,
    CompoundMatcher,
    WildcardMatcher,
    RegexMatcher,
    NearMatcher,
    CountMatcher,
)
"""Every kind of term. A new kind is a class above and a line here."""
