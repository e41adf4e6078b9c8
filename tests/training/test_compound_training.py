"""The compound splitter, learnt from a few words."""

from __future__ import annotations

import lzma
from typing import TYPE_CHECKING, Any

import pytest

from oppsummering.language.compounds import CompoundSplitter, Facts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEADER = "compound\tsegmented\thead\thead_pos\tmodifier\tmodifier_pos\tjuncture\n"
MODIFIERS = {"skole": "", "arbeid": "s", "hus": "", "bok": "", "kommune": "", "helse": ""}
HEADS = ("plan", "dag", "leder", "tid", "bygg", "gruppe")
BOKMAL = "".join(
    f"{lemma}{link}{head}\t{lemma}{link}*{head}\t{head}\tNoun\t{lemma}\tNoun\t{link}\n"
    for lemma, link in MODIFIERS.items()
    for head in HEADS
    if (lemma, head) != ("helse", "gruppe")
)
ODD = (
    "busstopp\tbusstopp\tstopp\tNoun\tbuss\tNoun\t\n"
    "fordag\tfor*dag\tdag\tNoun\tfor-\tPref\t\n"
    "IT-plan\tIT-plan\tplan\tNoun\tIT\tNoun\t\n"
    "utplan\tut*plan\tplan\tNoun\tut\tPrep\t\n"
    "brennplan\tbrenn*plan\tplan\tNoun\tbrenn-\tFøreledd_V\t\n"
)


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    """A folder with both lists."""
    for standard, rows in (("nb", BOKMAL + ODD), ("nn", "")):
        with lzma.open(tmp_path / f"leddanalyse-{standard}.tsv.xz", "wt", encoding="utf-8") as out:
            out.write(HEADER + rows)
    return tmp_path


def learnt(script: Callable[[str], Any], lists: Path) -> CompoundSplitter:
    """A splitter learnt from the lists and from some simple words."""
    training, wordlists = script("compounds"), script("wordlists")
    words = ("politikk", "system", "ledelse", "gruppe", "plan", "dag", "skole", "helse", "arbeid")
    sources = training.Sources(
        compounds=wordlists.read_compounds(lists),
        known=dict.fromkeys(words, Facts.NB | Facts.NOUN),
        forms={"gruppe": {"gruppe", "gruppen"}},
        made=set(),
        treebank={"nb": wordlists.Words()},
    )
    splitter = training.make_splitter(sources, sources.compounds)
    assert isinstance(splitter, CompoundSplitter)
    return splitter


def test_the_list_is_read(script: Callable[[str], Any], lists: Path) -> None:
    """Seams, shared letters, prefixes and entries without a seam are told apart."""
    found = {entry.word: entry for entry in script("wordlists").read_compounds(lists)}
    assert (found["arbeidsplan"].seam, found["arbeidsplan"].modifier) == (7, "arbeid")
    assert (found["busstopp"].seam, found["busstopp"].shared) == (4, True)
    assert found["fordag"].prefixed
    assert found["it-plan"].seam == 0


def test_a_splitter_is_learnt(script: Callable[[str], Any], lists: Path) -> None:
    """It cuts what it was shown, what it was not shown, and leaves simple words whole."""
    splitter = learnt(script, lists)
    cut = {
        word: [(part.text, part.lemma or part.form) for part in splitter.split(word)]
        for word in ("arbeidsplan", "helsegruppe", "helsegruppen", "busstopp", "fordag", "system")
    }
    assert cut["arbeidsplan"] == [("arbeids", "arbeid"), ("plan", "plan")]
    assert cut["helsegruppe"] == [("helse", "helse"), ("gruppe", "gruppe")]
    assert cut["helsegruppen"] == [("helse", "helse"), ("gruppen", "gruppen")]
    assert cut["busstopp"] == [("buss", "buss"), ("topp", "stopp")]
    assert cut["fordag"] == [("fordag", "fordag")]
    assert cut["system"] == [("system", "system")]
    assert splitter.is_particle("ut")
    assert [part.lemma for part in splitter.modifier("brenn")] == ["brenne"]


def test_learning_again_gives_the_same_tables(
    script: Callable[[str], Any], lists: Path, tmp_path: Path
) -> None:
    """The same lists give the same bytes."""
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        learnt(script, lists).save(tmp_path / name)
    for file in (tmp_path / "first").iterdir():
        assert file.read_bytes() == (tmp_path / "second" / file.name).read_bytes()


def test_a_tenth_is_held_out(script: Callable[[str], Any]) -> None:
    """The choice depends on the word alone."""
    is_held_out = script("wordlists").is_held_out
    held = [number for number in range(10_000) if is_held_out(f"ord{number}")]
    assert 900 < len(held) < 1100
    assert is_held_out("ord1") == is_held_out("ord1")
