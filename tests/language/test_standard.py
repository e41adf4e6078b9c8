"""The decision between Bokmål and Nynorsk."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oppsummering.language import standard
from oppsummering.language.standard import (
    SUFFIX_MARK,
    StandardTable,
    load_standards,
    written_standard,
)
from oppsummering.language.wordtable import WordTable
from oppsummering.words import WrittenStandard

NB, NN, UNDECIDED = WrittenStandard.NB, WrittenStandard.NN, WrittenStandard.UNDECIDED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi er ein av dei minste kommunane , men har nå oppretta ei stilling .", NN),
        ("Vi må jobbe mer aktivt med digital transformasjon nedover i organisasjonen .", NB),
        ("Leiinga må gå føre og vise kvifor vi gjer dette .", NN),
        ("Ledelsen må gå foran og vise hvorfor vi gjør dette .", NB),
        ("Tenesteutvikling saman med innbyggjarane", NN),
        ("Tjenesteutvikling sammen med innbyggerne", NB),
        ("KORLEIS ARBEIDER DE MED ENDRINGSLEIING ?", NN),
        ("Rekruttering", UNDECIDED),
        ("", UNDECIDED),
        ("1 2 3 … 🎉 \x00", UNDECIDED),
    ],
)
def test_statements_of_surveys(text: str, expected: WrittenStandard) -> None:
    """Sentences are decided by their words; what says nothing is left undecided."""
    assert written_standard(text.split(" ")) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Viktig med forankring .", UNDECIDED),
        ("Vi samarbeider med nabokommunen om IKT .", UNDECIDED),
        ("Me har lært mykje .", NN),
        ("Vi har lært mye .", NB),
        ("Alle må med", UNDECIDED),
    ],
)
def test_a_short_statement_is_not_decided_by_its_subject(
    text: str, expected: WrittenStandard
) -> None:
    """A word that both standards have may be commoner in the one; that is too little."""
    table = load_standards()
    words = text.split(" ")

    assert table.of_statement(sum(map(table.evidence, words)), len(words)) is expected


def test_a_form_that_is_not_in_the_table_speaks_through_its_last_letters() -> None:
    """The longest known ending of an unknown form counts."""
    rows = {"og": [0], "ikkje": [-40], f"{SUFFIX_MARK}ane": [-20], f"{SUFFIX_MARK}ne": [5]}
    table = StandardTable(WordTable.build(rows))
    assert table.evidence("Sjefane") == pytest.approx(-2.0)
    assert table.evidence("sjefene") == pytest.approx(0.5)
    assert table.evidence("ane") == pytest.approx(0.5)
    assert table.evidence("ikkje") == pytest.approx(-4.0)
    assert table.evidence("sjef") == 0
    assert table.evidence("2023") == 0
    assert table.evidence("sjefane" * 100) == 0


def test_the_cache_starts_anew_when_full(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory is bounded, and the answers stay the same."""
    monkeypatch.setattr(standard, "MAX_CACHED", 1)
    table = StandardTable(WordTable.build({"ikkje": [-40], "ikke": [40]}))
    assert [table.evidence(word) for word in ("ikkje", "ikke", "ikkje")] == [-4.0, 4.0, -4.0]


@given(st.lists(st.text(max_size=20)))
def test_any_words_have_an_answer(words: list[str]) -> None:
    """Hostile text is decided like any other, and the order of the words does not matter."""
    assert written_standard(words) is written_standard(words[::-1])


def test_a_statement_of_a_megabyte_takes_a_moment() -> None:
    """The time is that of a look-up a word."""
    words = ["leiinga", "kommunane", "x" * 50_000] * 20_000
    load_standards()
    start = time.process_time()
    assert written_standard(words) is NN
    assert time.process_time() - start < 1
