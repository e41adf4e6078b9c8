"""The table of words with numbers: build, save, load, find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from oppsummering.language.wordtable import STEP, WordTable, quantise

if TYPE_CHECKING:
    from pathlib import Path

BYTE = st.integers(-128, 127)
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1)


@given(st.dictionaries(WORDS, st.tuples(BYTE, BYTE), min_size=1))
def test_every_word_keeps_its_numbers(rows: dict[str, tuple[int, int]]) -> None:
    """What was built in comes out again, for every word and column."""
    table = WordTable.build(rows)
    first, second = table.columns
    for word, values in rows.items():
        index = table.find(word)
        assert (first[index], second[index]) == values
    assert len(table) == len(rows)


def test_a_saved_table_is_the_same_when_loaded(tmp_path: Path) -> None:
    """Saving and loading changes nothing, and saving again writes the same bytes."""
    table = WordTable.build({"mål": [1, -2], "måling": [127, -128]})
    table.save(tmp_path / "words")
    loaded = WordTable.load(tmp_path / "words")
    assert [list(column) for column in loaded.columns] == [list(c) for c in table.columns]
    assert loaded.find("måling") == table.find("måling")
    loaded.save(tmp_path / "again")
    for suffix in (".marisa", ".bin"):
        first, again = (tmp_path / name for name in ("words", "again"))
        assert first.with_suffix(suffix).read_bytes() == again.with_suffix(suffix).read_bytes()


def test_an_unknown_word_is_not_found() -> None:
    """-1 stands for a word that the table lacks."""
    table = WordTable.build({"mål": [1]})
    assert table.find("måling") == -1
    assert "mål" in table
    assert "måling" not in table


def test_prefixes_come_shortest_first() -> None:
    """Every word of the table that a word starts with is found."""
    table = WordTable.build({"arbeid": [1], "arbeids": [2], "ar": [3], "bok": [4]})
    assert [word for word, _ in table.prefixes("arbeidsplan")] == ["ar", "arbeid", "arbeids"]


def test_scores_are_kept_within_a_byte() -> None:
    """A score becomes steps of a tenth; what is too large is cut to the largest."""
    assert quantise(1.26) * STEP == 13 * STEP
    assert quantise(99.0) == 127
    assert quantise(-99.0) == -127
