"""YAML files that people write: every problem with its place, and no hostile file gets through."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oppsummering.errors import MAX_LISTED, ConfigurationError, ProblemsError
from oppsummering.yamlfile import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_VALUES,
    Checker,
    Node,
    quoted,
    read_yaml,
)

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def root(tmp_path: Path) -> Callable[[str | bytes], Node]:
    """Write a file and read it into its root node."""

    def read(content: str | bytes) -> Node:
        file = tmp_path / "file.yaml"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_yaml(file, ConfigurationError).root

    return read


def problem_of(read: Callable[[str | bytes], Node], content: str | bytes) -> str:
    """The one problem of an unsound file, as the user sees it."""
    with pytest.raises(ConfigurationError) as caught:
        read(content)
    (problem,) = caught.value.problems
    return str(problem)


def problems_of(check: Checker) -> list[str]:
    """The problems collected, as the user sees them."""
    return [str(problem) for problem in check.problems]


@pytest.mark.parametrize("content", ["a: [b", "a: b\x07"])
def test_a_trusted_file_that_is_unsound_is_no_traceback(tmp_path: Path, content: str) -> None:
    """A file of ours may have been edited; then it is told what is wrong as of any other."""
    file = tmp_path / "file.yaml"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(ConfigurationError) as caught:
        read_yaml(file, ConfigurationError, trusted=True)

    assert str(caught.value) == problem_text(file)


def problem_text(file: Path) -> str:
    """What is said of the file where it is not trusted."""
    with pytest.raises(ConfigurationError) as caught:
        read_yaml(file, ConfigurationError)
    return str(caught.value)


def test_file_is_read_with_its_digest(tmp_path: Path) -> None:
    """The digest is that of the bytes, so that a codebook can be told from another."""
    file = tmp_path / "file.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: b\r\n")

    read = read_yaml(file, ConfigurationError)

    assert read.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert Checker().mapping(read.root, required=["a"])["a"].line == 1


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "is empty."),
        ("# only a comment\n", "is empty."),
        (b"a: \xe5", "line 1: is not UTF-8; save it as UTF-8."),
        ("a: å\n".encode("utf-16"), "line 1: is not UTF-8; save it as UTF-8."),
        ("a: b\nc: d\0e", "line 2: holds a control character (U+0000)."),
        ("a: \x1b[31m", "line 1: holds a control character (U+001B)."),
        ("a: b\n---\nc: d\n", "line 2: holds more than one document; keep one, without `---`"),
        ("a: &x b\nc: *x\n", "line 1: aliases (*name) and anchors (&name) are not allowed;"),
        ("a: &x b\nc: &x d\n", "line 1: aliases (*name) and anchors (&name) are not allowed;"),
        ("a: *x\n", "line 1: aliases (*name) and anchors (&name) are not allowed;"),
        ("a: *moden*\n", "Put a text that begins with * or & in quotes."),
        ("a: @liste\n", "Put a text that begins with @, % or ` in quotes."),
        ("a:\n\t- b\n", "line 2: not valid YAML: "),
        ("a: b: c\n", "Put a text with a colon in it in quotes."),
        ('a: "b\n', "line 2: not valid YAML: found unexpected end of stream. Is a quotation mark"),
        ("a: [b, c\n", "not valid YAML: did not find expected"),
        ('a: "\\ud800"\n', "line 1: not valid YAML: found invalid Unicode character escape code."),
        ("a: \ufffe\n", "not valid YAML: unacceptable character"),
        ("a: " + "[" * 100_000, f"line 1: nested deeper than {MAX_DEPTH} levels."),
        ("- " * 100_000, f"line 1: nested deeper than {MAX_DEPTH} levels."),
    ],
)
def test_unsound_file_is_one_clear_problem(
    root: Callable[[str | bytes], Node], content: str | bytes, expected: str
) -> None:
    """What cannot be built safely is refused with its line, and how to mend it."""
    assert expected in problem_of(root, content)


def test_billion_laughs_do_not_grow(root: Callable[[str | bytes], Node]) -> None:
    """References to references are refused before anything is built."""
    lines = ['a0: &a0 "lol"']
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]

    assert "aliases" in problem_of(root, "\n".join(lines))


def test_huge_file_is_refused_quickly(root: Callable[[str | bytes], Node]) -> None:
    """Neither many bytes nor many values cost more than the reading of them."""
    start = time.perf_counter()

    assert problem_of(root, b"a" * (MAX_BYTES + 1)) == "is larger than 4 MB; split it."
    assert problem_of(root, "[" + "a," * MAX_VALUES + "]") == (
        f"line 1: holds more than {MAX_VALUES:,} values; split it."
    )
    assert time.perf_counter() - start < 10


def test_many_keys_take_no_quadratic_time(root: Callable[[str | bytes], Node]) -> None:
    """A mapping of 50,000 keys is read like any other."""
    node = root("".join(f"k{i}: v\n" for i in range(50_000)))
    start = time.perf_counter()

    assert len(Checker().entries(node)) == 50_000
    assert time.perf_counter() - start < 10


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a device of Unix")
def test_device_without_end_is_refused() -> None:
    """No more is read than a file may hold."""
    with pytest.raises(ConfigurationError, match="is larger than 4 MB"):
        read_yaml(Path("/dev/zero"), ConfigurationError)


def test_missing_file_and_folder_say_so(tmp_path: Path) -> None:
    """The system's reason is given, and a folder is called a folder."""
    with pytest.raises(ConfigurationError, match=r"cannot be read: No such file"):
        read_yaml(tmp_path / "no.yaml", ConfigurationError)
    with pytest.raises(ConfigurationError, match=r"cannot be read: it is a folder\."):
        read_yaml(tmp_path, ConfigurationError)


@pytest.mark.parametrize(
    "content",
    [
        '!!python/object/apply:os.system ["echo hi"]',
        "a: !!python/name:os.system x",
        "a: !!python/object/new:builtins.list [[1]]",
        "!<tag:evil> {a: b}",
        "a: !!binary aGVp",
        "a: !!set {b: c}",
    ],
)
def test_tags_create_nothing(root: Callable[[str | bytes], Node], content: str) -> None:
    """A tag is a wrong type at most; no Python object comes out of a file."""
    check = Checker()

    keys = check.mapping(root(content), optional=["a"])
    check.text(keys.get("a"))

    assert all(problem.line == 1 for problem in check.problems)
    assert "tag:evil" in content or check.problems


def test_keys_are_known_unknown_repeated_or_missing(root: Callable[[str | bytes], Node]) -> None:
    """All four are told apart at once, each at its line."""
    check = Checker()

    found = check.mapping(
        root("navn: a\nnavm: b\nnavn: c\n? [x]\n: d\nhelt annet: e\n"),
        required=["navn", "tema"],
    )

    assert list(found) == ["navn"]
    assert problems_of(check) == [
        "line 2: navm: unknown key 'navm'; did you mean 'navn'?",
        "line 3: navn: the key 'navn' is there twice; keep one.",
        "line 4: ?: a key must be a text.",
        "line 6: helt annet: unknown key 'helt annet'; known here: navn, tema.",
        "line 1: the key 'tema' is missing.",
    ]


def test_keys_are_taken_as_written(root: Callable[[str | bytes], Node]) -> None:
    """YAML takes `no` for a truth value and 1 for a number; as keys they are names."""
    check = Checker()

    assert [key for key, _ in check.entries(root("no: a\n1: b\n~: c\n"))] == ["no", "1", "~"]
    assert check.problems == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("no", 'must be a text, not a truth value. Put it in quotes: "no".'),
        ("Yes", 'must be a text, not a truth value. Put it in quotes: "Yes".'),
        ("on", 'must be a text, not a truth value. Put it in quotes: "on".'),
        ("12", 'must be a text, not a number. Put it in quotes: "12".'),
        ("1:30", 'must be a text, not a number. Put it in quotes: "1:30".'),
        ("1e3", None),
        ("2026-11-24", 'must be a text, not a date. Put it in quotes: "2026-11-24".'),
        ("~", 'must be a text, not nothing. Put it in quotes: "~".'),
        ("", "must be a text, not nothing."),
        ("=", "must be a text, not a value of the type 'value'. Put it in quotes: \"=\"."),
        ("[b]", "must be a text, not a list."),
        ("{b: c}", "must be a text, not a mapping."),
        ("!!str [b]", "must be a text, not a list."),
        ("'  '", "must not be empty."),
        ('"\\0"', "holds a control character; take it out."),
        ("nei", None),
        ("y", None),
    ],
)
def test_a_text_is_a_text(
    root: Callable[[str | bytes], Node], value: str, expected: str | None
) -> None:
    """What YAML 1.1 takes for something else is refused with the way to write it."""
    check = Checker()

    text = check.text(check.mapping(root(f"a: {value}"), required=["a"])["a"])

    assert problems_of(check) == ([] if expected is None else [f"line 1: a: {expected}"])
    assert text == (value if expected is None else "")


def test_lists_hold_what_they_should(root: Callable[[str | bytes], Node]) -> None:
    """Each wrong item is a problem of its own, and the right ones keep their places."""
    check = Checker()
    keys = check.mapping(root("a: [x, 1, ' y ', no]\nb: z\nc: []\n"), optional=["a", "b", "c"])

    assert [(item.where, text) for item, text in check.text_items(keys["a"])] == [
        ("a[0]", "x"),
        ("a[2]", "y"),
    ]
    assert check.texts(keys["b"]) == ()
    assert check.items(keys["c"]) == []
    assert check.items(keys["c"], at_least_one="word") == []
    assert check.items(None, at_least_one="word") == []
    assert problems_of(check) == [
        'line 1: a[1]: must be a text, not a number. Put it in quotes: "1".',
        'line 1: a[3]: must be a text, not a truth value. Put it in quotes: "no".',
        "line 2: b: must be a list, not a text.",
        "line 3: c: must hold at least one word.",
    ]


@pytest.mark.parametrize(
    ("value", "number", "expected"),
    [
        ("2", 2.0, None),
        ("0.5", 0.5, None),
        ("1_0", 10.0, None),
        ("11", 1.0, "must be a number from 0 to 10."),
        (".nan", 1.0, "must be a number from 0 to 10."),
        (".inf", 1.0, "must be a number from 0 to 10."),
        ("1:30", 1.0, "must be a number from 0 to 10."),
        ("9" * 500, 1.0, "must be a number from 0 to 10."),
        ("'2'", 1.0, "must be a number, not a text."),
        ("true", 1.0, "must be a number, not a truth value."),
        ("!!int [2]", 1.0, "must be a number, not a list."),
        ("!!int to", 1.0, "must be a number from 0 to 10."),
    ],
)
def test_a_number_is_within_its_bounds(
    root: Callable[[str | bytes], Node], value: str, number: float, expected: str | None
) -> None:
    """Anything else gives the default and a problem."""
    check = Checker()
    node = check.mapping(root(f"a: {value}"), required=["a"])["a"]

    assert check.number(node, 1.0, low=0, high=10) == number
    assert problems_of(check) == ([] if expected is None else [f"line 1: a: {expected}"])


def test_whole_numbers_truths_and_choices(root: Callable[[str | bytes], Node]) -> None:
    """Each reader takes its own type and says what it takes; a missing value is the default."""
    check = Checker()
    node = root("i: 1.5\nt: yes\nu: kanskje\nc: no\nd: grønn\ne: rød\n")
    keys = check.mapping(node, optional=["i", "t", "u", "c", "d", "e"])
    colours = {"rød": 1, "blå": 2}

    assert check.integer(keys["i"], 3, low=0, high=9) == 3
    assert check.truth(keys["t"], default=False) is True
    assert check.truth(keys["u"], default=False) is False
    assert check.choice(keys["c"], colours, 2) == 2
    assert check.choice(keys["d"], colours, 2) == 2
    assert check.choice(keys["e"], colours, 2) == 1
    assert check.integer(None, 3, low=0, high=9) == 3
    assert check.truth(None, default=True) is True
    assert check.choice(None, colours, 2) == 2
    assert check.text(None, "her") == "her"
    assert check.entries(None) == []
    assert check.entries(keys["d"]) == []
    assert problems_of(check) == [
        "line 1: i: must be a whole number.",
        "line 3: u: must be true or false, not a text.",
        "line 4: c: must be one of rød, blå, not a truth value.",
        "line 5: d: must be one of rød, blå, not 'grønn'.",
        "line 5: d: must be a mapping of keys to values, not a text.",
    ]


def test_days_may_be_quoted_or_not(root: Callable[[str | bytes], Node]) -> None:
    """YAML has a type for dates; both ways of writing a day are read."""
    check = Checker()
    keys = check.mapping(
        root("a: 2026-11-24\nb: '2026-11-24'\nc: 24.11.2026\nd: [x]\n"),
        optional=["a", "b", "c", "d"],
    )

    assert [check.date(keys[key]) for key in "abcd"] == ["2026-11-24", "2026-11-24", "", ""]
    assert check.date(None) == ""
    assert len(check.problems) == 2


def test_long_values_are_cut_in_messages(root: Callable[[str | bytes], Node]) -> None:
    """A key of a megabyte does not fill the screen."""
    check = Checker()

    check.mapping(root(f'"{"k" * 900}": a'), optional=["b"])

    assert len(str(check.problems[0])) < 250
    assert quoted("a" * 60) == repr("a" * 60)
    assert quoted("a" * 61) == repr("a" * 59 + "…")


def test_only_the_first_problems_are_listed(root: Callable[[str | bytes], Node]) -> None:
    """All are kept, and the message says how many more there are."""
    check = Checker()
    check.texts(root("[" + "1, " * (MAX_LISTED + 5) + "]"))
    error = ConfigurationError(tuple(check.problems))

    assert len(error.problems) == MAX_LISTED + 5
    assert str(error).count("\n") == MAX_LISTED + 1
    assert str(error).endswith("… and 5 more.")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    """No file, however broken, ends in anything but nodes or one of our errors."""
    file = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_bytes(content)
    try:
        node = read_yaml(file, ConfigurationError).root
    except ProblemsError:
        return
    check = Checker()
    check.entries(node)
    check.texts(node)
    assert all(problem.line for problem in check.problems)


_SIGNS = st.sampled_from(list("abc:-[]{},?!&*#|>'\"%@`~=<>\n \t.0123"))


@given(st.text(_SIGNS, max_size=60))
def test_any_yaml_signs_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: str
) -> None:
    """The same for text made of the signs that mean something in YAML."""
    test_any_bytes_are_read_or_refused.hypothesis.inner_test(  # type: ignore[attr-defined]
        tmp_path_factory, content.encode()
    )
