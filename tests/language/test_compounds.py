"""The compound splitter, on the tables of the package and on small tables of its own."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oppsummering.language.compounds import (
    MAX_LENGTH,
    CompoundSplitter,
    Facts,
    Link,
    Part,
    Seam,
    Weights,
)
from oppsummering.language.wordtable import WordTable

if TYPE_CHECKING:
    from pathlib import Path

WEIGHTS = Weights(
    unknown_modifier=-4.0,
    unknown_modifier_letter=0.1,
    unknown_head=-4.0,
    unknown_head_letter=0.1,
    whole_inside=1.0,
    whole_unknown=-1.0,
    whole_unknown_letter=-0.2,
)
NOUN = int(Facts.NB | Facts.NOUN)
ADVERB = int(Facts.NB | Facts.OTHER | Facts.PARTICLE)
WHOLE, UNKNOWN = int(Seam.WHOLE), int(Seam.UNKNOWN)


@pytest.fixture(scope="module")
def splitter() -> CompoundSplitter:
    """The splitter of the package."""
    return CompoundSplitter.load()


def small() -> CompoundSplitter:
    """A splitter that knows a handful of words."""
    parts = {
        # word: as modifier, with s, seam, seam inside, link, facts
        "plan": [10, 0, WHOLE, WHOLE, 0, NOUN],
        "arbeid": [5, 20, WHOLE, WHOLE, 0, NOUN],
        "gude": [10, -60, UNKNOWN, UNKNOWN, int(Link.ONE), 0],
        "gud": [0, 0, WHOLE, WHOLE, 0, NOUN],
        "brenn": [10, -60, UNKNOWN, UNKNOWN, int(Link.VERB), 0],
        "brenne": [5, -60, WHOLE, WHOLE, 0, int(Facts.NB | Facts.VERB)],
        "buss": [10, -60, WHOLE, WHOLE, 0, NOUN],
        "bussplan": [5, 5, 4, 4, 0, NOUN],
        "akuttur": [0, 0, -5, -5, 0, NOUN],
        "akutt": [0, 0, WHOLE, WHOLE, 0, NOUN],
        "ut": [20, -60, WHOLE, WHOLE, 0, ADVERB],
        "utvikling": [0, 10, 2, 2, 0, NOUN],
    }
    heads = {word[::-1]: [15] for word in ("plan", "planen", "gave", "stopp", "ved", "vikling")}
    lemmas = {"planen": "plan"}
    return CompoundSplitter(
        WordTable.build(parts), WordTable.build(heads), WEIGHTS, lambda form: lemmas.get(form, form)
    )


def texts(parts: tuple[Part, ...]) -> list[str]:
    """The parts as written."""
    return [part.text for part in parts]


def lemmas(parts: tuple[Part, ...]) -> list[str]:
    """The lemmas of the modifiers and the form of the head."""
    return [part.lemma or part.form for part in parts]


@pytest.mark.parametrize(
    ("word", "segments", "parts"),
    [
        ("arbeidsplan", ["arbeids", "plan"], ["arbeid", "plan"]),
        ("arbeidsplanen", ["arbeids", "planen"], ["arbeid", "planen"]),
        ("gudegave", ["gude", "gave"], ["gud", "gave"]),
        ("brennved", ["brenn", "ved"], ["brenne", "ved"]),
        ("arbeidsbussplan", ["arbeids", "buss", "plan"], ["arbeid", "buss", "plan"]),
        ("bussplangave", ["buss", "plan", "gave"], ["buss", "plan", "gave"]),
        ("plan", ["plan"], ["plan"]),
    ],
)
def test_linking_letters_stay_with_the_part_before(
    word: str, segments: list[str], parts: list[str]
) -> None:
    """*arbeids-*, *gude-* and *brenn-* are cut after their last letter, and have lemmas."""
    found = small().split(word)
    assert texts(found) == segments
    assert lemmas(found) == parts


def test_three_like_consonants_are_written_as_two() -> None:
    """*busstopp* is *buss* and *stopp*; a listed seam may say so too (*akuttur*)."""
    scored, listed = small().split("busstopp"), small().split("akuttur")
    assert texts(scored) == ["buss", "topp"]
    assert lemmas(scored) == ["buss", "stopp"]
    assert texts(listed) == ["akutt", "ur"]
    assert lemmas(listed) == ["akutt", "tur"]


def test_a_particle_is_cut_from_a_word_but_not_from_a_part() -> None:
    """*utvikling* has a seam of its own; in *utviklingsplan* it is one useful part."""
    assert texts(small().split("utvikling")) == ["ut", "vikling"]
    assert texts(small().split("utviklingsplan")) == ["utviklings", "plan"]
    assert lemmas(small().split("utviklingsplan")) == ["utvikling", "plan"]


def test_an_unknown_modifier_is_cut_from_a_known_head() -> None:
    """A new word (*podkastplan*) is cut; letters without a vowel are no word."""
    assert texts(small().split("podkastplan")) == ["podkast", "plan"]
    assert texts(small().split("xkcdplan")) == ["xkcdplan"]


def test_an_unknown_head_is_cut_from_a_known_modifier() -> None:
    """*utfrakk* has a known beginning only."""
    assert texts(small().split("utfrakk")) == ["ut", "frakk"]


def test_the_seams_of_the_lemma_are_those_of_the_form() -> None:
    """An inflected form is cut where its lemma is; where they differ before, it is left whole."""
    splitter = small()
    assert texts(splitter.split("bussplanene", "bussplan")) == ["buss", "planene"]
    assert texts(splitter.split("byssplanene", "bussplan")) == ["byssplanene"]
    assert texts(splitter.split("planene", "plan")) == ["planene"]


def test_a_word_too_long_is_left_whole() -> None:
    """Nothing is looked up in a word of more letters than any word has."""
    word = "plan" * MAX_LENGTH
    assert texts(small().split(word)) == [word]


def test_saved_tables_are_loaded_again(tmp_path: Path) -> None:
    """What is saved cuts as before."""
    small().save(tmp_path)
    loaded = CompoundSplitter.load(tmp_path)
    assert texts(loaded.split("arbeidsplan")) == ["arbeids", "plan"]
    assert loaded.facts("plan") == Facts.NB | Facts.NOUN
    assert loaded.facts("plans") == Facts(0)
    assert loaded.is_bokmal("plan")
    assert not loaded.is_bokmal("gude")


def test_the_caches_start_anew_when_full(monkeypatch: pytest.MonkeyPatch) -> None:
    """A full cache changes no answer."""
    monkeypatch.setattr("oppsummering.language.compounds.MAX_CACHED", 1)
    splitter = small()
    words = ["arbeidsbussplan", "bussplangave", "arbeidsplan", "arbeidsbussplan"]
    assert [texts(splitter.split(word)) for word in words] == [
        texts(small().split(word)) for word in words
    ]


@pytest.mark.parametrize(
    ("word", "segments"),
    [
        ("endringsledelse", "endrings ledelse"),
        ("endringsleiing", "endrings leiing"),
        ("kompetanseplanlegging", "kompetanse planlegging"),
        ("digitaliseringsstrategi", "digitaliserings strategi"),
        ("leiargruppe", "leiar gruppe"),
        ("virksomhetsarkitektur", "virksomhets arkitektur"),
        ("tenesteutvikling", "teneste utvikling"),
        ("lederutviklingsarbeid", "leder utviklings arbeid"),
        ("helseplattform", "helse plattform"),
        ("samhandlingsarena", "samhandlings arena"),
        ("skuleleiar", "skule leiar"),
        ("sektorovergripende", "sektor overgripende"),
    ],
)
def test_compounds_of_the_field_are_cut(
    splitter: CompoundSplitter, word: str, segments: str
) -> None:
    """Compounds that no list has are cut in both standards."""
    assert texts(splitter.split(word)) == segments.split()


@pytest.mark.parametrize(
    "word",
    [
        "modenhet",
        "modenheit",
        "virksomhet",
        "verksemd",
        "samhandling",
        "kompetanse",
        "ledelse",
        "leiing",
        "endring",
        "kommune",
        "teneste",
        "tjeneste",
        "forankring",
        "kultur",
        "leverandør",
        "system",
        "program",
        "sentral",
        "politikar",
        "organisasjon",
        "signering",
        "mulighet",
        "moglegheit",
        "vitenskap",
        "forståelse",
        "digitalisering",
        "transformasjon",
        "ansvar",
        "kunnskap",
        "erfaring",
        "avis",
        "altså",
        "relevant",
        "kompleks",
        "arkitektur",
        "sårbarhet",
        "effektivisering",
        "gjeldende",
    ],
)
def test_simple_words_are_left_whole(splitter: CompoundSplitter, word: str) -> None:
    """Derivations (-het, -else, -isering, -ende) and loans are no compounds."""
    assert texts(splitter.split(word)) == [word]


@given(st.text(max_size=60))
def test_the_parts_together_are_the_word(text: str) -> None:
    """Whatever is cut, no letter is lost or added."""
    word = text.lower().encode("utf-8", "replace").decode()
    splitter = LOADED
    assert "".join(texts(splitter.split(word))) == word


LOADED = CompoundSplitter.load()


def test_hostile_words_take_no_time(splitter: CompoundSplitter) -> None:
    """Repeated short parts as long as a word may be are cut without exploding."""
    start = time.process_time()
    for piece in ("ås", "is", "s", "a", "øy", "ost", "arbeids"):
        splitter.split((piece * MAX_LENGTH)[:MAX_LENGTH])
    assert time.process_time() - start < 2
