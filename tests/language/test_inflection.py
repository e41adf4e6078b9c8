"""Regular inflection, for forms that no table has."""

from __future__ import annotations

import pytest

from oppsummering.language.compounds import Facts
from oppsummering.language.inflection import known_lemmas, unknown_lemmas

KNOWN = {
    "strategi": Facts.NB | Facts.NOUN,
    "gruppe": Facts.NN | Facts.NOUN,
    "utvikle": Facts.NB | Facts.VERB,
    "digital": Facts.NB | Facts.ADJ,
    "kommune": Facts.NN,
}


def facts(lemma: str) -> Facts:
    """What a small list knows."""
    return KNOWN.get(lemma, Facts(0))


@pytest.mark.parametrize(
    ("form", "found"),
    [
        ("strategiene", [("strategi", "NOUN")]),
        ("gruppane", [("gruppe", "NOUN")]),
        ("gruppa", [("gruppe", "NOUN")]),
        ("utvikla", [("utvikle", "VERB")]),
        ("utviklar", [("utvikle", "VERB")]),
        ("utviklet", [("utvikle", "VERB")]),
        ("digitale", [("digital", "ADJ")]),
        ("digitalt", [("digital", "ADJ")]),
        ("strategi", [("strategi", "NOUN")]),
        ("kommune", [("kommune", None)]),
        ("ukjente", []),
        ("", []),
    ],
)
def test_known_lemmas(form: str, found: list[tuple[str, str | None]]) -> None:
    """Endings of both standards are taken away where a known lemma of that kind is left."""
    assert known_lemmas(form, facts) == found


@pytest.mark.parametrize(
    ("form", "lemma", "pos"),
    [
        ("podkastingane", "podkasting", "NOUN"),
        ("agilitetene", "agilitet", "NOUN"),
        ("agilitet", "agilitet", None),
        ("blafferne", "blaffer", "NOUN"),
        ("chatbotane", "chatbot", "NOUN"),
        ("scrum", "scrum", None),
        ("ane", "ane", None),
    ],
)
def test_unknown_words_lose_only_safe_endings(form: str, lemma: str, pos: str | None) -> None:
    """An ending goes when hardly any lemma has it, and when a stem is left."""
    assert unknown_lemmas(form) == [(lemma, pos)]
