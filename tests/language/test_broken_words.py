"""Words that a line break cut in two are put together, and nothing else is."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oppsummering.language.broken_words import MendedText, mend
from oppsummering.language.lexicon import load_lexicon


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Vi må for-\nankre det.", "Vi må forankre det."),
        ("Vi må for-\r\n  ankre det.", "Vi må forankre det."),
        ("Den nye leder-\ngruppa", "Den nye ledergruppa"),
        ("Leiar-\ngruppa vår", "Leiargruppa vår"),
        ("digitaliserings-\nstrategien", "digitaliseringsstrategien"),
        ("kom\u00ad\npetanse", "kompetanse"),
        ("kom\u2010\npetanse", "kompetanse"),
        ("et IKT-\nsamarbeid", "et IKT-samarbeid"),
        ("en e-\nressurs", "en e-ressurs"),
        ("samarbei-\ndet", "samarbeidet"),
        ("fo\u00adr-\nank\u00adre", "fo\u00adrank\u00adre"),
        ("for-\na\u030apne", "for-\na\u030apne"),
        ("endringsledel-\nse", "endringsledelse"),
        ("sam-\nhand-\nling", "sam-\nhandling"),
        ("rekrutte-\nringsprosessen", "rekrutteringsprosessen"),
        ("arbeidsgi-\nverstrategien", "arbeidsgiverstrategien"),
        ("kommu- ner og fylker", "kommuner og fylker"),
        ("vi må for- ankre det", "vi må forankre det"),
    ],
)
def test_broken_word_is_put_together(text: str, mended: str) -> None:
    """At the end of a line a known word or a compound comes of it, at a blank a known word."""
    assert mend(text, load_lexicon()).text == mended


@pytest.mark.parametrize(
    "text",
    [
        "inn-\nog utfasing",
        "inn- og utland",
        "kompetanse- eller\nlederutvikling",
        "lese-\nskrive- og regneferdigheter",
        "Vi vil -\nog vi kan",
        "kommunens -\nleder",
        "Fra 2020-\nmodellen",
        "Oslo-\nBergen",
        "Møteplasser-\npå tvers av sektorene",
        "kompetanse-\npå kunstig intelligens",
        "Forankring-\nviktig for oss",
        "prosessen-\nikke",
        "Kultur-\nvi",
        "alle-\nrekrutteringsprosesser",
        "i-\nmodenhetstrappa",
        "Endringsledelse-\nstår på programmet",
        "HR-\nmå være med",
        "HR\u00ad\nsjefen",
        "IT\u2010\nsamarbeid",
        "fag\u2010\nleder\u2010 og medarbeidersamtaler",
        "HR-\ner viktig",
        "Tid-\ner mangelvare",
        "Samarbeid- er viktig",
        "Økonomi- en utfordring",
        "for- mens andre",
        "xyzzq-\nwqx",
        "kompetanse- xyzzq",
        "Det handler om ledelse\nog kultur",
        "øko-systemet",
        "",
        "-\na",
    ],
)
def test_hyphen_with_a_meaning_of_its_own_stays(text: str) -> None:
    """A part to come, a dash, a number, a name and what gives no word are left alone."""
    assert mend(text, load_lexicon()) == MendedText(text)


_WORDS = st.sampled_from(
    ["for-", "ankre", "leder-", "gruppa", "IKT-", "samarbeid", "kommu\u00ad", "ner", "og", "-",
     "\n", " ", "\r\n", "\t", ".", "\ud800", "Ø"]
)  # fmt: skip


@given(st.lists(_WORDS, max_size=12).map("".join))
def test_what_was_removed_gives_the_text_back(text: str) -> None:
    """Nothing is lost: with what its seams took out, the mended text is the text."""
    mended = mend(text, load_lexicon())
    pieces = []
    done = 0
    for seam in mended.seams:
        pieces += [mended.text[done : seam.place], seam.removed]
        done = seam.place
    assert "".join((*pieces, mended.text[done:])) == text


@pytest.mark.parametrize("piece", ["-", "a-\n", "a- ", "- \t" * 10, "a" * 60 + "-\n"])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    """A statement of a million characters that is all breaks is no trap."""
    text = piece * (1_000_000 // len(piece)) + "b"
    started = time.process_time()
    mend(text, load_lexicon())
    assert time.process_time() - started < 30
