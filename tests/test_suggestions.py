"""Suggestions: typical words, words without a theme, and terms that do no work."""

from __future__ import annotations

import json
import math
import re
from dataclasses import asdict
from pathlib import Path

import pytest

from oppsummering.codebook import load_codebook
from oppsummering.renderers import markdown, terminal
from oppsummering.report import Grid, Text
from oppsummering.suggestions import (
    CodedText,
    Suggestions,
    TermRef,
    Together,
    build_suggestions_report,
    suggest,
    suggestions_document,
)
from oppsummering.survey import Span
from oppsummering.tagged import Match, TagSource, ThemeTag
from oppsummering.tagging import Evidence, Outcome, TokenTrace, Trace
from oppsummering.words import Analysis, WrittenStandard
from support.surveys import PIPELINE

COMPOUNDS = {
    "modenhetstrappa": ("modenhet", "trapp"),
    "modenhetskurs": ("modenhet", "kurs"),
    "itkurs": ("it", "kurs"),
    "itsak": ("it", "sak"),
    "også": ("og", "så"),
    "ogsom": ("og", "så"),
}
CLOSED = {"og": "CCONJ", "vi": "PRON", "også": "ADV", "ogsom": "ADV"}
CODEBOOK = load_codebook(Path(__file__).parent / "codebooks" / "trees.yaml")


def analysis(word: str) -> Analysis:
    """A noun in its base form, a compound of `COMPOUNDS`, or a word of a closed class."""
    key = word.casefold()
    parts = COMPOUNDS.get(key, (key,))
    pos = CLOSED.get(key, "NOUN" if key.isalpha() else None)
    return Analysis(key, parts, parts, key, parts, pos)


def trace(text: str) -> Trace:
    """What a tagger would see: each term is a word, `-word` is a veto against it."""
    tokens = [
        TokenTrace(word.group(), Span(*word.span()), 0, (analysis(word.group()),), ())
        for word in re.finditer(r"[^\s-]+", text)
    ]
    evidence = []
    for owner in CODEBOOK.themes:
        for each in owner.terms:
            for token in tokens:
                if token.text.casefold() == each.id:
                    match = Match(each.id, token.span, token.text, (token.span,), 1.0)
                    vetoed = f"-{each.id}" in text
                    outcome = Outcome.VETOED if vetoed else Outcome.COUNTED
                    evidence.append(Evidence(owner.id, match, outcome, "", 0))
    given = {item.theme for item in evidence if item.outcome is Outcome.COUNTED}
    tags = tuple(
        ThemeTag(owner.id, TagSource.CODEBOOK, ()) for owner in CODEBOOK.themes if owner.id in given
    )
    return Trace(tuple(tokens), WrittenStandard.NB, tuple(evidence), (), tags)


def look(*texts: str, **options: int) -> Suggestions:
    """Suggestions from texts whose themes are the codebook's."""
    coded = [CodedText(f"s{number}", text) for number, text in enumerate(texts, start=1)]
    return suggest(coded, trace, CODEBOOK, **options)  # type: ignore[arg-type]


def words(suggestions: Suggestions, name: str) -> list[str]:
    """The typical words of a theme."""
    (found,) = (each for each in suggestions.themes if each.theme == name)
    return [word.word for word in found.words]


def test_words_typical_of_a_theme_come_with_counts_and_figures() -> None:
    """A word of statements with a theme is found with its G², log ratio, forms and example."""
    texts = ["gran og Bar", "gran bar", "furu bar", "furu bar", "gran bar"] + ["hus bil"] * 15
    found = look(*texts)
    (forest, sea) = found.themes
    assert (forest.theme, forest.label, forest.statements) == ("skog", "Skog", 5)
    (word,) = forest.words
    assert (word.word, word.statements, word.elsewhere) == ("bar", 5, 0)
    # 5 of 5 statements with the theme against 0 of 15: 2 (5 ln(20/5) + 15 ln(20/15)).
    expected = 2 * (5 * math.log(20 / 5) + 15 * math.log(20 / 15))
    assert word.log_likelihood == pytest.approx(expected, abs=0.01)
    assert word.log_ratio == pytest.approx(math.log2((5 / 5) / (0.5 / 15)), abs=0.01)
    assert word.forms == ("bar",)
    assert (word.example.statement, word.example.text) == ("s1", "gran og Bar")
    assert sea.words == ()


def test_words_that_a_term_matches_are_no_news() -> None:
    """The theme's own terms are left out, matched or vetoed; another theme's are not."""
    texts = ["gran fisk"] * 5 + ["gran -gran"] + ["hus"] * 15
    assert words(look(*texts), "skog") == ["fisk"]


def test_parts_that_compounds_share_are_suggested_too() -> None:
    """A part stands between hyphens; short parts and parts of adverbs mean nothing."""
    text = "gran modenhetstrappa modenhetskurs itkurs itsak også ogsom"
    compounds = ["itkurs", "itsak", "modenhetskurs", "modenhetstrappa", "ogsom", "også"]
    texts = [text] * 5 + ["hus"] * 15
    assert words(look(*texts), "skog") == ["-kurs-", "-modenhet-", *compounds]
    assert words(look(*texts, most=1), "skog") == ["-kurs-"]


def test_a_part_of_one_compound_says_no_more_than_the_compound() -> None:
    """*trapp* stands in *modenhetstrappa* alone, so the compound is the suggestion."""
    texts = ["gran modenhetstrappa"] * 5 + ["hus"] * 15
    assert words(look(*texts), "skog") == ["modenhetstrappa"]


def test_function_words_and_numbers_are_no_terms() -> None:
    """Closed classes, numbers and punctuation never stand in a list."""
    texts = ["gran vi og 2024 !"] * 5 + ["hus"] * 15
    assert words(look(*texts), "skog") == []


def test_gold_codes_show_what_the_codebook_misses() -> None:
    """With gold codes the themes are theirs, so words of missed statements come up."""
    coded = [CodedText(f"s{n}", "bjørk lauv", frozenset({"skog"})) for n in range(5)]
    coded += [CodedText(f"t{n}", "gran hus", frozenset()) for n in range(15)]
    found = suggest(coded, trace, CODEBOOK, themes=["skog"])
    assert found.by_gold
    assert [each.theme for each in found.themes] == ["skog"]
    assert words(found, "skog") == ["bjørk", "lauv"]
    assert found.untagged == 5


def test_words_without_a_theme_are_listed_by_frequency() -> None:
    """The most frequent first, with how often they stand beside a theme."""
    found = look("hus bil", "hus bil", "hus bil", "hus", "gran bil", "båt")
    assert found.untagged == 5
    listed = [(word.word, word.statements, word.elsewhere) for word in found.untagged_words]
    assert listed == [("hus", 4, 0), ("bil", 3, 1)]
    assert found.untagged_words[1].example.statement == "s1"
    parts = look(*["modenhetskurs itkurs også"] * 3)
    assert [word.word for word in parts.untagged_words] == ["itkurs", "modenhetskurs"]
    assert [word.word for word in look(*["hus bil"] * 3, most=1).untagged_words] == ["bil"]


def test_terms_that_do_no_work_are_named() -> None:
    """A term that matches nowhere, and one whose matches are always vetoed."""
    found = look("gran", "furu -furu", "fisk")
    assert found.never == (TermRef("skog", "eik", 10),)
    assert found.never_counted == (TermRef("skog", "furu", 9),)


def test_terms_that_never_stand_alone_are_paired() -> None:
    """A term within another's statements; of two that always meet, the later one."""
    always = look("gran furu", "gran furu", "gran furu", "gran eik", "eik fisk")
    assert always.together == (Together("skog", "furu", 3, "gran", 4),)
    same = look(*["gran furu"] * 3)
    assert same.together == (Together("skog", "furu", 3, "gran", 3),)
    earlier = look(*["gran furu"] * 3, "furu")
    assert earlier.together == (Together("skog", "gran", 3, "furu", 4),)
    apart = look(*["gran furu"] * 3, "gran", "furu")
    assert apart.together == ()
    assert look(*["gran furu"] * 2).together == ()


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("gran lauv", "gran lauv"),
        ("gran " + "abcde " * 9 + "lauv", "…" + " abcde" * 5 + " lauv"),
        ("lauv " + "abcde " * 9 + "gran", "lauv" + " abcde" * 5 + " …"),
        ("gran " + "x" * 60 + " \x1b[31m lauv", r"… \x1b[31m lauv"),
        ("gran " + "x" * 60 + "-lauv", "…" + "x" * 35 + "-lauv"),
    ],
)
def test_examples_are_cut_at_blanks_and_safe(text: str, example: str) -> None:
    """A long text is cut between words where it can be; control characters are made visible."""
    found = look(*[text] * 5, *["hus"] * 15).themes[0].words
    (word,) = (word for word in found if word.word == "lauv")
    assert word.example.text == example


def test_no_statement_gives_no_suggestion_but_dead_terms() -> None:
    """Nothing was read: no word, and every term is dead."""
    found = look()
    assert (found.statements, found.untagged, found.by_gold) == (0, 0, False)
    assert [each.words for each in found.themes] == [(), ()]
    assert len(found.never) == 4


def test_the_report_names_every_list() -> None:
    """As Markdown and at 80 columns: each list, or that there is nothing in it."""
    found = look(*["gran furu bar"] * 5, "gran bar", "fisk -fisk", *["hus bil"] * 15, "hus <b>|x")
    report = build_suggestions_report(found, CODEBOOK, PIPELINE, most=15)
    text = markdown.render(report)
    assert "| bar | 6 | 0 |" in text
    assert "| skog | eik | 10 |" in text
    assert "| hav | fisk | 16 |" in text
    assert "| skog | furu | 5 | gran | 6 |" in text
    assert "| hus | 16 | 0 | s8: hus bil |" in text
    assert "those of the codebook" in text
    assert all(len(line) <= 80 for line in terminal.plain(report).splitlines())
    nothing = look(*["gran furu", "gran eik", "furu eik", "fisk gran"])
    bare = markdown.render(build_suggestions_report(nothing, CODEBOOK, PIPELINE, most=15))
    assert bare.count("Nothing.") == 6
    by_gold = suggest([CodedText("s1", "x", frozenset())], trace, CODEBOOK)
    assert "those of the gold codes" in markdown.render(
        build_suggestions_report(by_gold, CODEBOOK, PIPELINE, most=15)
    )


def test_the_report_lists_no_more_terms_than_asked_for() -> None:
    """A large codebook has hundreds of dead terms; the report says how many it leaves out."""
    report = build_suggestions_report(look(), CODEBOOK, PIPELINE, most=3)
    never = next(each for each in report.sections if each.title == "Terms that never match")
    grid, rest = never.blocks
    assert isinstance(grid, Grid)
    assert len(grid.rows) == 3
    assert rest == Text("And 1 more; --format json has all.")


def test_the_document_holds_the_same() -> None:
    """JSON: who made it, then every list."""
    found = look(*["gran furu bar"] * 5, *["hus"] * 15)
    document = suggestions_document(found, CODEBOOK, PIPELINE)
    assert list(document)[:4] == ["schema_version", "tool", "pipeline", "codebook"]
    assert document["themes"] == asdict(found)["themes"]
    assert json.loads(json.dumps(document))["never"][0] == {
        "theme": "skog",
        "term": "eik",
        "line": 10,
    }
