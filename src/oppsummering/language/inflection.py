"""Regular inflection: lemmas of forms that no table has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppsummering.language.compounds import Facts

if TYPE_CHECKING:
    from collections.abc import Callable

NOUN, VERB, ADJ = "NOUN", "VERB", "ADJ"
FACT = {NOUN: Facts.NOUN, VERB: Facts.VERB, ADJ: Facts.ADJ}

ENDINGS: tuple[tuple[str, str, str], ...] = (
    # ending, what the lemma has instead, part of speech; the longest endings first
    ("ingene", "ing", NOUN),
    ("ingane", "ing", NOUN),
    ("ene", "", NOUN),
    ("ene", "e", NOUN),
    ("ane", "", NOUN),
    ("ane", "e", NOUN),
    ("erne", "er", NOUN),
    ("er", "", NOUN),
    ("er", "e", NOUN),
    ("ar", "", NOUN),
    ("ar", "e", NOUN),
    ("en", "", NOUN),
    ("en", "e", NOUN),
    ("et", "", NOUN),
    ("et", "e", NOUN),
    ("a", "", NOUN),
    ("a", "e", NOUN),
    ("e", "", NOUN),
    ("s", "", NOUN),
    ("er", "e", VERB),
    ("ar", "e", VERB),
    ("te", "e", VERB),
    ("de", "e", VERB),
    ("et", "e", VERB),
    ("a", "e", VERB),
    ("t", "e", VERB),
    ("es", "e", VERB),
    ("ast", "e", VERB),
    ("ende", "e", VERB),
    ("ande", "e", VERB),
    ("ere", "", ADJ),
    ("are", "", ADJ),
    ("este", "", ADJ),
    ("aste", "", ADJ),
    ("est", "", ADJ),
    ("ast", "", ADJ),
    ("e", "", ADJ),
    ("t", "", ADJ),
)

SAFE: tuple[tuple[str, str], ...] = (
    # plural and definite endings that hardly any lemma has, for words that no list knows
    ("ingene", "ing"),
    ("ingane", "ing"),
    ("ingen", "ing"),
    ("inga", "ing"),
    ("ingar", "ing"),
    ("inger", "ing"),
    ("hetene", "het"),
    ("heiten", "heit"),
    ("heita", "heit"),
    ("heten", "het"),
    ("sjonane", "sjon"),
    ("sjonene", "sjon"),
    ("sjonen", "sjon"),
    ("sjoner", "sjon"),
    ("sjonar", "sjon"),
    ("erne", "er"),
    ("arane", "ar"),
    ("arar", "ar"),
    ("ene", ""),
    ("ane", ""),
)
LEAST_STEM = 3

BY_LAST_LETTER = {
    letter: tuple(row for row in ENDINGS if row[0][-1] == letter)
    for letter in {row[0][-1] for row in ENDINGS}
}


def known_lemmas(form: str, facts: Callable[[str], Facts]) -> list[tuple[str, str | None]]:
    """The lemmas that a form may belong to, of those that the lists know.

    Args:
        form: A word form in lower case.
        facts: Gives what is known of a lemma.

    Returns:
        Lemma and part of speech; empty when there is none.
    """
    own = facts(form)
    found: dict[tuple[str, str | None], None] = {
        (form, pos): None for pos, flag in FACT.items() if own & flag
    }
    if own and not found:
        found[form, None] = None
    for ending, added, pos in BY_LAST_LETTER.get(form[-1:], ()):
        if form.endswith(ending) and len(form) >= len(ending) + LEAST_STEM:
            lemma = form[: len(form) - len(ending)] + added
            if facts(lemma) & FACT[pos]:
                found[lemma, pos] = None
    return list(found)


def unknown_lemmas(form: str) -> list[tuple[str, str | None]]:
    """The lemma of a form that no list knows: only the safest endings are taken away."""
    for ending, added in SAFE:
        if form.endswith(ending) and len(form) >= len(ending) + LEAST_STEM:
            return [(form[: len(form) - len(ending)] + added, "NOUN")]
    return [(form, None)]
