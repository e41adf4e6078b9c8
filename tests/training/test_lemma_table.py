"""The table of lemmas, written from a few invented readings and read back."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from oppsummering.errors import PipelineError
from oppsummering.language.lemmas import (
    BOKMAL,
    NYNORSK,
    LemmaRule,
    LemmaTable,
    Reading,
    bundled_lemma_table,
)
from oppsummering.words import WrittenStandard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NB, NN = WrittenStandard.NB, WrittenStandard.NN

COUNTS = {
    ("planen", BOKMAL, "NOUN", "plan"): Counter({"Definite=Def": 5}),
    ("planen", NYNORSK, "NOUN", "plan"): Counter({"Definite=Def": 2}),
    ("leiinga", NYNORSK, "NOUN", "leiing"): Counter({"Definite=Def": 9}),
    ("sett", NYNORSK, "VERB", "sjå"): Counter({"VerbForm=Part": 3}),
    ("sett", NYNORSK, "VERB", "setje"): Counter({"Mood=Imp": 4}),
    ("er", BOKMAL, "AUX", "være"): Counter({"Tense=Pres": 8}),
    ("Kommunes", BOKMAL, "PROPN", "Kommune"): Counter({"Case=Gen": 1}),
    ("dager", BOKMAL, "NOUN", "dag"): Counter({"Number=Plur": 7}),
}
DICTIONARY = {
    ("planen", BOKMAL, "NOUN", "plan"),
    ("planen", BOKMAL, "VERB", "plane"),
    ("tolker", BOKMAL, "NOUN", "tolk"),
    ("tolker", BOKMAL, "NOUN", "tolker"),
    ("gjer", BOKMAL, "VERB", "gjere"),
    ("kasse", NYNORSK, "NOUN", "kasse"),
    ("kjenne", NYNORSK, "VERB", "kjenne"),
}


@pytest.fixture
def table(script: Callable[[str], Any], tmp_path: Path) -> LemmaTable:
    """A table of the readings above."""
    module = script("lemma_table")
    generated = module.generated_readings(DICTIONARY)
    written: LemmaTable = module.write_table(
        COUNTS, DICTIONARY, generated, tmp_path / "lemmas.marisa"
    )
    return written


def test_readings_likeliest_first(table: LemmaTable) -> None:
    """Every reading is there, those of the treebank before those of a dictionary alone."""
    assert table.readings("Planen") == (
        Reading("plan", "NOUN", NB, frequency=3, in_dictionary=True),
        Reading("plan", "NOUN", NN, frequency=2),
        Reading("plane", "VERB", NB, in_dictionary=True),
    )
    assert table.readings("finnes-ikke") == ()
    assert "PLANEN" in table
    assert "finnes-ikke" not in table


@pytest.mark.parametrize(
    "form", ["", "\x00", "plan\x00", "sett\x1fVERB\x1fMood=Imp", "\ud800", "å" * 9999]
)
def test_strange_form_has_no_reading(table: LemmaTable, form: str) -> None:
    """No text finds what is not there, nor breaks the look-up."""
    assert table.readings(form) == ()
    assert table.lemma(form, "NOUN", "", NB) is None
    assert table.signatures(form) == ("", "")


def test_name_keeps_its_case(table: LemmaTable) -> None:
    """The lemma of a name is written as the name is."""
    assert table.lemma("Kommunes", "PROPN", "Case=Gen", NB) == "Kommune"
    assert table.lemma("KOMMUNES", "PROPN", "Case=Gen", NB) == "KOMMUNE"


def test_features_decide(table: LemmaTable) -> None:
    """Where the lemma depends on the features, they choose it."""
    assert table.lemma("sett", "VERB", "VerbForm=Part", NN) == "sjå"
    assert table.lemma("sett", "VERB", "Mood=Imp", NN) == "setje"
    assert table.lemma("sett", "VERB", "", NN) == "setje"


def test_own_standard_before_the_other(table: LemmaTable) -> None:
    """A reading of the other standard serves only when there is none of the text's own."""
    assert table.lemma("leiinga", "NOUN", "Definite=Def", NB) == "leiing"
    assert table.lemma("planen", "NOUN", "Definite=Def", WrittenStandard.UNDECIDED) == "plan"
    assert table.lemma("planen", "ADJ", "", NB) is None
    assert table.lemma("finnes-ikke", "NOUN", "", NB) is None


def test_auxiliary_is_read_as_a_verb(table: LemmaTable) -> None:
    """Dictionaries do not know auxiliaries: a verb's reading serves one."""
    assert table.lemma("gjer", "AUX", "", NB) == "gjere"
    assert table.lemma("er", "AUX", "Tense=Pres", NN) == "være"


def test_usual_change_decides_between_dictionary_lemmas(table: LemmaTable) -> None:
    """A plural noun in -er most often loses it: *tolker* is of *tolk*, not of *tolker*."""
    assert table.lemma("tolker", "NOUN", "Number=Plur", NB) == "tolk"


def test_generated_forms_of_nynorsk(table: LemmaTable) -> None:
    """Regular endings are put on Nynorsk lemmas; a double consonant is shortened before t."""
    assert table.lemma("kassane", "NOUN", "", NN) == "kasse"
    assert table.lemma("kjent", "VERB", "", NN) == "kjenne"
    (reading,) = table.readings("kassane")
    assert not reading.in_dictionary


def test_signatures_ignore_the_treebank(table: LemmaTable) -> None:
    """A word that only the treebank has looks like an unknown one; known ones look alike."""
    assert table.signatures("leiinga") == ("", "")
    bokmal, nynorsk = table.signatures("planen")
    assert "NOUN2" in bokmal
    assert not nynorsk
    assert table.signatures("kassane")[1] == "NOUN3e"


def test_same_input_gives_the_same_bytes(
    script: Callable[[str], Any], table: LemmaTable, tmp_path: Path
) -> None:
    """Writing the table again gives the same file."""
    module = script("lemma_table")
    first = (tmp_path / "lemmas.marisa").read_bytes()
    again = module.write_table(
        dict(reversed(COUNTS.items())),
        DICTIONARY,
        module.generated_readings(DICTIONARY),
        tmp_path / "again.marisa",
    )
    assert (tmp_path / "again.marisa").read_bytes() == first
    assert again.version == table.version
    assert len(again) == len(table)


@pytest.mark.parametrize(
    ("form", "lemma"), [("menn", "mann"), ("er", "være"), ("og", "og"), ("", "a"), ("a", "")]
)
def test_rule_turns_a_form_into_its_lemma(form: str, lemma: str) -> None:
    """The rule found for a form and its lemma makes that lemma."""
    assert LemmaRule.between(form, lemma).apply(form) == lemma


@pytest.mark.parametrize(
    "content",
    [b"", b"no json\n", b"{}\n", b'{"format": 1}\n', b'{"format": 99}\n', b"[]\nx"],
)
def test_damaged_table_is_an_error(tmp_path: Path, content: bytes) -> None:
    """A file that is no table, or of another format, is named as such."""
    path = tmp_path / "lemmas.marisa"
    path.write_bytes(content)
    with pytest.raises(PipelineError, match="lemma table"):
        LemmaTable.load(path)


def test_damaged_trie_is_an_error(table: LemmaTable, tmp_path: Path) -> None:
    """A table whose end is missing is not read."""
    path = tmp_path / "lemmas.marisa"
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.index(b"\n") + 20])
    with pytest.raises(PipelineError, match="damaged"):
        LemmaTable.load(path)
    assert len(table) > 0


def test_missing_table_is_an_error(tmp_path: Path) -> None:
    """A table that is not there is named with its path."""
    with pytest.raises(PipelineError, match=r"none\.marisa"):
        LemmaTable.load(tmp_path / "none.marisa")


@pytest.mark.pipeline
def test_bundled_table_knows_both_standards() -> None:
    """The table of the package has the words of both standards, and is read once."""
    table = bundled_lemma_table()
    assert table is bundled_lemma_table()
    assert table.lemma("forklaringene", "NOUN", "Definite=Def|Number=Plur", NB) == "forklaring"
    assert table.lemma("kommunane", "NOUN", "Definite=Def|Number=Plur", NN) == "kommune"
