"""What is known about a word form by itself, without its context."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class WrittenStandard(StrEnum):
    """The written standard of Norwegian: Bokmål, Nynorsk, or undecided."""

    NB = "nb"
    NN = "nn"
    UNDECIDED = "und"


@dataclass(frozen=True, slots=True)
class Analysis:
    """One way to read a word form.

    Attributes:
        lemma: Its lemma in the form's own standard: `modenhetstrapp` for *modenhetstrappa*.
        segments: The word cut at its seams, linking letters with the part before them:
            `("modenhets", "trappa")`; the whole word alone when it is simple.
        parts: The lemmas of the segments: `("modenhet", "trapp")`.
        key: The lemma in the common vocabulary of both standards (*leiing* → `ledelse`).
        part_keys: The parts in the common vocabulary.
        pos: Universal part of speech, or None when the form alone does not tell.
    """

    lemma: str
    segments: tuple[str, ...]
    parts: tuple[str, ...]
    key: str
    part_keys: tuple[str, ...]
    pos: str | None = None


@dataclass(frozen=True, slots=True)
class WordForm:
    """A word form and every reading of it, the likeliest first; never without one.

    *Virksomhetsplaner/-strategi* has two: the words that share the head or the modifier.
    """

    text: str
    analyses: tuple[Analysis, ...]


class Lexicon(Protocol):
    """Facts about word forms; the same answer for the same word, always."""

    def look_up(self, word: str) -> WordForm:
        """Analyse a word form as written; cached, so that a repeated form costs nothing."""
        ...

    def knows(self, word: str) -> bool:
        """Whether a word form is in the dictionary or the treebank; a compound need not be."""
        ...

    def key(self, lemma: str) -> str:
        """Map a lemma to the common vocabulary: *leiing* and *ledelse* have the same key."""
        ...
