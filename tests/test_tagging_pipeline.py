"""Tagging with the words and the tokenizer of the package, on real and on hostile text."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from oppsummering.codebook import load_codebook
from oppsummering.language.lexicon import load_lexicon
from oppsummering.language.pipeline import load_pipeline
from oppsummering.readers import read_survey
from oppsummering.tagging import Tagger

SAMPLE = Path(__file__).parents[1] / "data" / "kompetanseloftet.txt"

pytestmark = pytest.mark.pipeline


@cache
def shipped(*, in_context: bool = False) -> Tagger:
    """A tagger with the shipped codebook."""
    return Tagger(load_pipeline(), load_codebook(), load_lexicon(), in_context=in_context)


def sentences(text: str) -> list[str]:
    """The sentences of a text, their words with a blank between them."""
    found: dict[int, list[str]] = {}
    for token in shipped().trace(text).tokens:
        found.setdefault(token.sentence, []).append(token.text)
    return [" ".join(words) for words in found.values()]


@pytest.mark.parametrize(
    ("term", "texts"),
    [
        ("leder", ["Lederne vet det.", "Leiarane veit det.", "En leiar."]),
        ("virksomhet", ["Alle verksemdene.", "Virksomhetene."]),
        ("~ledelse", ["Endringsledelsen.", "Endringsleiinga.", "Leiing er viktig."]),
        ("leder~", ["Ledergruppa.", "Leiargruppene."]),
        ("~strategi", ["Virksomhetsplaner/-strategi.", "Digitaliseringsstrategien."]),
        ("~trapp", ["Modenhetstrappa.", "Generasjonstrappen."]),
        ("~utvikling", ["Tjenesteutviklingen.", "Tenesteutvikling."]),
        ("~økosystem~", ["Økosystem-tankesett.", "Dei digitale økosystema."]),
    ],
)
def test_one_word_finds_both_standards_and_compounds(
    term: str, texts: list[str], tmp_path: Path
) -> None:
    """A codebook written in Bokmål finds Nynorsk, inflected forms, and parts of compounds."""
    theme = {
        "id": "t",
        "labels": {"nb": "T"},
        "definition": "x",
        "terms": [{"lemma": term}],
        "examples": {"match": ["a"], "no_match": ["b"]},
    }
    file = tmp_path / "themes.yaml"
    file.write_text(yaml.safe_dump({"schema_version": 1, "name": "x", "themes": [theme]}))
    tagger = Tagger(load_pipeline(), load_codebook(file), load_lexicon())

    assert [text for text in texts if not tagger.tag_text(text)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi må (bl.a.) dele. De vil.", ["Vi må ( bl.a. ) dele .", "De vil ."]),
        ("HR, IT osv. Kommunene vil.", ["HR , IT osv.", "Kommunene vil ."]),
        ("Vi er på trinn 3. Nå går vi videre.", ["Vi er på trinn 3.", "Nå går vi videre ."]),
        ("Jf. pkt. 4, f.eks. avd. for HR", ["Jf. pkt. 4 , f.eks. avd . for HR"]),
        ("«Vi vil.» Det er bra!? Ja…", ["Vi vil .", "Det er bra !", "?", "Ja …"]),
        ("Det koster 3.5 mill. kr. i 2024. Neste år mer", None),
    ],
)
def test_sentences_of_real_text(text: str, expected: list[str] | None) -> None:
    """Abbreviations, ordinals and quotation marks of real answers."""
    found = sentences(text)

    assert found == expected if expected else found[-1] == "Neste år mer"


@pytest.mark.slow
def test_sample_has_the_same_themes_in_context() -> None:
    """The fast way and the network agree on the sample but for one statement in twenty."""
    survey = read_survey(SAMPLE)
    fast, slow = (
        [
            (one.statement.id, [tag.theme for tag in one.tags])
            for one in shipped(in_context=in_context).tag(survey).statements
        ]
        for in_context in (False, True)
    )

    different = [pair for pair in zip(fast, slow, strict=True) if pair[0] != pair[1]]

    assert len(fast) == 80
    assert len(different) <= len(fast) / 20, different


def test_order_does_not_depend_on_the_process() -> None:
    """Two processes with different hashes of texts explain a statement in the same words."""
    text = "Ledere, HR og kommunene må samarbeide på tvers om digital modenhet og endring."
    code = (
        "import sys\n"
        "from oppsummering.analysis import load_tagger\n"
        "sys.stdout.buffer.write(repr(load_tagger().trace(sys.argv[1])).encode())"
    )

    def explained(seed: str) -> bytes:
        done = subprocess.run(
            [sys.executable, "-c", code, text],
            capture_output=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        )
        return done.stdout

    first = explained("1")

    assert b"Evidence" in first
    assert explained("2") == first


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "samarbeid ",
        "kommune og ",
        "modenhet, ",
        "leder. ",
        "a",
        "æ",
        "(",
        "«",
        "-",
        "/",
        "1 ",
        "😀",
    ],
)
def test_time_is_linear_on_a_long_statement(unit: str) -> None:
    """Four times the text takes about four times as long, whatever it repeats."""

    def seconds(characters: int) -> float:
        text = unit * (characters // len(unit))
        start = time.process_time()
        shipped().tag_text(text)
        return time.process_time() - start

    seconds(1_000)
    small, large = seconds(50_000), seconds(200_000)

    assert large < 10 * small + 1


_PIECES = [*"aåøs .,-/()«»\"'*1\n\t\u00ad\u200b\u202e\0\x1b😀é\u0301", "samarbeid ", "kommuner "]
_HOSTILE = st.lists(st.sampled_from(_PIECES), max_size=40).map("".join)


@given(_HOSTILE | st.text(max_size=40))
def test_any_text_is_tagged(text: str) -> None:
    """No text is a traceback; every match and token quotes its place."""
    trace = shipped().trace(text)

    assert shipped().tag_text(text) == trace.tags
    for token in trace.tokens:
        assert token.span.of(text) == token.text or "\ufffd" in token.text
    for item in trace.evidence:
        assert item.match.span.of(text) == item.match.text or "\ufffd" in item.match.text


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("Vi må for-\nankre dette i leder-\ngruppa.", "Vi må forankre dette i ledergruppa."),
        ("Samarbeid på tvers av kommu- ner.", "Samarbeid på tvers av kommuner."),
        ("Alle (også HR-\nsjefen) får opp-\n  læring.", "Alle (også HR-sjefen) får opplæring."),
        ("Me skal kartleggja digital mogn-\r\nad.", "Me skal kartleggja digital mognad."),
    ],
)
@pytest.mark.parametrize("in_context", [False, True])
def test_broken_words_are_read_as_one(broken: str, whole: str, *, in_context: bool) -> None:
    """Text copied from a page has the themes of the text before it was set, and its own places."""
    tagger = shipped(in_context=in_context)

    tags = tagger.tag_text(broken)

    assert tags
    assert [tag.theme for tag in tags] == [tag.theme for tag in tagger.tag_text(whole)]
    assert all(match.span.of(broken) == match.text for tag in tags for match in tag.matches)


@pytest.mark.parametrize(
    "text",
    [
        "Møteplasser-\npå tvers av sektorene må inn i årshjulet.",
        "Vi skal lage en kompetanseplan-\nfor ledere og ansatte.",
        "Forankring-\nviktig for oss",
        "Endringsledelse-\nhvordan",
    ],
)
def test_dash_at_the_end_of_a_line_loses_no_theme(text: str) -> None:
    """Before a word of its own a hyphen is a dash."""
    themes = [tag.theme for tag in shipped().tag_text(text)]
    assert themes
    assert themes == [tag.theme for tag in shipped().tag_text(text.replace("-\n", " - "))]


def test_broken_word_after_a_negation_stresses() -> None:
    """*ikke bare* denies nothing, broken or not."""
    (tag,) = shipped().tag_text("Det handler ikke ba-\nre om silotenkning.")
    assert [match.negated for match in tag.matches] == [False]


def test_many_broken_words_take_linear_time() -> None:
    """A statement of 200,000 characters that is all breaks takes seconds, not minutes."""
    started = time.process_time()
    shipped().tag_text("for-\nankre det " * 15_000)
    assert time.process_time() - started < 30


def test_broken_word_is_quoted_as_written() -> None:
    """The words behind a tag are the source's own, the line break included."""
    tokens = shipped().trace("Vi skal for-\nankre det.").tokens
    assert [token.text for token in tokens] == ["Vi", "skal", "for-\nankre", "det", "."]
    assert tokens[2].analyses[0].lemma == "forankre"
