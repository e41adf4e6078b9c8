"""`oppsummering word`: words as arguments and on standard input, as a table and as JSON."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from oppsummering.cli import word as command
from oppsummering.cli.app import app

FIELDS = [
    "word",
    "segments",
    "parts",
    "lemma",
    "standard",
    "pos",
    "key",
    "part_keys",
    "other_readings",
]


def run(*arguments: str, lines: str | bytes | None = None) -> str:
    """The output of `oppsummering word`, which must succeed."""
    result = CliRunner().invoke(app, ["word", *arguments], input=lines)
    assert result.exit_code == 0, result.output
    return result.output


def objects(output: str) -> list[dict[str, object]]:
    """One object a line."""
    return [json.loads(line) for line in output.splitlines()]


def test_json_is_one_object_a_word() -> None:
    """Every field is there, in its order, and the segments are the word cut at its seams."""
    (facts,) = objects(run("--format", "json", "modenhetstrappa"))
    assert list(facts) == FIELDS
    assert facts["segments"] == ["modenhets", "trappa"]
    assert facts["parts"] == ["modenhet", "trapp"]
    assert facts["lemma"] == "modenhetstrapp"
    assert facts["pos"] == "NOUN"


def test_words_are_read_a_line_from_standard_input() -> None:
    """Blank lines are skipped, blanks around a word too; the order is that of the lines."""
    lines = "\ufeffleiargruppa\r\n\r\n   \nendringsledelse  \nmodenheten"
    found = objects(run("--format", "json", lines=lines.encode()))
    assert [facts["word"] for facts in found] == ["leiargruppa", "endringsledelse", "modenheten"]
    assert [facts["standard"] for facts in found] == ["nn", "nb", "nb"]


def test_other_readings_follow_the_likeliest() -> None:
    """*leder* is a noun and a verb."""
    (facts,) = objects(run("--format", "json", "leder"))
    others = facts["other_readings"]
    assert isinstance(others, list)
    assert {"lemma": "lede", "pos": "VERB", "key": "lede"}.items() <= others[0].items()


def test_the_table_shows_a_row_a_reading() -> None:
    """Words that share a part have a row each; the word itself is shown once."""
    rows = run("Virksomhetsplaner/-strategi").splitlines()
    assert rows[0].split() == ["word", "segments", "parts", "lemma", "standard", "key"]
    assert "Virksomhets | planer" in rows[1]
    assert "virksomhet + strategi" in rows[2]
    assert "Virksomhetsplaner/-strategi" not in rows[2]


@pytest.mark.parametrize(
    ("word", "standard"),
    [
        ("leiinga", "nn"),
        ("ledelsen", "nb"),
        ("verksemdsplan", "nn"),
        ("kompetanse", "und"),
        ("🎉", "und"),
    ],
)
def test_the_standard_is_that_of_the_form_or_of_its_parts(word: str, standard: str) -> None:
    """A form of both standards, or of none, is undecided."""
    (facts,) = objects(run("--format", "json", word))
    assert facts["standard"] == standard


def test_hostile_lines_are_shown_harmlessly() -> None:
    """Escape sequences, bytes that are no UTF-8 and endless words do no harm."""
    lines = b"\x1b[31mrot\n\xff\xfe\n" + b"a" * 100_000 + b"\n\xf0\x9f\x8e\x89\n"
    table = run(lines=lines)
    assert "\x1b" not in table
    assert r"\x1b[31mrot" in table
    assert "…" in table
    assert max(map(len, table.splitlines())) < 400
    assert len(objects(run("--format", "json", lines=lines))) == 4


def test_a_lone_surrogate_is_shown_as_an_escape() -> None:
    """An argument that is no text at all can still be printed."""
    assert r"\udcff" in run("blå\udcff")
    assert objects(run("--format", "json", "blå\udcff"))


def test_a_terminal_without_words_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is left waiting for a prompt that does not come."""
    monkeypatch.setattr(command, "_is_terminal", lambda: True)
    result = CliRunner().invoke(app, ["word"])
    assert result.exit_code == 2
    assert "standard input" in result.output


def test_a_real_process_gives_the_same_bytes() -> None:
    """The same words give the same bytes on every run."""
    outputs = [
        subprocess.run(
            [sys.executable, "-m", "oppsummering", "word", "--format", "json"],
            input="endringsleiing\nØkosystem-tankesett\n".encode(),
            capture_output=True,
            check=True,
        ).stdout
        for _ in range(2)
    ]
    assert outputs[0] == outputs[1]
    found = objects(outputs[0].decode())
    assert [facts["key"] for facts in found] == ["endringsledelse", "økosystemtankesett"]


def test_a_real_process_streams() -> None:
    """A line is answered before the next one is written."""
    with subprocess.Popen(
        [sys.executable, "-m", "oppsummering", "word", "--format", "json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for word in ("leiargruppa", "ledergruppen"):
            process.stdin.write(word + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["key"] == "ledergruppe"
        process.stdin.close()
        assert process.wait(timeout=60) == 0
