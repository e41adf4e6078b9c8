"""The codebook: themes, their terms and vetoes, and the sentences that try them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from oppsummering.tagged import CodebookInfo, ThemeInfo

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from oppsummering.matchers import Matcher, PhraseMatcher
    from oppsummering.patterns import WordPattern

_ROUNDING: Final = 1e-9


class Scope(StrEnum):
    """How far a rule reaches: the matched words alone, their sentence, or the statement."""

    WORDS = "words"
    SENTENCE = "sentence"
    STATEMENT = "statement"


class Negation(StrEnum):
    """What a term asks of a negation before it in the same sentence."""

    ANY = "any"
    FORBID = "forbid"
    REQUIRE = "require"


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a theme: words that speak for it.

    Attributes:
        id: Unique within the theme.
        matcher: Finds its words.
        strength: What it adds to the theme's score; the theme's threshold decides.
        requires: Phrases of which one must stand in the same scope.
        unless: Phrases of which none may stand in the same scope.
        scope: How far `requires` and `unless` reach.
        negation: Whether a negation before it is welcome.
        line: Its 1-based line in the codebook.
    """

    id: str
    matcher: Matcher
    strength: float
    requires: tuple[PhraseMatcher, ...]
    unless: tuple[PhraseMatcher, ...]
    scope: Scope
    negation: Negation
    line: int


@dataclass(frozen=True, slots=True)
class Veto:
    """Words that speak against a theme.

    Attributes:
        id: Unique within the theme.
        matcher: Finds its words.
        scope: Which matches it takes away: those that share a word with it, those in its
            sentence, or those in the statement.
        blocks: The ids of the terms that it takes away; every term when None.
        line: Its 1-based line in the codebook.
    """

    id: str
    matcher: Matcher
    scope: Scope
    blocks: frozenset[str] | None
    line: int


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of the codebook that must, or must not, have the theme; and its line."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of the codebook.

    Attributes:
        id: Unique in the codebook.
        labels: Its name in `nb`, `nn` and `en`; at least `nb`.
        definition: What it means.
        include: What counts.
        exclude: What does not.
        threshold: The score from which on a statement has the theme.
        scope: Whether the score is summed within a sentence or over the statement.
        terms: Its terms, in the order of the file.
        vetoes: Its vetoes.
        match: Sentences that must have it.
        no_match: Sentences that must not.
        line: Its 1-based line.
    """

    id: str
    labels: Mapping[str, str]
    definition: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    threshold: float
    scope: Scope
    terms: tuple[Term, ...]
    vetoes: tuple[Veto, ...]
    match: tuple[Example, ...]
    no_match: tuple[Example, ...]
    line: int

    @property
    def label(self) -> str:
        """The label in Bokmål, which every theme has."""
        return self.labels["nb"]

    def reached_by(self, score: float) -> bool:
        """Whether a score reaches the threshold; ten times 0.1 does reach 1."""
        return score >= self.threshold - _ROUNDING


@dataclass(frozen=True, slots=True)
class WordList:
    """A named list of the codebook: its word patterns as written, and its 1-based line."""

    name: str
    words: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Codebook:
    """A valid codebook.

    Attributes:
        name: What it calls itself.
        file: The name of its file, without the folder.
        sha256: Hexadecimal SHA-256 of its bytes.
        lists: Its named lists of word patterns, in the order of the file.
        themes: Its themes, in the order of the file.
    """

    name: str
    file: str
    sha256: str
    lists: tuple[WordList, ...]
    themes: tuple[Theme, ...]

    @property
    def info(self) -> CodebookInfo:
        """The codebook as outputs name it."""
        themes = tuple(ThemeInfo(theme.id, theme.label) for theme in self.themes)
        return CodebookInfo(self.file, self.sha256, themes)

    def patterns(self) -> Iterator[WordPattern]:
        """Every word pattern, each once, in the order of the file."""
        seen: set[WordPattern] = set()
        for matcher in self._matchers():
            for pattern in matcher.patterns():
                if pattern not in seen:
                    seen.add(pattern)
                    yield pattern

    def _matchers(self) -> Iterator[Matcher]:
        for theme in self.themes:
            for term in theme.terms:
                yield from (term.matcher, *term.requires, *term.unless)
            yield from (veto.matcher for veto in theme.vetoes)
