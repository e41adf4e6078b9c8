"""What a valid codebook could say better: words that it asks for and that no text can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppsummering.errors import Problem
from oppsummering.patterns import Lemma, Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oppsummering.codebook import Codebook, Theme
    from oppsummering.matchers import Matcher
    from oppsummering.words import Lexicon


def advise(codebook: Codebook, lexicon: Lexicon) -> tuple[Problem, ...]:
    """Find words that are written in an inflected form where the base form is asked for.

    A word pattern such as `kommuner` compares lemmas, and no word has the lemma *kommuner*.

    Args:
        codebook: A valid codebook.
        lexicon: Tells the lemma of a form.

    Returns:
        One warning for each such word, at the first term that asks for it.
    """
    warned: dict[str, Problem] = {}
    for theme in codebook.themes:
        for where, line, matcher in _matchers_of(theme):
            for word in _lemmas(matcher):
                base = _base_form(word, lexicon)
                if base and word not in warned:
                    message = (
                        f"{word!r} is an inflected form, so it matches nothing; "
                        f"write {base!r}, or '={word}' for this form alone."
                    )
                    warned[word] = Problem(f"{theme.id}: {where}", message, line)
    return tuple(warned.values())


def _matchers_of(theme: Theme) -> Iterator[tuple[str, int, Matcher]]:
    """Every matcher of a theme, with the id and the line of its term or veto."""
    for term in theme.terms:
        for matcher in (term.matcher, *term.requires, *term.unless):
            yield term.id, term.line, matcher
    for veto in theme.vetoes:
        yield veto.id, veto.line, veto.matcher


def _lemmas(matcher: Matcher) -> Iterator[str]:
    for pattern in matcher.patterns():
        for alternative in pattern.alternatives:
            if isinstance(alternative, Lemma | Part):
                yield alternative.lemma


def _base_form(word: str, lexicon: Lexicon) -> str | None:
    """The lemma of a word that is not one itself; None where the word is its own lemma."""
    analyses = lexicon.look_up(word).analyses
    if lexicon.key(word) in {analysis.key for analysis in analyses}:
        return None
    return analyses[0].lemma
