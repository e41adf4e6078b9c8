"""Checks of the codebook against the round: does each term earn its place?"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from oppsummering.checks.model import Check, Remark
from oppsummering.config import Level
from oppsummering.examples import run_examples

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oppsummering.checks.model import Context

ENOUGH: Final = 3
"""Statements from which on it is worth a word that all of a theme hangs on one term."""

SHOWN: Final = 5


def dead_terms(context: Context) -> Iterable[Remark]:
    """Terms that match nowhere in this round, counted for each theme."""
    alive = {
        (tag.theme, match.term)
        for each in context.tagged.statements
        for tag in each.tags
        for match in tag.matches
    }
    for theme in context.codebook.themes:
        dead = tuple(term.id for term in theme.terms if (theme.id, term.id) not in alive)
        if dead:
            more = ", …" if len(dead) > SHOWN else ""
            yield Remark(
                f"{theme.id}: {len(dead)} of {len(theme.terms)} terms match nowhere in "
                f"{context.file}: {', '.join(dead[:SHOWN])}{more}",
                theme.line,
                context.codebook_file,
                dead,
            )


def shared_terms(context: Context) -> Iterable[Remark]:
    """The same words counted for several themes, by different terms."""
    shared: Counter[tuple[tuple[str, str], ...]] = Counter()
    lines: dict[tuple[tuple[str, str], ...], int] = {}
    for each in context.tagged.counted():
        places: dict[tuple[int, int], set[tuple[str, str]]] = defaultdict(set)
        for tag in each.tags:
            for match in tag.matches:
                places[match.span.start, match.span.end].add((tag.theme, match.term))
        for terms in places.values():
            if len({theme for theme, _ in terms}) > 1:
                key = tuple(sorted(terms))
                shared[key] += 1
                lines.setdefault(key, each.statement.line)
    for key, count in sorted(shared.items()):
        named = " and ".join(f"{term!r} ({theme})" for theme, term in key)
        yield Remark(f"The same words are matched by {named}, {count} time(s).", lines[key])


def single_terms(context: Context) -> Iterable[Remark]:
    """Themes of which every match in this round hangs on one term."""
    for theme in context.codebook.themes:
        tags = [tag for each in context.tagged.counted() if (tag := each.tag(theme.id))]
        terms = {match.term for tag in tags for match in tag.matches}
        if len(tags) >= ENOUGH and len(terms) == 1:
            (term,) = terms
            yield Remark(
                f"{theme.id}: all {len(tags)} statements hang on the one term {term!r}.",
                theme.line,
                context.codebook_file,
            )


def failing_examples(context: Context) -> Iterable[Remark]:
    """Example sentences of the codebook that do not come out as they must."""
    for result in run_examples(context.tagger, context.codebook):
        if not result.passed:
            expected = "must have" if result.expected else "must not have"
            yield Remark(
                f"The example {expected} {result.theme}: {result.example.text}",
                result.example.line,
                context.codebook_file,
            )


CHECKS: Final = (
    Check("dead-term", Level.INFO, "terms that match nowhere in this round", dead_terms),
    Check("shared-term", Level.INFO, "words that count for several themes", shared_terms),
    Check("single-term", Level.WARNING, "themes that hang on one term", single_terms),
    Check(
        "failing-example",
        Level.ERROR,
        "example sentences of the codebook that fail",
        failing_examples,
    ),
)
