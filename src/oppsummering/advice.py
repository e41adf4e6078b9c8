"""What a valid codebook could say better: inflected words, words and lists of no use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppsummering.codebook.contradictions import implies, single_word, vetoes_of
from oppsummering.errors import Problem
from oppsummering.patterns import Lemma, Part, WordPatterns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from oppsummering.codebook import Codebook, Term, Theme
    from oppsummering.matchers import Matcher
    from oppsummering.patterns import WordPattern
    from oppsummering.words import Lexicon


def advise(codebook: Codebook, lexicon: Lexicon) -> tuple[Problem, ...]:
    """Find words that are not base forms, words that their own term rules out, and unused lists.

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
    problems = (*warned.values(), *_ruled_out(codebook), *_unused_lists(codebook))
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


def _ruled_out(codebook: Codebook) -> Iterator[Problem]:
    """Words that a term asks for and forbids; those of a list may be left out on purpose."""
    for theme in codebook.themes:
        for term in theme.terms:
            for written, word in _written_words(term):
                reason = _forbidden_by(theme, term, word)
                if reason:
                    message = f"{written!r} is of no use: {reason} holds wherever it stands."
                    yield Problem(f"{theme.id}: {term.id}", message, term.line)


def _written_words(term: Term) -> Iterator[tuple[str, WordPattern]]:
    """The words that a term needs and names itself, each once; not those of its lists."""
    words = WordPatterns({})
    for pattern in dict.fromkeys(term.matcher.needed()):
        for written in _alternatives((pattern.text,)):
            word = None if written.startswith("@") else words.word(written)
            # Of a part of a compound the written word is no alternative.
            if word and word.alternatives[0] in pattern.alternatives:
                yield written, word


def _forbidden_by(theme: Theme, term: Term, word: WordPattern) -> str | None:
    """What takes a match away whenever this word is one of its words."""
    for exception in term.unless:
        forbidden = single_word(exception)
        if forbidden and implies(word, forbidden):
            return f"`unless` {exception.label!r}"
    for veto in vetoes_of(theme, term):
        forbidden = single_word(veto.matcher)
        if forbidden and implies(word, forbidden):
            return f"the veto {veto.id!r}"
    return None


def _unused_lists(codebook: Codebook) -> Iterator[Problem]:
    in_terms = _alternatives(pattern.text for pattern in codebook.patterns())
    in_lists = _alternatives(text for one in codebook.lists for text in one.words)
    used = {*in_terms, *in_lists}
    for one in codebook.lists:
        if f"@{one.name}" not in used:
            yield Problem(f"lists.{one.name}", "no term uses this list.", one.line)
