"""Text in neither written standard is told from Norwegian."""

from __future__ import annotations

import pytest

from oppsummering.language.foreign import is_foreign
from oppsummering.language.lemmas import bundled_lemma_table
from oppsummering.language.lexicon import load_lexicon

FOREIGN = [
    "We have learned a lot from the programme and will use it in our daily work.",
    "Vi har lärt oss mycket av programmet och kommer att använda det i vårt arbete.",
    "Wir haben viel aus dem Programm gelernt und werden es in der täglichen Arbeit nutzen.",
    "Nauczyliśmy się wiele z programu i będziemy z niego korzystać w codziennej pracy.",
]
NORWEGIAN = [
    "Vi har lært mye av programmet og vil bruke det i vårt daglige arbeid med endring.",
    "Vi har lært mykje av programmet og vil bruke det i det daglege arbeidet vårt.",
    "IT-arkitektur, RPA og Teams-kanaler er på plass via KommIT-samarbeidet i DigiTrøndelag nå.",
    "Hele opplegget kom på 180 000 med reise og vikarer, og det er mye for oss.",
    "Me har teikna opp heile vegen ein søknad om omsorgsbustad går gjennom sju kontor.",
]


@pytest.mark.parametrize("text", FOREIGN)
def test_other_languages_are_foreign(text: str) -> None:
    """English, Swedish, German and Polish are told."""
    assert is_foreign(text, bundled_lemma_table(), load_lexicon())


@pytest.mark.parametrize("text", NORWEGIAN)
def test_norwegian_is_not(text: str) -> None:
    """Bokmål, Nynorsk, names and jargon are none of it."""
    assert not is_foreign(text, bundled_lemma_table(), load_lexicon())


@pytest.mark.parametrize("text", ["", "Learned a lot.", "\U0001f600 " * 20, "TEAMS OG RPA " * 9])
def test_too_little_text_says_nothing(text: str) -> None:
    """Short texts, emoji and capitals alone are not judged."""
    assert not is_foreign(text, bundled_lemma_table(), load_lexicon())
