"""What becomes of a match: surroundings, vetoes, overlaps, and the scores that remain."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from oppsummering.codebook import Negation, Scope
from oppsummering.tagged import Match
from oppsummering.tagging.trace import Evidence, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from oppsummering.codebook import Term, Theme
    from oppsummering.matchers import PhraseMatcher, Words
    from oppsummering.tagging.tokens import StatementTokens


def judge(theme: Theme, term: Term, words: Words, tokens: StatementTokens) -> Evidence:
    """A match by itself: does what it asks of its surroundings hold?"""
    span = tokens.span(words[0], words[-1])
    negated = tokens.negated(words[0])
    match = Match(
        term=term.id,
        span=span,
        text=span.of(tokens.text),
        words=tuple(tokens.span(word, word) for word in words),
        strength=term.strength,
        negated=negated,
    )
    sentence = tokens.sentence(words[0])
    outcome, reason = Outcome.COUNTED, ""
    if (negated and term.negation is Negation.FORBID) or (
        not negated and term.negation is Negation.REQUIRE
    ):
        outcome, reason = Outcome.NEGATION, f"negation: {term.negation}"
    elif term.requires and not _first_present(term.requires, term.scope, sentence, tokens):
        outcome = Outcome.REQUIREMENT_MISSING
        reason = ", ".join(phrase.label for phrase in term.requires)
    elif present := _first_present(term.unless, term.scope, sentence, tokens):
        outcome, reason = Outcome.EXCEPTION_PRESENT, present.label
    return Evidence(theme.id, match, outcome, reason, sentence)


def _first_present(
    matchers: Iterable[PhraseMatcher], scope: Scope, sentence: int, tokens: StatementTokens
) -> PhraseMatcher | None:
    """The first phrase that stands in the sentence, or in the statement."""
    for matcher in matchers:
        sentences = tokens.sentences_with(matcher)
        if sentence in sentences or (scope is Scope.STATEMENT and sentences):
            return matcher
    return None


def apply_vetoes(
    theme: Theme, judged: Sequence[tuple[Evidence, Words]], tokens: StatementTokens
) -> list[tuple[Evidence, Words]]:
    """The evidence, with what a veto takes away marked so."""
    for veto in theme.vetoes:
        places = list(veto.matcher.find(tokens))
        if not places:
            continue
        sentences = {tokens.sentence(words[0]) for words in places}
        covered = {word for words in places for word in words}
        judged = [
            (replace(item, outcome=Outcome.VETOED, reason=veto.id), words)
            if item.outcome is Outcome.COUNTED
            and (veto.blocks is None or item.match.term in veto.blocks)
            and _reaches(veto.scope, sentences, covered, item, words)
            else (item, words)
            for item, words in judged
        ]
    return list(judged)


def _reaches(
    scope: Scope, sentences: set[int], covered: set[int], item: Evidence, words: Words
) -> bool:
    """Whether a veto with these places reaches a match."""
    if scope is Scope.WORDS:
        return not covered.isdisjoint(words)
    return scope is Scope.STATEMENT or item.sentence in sentences


def settle_overlaps(judged: Sequence[tuple[Evidence, Words]]) -> list[Evidence]:
    """The evidence, where of matches that share words only the strongest counts.

    Of equally strong ones the one with more words counts, then the first.
    """
    order = sorted(
        range(len(judged)),
        key=lambda n: (-judged[n][0].match.strength, -len(judged[n][1]), judged[n][1]),
    )
    taken: dict[int, str] = {}
    result = [item for item, _ in judged]
    for number in order:
        item, words = judged[number]
        if item.outcome is not Outcome.COUNTED:
            continue
        winner = next((taken[word] for word in words if word in taken), None)
        if winner is None:
            taken.update(dict.fromkeys(words, item.match.term))
        else:
            result[number] = replace(item, outcome=Outcome.SHADOWED, reason=winner)
    return result


def scored_in(theme: Theme, item: Evidence) -> int:
    """The sentence that a match's strength is added up in; 0 for the whole statement."""
    return item.sentence if theme.scope is Scope.SENTENCE else 0


def theme_scores(theme: Theme, evidence: Iterable[Evidence]) -> dict[int, float]:
    """The score of a theme in each sentence: the strengths of the different terms there."""
    strengths: dict[int, dict[str, float]] = defaultdict(dict)
    for item in evidence:
        if item.theme == theme.id and item.outcome is Outcome.COUNTED:
            strengths[scored_in(theme, item)][item.match.term] = item.match.strength
    return {sentence: sum(terms.values()) for sentence, terms in strengths.items()}
