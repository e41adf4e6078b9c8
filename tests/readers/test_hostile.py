"""Input made to be slow: long lines and many lines, each read in one pass.

Nothing is timed here; a rule that looks at a line or a document over and over would take hours.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from oppsummering.errors import SurveyReadError
from oppsummering.readers import read_survey

if TYPE_CHECKING:
    from pathlib import Path

START = "1) Hva?\nKommune 1: Ja\n"
LONG = 40_000
MANY = 10_000


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "a",
            "a ",
            " ",
            "(",
            "[",
            "*",
            "**a",
            "-",
            "- ",
            "_",
            "#",
            "# ",
            ">",
            "> ",
            "1",
            "1.",
            "1)",
        ),
        *(" 1", "Kommune ", "kommune", "Ab ", "Ab kommune ", "Kommune 1 ", "Kommune (", ":", ": "),
        *(
            "og 1 ",
            "1, ",
            "nr. ",
            "Spørsmål 1 ",
            "a\u0301",
            "\u0301",
            "\u200b",
            "\u00a0",
            "\t",
            "\x0b",
        ),
        *(
            "side ",
            "v/ ",
            ", A",
            "Del 1: ",
            "i",
            "ix",
            "Ã¥",
            "\x1b[31mrødt og ",
            "fra ",
            "svar fra ",
        ),
    ],
    ids=ascii,
)
def test_a_line_of_one_piece_repeated(tmp_path: Path, piece: str) -> None:
    """A line of tens of thousands of characters, alone and behind each kind of heading."""
    path = tmp_path / "survey.txt"
    text = piece * (LONG // len(piece))
    for before in ("", "Kommune 2", "Kommune 2 (", "Kommune", "2) ", "- ", "Bergen kommune"):
        path.write_text(f"{START}{before}{text}x\n", encoding="utf-8")
        assert read_survey(path).questions[0].id == "q1"


@pytest.mark.slow
@pytest.mark.parametrize(
    "lines",
    [
        *("- a\n", "a\n", "Ord\n", "Ord:\n", "ORD\n", "**Ord**\n", "1) Ord\n", "{n}) Ord?\n"),
        *("Kommune {n}:\n", "Kommune 1: a\n", "1) Ord\nKommune 1: a\n", "Ord:\nKommune 1: a\n"),
        *(
            "## A\nKommune 1: a\n# B\n",
            "\n",
            "\u200b\n",
            "---\n",
            "i. a\n",
            "a\x0b",
            "Skole {n}: a\n",
        ),
        *("Ord\n===\n", "Kommune 2 (a\n", "Kommune 2: (a\nb\n", "A) Ord\n", "1.{n} Ord\n"),
    ],
    ids=ascii,
)
def test_many_lines_of_one_kind(tmp_path: Path, lines: str) -> None:
    """Tens of thousands of lines, below an answer and before the first question."""
    path = tmp_path / "survey.txt"
    text = "".join(lines.replace("{n}", str(number % 997)) for number in range(MANY))
    for document in (START + text, text + START):
        path.write_text(document, encoding="utf-8")
        with contextlib.suppress(SurveyReadError):
            assert read_survey(path).questions
