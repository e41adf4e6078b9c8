"""Hostile characters in text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oppsummering.visible import one_line, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mrød\x1b[0m", "\\x1b[31mrød\\x1b[0m"),
        ("a\x00b\x07", "a\\x00b\\x07"),
        ("\x9b31m", "\\x9b31m"),
        ("a\u202eb", "a\\u202eb"),
        ("\ud800", "\\ud800"),
        ("tab\tog\r\nlinje", "tab\tog\r\nlinje"),
        ("æøå «sitat» 👩\u200d👩", "æøå «sitat» 👩\u200d👩"),
    ],
)
def test_visible_escapes_what_acts_and_nothing_else(text: str, shown: str) -> None:
    """Escape sequences, direction marks and surrogates are shown; letters and emoji stay."""
    assert visible(text) == shown


def test_one_line_folds_white_space() -> None:
    """Line ends, tabs and no-break spaces become single spaces."""
    assert one_line("  a\r\n\tb\u00a0 c ") == "a b c"


@given(st.text(st.characters(exclude_categories=())))
def test_one_line_is_one_line_without_control_characters(text: str) -> None:
    """Whatever comes in, UTF-8 can encode what comes out and no terminal acts on it."""
    shown = one_line(text)

    shown.encode()
    assert len(shown.splitlines()) <= 1
    assert not any(unicodedata.category(character) == "Cc" for character in shown)
