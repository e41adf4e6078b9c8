"""Whole documents and the trees that they are read as."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from oppsummering.readers import read_survey
from oppsummering.survey import StatementKind

if TYPE_CHECKING:
    from oppsummering.survey import Survey

FIXTURES = Path(__file__).parent / "fixtures"
DOCUMENTS = sorted(FIXTURES.glob("*.txt"))
ROOT = Path(__file__).parents[2]


def draw(survey: Survey) -> str:
    """Draw a survey as a tree: one node a line, with its lines, then the diagnostics."""
    drawn = [f"title {survey.title!r}"]
    for question in survey.questions:
        parents = f" under {' > '.join(question.parents)}" if question.parents else ""
        drawn.append(f"{question.line}: {question.id} {question.title!r}{parents}")
        for response in question.responses:
            note = "" if response.note is None else f" note {response.note!r}"
            again = f" occurrence {response.occurrence}" if response.occurrence > 1 else ""
            drawn.append(f"{response.line}:   {response.municipality}{again}{note}")
            for statement in response.statements:
                lines = sorted({statement.line, statement.end_line})
                place = "-".join(map(str, lines))
                after = f" after {statement.lead_in}" if statement.lead_in else ""
                text = "  " * statement.level + repr(statement.text)
                drawn.append(f"{place}:     {statement.kind} {text}{after}")
    drawn += [f"{one.line}: {one.severity} {one.code}" for one in survey.diagnostics]
    return "\n".join(drawn) + "\n"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_is_read_as_its_tree(document: Path) -> None:
    """Each document is read as the tree that stands beside it."""
    expected = document.with_suffix(".tree").read_text(encoding="utf-8")
    assert draw(read_survey(document)) == expected


def test_every_document_has_a_tree() -> None:
    """No tree is without its document, and there are documents at all."""
    assert {path.stem for path in FIXTURES.glob("*.tree")} == {path.stem for path in DOCUMENTS}
    assert len(DOCUMENTS) > 20


def test_the_sample_is_read_completely() -> None:
    """The real summary: its questions, parents, responses, statements and warnings."""
    survey = read_survey(ROOT / "data" / "kompetanseloftet.txt")
    kinds = [statement.kind for *_, statement in survey.walk()]
    above = "Eksempel på kommende tiltak i lys av programmet"

    assert survey.title == "OPPSUMMERING KOMMUNER KOMPETANSELØFTET"
    assert [(one.id, one.number, one.line, one.parents) for one in survey.questions] == [
        ("q1", 1, 4, ()),
        ("q2", 2, 31, ()),
        ("q3", 3, 56, ()),
        ("h1", None, 77, ()),
        ("h1.1", None, 78, (above,)),
        ("h1.2", None, 92, (above,)),
        ("h1.3", None, 110, (above,)),
    ]
    assert [len(one.responses) for one in survey.questions] == [11, 11, 4, 0, 5, 6, 8]
    assert [kinds.count(kind) for kind in StatementKind] == [35, 42, 3]
    assert [(one.code, one.line) for one in survey.diagnostics] == [
        ("repeated-municipality", 28),
        ("repeated-municipality", 29),
        ("label-repaired", 96),
    ]


def test_a_note_and_an_occurrence_are_kept() -> None:
    """The bracket after a label is the response's note; a second answer is occurrence 2."""
    survey = read_survey(ROOT / "data" / "kompetanseloftet.txt")
    responses = {one.line: one for question in survey.questions for one in question.responses}

    assert responses[60].municipality == "Kommune 2"
    assert responses[60].note == "også fra en av de minste kommunene"
    assert (responses[28].municipality, responses[28].occurrence) == ("Kommune 8", 2)
    assert responses[96].municipality == "Kommune 2"


@pytest.mark.parametrize(
    ("name", "respondent"), [("tettsteder", ("Tettsted", "Oslo  øst")), ("sloppy", ("K",))]
)
def test_labels_of_the_users_own(name: str, respondent: tuple[str, ...]) -> None:
    """`respondent` reads a noun with a number or a name, and a whole label."""
    document = FIXTURES / "own_labels" / f"{name}.txt"
    expected = document.with_suffix(".tree").read_text(encoding="utf-8")
    assert draw(read_survey(document, respondent=respondent)) == expected
