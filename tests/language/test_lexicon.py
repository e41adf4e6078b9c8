"""The lexicon: readings, parts and keys of word forms as they stand in surveys."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oppsummering.language import lexicon as module
from oppsummering.language.compounds import MAX_LENGTH, CompoundSplitter
from oppsummering.language.correspondence import Correspondence
from oppsummering.language.lemmas import bundled_lemma_table
from oppsummering.language.lexicon import NorwegianLexicon, expand, load_lexicon
from support.processes import run_python

if TYPE_CHECKING:
    from oppsummering.words import Analysis

LEXICON = load_lexicon()


def first(word: str) -> Analysis:
    """The likeliest reading."""
    return LEXICON.look_up(word).analyses[0]


@pytest.mark.parametrize(
    ("word", "segments", "parts", "lemma"),
    [
        ("modenhetstrappa", "modenhets trappa", "modenhet trapp", "modenhetstrapp"),
        ("modenheitstrappa", "modenheits trappa", "modenheit trapp", "modenheitstrapp"),
        ("generasjonstrappa", "generasjons trappa", "generasjon trapp", "generasjonstrapp"),
        (
            "digitaliseringsstrategien",
            "digitaliserings strategien",
            "digitalisering strategi",
            "digitaliseringsstrategi",
        ),
        ("leiargruppene", "leiar gruppene", "leiar gruppe", "leiargruppe"),
        ("leiargruppa", "leiar gruppa", "leiar gruppe", "leiargruppe"),
        ("endringsleiing", "endrings leiing", "endring leiing", "endringsleiing"),
        ("Økosystem-tankesett", "Økosystem- tanke sett", "økosystem tanke sett", None),
        ("IT-tjenesten", "IT- tjenesten", "it tjeneste", "it-tjeneste"),
        ("HR-rollen", "HR- rollen", "hr rolle", "hr-rolle"),
        ("KS-løsninger", "KS- løsninger", "ks løsning", "ks-løsning"),
        ("virksomhets-strategi", "virksomhets- strategi", "virksomhet strategi", None),
        ("akuttjenestene", "akutt jenestene", "akutt tjeneste", "akuttjeneste"),
        ("PC-ene", "PC-ene", "pc", "pc"),
        ("IKT-en", "IKT-en", "ikt", "ikt"),
        ("kompetanse-", "kompetanse-", "kompetanse", "kompetanse"),
        ("virksomhets-", "virksomhets-", "virksomhet", "virksomhet"),
        ("-strategi", "-strategi", "strategi", "strategi"),
        ("kommunens", "kommunens", "kommune", "kommune"),
        ("sektorens", "sektorens", "sektor", "sektor"),
        ("modenheten", "modenheten", "modenhet", "modenhet"),
        ("modenheita", "modenheita", "modenheit", "modenheit"),
        ("KOMMUNANE", "KOMMUNANE", "kommune", "kommune"),
    ],
)
def test_parts_and_lemma(word: str, segments: str, parts: str, lemma: str | None) -> None:
    """Inflected, hyphenated and capital forms in both standards are taken apart."""
    reading = first(word)
    assert reading.segments == tuple(segments.split())
    assert reading.parts == tuple(parts.split())
    if lemma:
        assert reading.lemma == lemma


@pytest.mark.parametrize(
    ("word", "lemmas"),
    [
        ("Virksomhetsplaner/-strategi", ["virksomhetsplan", "virksomhetsstrategi"]),
        ("virksomhetsstyring/-arkitektur", ["virksomhetsstyring", "virksomhetsarkitektur"]),
        ("for-/etterarbeid", ["forarbeid", "etterarbeid"]),
        ("og/eller", ["og", "eller"]),
        ("forståing/forståelse", ["forståing", "forståelse"]),
    ],
)
def test_slashes_give_the_readings_of_every_word(word: str, lemmas: list[str]) -> None:
    """Words that share a head or a modifier are written out."""
    found = [reading.lemma for reading in LEXICON.look_up(word).analyses]
    assert list(dict.fromkeys(lemma for lemma in found if lemma in lemmas)) == lemmas


def test_slashes_without_a_counterpart_stay() -> None:
    """Where nothing can be shared, the piece is what it is."""
    assert expand("-strategi/-plan", lambda word: [word]) == ["strategi", "plan"]
    assert expand("for-/etter-", lambda word: [word]) == ["for", "etter"]
    assert expand("a//b", lambda word: [word]) == ["a", "b"]


@pytest.mark.parametrize(
    ("word", "readings"),
    [
        ("leder", {("leder", "NOUN"), ("lede", "VERB")}),
        ("endringen", {("endring", "NOUN")}),
        ("utvikler", {("utvikle", "VERB"), ("utvikler", "NOUN")}),
        ("spleisar", {("spleis", "NOUN"), ("spleise", "VERB")}),
        ("stolar", {("stol", "NOUN"), ("stole", "VERB")}),
    ],
)
def test_every_reading_is_kept(word: str, readings: set[tuple[str, str]]) -> None:
    """A form of several lemmas has them all, with their parts of speech."""
    found = {(reading.lemma, reading.pos) for reading in LEXICON.look_up(word).analyses}
    assert readings <= found


@pytest.mark.parametrize("word", ["leiar", "kommunar", "einingar"])
def test_a_nynorsk_noun_in_ar_is_no_verb(word: str) -> None:
    """Only a plural whose stem is a verb may be that verb's present tense."""
    assert {reading.pos for reading in LEXICON.look_up(word).analyses} == {"NOUN"}


def test_an_unknown_compound_of_a_noun_is_a_noun() -> None:
    """*modenhetstrappa* is not the past tense of a verb; *opptrappa* may be."""
    assert {reading.pos for reading in LEXICON.look_up("modenhetstrappa").analyses} == {"NOUN"}


def test_both_standards_meet_in_the_key() -> None:
    """A Bokmål term finds the Nynorsk word, whole and part by part."""
    nynorsk, bokmal = first("leiargruppene"), first("ledergruppene")
    assert nynorsk.key == bokmal.key == "ledergruppe"
    assert nynorsk.part_keys == bokmal.part_keys == ("leder", "gruppe")
    assert first("tilsette").key in {"ansatt", "ansette"}


@pytest.mark.parametrize("word", ["🎉", "---", "/", "-/-", "2023", "", "\x1b[31m", "…", "\ud800"])
def test_what_is_no_word_is_one_whole(word: str) -> None:
    """Signs, numbers, control characters and lone surrogates have one reading and no seam."""
    form = LEXICON.look_up(word)
    assert form.text == word
    assert len(form.analyses) == 1
    assert len(form.analyses[0].segments) == 1


def test_an_endless_word_is_left_whole() -> None:
    """Nothing is looked up in a word that is too long, and it takes no time."""
    start = time.process_time()
    for letters in ("a" * 10_000, "arbeid" * 2_000, "a-" * 5_000, "a/" * 5_000):
        assert len(LEXICON.look_up(letters).analyses[0].segments) == 1
    assert time.process_time() - start < 1
    assert LEXICON.key("x" * (MAX_LENGTH + 1)) == "x" * (MAX_LENGTH + 1)


@pytest.mark.parametrize("word", ["--a", "--en", "-/a", "a/-"])
def test_an_ending_without_a_stem_is_a_word(word: str) -> None:
    """Hyphens before an ending are no stem that it could belong to."""
    assert first(word).lemma in {"a", "en"}


@given(st.text(max_size=MAX_LENGTH) | st.text(alphabet="aens-/", max_size=8))
def test_segments_are_the_word_and_match_the_parts(word: str) -> None:
    """Any text has a reading; without slashes its segments make up the word."""
    form = LEXICON.look_up(word)
    assert form.analyses
    for reading in form.analyses:
        assert len(reading.part_keys) == len(reading.parts)
        assert len(reading.segments) == len(reading.parts)
        if "/" not in word and len(word.lower()) == len(word):
            assert "".join(reading.segments) == word


@given(st.text(alphabet="abdefghijklmnoprstuvyæøå-", max_size=30))
def test_a_key_is_its_own_key(lemma: str) -> None:
    """Asking for the key of a key changes nothing."""
    key = LEXICON.key(lemma)
    assert LEXICON.key(key) == key


@pytest.mark.parametrize(
    "word", ["totalavholdsfolk", "totalhavarere", "blokktall", "Fremtidsbilde"]
)
def test_a_key_that_would_grow_is_left(word: str) -> None:
    """*tal* corresponds to *tall*, which begins with *tal*: that must not go on for ever."""
    key = LEXICON.key(word)
    assert LEXICON.key(key) == key


def test_words_that_stand_for_each_other_have_one_key() -> None:
    """An error of the table cannot make a key that is not its own."""
    table = Correspondence.parse(["word\tblått\tgrønt", "word\tgrønt\tblått"])
    lexicon = NorwegianLexicon(bundled_lemma_table(), CompoundSplitter.load(), table)
    assert lexicon.key("blått") == lexicon.key("grønt") == "blått"


def test_a_letter_that_grows_in_lower_case_does_no_harm() -> None:
    """*İ* has two characters in lower case; the word is then shown in lower case."""
    assert "".join(first("İstanbulavtale").segments) == "i̇stanbulavtale"


def test_the_same_word_is_looked_up_once() -> None:
    """A repeated form is the same object."""
    assert LEXICON.look_up("modenhet") is LEXICON.look_up("modenhet")


def test_full_caches_start_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory is bounded, and the answers stay the same."""
    monkeypatch.setattr(module, "MAX_CACHED", 2)
    fresh = load_lexicon.__wrapped__()
    assert isinstance(fresh, NorwegianLexicon)
    words = ["leiargruppa", "endringsleiing", "skuleleiarane", "kommunesamanslåinga", "leiargruppa"]
    assert [fresh.look_up(word) for word in words] == [LEXICON.look_up(word) for word in words]
    assert [fresh.key(word) for word in words] == [LEXICON.key(word) for word in words]


def test_loading_needs_no_spacy() -> None:
    """The lexicon is loaded without the pipeline's libraries."""
    code = (
        "import sys; from oppsummering.language.lexicon import load_lexicon;"
        "load_lexicon().look_up('modenhetstrappa');"
        "print([name for name in ('spacy', 'pandas', 'numpy') if name in sys.modules])"
    )
    assert run_python(code) == "[]\n"
