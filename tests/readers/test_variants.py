"""The same summaries, set in the ways of other scribes and programs, have the same statements."""

from __future__ import annotations

import re
import textwrap
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from oppsummering.readers import read_survey

if TYPE_CHECKING:
    from collections.abc import Callable

    from oppsummering.survey import Survey

FIXTURES = Path(__file__).parent / "fixtures"
DOCUMENTS = [
    Path(__file__).parents[2] / "data" / "kompetanseloftet.txt",
    *sorted(FIXTURES.glob("round*.txt")),
]
LABEL = re.compile(r"^(Kommune|Informant):? (\d+):[ \u00a0]*", re.MULTILINE)
BULLET = re.compile("^[·-] ", re.MULTILINE)
NUMBER = re.compile(r"^(\d)\) ", re.MULTILINE)
HEADING = re.compile(r"^((?:På|Eksempel) .*: *)$", re.MULTILINE)


def numbered(text: str, form: str) -> str:
    """Give the items of each list running numbers, or letters, in a form such as `{}) `."""
    numbers = count(1)
    lines = []
    for line in text.split("\n"):
        if BULLET.match(line):
            number = next(numbers)
            lines.append(form.format(number, chr(96 + number)) + line[2:])
        else:
            numbers = count(1)
            lines.append(line)
    return "\n".join(lines)


def wrapped(text: str, width: int, indent: str) -> str:
    """Wrap every line at a column, list items with a hanging indent."""
    lines: list[str] = []
    for line in text.translate({0xA0: " ", 0x202F: " "}).split("\n"):
        hanging = indent if re.match(r"[·-] |[a-e]\. ", line) else ""
        lines += textwrap.wrap(
            line,
            width,
            subsequent_indent=hanging,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    return "\n".join(lines)


VARIANTS: dict[str, Callable[[str], str]] = {
    "labels with a dash": lambda text: LABEL.sub(r"\1 \2 – ", text),
    "labels with a tab": lambda text: LABEL.sub(r"\1 \2" + "\t", text),
    "labels alone": lambda text: LABEL.sub(r"\1 \2\n", text),
    "labels alone, with blank lines": lambda text: LABEL.sub(r"\n\1 \2:\n\n", text),
    "labels in capitals": lambda text: LABEL.sub(lambda m: m[0].upper(), text),
    "labels in bold": lambda text: LABEL.sub(r"**\1 \2:** ", text),
    "labels behind bullets": lambda text: LABEL.sub(r"- \g<0>", text),
    "headings of Markdown": lambda text: HEADING.sub(
        r"## \1", NUMBER.sub(r"## \1) ", LABEL.sub(r"### \1 \2\n", text))
    ),
    "questions with a full stop": lambda text: NUMBER.sub(r"\1. ", text),
    "questions with their word": lambda text: NUMBER.sub(r"Spørsmål \1: ", text),
    "questions below their word": lambda text: NUMBER.sub(r"Spørsmål \1\n\n", text),
    "questions without a number": lambda text: NUMBER.sub(r"\n", text),
    "headings without a colon": lambda text: re.sub(r"(?m)^(På .* sikt): *$", r"\1", text),
    "numbered items": lambda text: numbered(text, "{}. "),
    "items numbered like questions": lambda text: numbered(text, "{}) "),
    "lettered items": lambda text: numbered(text, "{1}) "),
    "items with a ring": lambda text: BULLET.sub("o ", text),
    "items between tabs": lambda text: BULLET.sub("\t•\t", text),
    "items glued to their bullets": lambda text: BULLET.sub("•", text),
    "items with blank lines": lambda text: BULLET.sub(r"\n\g<0>", text),
    "items indented": lambda text: BULLET.sub(r"    \g<0>", text),
    "a blank line after every line": lambda text: text.replace("\n", "\n\n"),
    "a quoted e-mail": lambda text: re.sub("(?m)^", "> ", text),
    "form feeds": lambda text: text.replace("\n\n", "\n\x0c\n"),
}


def statements(survey: Survey) -> list[tuple[str, ...]]:
    """What must not change: titles, labels, notes, kinds and texts, white space folded."""
    return [
        (
            *question.parents,
            question.title,
            response.municipality.casefold(),
            str(response.note),
            str(response.occurrence),
            str(statement.kind),
            " ".join(statement.text.split()),
        )
        for question, response, statement in survey.walk()
    ]


def reread(folder: Path, text: str) -> list[tuple[str, ...]]:
    """The statements of a text."""
    path = folder / "survey.txt"
    path.write_text(text, encoding="utf-8", newline="")
    return statements(read_survey(path))


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_another_form(tmp_path: Path, document: Path, variant: str) -> None:
    """Other labels, numbers, bullets and blank lines leave the statements as they are."""
    text = document.read_text(encoding="utf-8")
    changed = VARIANTS[variant](text)
    assert reread(tmp_path, changed) == statements(read_survey(document))


@pytest.mark.parametrize("indent", ["", "  "])
@pytest.mark.parametrize("width", [60, 72, 80, 100])
@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_another_width(tmp_path: Path, document: Path, width: int, indent: str) -> None:
    """Wrapping the lines at a column leaves the statements as they are."""
    text = document.read_text(encoding="utf-8")
    assert reread(tmp_path, wrapped(text, width, indent)) == statements(read_survey(document))
