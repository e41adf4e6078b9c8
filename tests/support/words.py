"""A small lexicon and a pipeline without trained weights, so that the engine is tested alone."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from oppsummering.tagged import PipelineInfo
from oppsummering.words import Analysis, WordForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.language import Language
    from spacy.tokens import Doc

INFLECTED = {
    "kommuner": "kommune",
    "kommunene": "kommune",
    "kommunane": "kommune",
    "ledere": "leder",
    "lederne": "leder",
    "leiarar": "leiar",
    "samarbeider": "samarbeide",
    "økosystemet": "økosystem",
    "siloer": "silo",
    "siloane": "silo",
    "strategier": "strategi",
    "bøker": "bok",
}
PARTS = {
    "modenhetstrapp": ("modenhet", "trapp"),
    "modenhetstrappa": ("modenhet", "trapp"),
    "ledergruppe": ("leder", "gruppe"),
    "leiargruppe": ("leiar", "gruppe"),
    "toppleder": ("topp", "leder"),
    "topplederprogram": ("topp", "leder", "program"),
    "utvikling": ("ut", "vikling"),
    "tjenesteutvikling": ("tjeneste", "utvikling"),
    "utviklingsplan": ("ut", "vikling", "plan"),
    "it-avdeling": ("it", "avdeling"),
}
KEYS = {"leiar": "leder", "leiing": "ledelse", "verksemd": "virksomhet"}
POS = {
    "leder": ("NOUN", "VERB"),
    "bok": ("NOUN",),
    "rask": ("ADJ",),
}
"""Words with a known part of speech; every other one has none."""


class FakeLexicon:
    """Knows the words above; every other word is simple and its own lemma."""

    def __init__(self) -> None:
        self.looked_up: list[str] = []

    def knows(self, word: str) -> bool:
        """Whether the word is among the listed ones."""
        return word.lower() in {*INFLECTED, *INFLECTED.values(), *PARTS, *POS}

    def look_up(self, word: str) -> WordForm:
        """Analyse a word form, and remember that it was asked for."""
        self.looked_up.append(word)
        return _analyse(word)

    def key(self, lemma: str) -> str:
        """The lemma in the common vocabulary."""
        return KEYS.get(lemma, lemma)


@cache
def _analyse(word: str) -> WordForm:
    lower = word.lower()
    lemma = INFLECTED.get(lower, lower)
    parts = PARTS.get(lemma, (lemma,))
    keys = tuple(KEYS.get(part, part) for part in parts)
    lemma = "modenhetstrapp" if lemma == "modenhetstrappa" else lemma
    key = KEYS.get(lemma, lemma)
    return WordForm(
        word,
        tuple(Analysis(lemma, (word,), parts, key, keys, pos) for pos in POS.get(lemma, (None,))),
    )


class FakePipeline:
    """spaCy's Norwegian tokenizer; its network says what the test tells it to.

    Args:
        pos: The part of speech that the network gives to a word form.
        lemmas: The lemma that it gives.
    """

    info = PipelineInfo("fake", "1")

    def __init__(
        self, pos: Mapping[str, str] | None = None, lemmas: Mapping[str, str] | None = None
    ) -> None:
        self._pos = pos or {}
        self._lemmas = lemmas or {}
        self.reads = 0

    def tokenizer(self, text: str) -> Doc:
        """Divide a text into tokens."""
        return _blank().tokenizer(text)

    def nlp(self, doc: Doc) -> Doc:
        """Read a text, and count that it was read."""
        self.reads += 1
        for token in doc:
            token.pos_ = self._pos.get(token.text, "")
            token.lemma_ = self._lemmas.get(token.text, "")
        return doc


@cache
def _blank() -> Language:
    import spacy  # noqa: PLC0415 - takes most of a second

    nlp: Language = spacy.blank("nb")
    return nlp
