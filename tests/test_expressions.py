"""Regular expressions over Norwegian text: every letter counts, and none takes for ever."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oppsummering import expressions
from oppsummering.expressions import (
    MAX_EXPRESSION,
    TOGETHER_FROM,
    ExpressionSet,
    understand_expression,
)
from oppsummering.patterns import PatternError


def found(expression: str, text: str, *, case: bool = False) -> list[str]:
    """The stretches of a text that an expression matches."""
    understood = understand_expression(expression, case=case)
    return [text[start:end] for start, end in understood.spans(text)]


@pytest.mark.parametrize(
    ("expression", "text", "expected"),
    [
        (r"k\w+", "i kommuneøkonomi og Kår", ["kommuneøkonomi", "Kår"]),
        (r"[\w-]+ord", "nøkkel-ord", ["nøkkel-ord"]),
        (r"å\W+b", "å, b", ["å, b"]),
        (r"\båtte\b", "åtte, rundåtte åtteogtjue ÅTTE", ["åtte", "ÅTTE"]),
        (r"\bnivå \d\b", "nivå 1 nivå 2, nivå 34", ["nivå 1", "nivå 2"]),
        (r"(?i)\bøk", "økning bøk Øk", ["øk", "Øk"]),
        (r"trinn\b", "trinn trinnvis fagtrinn", ["trinn", "trinn"]),
        (r"\b(?:a|b)\b", "a b ab", ["a", "b"]),
        (r"[[:digit:]]+ (kr)", "12 kr", ["12 kr"]),
        (r"[]a]+", "a]", ["a]"]),
        (r"a{2,}", "aaa", ["aaa"]),
        (r"x\|y", "x|y", ["x|y"]),
        (r"(a+)(b+)", "aabb", ["aabb"]),
        ("😀", "a😀b😀", ["😀", "😀"]),
    ],
)
def test_expression_finds_norwegian_text(expression: str, text: str, expected: list[str]) -> None:
    r"""`\w` and `\b` know æ, ø and å, and places are counted in code points."""
    assert found(expression, text) == expected


def test_words_are_made_of_letters_marks_digits_and_underscores() -> None:
    r"""`\w` is exact for the blocks of Latin, Greek and Cyrillic."""
    characters = [chr(code) for code in range(0x530)]
    letters = [c for c in characters if c == "_" or unicodedata.category(c)[0] in "LMN"]
    assert found(r"\w", " ".join(characters), case=True) == letters


@pytest.mark.parametrize(
    ("character", "is_letter"),
    [
        ("ᐃ", True),
        ("漢", True),
        ("ا", True),
        ("😀", False),
        ("…", False),
        ("“", False),
        ("、", False),
    ],
)
def test_other_alphabets_have_letters_too(character: str, is_letter: bool) -> None:  # noqa: FBT001
    """Beyond them blocks of letters are told from punctuation and pictures."""
    assert bool(found(r"\w", character)) is is_letter
    assert bool(found(r"\bord\b", f"{character}ord")) is not is_letter


def test_case_counts_only_when_asked() -> None:
    """Also for letters beyond a to z."""
    assert found("ÅRSAK", "årsak ÅRSAK") == ["årsak", "ÅRSAK"]
    assert found("ÅRSAK", "årsak ÅRSAK", case=True) == ["ÅRSAK"]


def test_text_that_utf8_cannot_hold_is_read() -> None:
    """A lone surrogate is one character like any other."""
    assert found("b", "a\ud800b") == ["b"]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("(", "is not a valid regular expression: missing ): (."),
        ("a)(b", "is not a valid regular expression: unexpected ): a)(b."),
        (r"(?=a)", "is not a valid regular expression: invalid perl operator: (?=."),
        (r"\1", "is not a valid regular expression: invalid escape sequence: \\1."),
        ("a{2000}", "is not a valid regular expression: invalid repetition size: {2000}."),
        (r"(?:\p{L}{1000}){9}", "is not a valid regular expression: "),
        ("(a+)+", "has a repeat inside a repeat, as in (a+)+, which can take for ever;"),
        ("(?:a|b*)*", "has a repeat inside a repeat"),
        ("((a*))+", "has a repeat inside a repeat"),
        ("(a{1,}b){2,}", "has a repeat inside a repeat"),
        ("x*", "matches the empty text."),
        ("a" * (MAX_EXPRESSION + 1), "is longer than 1000 characters."),
        (r"a\bb", r"has \b in its middle; it can stand only at the beginning and the end."),
        (r"\ba|b", r"has \b beside |; put the alternatives in brackets: \b(?:a|b)\b."),
        (r"\B", r"has \B, which is not known here."),
        (r"\C", r"has \C, which is not known here."),
        (r"\Qa\E", r"has \Q, which is not known here."),
        (r"[a\W]", r"has \W inside [ ], which is not known here."),
    ],
)
def test_wrong_expression_says_what_is_wrong(expression: str, expected: str) -> None:
    """In the words of the expression as it was written."""
    with pytest.raises(PatternError) as caught:
        understand_expression(expression, case=False)

    assert expected in str(caught.value)


@pytest.mark.parametrize(
    "expression", ["(a+b)?c", "(ab)+", "a+b+", r"(\++)b", "[(a+]+b", "(?:a|b)+c", "(a)+(b+)"]
)
def test_harmless_repeats_are_allowed(expression: str) -> None:
    """Only a repeat without bound inside another is refused."""
    understand_expression(expression, case=False)


def test_many_expressions_are_asked_at_once() -> None:
    """Each with its own case and flags; it is told which of them match, or that none does."""
    several = ExpressionSet(
        [understand_expression("nav", case=True), understand_expression("øk", case=False)]
    )

    for _ in range(TOGETHER_FROM):  # one by one at first, later in one pass
        found = [several.matching(text) for text in ("nav", "NAV", "ØK", "øk og nav", "x", "")]
        assert found == [[0], [], [1], [0, 1], [], []]
    assert ExpressionSet([]).matching("x") == []
    assert ExpressionSet([understand_expression("x", case=True)]).matching("x") == [0]


def test_expressions_too_large_together_are_asked_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """RE2 has a limit of memory for a set of expressions; it is set low here."""
    large = [understand_expression(rf"\w{{9}}{letter}", case=False) for letter in "abc"]
    together = ExpressionSet(large)
    monkeypatch.setattr(expressions, "_MAX_MEMORY_TOGETHER", 1 << 10)
    singly = ExpressionSet(large)

    monkeypatch.setattr(expressions, "TOGETHER_FROM", 1)
    texts = ("å" * 9 + "c", "å" * 9, "å" * 9 + "a" + "å" * 9 + "b")
    found = [singly.matching(text) for text in texts]

    monkeypatch.undo()
    assert [together.matching(text) for text in texts * TOGETHER_FROM] == found * TOGETHER_FROM


@pytest.mark.parametrize(
    ("expression", "unit"), [(r"\bnivå \d\b", "nivå 1 "), (r"\w+x", "aå"), (r"a.*b", "a ")]
)
@pytest.mark.slow
def test_time_is_linear(expression: str, unit: str) -> None:
    """Four times the text takes about four times as long."""

    def seconds(repeated: int) -> float:
        understood = understand_expression(expression, case=False)
        start = time.process_time()
        for _ in understood.spans(unit * repeated):
            pass
        return time.process_time() - start

    small, large = seconds(40_000), seconds(160_000)

    assert large < 10 * small + 0.5


@given(st.text(alphabet=r"ab(|)[]^+*?{,}1\bwWdQ:i", max_size=12), st.text("abå1 ", max_size=20))
def test_any_expression_is_understood_or_refused(expression: str, text: str) -> None:
    """Nothing that an author writes ends in anything but matches or one of our errors."""
    try:
        understood = understand_expression(expression, case=False)
    except PatternError:
        return
    spans = list(understood.spans(text))
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)


@given(st.text("abå1 ,", max_size=30))
def test_edges_are_those_of_python(text: str) -> None:
    r"""Python's `\b` knows every letter; ours finds the same."""
    expected = [match.span() for match in re.finditer(r"\b(?:å|ab?)\b", text)]

    assert list(understand_expression(r"\b(?:å|ab?)\b", case=False).spans(text)) == expected
