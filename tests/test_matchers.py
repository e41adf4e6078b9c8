"""The kinds of term: what each finds, what it refuses, and that none is slow on hostile text."""

from __future__ import annotations

import time
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oppsummering.matchers import (
    MATCHERS,
    MAX_NEAR,
    CompoundMatcher,
    CountMatcher,
    LemmaMatcher,
    NearMatcher,
    PhraseMatcher,
    RegexMatcher,
    WildcardMatcher,
)
from oppsummering.patterns import PatternError, PatternIndex, WordPatterns
from support.words import FakeLexicon

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from oppsummering.matchers import Matcher, Option, Words
    from oppsummering.patterns import WordPattern

WORDS = WordPatterns({})


class Text:
    """The tokens of a text: words between blanks; a full stop ends a sentence."""

    def __init__(self, text: str, matcher: Matcher) -> None:
        self.text = text
        self.words = text.split()
        lexicon = FakeLexicon()
        self._keys = {word: lexicon.look_up(word).analyses[0].key for word in set(self.words)}
        index = PatternIndex(dict.fromkeys(matcher.patterns()), lexicon)
        known = {word: set(index.match(lexicon.look_up(word)).certain) for word in self._keys}
        self._found = [known[word] for word in self.words]
        self.sentences = []
        number = 0
        for word in self.words:
            self.sentences.append(number)
            number += word == "."
        self._where: dict[WordPattern, list[int]] = {}
        for token, patterns in enumerate(self._found):
            for pattern in patterns:
                self._where.setdefault(pattern, []).append(token)

    def where(self, pattern: WordPattern) -> Sequence[int]:
        """The tokens that satisfy a pattern."""
        return self._where.get(pattern, [])

    def has(self, token: int, pattern: WordPattern) -> bool:
        """Whether a token satisfies a pattern."""
        return token < len(self.words) and pattern in self._found[token]

    def sentence(self, token: int) -> int:
        """The number of a token's sentence."""
        return self.sentences[token] if token < len(self.words) else -1

    def key(self, token: int) -> str:
        """The token's lemma in the common vocabulary."""
        return self._keys[self.words[token]]

    def covered(self, start: int, end: int) -> Words:
        """The tokens that a stretch touches, each word with one blank between."""
        return tuple(range(self.text.count(" ", 0, start), self.text.count(" ", 0, end) + 1))


def build(
    kind: type[Matcher], *values: str, options: Mapping[str, Option] | None = None
) -> Matcher:
    """A matcher as the codebook makes it."""
    return kind.build(values, options or {}, WORDS)


def found(matcher: Matcher, text: str) -> list[Words]:
    """The matches in a text."""
    return list(matcher.find(Text(text, matcher)))


def test_every_kind_is_told_apart_by_its_key() -> None:
    """The codebook chooses the kind by it."""
    assert [matcher.kind for matcher in MATCHERS] == [
        "lemma",
        "phrase",
        "compound",
        "wildcard",
        "regex",
        "near",
        "count",
    ]


@pytest.mark.parametrize(
    ("matcher", "text", "words", "label"),
    [
        (build(LemmaMatcher, "kommune"), "en kommune og Kommunene", [(1,), (3,)], "kommune"),
        (build(WildcardMatcher, "*moden*"), "umoden modenhet", [(0,), (1,)], "*moden*"),
        (build(CompoundMatcher, "leder"), "leder toppleder ledergruppe", [(1,), (2,)], "-leder-"),
        (
            build(CompoundMatcher, "leder", options={"position": "head"}),
            "leder toppleder ledergruppe",
            [(1,)],
            "-leder",
        ),
        (
            build(CompoundMatcher, "leder", options={"position": "modifier"}),
            "leder toppleder ledergruppe",
            [(2,)],
            "leder-",
        ),
        (build(PhraseMatcher, " på  tvers av "), "på tvers av alt", [(0, 1, 2)], "på tvers av"),
        (
            build(PhraseMatcher, "på helt? tvers"),
            "på tvers på helt tvers",
            [(0, 1), (2, 3, 4)],
            None,
        ),
        (
            build(PhraseMatcher, "a <2> b"),
            "a b . a x b . a x x b . a x x x b",
            [(0, 1), (3, 5), (7, 10)],
            None,
        ),
        (build(PhraseMatcher, "a b"), "a . b", [], None),
        (build(PhraseMatcher, "a <2> b"), "a . b", [], None),
        (build(PhraseMatcher, "a a"), "a a a", [(0, 1), (1, 2)], None),
        (build(PhraseMatcher, "a <1> b c"), "a b b c", [(0, 2, 3)], None),
        (build(PhraseMatcher, "a b? b c"), "a b c", [(0, 1, 2)], None),
        (build(NearMatcher, "a", "b"), "b x x a . a x b", [(0, 3), (5, 7)], "a … b"),
        (build(NearMatcher, "a", "b"), "a . b", [], None),
        (
            build(NearMatcher, "a", "b", options={"distance": 1}),
            "a x b a x x b",
            [(0, 2), (2, 3)],
            None,
        ),
        (build(NearMatcher, "a", "b", options={"distance": 0}), "a x b . a b", [(4, 5)], None),
        (build(NearMatcher, "a", "b", options={"ordered": True}), "b a . a b", [(3, 4)], None),
        (build(NearMatcher, "a", "a"), "a x . a a", [(3, 4), (3, 4)], None),
        (build(NearMatcher, "a b", "b c"), "a b c", [], None),
        (build(NearMatcher, "a b", "b c"), "a b b c", [(0, 1, 2, 3)], None),
        (
            build(NearMatcher, "a", "b", "c", options={"ordered": True}),
            "a c c c c b c",
            [(0, 5, 6)],
            None,
        ),
        (build(CountMatcher, "a", "b", "c"), "a x b . c . b b", [(0, 2)], "2+ a, b, c"),
        (
            build(CountMatcher, "a", "b", "c", options={"at_least": 3}),
            "a b c a . a b",
            [(0, 1, 2)],
            "3+ a, b, c",
        ),
        (
            build(CountMatcher, "kommune", "*stat*"),
            "kommuner kommunene . kommuner staten",
            [(3, 4)],
            None,
        ),
        (build(RegexMatcher, r"k\w+ne"), "alle kommunene her", [(1,)], r"/k\w+ne/"),
        (build(RegexMatcher, "NAV", options={"case": True}), "NAV nav", [(0,)], "/NAV/"),
        (build(RegexMatcher, "nav"), "NAV nav", [(0,), (1,)], "/nav/"),
    ],
)
def test_what_a_term_finds(
    matcher: Matcher, text: str, words: list[Words], label: str | None
) -> None:
    """Every match as its words, in the order of the text, within one sentence."""
    assert found(matcher, text) == words
    assert label in {None, matcher.label}


def test_regex_that_touches_no_word_is_no_match() -> None:
    """A match is made of words."""

    class NoWords(Text):
        def covered(self, start: int, end: int) -> Words:  # noqa: ARG002
            return ()

    matcher = build(RegexMatcher, "x")

    assert list(matcher.find(NoWords("x", matcher))) == []
    assert matcher.patterns() == ()
    assert matcher.needed() == ()


@pytest.mark.parametrize(
    ("kind", "values", "options", "expected"),
    [
        (LemmaMatcher, ["to ord"], {}, "more than one word"),
        (WildcardMatcher, ["moden"], {}, "has no *; use `lemma`."),
        (WildcardMatcher, ["*to ord*"], {}, "more than one word"),
        (PhraseMatcher, ["a b?"], {}, "must begin and end"),
        (NearMatcher, ["a"], {}, "needs 2 to 10 phrases."),
        (NearMatcher, ["a"] * (MAX_NEAR + 1), {}, "needs 2 to 10 phrases."),
        (CountMatcher, ["a b", "c"], {}, "more than one word"),
        (CountMatcher, ["a", "b"], {"at_least": 3}, "can never match: it asks for 3 different"),
        (CountMatcher, ["a"], {}, "can never match: it asks for 2 different words and names 1."),
    ],
)
def test_wrong_term_says_what_is_wrong(
    kind: type[Matcher], values: list[str], options: dict[str, Option], expected: str
) -> None:
    """The message says what the kind takes."""
    with pytest.raises(PatternError) as caught:
        kind.build(values, options, WORDS)

    assert expected in str(caught.value)


def test_one_pattern_can_count_several_words() -> None:
    """A part of a compound, or letters, stand for many words."""
    assert found(build(CountMatcher, "*program"), "topplederprogram dataprogram") == [(0, 1)]


_LETTERS = st.lists(st.sampled_from(["a", "b", "c", "x", "."]), max_size=12).map(" ".join)


@given(_LETTERS, st.integers(0, 4) | st.none(), st.booleans())
def test_near_misses_no_pair(text: str, distance: int | None, ordered: bool) -> None:  # noqa: FBT001
    """Exactly the first phrase's places that have a fitting place of the second are found."""
    options: dict[str, Option] = {"ordered": ordered}
    if distance is not None:
        options["distance"] = distance
    matcher = build(NearMatcher, "a", "b|c", options=options)
    tokens = Text(text, matcher)

    expected = [
        one
        for one, word in enumerate(tokens.words)
        if word == "a"
        and any(
            tokens.words[other] in {"b", "c"}
            and tokens.sentence(one) == tokens.sentence(other)
            and (distance is None or abs(one - other) - 1 <= distance)
            and (not ordered or one < other)
            for other in range(len(tokens.words))
        )
    ]

    pairs = list(matcher.find(tokens))
    assert [next(w for w in pair if tokens.words[w] == "a") for pair in pairs] == expected
    for pair in pairs:
        near = [o for o, w in enumerate(tokens.words) if w in {"b", "c"}]
        first = next(w for w in pair if tokens.words[w] == "a")
        chosen = next(w for w in pair if w != first)
        same = [
            o
            for o in near
            if tokens.sentence(o) == tokens.sentence(first) and (not ordered or o > first)
        ]
        assert abs(chosen - first) == min(abs(o - first) for o in same)


@given(_LETTERS)
def test_ordered_near_finds_every_chain(text: str) -> None:
    """Three phrases in order are found wherever they stand in order in a sentence."""
    matcher = build(NearMatcher, "a", "b", "c", options={"ordered": True})
    tokens = Text(text, matcher)

    expected = {
        a
        for a, b, c in product(range(len(tokens.words)), repeat=3)
        if a < b < c
        and (tokens.words[a], tokens.words[b], tokens.words[c]) == ("a", "b", "c")
        and tokens.sentence(a) == tokens.sentence(c)
    }

    assert {words[0] for words in matcher.find(tokens)} == expected


@given(_LETTERS)
def test_phrase_finds_every_place(text: str) -> None:
    """A phrase with an optional word and a gap, against the same as a regular expression."""
    import re  # noqa: PLC0415 - the test's own oracle

    matcher = build(PhraseMatcher, "a b? <2> c")
    tokens = Text(text, matcher)
    signs = "".join(tokens.words)

    expected = [
        start
        for start in range(len(signs))
        if re.compile(r"a[^.]?[^.]?c|ab[^.]{0,2}c").match(signs, start)
    ]

    assert [words[0] for words in matcher.find(tokens)] == expected


@pytest.mark.parametrize(
    "matcher",
    [
        build(LemmaMatcher, "a"),
        build(PhraseMatcher, "a a a"),
        build(PhraseMatcher, "a <10> a <10> b"),
        build(PhraseMatcher, "a a? a? a? a? <15> b"),
        build(NearMatcher, "a", "a"),
        build(NearMatcher, "a", "b"),
        build(NearMatcher, "a", "a", "a", options={"ordered": True, "distance": 3}),
        build(NearMatcher, "a a a", "a a", "a"),
        build(CountMatcher, "a", "b"),
        build(RegexMatcher, r"\ba\b"),
        build(RegexMatcher, "a.*b"),
    ],
    ids=lambda matcher: matcher.label,
)
@pytest.mark.slow
def test_time_is_linear_on_a_megabyte_of_the_same_word(matcher: Matcher) -> None:
    """Four times the text takes about four times as long, in one sentence without end."""

    def seconds(repeated: int) -> float:
        tokens = Text("a " * repeated, matcher)
        tokens.covered = lambda start, end: (start // 2,) if start < end else ()  # type: ignore[method-assign]
        start = time.process_time()
        for _ in matcher.find(tokens):
            pass
        return time.process_time() - start

    small, large = seconds(25_000), seconds(100_000)

    assert large < 10 * small + 0.5
