"""Rules of a theme that contradict each other, so that a term or the theme can never match.

Only what follows from the rules as written is found; a term that merely never meets a text that
fits is the business of `themes test`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from oppsummering.codebook.model import Scope
from oppsummering.matchers import NearMatcher, PhraseMatcher, WordMatcher
from oppsummering.patterns import Exact, Lemma, Part, Position

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from oppsummering.codebook.model import Term, Theme, Veto
    from oppsummering.matchers import Matcher
    from oppsummering.patterns import Alternative, WordPattern


def why_never(theme: Theme, term: Term) -> str | None:
    """Why a term can never count for its theme; None when nothing says so.

    Args:
        theme: The theme, for its vetoes.
        term: One of its terms.
    """
    vetoes = vetoes_of(theme, term)
    for veto in vetoes:
        if always_beside(veto.matcher, term.matcher):
            return f"the veto {veto.id!r} on line {veto.line} always takes it away."
    for exception in term.unless:
        if always_beside(exception, term.matcher):
            return f"`unless` {exception.label!r} holds wherever it matches."
    forbidden = [_forbids(term, vetoes, required) for required in term.requires]
    if forbidden and all(forbidden):
        return f"what it requires is forbidden by {forbidden[0]}."
    return None


def vetoes_of(theme: Theme, term: Term) -> list[Veto]:
    """The vetoes of a theme that reach a term."""
    return [veto for veto in theme.vetoes if veto.blocks is None or term.id in veto.blocks]


def always_beside(other: Matcher, matcher: Matcher) -> bool:
    """Whether `other` finds something in every sentence in which `matcher` does."""
    if other == matcher:
        return True
    pattern = single_word(other)
    if pattern:
        return any(implies(needed, pattern) for needed in matcher.needed())
    return isinstance(matcher, NearMatcher) and other in matcher.phrases


def _forbids(term: Term, vetoes: Iterable[Veto], required: PhraseMatcher) -> str | None:
    """What makes it impossible that a required phrase stands beside the term."""
    for exception in term.unless:
        if always_beside(exception, required):
            return f"`unless` {exception.label!r}"
    for veto in vetoes:
        reaches = veto.scope is Scope.STATEMENT or (veto.scope is term.scope is Scope.SENTENCE)
        if reaches and always_beside(veto.matcher, required):
            return f"the veto {veto.id!r} on line {veto.line}"
    return None


def single_word(matcher: Matcher) -> WordPattern | None:
    """The word pattern of a matcher that asks for one word alone."""
    if isinstance(matcher, WordMatcher):
        return matcher.pattern
    if isinstance(matcher, PhraseMatcher) and len(matcher.slots) == 1:
        return matcher.slots[0].pattern
    return None


def implies(narrow: WordPattern, wide: WordPattern) -> bool:
    """Whether every word that satisfies the one pattern satisfies the other."""
    covering = _alternatives(wide)
    return all(not covering.isdisjoint(_covering(one)) for one in narrow.alternatives)


@lru_cache(maxsize=20_000)
def _alternatives(pattern: WordPattern) -> frozenset[Alternative]:
    return frozenset(pattern.alternatives)


@lru_cache(maxsize=20_000)
def _covering(narrow: Alternative) -> frozenset[Alternative]:
    """The alternatives that every word satisfies which satisfies this one."""
    return frozenset((narrow, *_wider(narrow)))


def _wider(narrow: Alternative) -> Iterator[Alternative]:
    match narrow:
        case Lemma(word):
            yield from _of_word(word)
        case Exact(form):
            yield Exact(form.casefold())
            yield from _of_word(form.casefold())
        case Part(word, position, alone):
            yield Part(word, position, alone=True)
            yield Part(word, Position.ANY, alone=True)
            if not alone:
                yield Part(word, Position.ANY)


def _of_word(word: str) -> Iterator[Alternative]:
    """The alternatives that find a word in every form."""
    yield Lemma(word)
    for position in Position:
        yield Part(word, position, alone=True)
