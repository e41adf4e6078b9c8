"""The table of corresponding words: every entry, the patterns, and errors in the table."""

from __future__ import annotations

import pytest

from oppsummering.language.correspondence import Correspondence, Ending, Inside, Start
from oppsummering.language.lexicon import load_lexicon

TABLE = Correspondence.load()


@pytest.mark.parametrize(("word", "stands_for"), TABLE.words.items())
def test_every_listed_word_has_the_key_of_its_counterpart(word: str, stands_for: str) -> None:
    """Both words of an entry meet in one key, and the key is its own key."""
    lexicon = load_lexicon()
    key = lexicon.key(word)
    assert key == lexicon.key(stands_for)
    assert lexicon.key(key) == key


@pytest.mark.parametrize(("word", "stands_for"), TABLE.words.items())
def test_no_entry_is_a_chain(word: str, stands_for: str) -> None:
    """The right side of an entry is nowhere the left side of another, nor of itself."""
    assert stands_for not in TABLE.words
    assert word != stands_for


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("moglegheit", "mulighet"),
        ("ferdigheit", "ferdighet"),
        ("tydeleg", "tydelig"),
        ("merksemd", "oppmerksomhet"),
        ("lesar", "leser"),
        ("musikar", "musiker"),
        ("levande", "levende"),
        ("einsam", "ensom"),
        ("stengje", "stenge"),
        ("bløding", "blødning"),
        ("draum", "drøm"),
        ("hemn", "hevn"),
        ("kommunalisera", "kommunalisere"),
        ("rekkje", "rekke"),
        ("synast", "synes"),
    ],
)
def test_regular_patterns(word: str, key: str) -> None:
    """Words that the table does not list follow its patterns."""
    assert load_lexicon().key(word) == key


@pytest.mark.parametrize(
    "word", ["system", "kor", "rein", "leie", "høyre", "same", "stad", "val3", "kommune", "ledelse"]
)
def test_bokmal_words_stay_what_they_are(word: str) -> None:
    """*rein* is a deer, *kor* a choir, *leie* a rent: no pattern and no entry touches them."""
    assert load_lexicon().key(word) == word


@pytest.mark.parametrize(
    ("nynorsk", "bokmal"),
    [
        ("leiargruppe", "ledergruppe"),
        ("endringsleiing", "endringsledelse"),
        ("verksemdsplan", "virksomhetsplan"),
        ("tenesteutvikling", "tjenesteutvikling"),
        ("arbeidsgjevarstrategi", "arbeidsgiverstrategi"),
        ("kommunesamanslåing", "kommunesammenslåing"),
        ("innbyggjarundersøking", "innbyggerundersøkelse"),
        ("skuleleiar", "skoleleder"),
        ("fremtidsbilde", "framtidsbilde"),
        ("økosystem-tankesett", "økosystemtankesett"),
        ("IT-teneste", "IT-tjeneste"),
    ],
)
def test_compounds_correspond_part_by_part(nynorsk: str, bokmal: str) -> None:
    """A compound has the key of the compound of the corresponding parts."""
    lexicon = load_lexicon()
    assert lexicon.key(nynorsk) == lexicon.key(bokmal)


def test_patterns_change_one_place_at_a_time() -> None:
    """Endings and beginnings need letters beside them; inner letters change wherever they are."""
    assert list(Ending("heit", "het").apply("heit")) == []
    assert list(Ending("heit", "het").apply("godheit")) == ["godhet"]
    assert list(Start("kv", "hv").apply("kvass")) == ["hvass"]
    assert list(Start("kv", "hv").apply("akvasal")) == []
    assert list(Inside("ei", "e").apply("meisterheit")) == ["mesterheit", "meisterhet"]


def test_a_pattern_counts_only_when_bokmal_has_the_result() -> None:
    """What no Bokmål list has is left alone, and so is a word of absurd length."""
    table = Correspondence.parse(["ending\theit\thet", "word\tleiing\tledelse", "# comment", ""])
    assert table.key("blaheit", lambda word: word == "blahet") == "blahet"
    assert table.key("blaheit", lambda _: False) == "blaheit"
    assert table.key("leiing", lambda _: False) == "ledelse"
    assert table.key("x" * 1000 + "heit", lambda _: True) == "x" * 1000 + "heit"


def test_two_patterns_may_be_needed() -> None:
    """*ei* and *-leg* in one word; a third change is not tried."""
    table = Correspondence.parse(["inside\tei\te", "ending\tleg\tlig", "start\tkv\thv"])
    assert table.key("heimleg", lambda word: word == "hemlig") == "hemlig"
    assert table.key("kveimleg", lambda word: word == "hvemlig") == "kveimleg"


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["word\tleiing"], "Line 1: three columns"),
        (["", "vord\ta\tb"], "Line 2: the kind 'vord' is unknown"),
        (["word\ta\tb", "word\ta\tc"], "Line 2: 'a' stands above"),
    ],
)
def test_errors_in_the_table_name_their_line(lines: list[str], message: str) -> None:
    """A broken table is refused with the line that breaks it."""
    with pytest.raises(ValueError, match=message):
        Correspondence.parse(lines)
