"""What a valid codebook could say better: inflected words, and lists that nothing uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppsummering.errors import Problem
from oppsummering.patterns import Lemma, Part, WordPatterns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from oppsummering.codebook import Codebook, Theme
    from oppsummering.matchers import Matcher
    from oppsummering.patterns import WordPattern
    from oppsummering.words import Lexicon


def advise(codebook: Codebook, lexicon: Lexicon) -> tuple[Problem, ...]:
    """Find words that are not base forms, and lists that no term uses.

    A word pattern such as `kommuner` compares lemmas, and no word has the lemma *kommuner*, so
    that it finds this form alone.

    Args:
        codebook: A valid codebook.
        lexicon: Tells the lemma of a form.

    Returns:
        Warnings in the order of the lines; a word is named once, where it stands first.
    """
    warned: dict[str, Problem] = {}
    for where, line, pattern in (*_of_lists(codebook), *_of_themes(codebook)):
        for word in _compared_by_lemma(pattern):
            message = _advice(word, lexicon)
            if message and word not in warned:
                warned[word] = Problem(where, message, line)
    problems = (*warned.values(), *_unused_lists(codebook))
    return tuple(sorted(problems, key=lambda problem: problem.line or 0))


def _of_lists(codebook: Codebook) -> Iterator[tuple[str, int, WordPattern]]:
    """The word patterns of every list, each with its place."""
    words = WordPatterns({})
    for one in codebook.lists:
        for alternative in _alternatives(one.words):
            if not alternative.startswith("@"):
                yield f"lists.{one.name}", one.line, words.word(alternative)


def _of_themes(codebook: Codebook) -> Iterator[tuple[str, int, WordPattern]]:
    """The word patterns of every term and veto, each with its place."""
    for theme in codebook.themes:
        for name, line, matcher in _matchers(theme):
            for pattern in matcher.patterns():
                yield f"{theme.id}: {name}", line, pattern


def _matchers(theme: Theme) -> Iterator[tuple[str, int, Matcher]]:
    for term in theme.terms:
        for matcher in (term.matcher, *term.requires, *term.unless):
            yield term.id, term.line, matcher
    for veto in theme.vetoes:
        yield veto.id, veto.line, veto.matcher


def _alternatives(texts: Iterable[str]) -> Iterator[str]:
    return (alternative for text in texts for alternative in text.split("|"))


def _compared_by_lemma(pattern: WordPattern) -> Iterator[str]:
    for alternative in pattern.alternatives:
        if isinstance(alternative, Lemma | Part):
            yield alternative.lemma


def _advice(word: str, lexicon: Lexicon) -> str | None:
    """What to write instead of a word that the lexicon takes for a form of another."""
    analyses = lexicon.look_up(word).analyses
    if lexicon.key(word) in {analysis.key for analysis in analyses}:
        return None
    return (
        f"{word!r} is read as a form of {analyses[0].lemma!r}, so only this form is found; "
        f"write the base form for every form, or '={word}' if this one is meant."
    )


def _unused_lists(codebook: Codebook) -> Iterator[Problem]:
    in_terms = _alternatives(pattern.text for pattern in codebook.patterns())
    in_lists = _alternatives(text for one in codebook.lists for text in one.words)
    used = {*in_terms, *in_lists}
    for one in codebook.lists:
        if f"@{one.name}" not in used:
            yield Problem(f"lists.{one.name}", "no term uses this list.", one.line)
