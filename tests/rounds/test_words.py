"""The words that rounds are compared by."""

from __future__ import annotations

from oppsummering.language.lexicon import load_lexicon
from oppsummering.rounds.words import words_of


def test_words_are_keys_and_broken_words_are_whole() -> None:
    """Inflection, written standard and line breaks make no other word; short words are left out."""
    lexicon = load_lexicon()
    broken = words_of("Vi må for-\nankre det i leiar-\ngruppa.", lexicon)
    whole = words_of("forankrer det i ledergruppene", lexicon)
    assert list(broken) == list(whole)
