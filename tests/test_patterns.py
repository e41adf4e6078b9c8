"""Word patterns: the small language of a codebook, and which word forms satisfy it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oppsummering.patterns import (
    MAX_ALTERNATIVES,
    MAX_LIST_DEPTH,
    Exact,
    Lemma,
    Part,
    PatternError,
    PatternIndex,
    Position,
    Slot,
    Wildcard,
    WordPattern,
    WordPatterns,
    normal_form,
    part_keys,
)
from oppsummering.words import Analysis, WordForm
from support.words import FakeLexicon

WORDS = WordPatterns({"parter": ["~kommune", "leverandør", "==KS"], "alle": ["@parter", "stat"]})


def satisfied(pattern: str, *words: str) -> list[str]:
    """The words that satisfy a pattern by their form alone."""
    lexicon = FakeLexicon()
    wanted = WORDS.word(pattern)
    index = PatternIndex([wanted], lexicon)
    forms = [lexicon.look_up(normal_form(word)) for word in words]
    return [
        word for word, form in zip(words, forms, strict=True) if wanted in index.match(form).certain
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Leder", [Lemma("leder")]),
        ("leder/NOUN", [Lemma("leder", "NOUN")]),
        ("og/eller", [Lemma("og/eller")]),
        ("=Ledere", [Exact("ledere")]),
        ("==NAV", [Exact("NAV", case=True)]),
        ("*Moden*", [Wildcard("*moden*")]),
        ("leder~", [Part("leder", Position.MODIFIER, alone=True)]),
        ("~leder", [Part("leder", Position.HEAD, alone=True)]),
        ("~leder~", [Part("leder", Position.ANY, alone=True)]),
        ("leder|sjef|leder", [Lemma("leder"), Lemma("sjef")]),
        (
            "@parter",
            [
                Part("kommune", Position.HEAD, alone=True),
                Lemma("leverandør"),
                Exact("KS", case=True),
            ],
        ),
        ("stat|@parter|leverandør", None),
        ("F&U", [Lemma("f&u")]),
        ("m/v", [Lemma("m/v")]),
        ("50%", [Lemma("50%")]),
    ],
)
def test_pattern_means_its_alternatives(text: str, expected: list[object] | None) -> None:
    """Each sign has its meaning, case is folded, and a repeated alternative counts once."""
    found = list(WORDS.word(text).alternatives)

    assert found == expected if expected is not None else len(found) == 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "'': a word is missing."),
        ("=", "'=': a word is missing."),
        ("~", "'~': a word is missing."),
        ("*", "'*': a word is missing."),
        ("-", "'-': a word is missing."),
        ("a|", "'a|': a word is missing."),
        ("/NOUN", "'/NOUN': a word is missing."),
        ("to ord", "'to ord' is more than one word; only `phrase` and `near` hold several."),
        ("leder/noun", "'leder/noun': noun is no part of speech; write one of ADJ, ADP"),
        ("leder/SUBST", "'leder/SUBST': SUBST is no part of speech; write one of ADJ, ADP"),
        ("le(der", "'le(der': ( cannot stand in a word."),
        ("leder?", "'leder?': ? cannot stand in a word. Only a word of a phrase may be left out"),
        ("le~der", "The signs ~ = @ stand at the beginning of a word, ~ also at its end."),
        ("@ukjent", "there is no list 'ukjent'; the lists are: parter, alle."),
    ],
)
def test_wrong_pattern_says_what_is_wrong(text: str, expected: str) -> None:
    """The message names the pattern, the reason, and how to write it."""
    with pytest.raises(PatternError) as caught:
        WORDS.word(text)

    assert expected in str(caught.value)


def test_same_text_is_the_same_pattern() -> None:
    """Patterns are compared by identity, so that a form is matched against each once."""
    decomposed = unicodedata.normalize("NFD", "på")

    assert WORDS.word("leder|sjef") is WORDS.word("leder|sjef")
    assert WORDS.word(decomposed) is WORDS.word("på")
    assert WORDS.compound("leder", Position.ANY) is WORDS.compound("leder", Position.ANY)
    assert WORDS.compound("leder", Position.ANY) is not WORDS.compound("leder", Position.HEAD)
    assert WORDS.compound("leder", Position.ANY) is not WORDS.word("leder")


@pytest.mark.parametrize(
    ("lists", "expected"),
    [
        ({"a": ["@a"]}, "the list 'a' contains itself."),
        ({"a": ["@b"], "b": ["x|@a"]}, "the list 'a' contains itself."),
        ({"a": ["@b"]}, "there is no list 'b'; the lists are: a."),
        ({"a": [f"w{i}" for i in range(MAX_ALTERNATIVES + 1)]}, "means more than 2000 words"),
    ],
)
def test_lists_that_cannot_be_written_out(lists: dict[str, list[str]], expected: str) -> None:
    """A list that holds itself, an unknown one, or far too much is refused."""
    with pytest.raises(PatternError, match=expected):
        WordPatterns(lists).word("@a")


def test_lists_of_lists_do_not_explode() -> None:
    """Lists that double at every level are written out once each, and only so deep."""
    lists = {"l0": ["a", "b"]}
    lists |= {f"l{i}": [f"@l{i - 1}", f"@l{i - 1}"] for i in range(1, 200)}
    words = WordPatterns(lists)

    assert len(words.word(f"@l{MAX_LIST_DEPTH - 1}").alternatives) == 2
    for name in (f"l{MAX_LIST_DEPTH}", "l199"):
        with pytest.raises(PatternError, match="lists refer to lists more than 10 deep"):
            words.word(f"@{name}")


def test_depth_of_lists_does_not_depend_on_what_was_asked_before() -> None:
    """A chain is too deep from its beginning, whether or not its end is known already."""
    chain = {f"l{i}": [f"@l{i + 1}"] for i in range(MAX_LIST_DEPTH)} | {"l10": ["a"]}
    fresh, warm = WordPatterns(chain), WordPatterns(chain)
    for i in range(10, 0, -1):
        warm.word(f"@l{i}")

    for words in (fresh, warm):
        with pytest.raises(PatternError, match="deep"):
            words.word("@l0")


def test_phrase_is_words_and_gaps() -> None:
    """A question mark makes a word optional; a number in angle brackets is a gap."""
    first, optional, gap, last = WORDS.phrase("  på  den? <3> tvers ")

    assert first == Slot(WORDS.word("på"))
    assert optional == Slot(WORDS.word("den"), optional=True)
    assert gap == Slot(None, gap=3)
    assert last == Slot(WORDS.word("tvers"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  ", "is empty."),
        ("a " * 21, "is longer than 20 words."),
        ("a? b", "must begin and end with a word that cannot be left out."),
        ("a b?", "must begin and end with a word that cannot be left out."),
        ("<2> b", "must begin and end with a word that cannot be left out."),
        ("a <2>", "must begin and end with a word that cannot be left out."),
        ("a <0> b", "<0>: a gap is from 1 to 20 words."),
        ("a <21> b", "<21>: a gap is from 1 to 20 words."),
        ("a <12> b <12> c", "has gaps of more than 20 words in all."),
        ("a <3>? b", "'<3>': < > cannot stand in a word."),
        ("a ? b", "'?': a word is missing."),
    ],
)
def test_wrong_phrase_says_what_is_wrong(text: str, expected: str) -> None:
    """The message says what a phrase may hold."""
    with pytest.raises(PatternError) as caught:
        WORDS.phrase(text)

    assert expected in str(caught.value)


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        ("kommuner", ["kommuner", "KOMMUNER"], ["kommune", "kommunene"]),
        ("~kommuner~", ["kommuner"], ["kommune"]),
        ("kommune", ["kommune", "Kommunene", "KOMMUNANE"], ["kommunal", "kommunen-e"]),
        ("leder", ["leder", "ledere", "leiar", "leiarar"], ["ledergruppe", "ledelse"]),
        ("=ledere", ["ledere", "LEDERE"], ["leder", "leiarar"]),
        ("==NAV", ["NAV"], ["Nav", "nav"]),
        ("==nav", ["nav"], ["NAV", "Nav"]),
        ("*moden*", ["moden", "Umodenhet", "MODENHETSTRAPPA"], ["mod", "mo-den"]),
        ("inn*", ["inn", "innbygger"], ["begynn", "minn"]),
        ("*a.b*", ["xa.by"], ["xaxby"]),
        ("leder~", ["leder", "ledergruppe", "leiargruppe"], ["toppleder", "topplederprogram"]),
        ("~leder", ["leder", "toppleder", "leiarar"], ["ledergruppe", "topplederprogram"]),
        ("~leder~", ["leder", "toppleder", "ledergruppe", "topplederprogram"], ["ledelse"]),
        ("~toppleder~", ["toppleder", "topplederprogram"], ["leder", "topp"]),
        ("toppleder~", ["toppleder", "topplederprogram"], ["leder"]),
        ("~utvikling~", ["utvikling", "tjenesteutvikling", "utviklingsplan"], ["plan", "ut"]),
        ("~utvikling", ["utvikling", "tjenesteutvikling"], ["utviklingsplan"]),
        ("modenhet|trapp", ["modenhet", "trapp"], ["modenhetstrappa"]),
        ("~trapp", ["modenhetstrappa"], ["trapper"]),
        ("@alle", ["KS", "stat", "kommuner", "leverandør"], ["ks", "stater"]),
    ],
)
def test_pattern_finds_word_forms(pattern: str, yes: list[str], no: list[str]) -> None:
    """Inflections, the other written standard, parts of compounds, letters and case."""
    assert satisfied(pattern, *yes, *no) == yes


def test_part_of_a_compound_is_not_the_word_alone() -> None:
    """`compound` asks for a compound; the word by itself is not one."""
    lexicon = FakeLexicon()
    pattern = WORDS.compound("Leder", Position.ANY)
    index = PatternIndex([pattern], lexicon)

    found = {w: bool(index.match(lexicon.look_up(w)).certain) for w in ("leder", "toppleder")}

    assert found == {"leder": False, "toppleder": True}
    with pytest.raises(PatternError, match="more than one word"):
        WORDS.compound("to ord", Position.ANY)


def test_unseen_characters_do_not_hide_a_word() -> None:
    """Soft hyphens and letters written as base and mark come from Word and PDF."""
    decomposed = unicodedata.normalize("NFD", "økosystemet på")

    assert satisfied("økosystem", "øko\u00adsystemet", "øko\u200bsystem") == [
        "øko\u00adsystemet",
        "øko\u200bsystem",
    ]
    assert satisfied("på", decomposed.split()[1]) == [decomposed.split()[1]]
    assert normal_form("kommune") == "kommune"


@pytest.mark.parametrize(
    ("pos", "analyses", "outcome"),
    [
        ("NOUN", ["NOUN"], "certain"),
        ("NOUN", ["NOUN", "NOUN"], "certain"),
        ("NOUN", ["NOUN", "VERB"], "uncertain"),
        ("NOUN", [None], "uncertain"),
        ("NOUN", ["VERB"], "no"),
        ("NOUN", ["VERB", "ADJ"], "no"),
    ],
)
def test_part_of_speech_asks_the_context_only_when_in_doubt(
    pos: str, analyses: list[str | None], outcome: str
) -> None:
    """A form with one part of speech decides by itself, one with several does not."""
    pattern = WORDS.word(f"tiltak/{pos}")
    index = PatternIndex([pattern], FakeLexicon())
    form = WordForm(
        "tiltak",
        tuple(
            Analysis("tiltak", ("tiltak",), ("tiltak",), "tiltak", ("tiltak",), p) for p in analyses
        ),
    )

    found = index.match(form)

    assert found.certain == ((pattern,) if outcome == "certain" else ())
    assert found.uncertain == ((pattern,) if outcome == "uncertain" else ())


def test_patterns_come_in_the_order_of_the_codebook() -> None:
    """Whatever the kinds, so that every run sees the same order."""
    lexicon = FakeLexicon()
    texts = ["*led*", "==leder", "~leder~", "=leder", "leder", "leder|x"]
    patterns = [WORDS.word(text) for text in texts]

    for order in (patterns, patterns[::-1]):
        assert PatternIndex(order, lexicon).match(lexicon.look_up("leder")).certain == tuple(order)


def test_part_keys_follow_the_reading_that_is_the_word_itself() -> None:
    """An inflected form, or a simple word, is one part."""
    lexicon = FakeLexicon()

    assert part_keys("leiargruppe", lexicon) == ("leder", "gruppe")
    assert part_keys("leiar", lexicon) == ("leder",)
    assert part_keys("modenhetstrappa", lexicon) == ("modenhetstrappa",)


@given(st.text(alphabet="abå=~*|@/?<3> NOU-'", max_size=12))
def test_any_text_is_a_pattern_or_an_error_of_ours(text: str) -> None:
    """Nothing that an author writes ends in anything else."""
    words = WordPatterns({"a": ["b", "å*"]})
    for understand in (words.word, words.phrase):
        try:
            understand(text)
        except PatternError as error:
            assert str(error)  # noqa: PT017 - either outcome is fine


@given(st.text(alphabet="abcø.+-", min_size=1, max_size=8), st.text(alphabet="abcø.+-", max_size=8))
def test_wildcards_mean_their_letters(inner: str, around: str) -> None:
    """Signs that mean something in regular expressions mean themselves."""
    if any(letter.isalnum() for letter in inner):
        pattern: WordPattern = WORDS.word(f"*{inner}*")
        index = PatternIndex([pattern], FakeLexicon())
        form = FakeLexicon().look_up(around)
        assert bool(index.match(form).certain) == (inner in around)
