"""`docs/codebook.md` says what the engine does: its tables are run, its example is the file."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from oppsummering.codebook import load_codebook
from oppsummering.language.lexicon import load_lexicon
from oppsummering.language.pipeline import load_pipeline
from oppsummering.patterns import POS_TAGS, PatternIndex, WordPatterns, normal_form
from oppsummering.tagging import Tagger
from oppsummering.tagging.tokens import NEGATION_REACH, NEGATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")

pytestmark = pytest.mark.pipeline


def rows(heading: str) -> Iterator[tuple[str, str, str]]:
    """The rows of the three-column table of a section: what is written, found and not found."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    for line in section.splitlines():
        cells = re.split(r"(?<!\\)\|", line)
        if len(cells) == 5 and cells[1].strip().startswith("`"):
            written, found, not_found = (cell.strip().replace("\\|", "|") for cell in cells[1:4])
            yield written.strip("`"), found, not_found


WORD_ROWS = list(rows("Word patterns"))
PHRASE_ROWS = list(rows("Phrases"))
TERM_ROWS = list(rows("Kinds of term"))


def test_tables_are_there() -> None:
    """A table that is not found would test nothing."""
    assert (len(WORD_ROWS), len(PHRASE_ROWS), len(TERM_ROWS)) == (10, 4, 13)


def test_example_is_the_file() -> None:
    """The page shows the whole of the example codebook."""
    example = (ROOT / "docs" / "examples" / "medvirkning.yaml").read_text(encoding="utf-8")

    assert f"```yaml\n{example}```" in PAGE


@pytest.mark.parametrize(("pattern", "found", "not_found"), WORD_ROWS, ids=lambda cell: cell[:20])
def test_word_patterns_find_what_the_table_says(pattern: str, found: str, not_found: str) -> None:
    """Each word of the table, by its form."""
    lexicon = load_lexicon()
    wanted = WordPatterns({}).word(pattern)
    index = PatternIndex([wanted], lexicon)

    for cell, expected in ((found, True), (not_found, False)):
        for word in cell.split(", "):
            patterns = index.match(lexicon.look_up(normal_form(word)))
            assert (wanted in patterns.certain) == expected, word
            assert wanted not in patterns.uncertain, word


@pytest.mark.parametrize(("phrase", "found", "not_found"), PHRASE_ROWS, ids=lambda cell: cell[:20])
def test_phrases_find_what_the_table_says(
    phrase: str, found: str, not_found: str, tmp_path: Path
) -> None:
    """Each text of the table, as a term of a codebook."""
    for cell, expected in ((found, True), (not_found, False)):
        for text in cell.split("; "):
            assert finds({"phrase": phrase}, text, tmp_path) == expected, text


@pytest.mark.parametrize(("term", "found", "not_found"), TERM_ROWS, ids=lambda cell: cell[:20])
def test_terms_find_what_the_table_says(
    term: str, found: str, not_found: str, tmp_path: Path
) -> None:
    """Each text of the table, with the term as written there."""
    assert finds(yaml.safe_load(term), found, tmp_path)
    assert not finds(yaml.safe_load(term), not_found, tmp_path)


def finds(term: dict[str, object], text: str, folder: Path) -> bool:
    """Whether a codebook with this one term gives the text its theme."""
    theme = {
        "id": "t",
        "labels": {"nb": "T"},
        "definition": "x",
        "terms": [term],
        "examples": {"match": ["a"], "no_match": ["b"]},
    }
    file = folder / "themes.yaml"
    file.write_text(yaml.safe_dump({"schema_version": 1, "name": "x", "themes": [theme]}))
    return bool(Tagger(_pipeline(), load_codebook(file), load_lexicon()).tag_text(text))


_pipeline = cache(load_pipeline)


def test_page_names_every_negation_and_part_of_speech() -> None:
    """The lists on the page are those of the code."""
    section = PAGE.split("A **negation** is *")[1].split("*Ikke minst")[0]

    assert set(re.findall(r"[a-zæøå]{4,}", section.split("at most")[0])) >= NEGATIONS
    assert NEGATION_REACH == 5
    assert "at most five words" in " ".join(section.split())
    assert all(tag in PAGE for tag in POS_TAGS)
