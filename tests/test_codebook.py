"""The codebook: what a valid one holds, and every problem of another with its place."""

from __future__ import annotations

import copy
import hashlib
import time
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oppsummering.codebook import (
    Codebook,
    Example,
    Negation,
    Scope,
    WordList,
    load_codebook,
    shipped_codebook,
)
from oppsummering.errors import CodebookError
from oppsummering.patterns import Position

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Golden

WHOLE = """\
schema_version: 1
name: Prøvekodebok
description: Alle nøkler.
lists:
  parter: [~kommune, leverandør]
  alle: ["@parter", stat]
themes:
  - id: okosystem
    labels: {nb: Økosystem, nn: Økosystem, en: Ecosystem}
    definition: Parter som skaper verdi sammen.
    include: [samarbeid]
    exclude: [natur]
    threshold: 1.5
    scope: statement
    terms:
      - lemma: økosystem
        strength: 2
        note: Står alene.
      - id: med parter
        near: [~samarbeid, "@alle"]
        distance: 8
        ordered: true
        negation: forbid
        requires: [felles]
        unless: [på kryss av]
        scope: statement
      - {compound: leder, position: head}
      - {wildcard: "*nettverk*"}
      - {regex: 'på tvers av \\w+', case: true}
      - {phrase: på <2> tvers}
      - {count: [kommune, stat, fylke], at_least: 3, negation: require}
    vetoes:
      - lemma: marin
      - id: natur
        phrase: i havet
        scope: words
        blocks: [økosystem]
        note: Bare i naturen.
    examples:
      match: [Et økosystem.]
      no_match: [Vi har det bra.]
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    """Write a codebook."""

    def write_codebook(content: str) -> Path:
        file = tmp_path / "themes.yaml"
        file.write_text(content, encoding="utf-8")
        return file

    return write_codebook


def theme(terms: str, *, vetoes: str = "[]", more: str = "", lists: str = "{}") -> str:
    """A codebook with one theme; the terms are on line 8."""
    return f"""\
schema_version: 1
name: x
lists: {lists}
themes:
  - id: tema
    labels: {{nb: Tema}}
    definition: x
    terms: {terms}
    vetoes: {vetoes}
    {more}
    examples: {{match: [a], no_match: [b]}}
"""


def problems(file: Path) -> list[str]:
    """The problems of a codebook, as the user sees them."""
    with pytest.raises(CodebookError) as caught:
        load_codebook(file)
    return [str(problem) for problem in caught.value.problems]


def test_whole_codebook_is_read(write: Callable[[str], Path]) -> None:
    """Every key comes out where it belongs, in the order of the file."""
    file = write(WHOLE)

    codebook = load_codebook(file)

    assert (codebook.name, codebook.file) == ("Prøvekodebok", "themes.yaml")
    assert codebook.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert codebook.info.themes[0].label == "Økosystem"
    assert codebook.lists == (
        WordList("parter", ("~kommune", "leverandør"), 5),
        WordList("alle", ("@parter", "stat"), 6),
    )
    (only,) = codebook.themes
    assert only.labels == {"nb": "Økosystem", "nn": "Økosystem", "en": "Ecosystem"}
    assert (only.include, only.exclude) == (("samarbeid",), ("natur",))
    assert (only.threshold, only.scope, only.line) == (1.5, Scope.STATEMENT, 8)
    assert only.match == (Example("Et økosystem.", 40),)
    assert only.no_match == (Example("Vi har det bra.", 41),)
    assert [(term.id, term.matcher.kind, term.line) for term in only.terms] == [
        ("økosystem", "lemma", 16),
        ("med parter", "near", 19),
        ("-leder", "compound", 27),
        ("*nettverk*", "wildcard", 28),
        (r"/på tvers av \w+/", "regex", 29),
        ("på <2> tvers", "phrase", 30),
        ("3+ kommune, stat, fylke", "count", 31),
    ]
    first, second = only.terms[:2]
    assert (first.strength, first.scope, first.negation) == (2, Scope.SENTENCE, Negation.ANY)
    assert [phrase.label for phrase in second.requires + second.unless] == ["felles", "på kryss av"]
    assert (second.strength, second.scope, second.negation) == (1, Scope.STATEMENT, Negation.FORBID)
    assert only.terms[6].negation is Negation.REQUIRE
    everywhere, words = only.vetoes
    assert (everywhere.id, everywhere.scope, everywhere.blocks) == ("marin", Scope.SENTENCE, None)
    assert (words.id, words.scope, words.blocks) == ("natur", Scope.WORDS, frozenset({"økosystem"}))
    assert getattr(only.terms[2].matcher, "position", None) is Position.HEAD


def test_patterns_come_once_in_the_order_of_the_file(write: Callable[[str], Path]) -> None:
    """What the tagger asks for does not depend on the order of a set."""
    codebook = load_codebook(write(WHOLE))

    assert [pattern.text for pattern in codebook.patterns()] == [
        "økosystem",
        "~samarbeid",
        "@alle",
        "felles",
        "på",
        "kryss",
        "av",
        "leder",
        "*nettverk*",
        "tvers",
        "kommune",
        "stat",
        "fylke",
        "marin",
        "i",
        "havet",
    ]


def test_shipped_codebook_is_found() -> None:
    """It lies in the package, or at the top of a checkout."""
    assert shipped_codebook().name == "themes.yaml"
    assert shipped_codebook().is_file()


def test_every_problem_is_shown_at_once(write: Callable[[str], Path], golden: Golden) -> None:
    """In the order of the lines, each with its place and how to mend it."""
    file = write("""\
schema_version: 2
name: 12
lists:
  parter: [kommune, "@ukjent", no, le(der]
  tom: []
  "a|b": [x]
theme: []
themes:
  - id: 1
    labels: {ee: x}
    definition: ""
    threshold: 0
    scope: words
    terms:
      - lemma: nei
      - lemma: no
      - {lemma: a, phrase: b}
      - {strength: 1}
      - {near: [a], distance: 3}
      - {near: [a, b], distance: 1000, position: head}
      - {regex: "(a+)+"}
      - {wildcart: "*a*"}
      - {lemma: nei}
      - {count: [a, b, c], at_least: 1, negation: no}
      - {lemma: b, requires: [], unless: x, scope: nei}
    vetoes:
      - {lemma: c, blocks: [nie], strength: 2}
    examples: {match: [a, a], no_match: [a, {b: c}]}
  - just a text
""")

    shown = "".join(f"{problem}\n" for problem in problems(file))

    golden("codebook/problems.txt", shown.encode())


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("[]", ["line 1: must be a mapping of keys to values, not a list."]),
        ("hei", ["line 1: must be a mapping of keys to values, not a text."]),
        (
            "schema_version: 1\n",
            ["line 1: the key 'name' is missing.", "line 1: the key 'themes' is missing."],
        ),
        (
            "schema_version: 1\nname: x\nthemes: []\n",
            ["line 3: themes: must hold at least one theme."],
        ),
        (
            "schema_version: 1\nname: x\nthemes: {}\nlists: []",
            [
                "line 3: themes: must be a list, not a mapping.",
                "line 4: lists: must be a mapping of keys to values, not a list.",
            ],
        ),
        (
            theme("[]"),
            ["line 8: themes[0].terms: must hold at least one term."],
        ),
        (
            theme("[{lemma: a}]", more="include: x"),
            ["line 10: themes[0].include: must be a list, not a text."],
        ),
        (
            theme("[{lemma: a}]").replace("id: tema", "id: tema-1"),
            [
                (
                    "line 5: themes[0].id: 'tema-1' must be letters from a to z, digits and _, "
                    "no digit first."
                )
            ],
        ),
        (
            theme("[{lemma: a}]").replace("match: [a], ", ""),
            ["line 11: themes[0].examples: the key 'match' is missing."],
        ),
        (
            theme("[{lemma: a}]").replace("no_match: [b]", "no_match: []"),
            ["line 11: themes[0].examples.no_match: must hold at least one sentence."],
        ),
        (
            theme("[{near: [a, no]}, {near: a}, {near: [no, no]}, {lemma: [a]}]"),
            [
                (
                    "line 8: themes[0].terms[0].near[1]: must be a text, not a truth value. "
                    'Put it in quotes: "no".'
                ),
                "line 8: themes[0].terms[1].near: must be a list, not a text.",
                (
                    "line 8: themes[0].terms[2].near[0]: must be a text, not a truth value. "
                    'Put it in quotes: "no".'
                ),
                (
                    "line 8: themes[0].terms[2].near[1]: must be a text, not a truth value. "
                    'Put it in quotes: "no".'
                ),
                "line 8: themes[0].terms[3].lemma: must be a text, not a list.",
            ],
        ),
        (
            theme("[{lemma: '@a'}, {phrase: 'x @b'}]", lists="{a: ['@b'], b: ['@a']}"),
            [
                "line 3: lists.a[0]: the list 'b' contains itself.",
                "line 3: lists.b[0]: the list 'a' contains itself.",
            ],
        ),
        (
            theme("[{lemma: a, unless: [b?]}]"),
            [
                (
                    "line 8: themes[0].terms[0].unless[0]: "
                    "must begin and end with a word that cannot be left out."
                )
            ],
        ),
    ],
)
def test_wrong_codebook_names_its_places(
    write: Callable[[str], Path], content: str, expected: list[str]
) -> None:
    """Each problem once, at its line."""
    assert problems(write(content)) == expected


def test_two_themes_of_the_same_id(write: Callable[[str], Path]) -> None:
    """Ids are unique; terms only within their theme."""
    content = theme("[{lemma: a}]")
    second = content[content.index("  - id") :]

    assert problems(write(content + second)) == [
        "line 12: themes[1]: the theme 'tema' is there already, on line 5."
    ]
    assert len(load_codebook(write(content + second.replace("tema", "annet"))).themes) == 2


@pytest.mark.parametrize(
    ("terms", "vetoes", "reason"),
    [
        ("[{lemma: a}]", "[{lemma: a}]", "the veto 'a' on line 9 always takes it away."),
        ("[{lemma: a}]", "[{lemma: a|b, scope: words}]", "the veto 'a|b' on line 9 always"),
        ("[{lemma: a}]", "[{lemma: ~a~}]", "the veto '~a~' on line 9 always takes it away."),
        ("[{lemma: a/NOUN}]", "[{lemma: a}]", "the veto 'a' on line 9 always takes it away."),
        ("[{lemma: =a}]", "[{lemma: a}]", "the veto 'a' on line 9 always takes it away."),
        ("[{lemma: ==A}]", "[{lemma: =a}]", "the veto '=a' on line 9 always takes it away."),
        ("[{compound: a}]", "[{compound: a}]", "the veto '-a-' on line 9 always takes it away."),
        ("[{wildcard: a*}]", "[{lemma: a*|b}]", "the veto 'a*|b' on line 9 always takes it away."),
        ("[{lemma: a~}]", "[{lemma: ~a~}]", "the veto '~a~' on line 9 always takes it away."),
        ("[{compound: a}]", "[{lemma: ~a~}]", "the veto '~a~' on line 9 always takes it away."),
        ("[{phrase: a b? c}]", "[{phrase: c}]", "the veto 'c' on line 9 always takes it away."),
        ("[{phrase: a <2> b}]", "[{phrase: a <2> b}]", "the veto 'a <2> b' on line 9 always"),
        ("[{near: [x y, z]}]", "[{phrase: x y}]", "the veto 'x y' on line 9 always"),
        ("[{near: [x y, z]}]", "[{lemma: y}]", "the veto 'y' on line 9 always takes it away."),
        ("[{regex: abc}]", "[{regex: abc}]", "the veto '/abc/' on line 9 always"),
        ("[{count: [a, b]}]", "[{count: [a, b]}]", "the veto '2+ a, b' on line 9 always"),
        (
            "[{lemma: a, id: t}]",
            "[{lemma: a, blocks: [t]}]",
            "the veto 'a' on line 9 always takes it away.",
        ),
        ("[{lemma: a, unless: [a]}]", "[]", "`unless` 'a' holds wherever it matches."),
        ("[{phrase: b c, unless: [a, c|d]}]", "[]", "`unless` 'c|d' holds wherever it matches."),
        (
            "[{lemma: a, requires: [b], unless: [b]}]",
            "[]",
            "what it requires is forbidden by `unless` 'b'.",
        ),
        (
            "[{lemma: a, requires: [b, c d]}]",
            "[{lemma: b|c}]",
            "what it requires is forbidden by the veto 'b|c' on line 9.",
        ),
        (
            "[{lemma: a, requires: [b], scope: statement}]",
            "[{lemma: b, scope: statement}]",
            "what it requires is forbidden by the veto 'b' on line 9.",
        ),
    ],
)
def test_term_that_can_never_match(
    write: Callable[[str], Path], terms: str, vetoes: str, reason: str
) -> None:
    """Rules that contradict each other are found, and so the theme that hangs on them."""
    first, second = problems(write(theme(terms, vetoes=vetoes)))

    assert second.startswith("line 8: themes[0].terms[0]: the term")
    assert f"can never match: {reason}" in second
    assert first == (
        "line 5: themes[0]: the theme 'tema' can never match: "
        "its terms reach 0 together, and the threshold is 1."
    )


@pytest.mark.parametrize(
    ("terms", "vetoes"),
    [
        ("[{lemma: a}]", "[{lemma: a/NOUN}]"),
        ("[{lemma: ~a~}]", "[{lemma: a}]"),
        ("[{lemma: ~a~}]", "[{compound: a}]"),
        ("[{lemma: a|b}]", "[{lemma: a}]"),
        ("[{lemma: =a}]", "[{lemma: ==A}]"),
        ("[{lemma: a}]", "[{lemma: =a}]"),
        ("[{lemma: ~a}]", "[{lemma: a~}]"),
        ("[{compound: a}]", "[{compound: a, position: head}]"),
        ("[{phrase: a b? c}]", "[{lemma: b}]"),
        ("[{phrase: a b c}]", "[{phrase: a b}]"),
        ("[{near: [a, b], distance: 5}]", "[{near: [a, b], distance: 2}]"),
        ("[{count: [a, b]}]", "[{lemma: a}]"),
        ("[{regex: abc}]", "[{lemma: abc}]"),
        ("[{lemma: a}, {lemma: b}]", "[{lemma: a, blocks: [b]}]"),
        ("[{lemma: a, requires: [b, c]}]", "[{lemma: b}]"),
        ("[{lemma: a, requires: [b]}]", "[{lemma: b, scope: words}]"),
        ("[{lemma: a, requires: [b], scope: statement}]", "[{lemma: b, scope: sentence}]"),
    ],
)
def test_rules_that_leave_room_are_no_contradiction(
    write: Callable[[str], Path], terms: str, vetoes: str
) -> None:
    """Only what follows from the rules as written is a problem."""
    load_codebook(write(theme(terms, vetoes=vetoes)))


def test_threshold_out_of_reach(write: Callable[[str], Path]) -> None:
    """All terms together must reach it; ten times 0.1 do reach 1."""
    ten = ", ".join(f"{{lemma: w{i}, strength: 0.1}}" for i in range(10))
    nine = ten[: ten.rindex(", {")]

    load_codebook(write(theme(f"[{ten}]")))
    assert problems(write(theme(f"[{nine}]"))) == [
        (
            "line 5: themes[0]: the theme 'tema' can never match: "
            "its terms reach 0.9 together, and the threshold is 1."
        )
    ]


def test_long_lists_against_each_other_are_compared_in_time(
    write: Callable[[str], Path],
) -> None:
    """A hundred terms and a hundred vetoes, each with a list of 1,500 words."""
    lists = ", ".join(f"l{n}: [{', '.join(f'w{n}x{i}' for i in range(1500))}]" for n in range(4))
    terms = ", ".join(f"{{lemma: '@l{n % 2}|t{n}'}}" for n in range(100))
    vetoes = ", ".join(f"{{lemma: '@l{n % 2 + 2}|v{n}'}}" for n in range(100))
    file = write(theme(f"[{terms}]", vetoes=f"[{vetoes}]", lists=f"{{{lists}}}"))
    start = time.process_time()

    load_codebook(file)

    assert time.process_time() - start < 30


def test_codebook_as_large_as_it_may_be_is_read_in_time(write: Callable[[str], Path]) -> None:
    """Thousands of terms, vetoes and blocks take no quadratic time."""
    terms = ", ".join(f"{{lemma: w{i}}}" for i in range(3000))
    vetoes = ", ".join(f"{{lemma: v{i}, blocks: [w{i}, w{i + 1}]}}" for i in range(2000))
    start = time.process_time()

    load_codebook(write(theme(f"[{terms}]", vetoes=f"[{vetoes}]")))

    assert time.process_time() - start < 60


def _paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The place of every value in a document."""
    found = [path]
    if isinstance(value, dict):
        for key, child in value.items():
            found += _paths(child, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            found += _paths(child, (*path, index))
    return found


_DOCUMENT = yaml.safe_load(WHOLE)
_VALUES: list[Any] = [None, True, 3, -1.5, "", "x", "@alle", "a|", [], [[]], {}, {"a": 1}, "*", "?"]


@given(st.sampled_from(_paths(_DOCUMENT)), st.sampled_from(_VALUES))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
def test_any_wrong_value_is_a_problem_of_ours(
    write: Callable[[str], Path], path: tuple[str | int, ...], value: object
) -> None:
    """Whatever stands wherever, the codebook is read or each problem has a place and a line."""
    document: Any = copy.deepcopy(_DOCUMENT)
    if path:
        inner = document
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = value
    else:
        document = value
    file = write(yaml.safe_dump(document, allow_unicode=True))
    try:
        assert isinstance(load_codebook(file), Codebook)
    except CodebookError as error:
        assert all(problem.line for problem in error.problems)  # noqa: PT017
