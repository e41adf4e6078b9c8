"""Every diagnostic: a document that gives it, and one that is nearly the same and does not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from oppsummering.readers import read_survey
from oppsummering.readers.codes import Code

if TYPE_CHECKING:
    from oppsummering.survey import Diagnostic

START = "1) Hva?\nKommune 1: Ja\n"
CASES = {
    Code.DECORATION: (f"{START}-----\nSide 2 av 3\n", f"{START}- Side 2 er best\n", 3),
    Code.EMPTY_QUESTION: (f"{START}2) Og?\n", f"{START}2) Og?\nKommune 1: Nei\n", 3),
    Code.EMPTY_RESPONSE: (f"{START}Kommune 2: –\n", f"{START}Kommune 2: – Ja\n", 3),
    Code.INVISIBLE_LINE: (f"{START}\u200b\n", f"{START}\u00a0\n", 3),
    Code.LABEL_REPAIRED: (f"{START}Kommune: 2: Ja\n", f"{START}Kommune 2 : Ja\n", 3),
    Code.MOJIBAKE: (f"{START}LÃ¦re Ã¥ gÃ¥\n", f"{START}São Paulo, Ångström\n", 3),
    Code.NO_WORDS: (f"{START}·\n", f"{START}· a\n", 3),
    Code.POSSIBLE_LABEL: (
        f"{START}Tettsted 1: a\nTettsted 2: b\nTettsted 3: c\n",
        f"{START}Tettsted 1: a\nTettsted 1: b\nTettsted 2: c\n",
        3,
    ),
    Code.QUESTION_NUMBER_GAP: (
        f"{START}3) Og?\nKommune 1: Nei\n",
        f"{START}2) Og?\nKommune 1: Nei\n",
        3,
    ),
    Code.QUESTION_NUMBER_REPEATED: (
        f"{START}1) Igjen?\nKommune 1: Nei\n",
        f"{START}1a) Igjen?\nKommune 1: Nei\n",
        3,
    ),
    Code.REPEATED_MUNICIPALITY: (f"{START}KOMMUNE 1: Nei\n", f"{START}Kommune 11: Nei\n", 3),
    Code.REPLACEMENT_CHARACTER: (f"{START}L\ufffdre\n", f"{START}Lære\n", 3),
    Code.RESPONSE_BEFORE_QUESTION: (f"Kommune 1: Ja\n{START}", f"Notat\n{START}", 1),
    Code.TEXT_BEFORE_QUESTION: (f"Notat\n\nTromsø.\n{START}", f"Notat\n{START}", 3),
    Code.TEXT_OUTSIDE_RESPONSE: (
        f"{START}2) Og?\n- Ja\nKommune 1: Nei\n",
        f"{START}2) Og?\nKommune 1: Nei\n- Ja\n",
        4,
    ),
}


def diagnose(folder: Path, data: bytes) -> dict[str, Diagnostic]:
    """The diagnostics of a document, the first of each code."""
    path = folder / "survey.txt"
    path.write_bytes(data)
    found = reversed(read_survey(path).diagnostics)
    return {one.code: one for one in found}


@pytest.mark.parametrize("code", CASES)
def test_a_diagnostic_and_its_counterpart(tmp_path: Path, code: Code) -> None:
    """The first document gives the diagnostic on its line, the second does not give it."""
    given, spared, line = CASES[code]
    assert diagnose(tmp_path, given.encode())[code].line == line
    assert code not in diagnose(tmp_path, spared.encode())


def test_a_guessed_encoding(tmp_path: Path) -> None:
    """Only an encoding that had to be guessed is remarked on, for the file as a whole."""
    text = f"{START}Lære"
    for encoding, name in {"cp1252": "Windows-1252", "utf-16-le": "UTF-16"}.items():
        remark = diagnose(tmp_path, text.encode(encoding))[Code.ENCODING_GUESSED]
        assert remark.line is None
        assert name in remark.message
    for encoding in ("utf-8", "utf-16", "utf-8-sig"):
        assert Code.ENCODING_GUESSED not in diagnose(tmp_path, text.encode(encoding))


def test_every_diagnostic_has_its_documents() -> None:
    """No code is left untested."""
    assert {*CASES, Code.ENCODING_GUESSED} == set(Code)


def test_every_diagnostic_is_documented() -> None:
    """`docs/input-format.md` lists exactly the codes that there are."""
    docs = Path(__file__).parents[2] / "docs" / "input-format.md"
    rows = re.findall(r"^\| `([a-z-]+)` \|", docs.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == [str(code) for code in Code]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{START}Kommune: 2: Nei", "'Kommune: 2:' was read as 'Kommune 2'."),
        (f"{START}Kommune 2 Nei", "'Kommune 2' was read as 'Kommune 2'."),
        (f"{START}Kommune 1: Nei", "Kommune 1 answered this question on line 2 already;"),
        (f"{START}4) Og?\nKommune 1: Nei", "Question 4 follows question 1."),
    ],
)
def test_a_message_says_what_was_read(tmp_path: Path, text: str, message: str) -> None:
    """A message names what stands in the text and what was made of it."""
    messages = [one.message for one in diagnose(tmp_path, text.encode()).values()]
    assert any(one.startswith(message) for one in messages)


def test_numbering_may_begin_again_in_a_new_part(tmp_path: Path) -> None:
    """A part with a heading of its own may number its questions from 1 again."""
    parts = "Del 1: A\n1) A?\nKommune 1: a\n2) B?\nKommune 1: b\nDel 2: B\n1) C?\nKommune 1: c\n"
    found = diagnose(tmp_path, parts.encode())
    assert Code.QUESTION_NUMBER_GAP not in found
    assert Code.QUESTION_NUMBER_REPEATED in found
