"""Corrections: read, applied, reported, and edited without loss."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oppsummering.corrections.applying import Outcome, apply_corrections
from oppsummering.corrections.editing import add_corrections, correction_of
from oppsummering.corrections.model import Action, Correction, Corrections, fingerprint
from oppsummering.corrections.paths import corrections_path
from oppsummering.corrections.reading import read_corrections
from oppsummering.errors import CorrectionsError
from oppsummering.survey import (
    Question,
    Response,
    Source,
    Span,
    Statement,
    StatementKind,
    Survey,
)
from oppsummering.tagged import (
    CodebookInfo,
    Decision,
    Match,
    PipelineInfo,
    TaggedStatement,
    TaggedSurvey,
    TagSource,
    ThemeInfo,
    ThemeTag,
)
from oppsummering.words import WrittenStandard

if TYPE_CHECKING:
    from pathlib import Path

THEMES = ("okosystem", "hr_rollen")


def tagged_survey(*texts: str, themes: dict[int, str] | None = None) -> TaggedSurvey:
    """A survey of one response with these paragraphs, some with a theme from the codebook."""
    source_text = "\n".join(texts)
    statements = []
    start = 0
    for number, text in enumerate(texts, 1):
        span = Span(start, start + len(text))
        statements.append(
            Statement(f"q1.r1.s{number}", StatementKind.PARAGRAPH, number, number, span, text)
        )
        start += len(text) + 1
    response = Response("q1.r1", "Kommune 1", None, 1, 1, Span(0, 0), tuple(statements))
    question = Question("q1", 1, "Hva?", (), 1, Span(0, 0), (response,))
    digest = hashlib.sha256(source_text.encode()).hexdigest()
    source = Source("runde.txt", source_text, "utf-8", digest)
    survey = Survey(source, None, None, (question,), ())
    tagged = tuple(
        TaggedStatement(
            question,
            response,
            statement,
            WrittenStandard.NB,
            _tags((themes or {}).get(number), statement),
        )
        for number, statement in enumerate(statements, 1)
    )
    codebook = CodebookInfo("themes.yaml", "0" * 64, tuple(ThemeInfo(t, t) for t in THEMES))
    return TaggedSurvey(survey, codebook, PipelineInfo("p", "1"), tagged)


def _tags(theme: str | None, statement: Statement) -> tuple[ThemeTag, ...]:
    if theme is None:
        return ()
    match = Match("t", statement.span, statement.text, (statement.span,), 1.0)
    return (ThemeTag(theme, TagSource.CODEBOOK, (match,)),)


def corrections(*entries: Correction) -> Corrections:
    """A file of corrections with these entries."""
    return Corrections("runde.corrections.yaml", "1" * 64, entries)


def decision(
    text: str, theme: str, action: Action, *, statement: str = "q1.r1.s1", noted: str = ""
) -> Correction:
    """A correction of the statement with this text."""
    return Correction(statement, fingerprint(text), theme, action, text=noted, line=3)


def themes_of(survey: TaggedSurvey) -> list[list[tuple[str, str, str]]]:
    """Theme, source and decision of every tag, a list for each statement."""
    return [[(t.theme, t.source, t.decision) for t in s.tags] for s in survey.statements]


def test_added_kept_and_removed_tags_are_marked() -> None:
    """An added tag is a correction's; a confirmed one stays the codebook's; a removed one goes."""
    survey = tagged_survey("A en", "B to", "C tre", themes={2: "okosystem", 3: "okosystem"})
    corrected, placed = apply_corrections(
        survey,
        corrections(
            decision("A en", "hr_rollen", Action.ADD),
            decision("B to", "okosystem", Action.ADD, statement="q1.r1.s2"),
            decision("C tre", "okosystem", Action.REMOVE, statement="q1.r1.s3"),
        ),
    )
    assert themes_of(corrected) == [
        [("hr_rollen", TagSource.CORRECTION, Decision.ADDED)],
        [("okosystem", TagSource.CODEBOOK, Decision.KEPT)],
        [],
    ]
    assert [each.outcome for each in placed] == [Outcome.APPLIED] * 3
    assert corrected.corrections is not None
    assert (corrected.corrections.applied, corrected.corrections.unplaced) == (3, 0)
    assert corrected.survey.diagnostics == ()


def test_added_theme_takes_its_place_in_the_codebooks_order() -> None:
    """Themes stay in the codebook's order, whoever gave them."""
    survey = tagged_survey("A", themes={1: "hr_rollen"})
    corrected, _ = apply_corrections(survey, corrections(decision("A", "okosystem", Action.ADD)))
    assert [tag.theme for tag in corrected.statements[0].tags] == ["okosystem", "hr_rollen"]


def test_removing_what_is_not_there_has_no_effect_and_is_said() -> None:
    """A removal of a theme that the machine does not give (any more) counts as applied."""
    corrected, placed = apply_corrections(
        tagged_survey("A"), corrections(decision("A", "okosystem", Action.REMOVE))
    )
    assert placed[0].outcome is Outcome.NO_EFFECT
    assert corrected.survey.diagnostics == ()


def test_correction_follows_its_statement_to_another_place() -> None:
    """A statement that moved is found by its text, whatever its id is now."""
    survey = tagged_survey("Ny linje først", "Vi deler vakt")
    corrected, placed = apply_corrections(
        survey, corrections(decision("Vi deler vakt", "okosystem", Action.ADD))
    )
    assert placed[0].statement == "q1.r1.s2"
    assert themes_of(corrected)[0] == []


@pytest.mark.parametrize("edited", ["vi  deler\nvakt!", "Vi deler vakt", "«VI DELER» – vakt."])
def test_small_edits_of_form_do_not_lose_a_correction(edited: str) -> None:
    """White space, line breaks, case and punctuation do not change a fingerprint."""
    assert fingerprint(edited) == fingerprint("Vi deler vakt")


def test_changed_words_are_reported_and_not_applied() -> None:
    """A statement with other words than the person saw is not given that person's decision."""
    survey = tagged_survey("Vi deler ikke vakt med nabokommunen lenger")
    text = "Vi deler vakt med nabokommunen"
    corrected, placed = apply_corrections(
        survey, corrections(decision(text, "okosystem", Action.ADD, noted=text))
    )
    assert placed[0].outcome is Outcome.CHANGED
    assert themes_of(corrected) == [[]]
    (diagnostic,) = corrected.survey.diagnostics
    assert diagnostic.code == "correction-statement-changed"
    assert "runde.corrections.yaml:3" in diagnostic.message
    assert "q1.r1.s1" in diagnostic.message


def test_changed_statement_is_found_elsewhere_too() -> None:
    """A statement that was edited and moved is named with its likely new id."""
    survey = tagged_survey("Noe helt annet om vei", "Vi deler nå vakt med nabokommunen")
    text = "Vi deler vakt med nabokommunen"
    _, placed = apply_corrections(
        survey, corrections(decision(text, "okosystem", Action.ADD, noted=text + "…"))
    )
    assert (placed[0].outcome, placed[0].statement) == (Outcome.CHANGED, "q1.r1.s2")


def test_vanished_statement_is_reported() -> None:
    """A correction without its statement stays in the file and is told of."""
    corrected, placed = apply_corrections(
        tagged_survey("Helt annen tekst"),
        corrections(decision("Borte", "okosystem", Action.ADD, noted="Borte")),
    )
    assert placed[0].outcome is Outcome.VANISHED
    assert corrected.survey.diagnostics[0].code == "correction-statement-vanished"
    assert corrected.corrections is not None
    assert corrected.corrections.unplaced == 1


def test_same_text_twice_is_decided_by_the_id() -> None:
    """Of two statements with one text, the one with the noted id is meant."""
    survey = tagged_survey("Ingenting.", "Ingenting.")
    corrected, _ = apply_corrections(
        survey,
        corrections(decision("Ingenting.", "hr_rollen", Action.ADD, statement="q1.r1.s2")),
    )
    assert [len(s.tags) for s in corrected.statements] == [0, 1]


def test_same_text_twice_without_the_id_is_ambiguous() -> None:
    """Where several statements have the text and none the id, nothing is guessed."""
    survey = tagged_survey("Ingenting.", "Ingenting.")
    corrected, placed = apply_corrections(
        survey,
        corrections(decision("Ingenting.", "hr_rollen", Action.ADD, statement="q9.r1.s1")),
    )
    assert placed[0].outcome is Outcome.AMBIGUOUS
    assert corrected.survey.diagnostics[0].code == "correction-statement-ambiguous"


@given(st.lists(st.sampled_from(["A en", "B to", "C tre", "D fire"]), min_size=1, unique=True))
def test_every_correction_is_applied_or_reported(texts: list[str]) -> None:
    """Applied and unplaced corrections add up to all of them, whatever became of the survey."""
    entries = [decision(text, "okosystem", Action.ADD) for text in ("A en", "C tre", "E fem")]
    corrected, placed = apply_corrections(tagged_survey(*texts), corrections(*entries))
    assert corrected.corrections is not None
    assert corrected.corrections.applied + corrected.corrections.unplaced == len(entries)
    assert len(corrected.survey.diagnostics) == corrected.corrections.unplaced
    assert len(placed) == len(entries)


def write(path: Path, text: str) -> Path:
    """Write a file and return its path."""
    path.write_text(text, encoding="utf-8")
    return path


ENTRY = """\
schema_version: 1
corrections:
  - statement: q1.r1.s1
    fingerprint: "0123456789abcdef"
    theme: okosystem
    action: add
    date: 2026-11-24
"""


@pytest.mark.parametrize("suffix", ["yaml", "csv"])
def test_added_corrections_are_read_back(tmp_path: Path, suffix: str) -> None:
    """What `add_correction` writes is what `read_corrections` reads, in YAML and in CSV."""
    path = tmp_path / f"runde.corrections.{suffix}"
    statement = tagged_survey('=HYPERLINK("x"); «Vi» deler, alltid ' + "x" * 100).statements[0]
    first = correction_of(
        statement.statement,
        "okosystem",
        Action.ADD,
        reason="klart: felles",
        coder="Åse",
        date="2026-11-24",
    )
    add_corrections(path, [first], THEMES)
    second = Correction("q1.r2.s1", "0" * 16, "hr_rollen", Action.REMOVE)
    add_corrections(path, [second], THEMES)
    entries = read_corrections(path, THEMES).entries
    assert [(e.statement, e.theme, e.action) for e in entries] == [
        ("q1.r1.s1", "okosystem", Action.ADD),
        ("q1.r2.s1", "hr_rollen", Action.REMOVE),
    ]
    assert (entries[0].reason, entries[0].coder, entries[0].date) == (
        "klart: felles",
        "Åse",
        "2026-11-24",
    )
    assert entries[0].fingerprint == fingerprint(statement.statement.text)


def test_adding_keeps_comments(tmp_path: Path) -> None:
    """Comments, order and spelling of what is there already stay when an entry is added."""
    path = write(tmp_path / "c.yaml", "# mine\n" + ENTRY + "    reason: 'x'  # sikkert\n")
    add_corrections(path, [Correction("q2.r1.s1", "f" * 16, "hr_rollen", Action.ADD)], THEMES)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# mine\n" + ENTRY)
    assert "reason: 'x'  # sikkert" in text
    assert len(read_corrections(path, THEMES).entries) == 2


def test_same_decision_twice_is_refused(tmp_path: Path) -> None:
    """A second decision on the same theme of the same statement leaves the file untouched."""
    path = write(tmp_path / "c.yaml", ENTRY)
    again = Correction("q1.r1.s1", "0123456789abcdef", "okosystem", Action.REMOVE)
    with pytest.raises(CorrectionsError, match="decided already"):
        add_corrections(path, [again], THEMES)
    assert path.read_text(encoding="utf-8") == ENTRY


def test_every_problem_of_a_yaml_file_is_named_with_its_line(tmp_path: Path) -> None:
    """Unknown keys and themes, bad fingerprints, actions and days are listed at once."""
    bad = ENTRY + (
        "  - statement: q1.r1.s2\n    fingerprint: xyz\n    theme: vær\n    action: maybe\n"
        "    date: i går\n    why: x\n"
        "  - {statement: q1.r1.s1, fingerprint: '0123456789abcdef',\n"
        "     theme: okosystem, action: add}\n"
    )
    with pytest.raises(CorrectionsError) as caught:
        read_corrections(write(tmp_path / "c.yaml", bad), THEMES)
    text = str(caught.value)
    for said in (
        "'vær'",
        "must be 16 digits",
        "'maybe'",
        "such as 2026-11-24",
        "unknown key 'why'",
    ):
        assert said in text
    assert "decided on line 3 already" in text
    assert len(caught.value.problems) == 6


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("schema_version: 7\ncorrections: []\n", "is 7; this version"),
        ("schema_version: 1\ncorrections: 3\n", "must be a list"),
        ("[1, 2]", "must be a mapping"),
        ("schema_version: 1\ncorrections: &a [*a]\n", "aliases"),
        ("a: " + "[" * 100, "nested deeper"),
        ("schema_version: 1\n\tcorrections: []", "not valid YAML"),
    ],
)
def test_broken_yaml_is_one_clear_message(tmp_path: Path, text: str, said: str) -> None:
    """A broken, hostile or newer file is refused with its reason."""
    with pytest.raises(CorrectionsError, match=said):
        read_corrections(write(tmp_path / "c.yaml", text), THEMES)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("statement;theme\nq1;x\n", "the column 'fingerprint' is missing"),
        ("statement,fingerprint,theme,action,mood\n", "unknown column 'mood'"),
        ("statement,fingerprint,theme,action\nq1.r1.s1,,okosystem,add\n", "must not be empty"),
        ("statement,fingerprint,theme,action\na,b\n", "2 cells, but the header has 4"),
        ("statement,fingerprint,theme,action\nq,0123456789abcdef,hr_rollen,x\n", "add or remove"),
        ('statement,fingerprint,theme,action\n"q,0\n', "not valid CSV"),
        (
            "statement,fingerprint,theme,action,date\nq,0123456789abcdef,hr_rollen,add,mai\n",
            "a day such as",
        ),
    ],
)
def test_broken_csv_is_one_clear_message(tmp_path: Path, text: str, said: str) -> None:
    """A CSV file with wrong columns or cells is refused with the line."""
    with pytest.raises(CorrectionsError, match=said):
        read_corrections(write(tmp_path / "c.csv", text), THEMES)


def test_csv_with_semicolons_bom_and_blank_rows_is_read(tmp_path: Path) -> None:
    """What Norwegian Excel saves as CSV UTF-8 is read, and added to in the same way."""
    path = tmp_path / "c.csv"
    path.write_text(
        "\ufeffTheme;Statement;Fingerprint;Action\r\nokosystem;q1.r1.s1;0123456789abcdef;Add\r\n"
        ";;;\r\n",
        encoding="utf-8",
        newline="",
    )
    assert len(read_corrections(path, THEMES).entries) == 1
    add_corrections(path, [Correction("q1.r2.s1", "f" * 16, "hr_rollen", Action.ADD)], THEMES)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfTheme;")
    assert [e.theme for e in read_corrections(path, THEMES).entries] == ["okosystem", "hr_rollen"]


def test_csv_of_an_older_excel_is_read_and_added_to_in_its_encoding(tmp_path: Path) -> None:
    """Windows-1252 is read; what is added is written the same way, or refused as a whole."""
    path = tmp_path / "c.csv"
    header = "statement;fingerprint;theme;action;coder\r\n"
    path.write_bytes((header + "q1.r1.s1;0123456789abcdef;okosystem;add;Kåre\r\n").encode("cp1252"))
    new = Correction("q1.r2.s1", "f" * 16, "hr_rollen", Action.ADD, coder="Åse")
    add_corrections(path, [new], THEMES)
    assert path.read_bytes().endswith("hr_rollen;add;Åse\r\n".encode("cp1252"))
    assert [e.coder for e in read_corrections(path, THEMES).entries] == ["Kåre", "Åse"]
    before = path.read_bytes()
    with pytest.raises(CorrectionsError, match="save it as CSV UTF-8"):
        add_corrections(path, [replace(new, statement="q9", coder="Łukasz")], THEMES)
    assert path.read_bytes() == before


def test_damaged_file_is_refused_with_its_line(tmp_path: Path) -> None:
    """Bytes that are no text in any likely encoding are named with their line."""
    path = tmp_path / "c.csv"
    path.write_bytes("statement,fingerprint,theme,action\nø".encode() + b"\xff,0,0,0\n")
    with pytest.raises(CorrectionsError, match="line 2: cannot be read"):
        read_corrections(path, THEMES)


@pytest.mark.parametrize("suffix", ["csv", "yaml"])
@given(reason=st.text(st.sampled_from("=+-@'\t \n,;\"ab＝")).map(str.strip))
def test_formulas_are_harmless_in_csv_and_come_back(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, reason: str
) -> None:
    """No cell that is written begins a formula, and every text is read back as it was."""
    path = tmp_path_factory.mktemp("corrections") / f"c.{suffix}"
    new = Correction("q1.r1.s1", "f" * 16, "okosystem", Action.ADD, reason=reason)
    add_corrections(path, [new], THEMES)
    (entry,) = read_corrections(path, THEMES).entries
    assert entry.reason == reason
    if suffix == "csv":
        (row,) = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
        assert not row["reason"].lstrip().startswith(("=", "+", "-", "@", "＝"))


def test_pipes_and_devices_are_no_files_of_corrections(tmp_path: Path) -> None:
    """What would block or never end is refused before it is opened."""
    os.mkfifo(tmp_path / "runde.corrections.csv")
    with pytest.raises(CorrectionsError, match="not a regular file"):
        corrections_path(tmp_path / "runde.txt")


def test_huge_files_are_refused(tmp_path: Path) -> None:
    """A file of many megabytes is no file of corrections."""
    for name in ("c.yaml", "c.csv"):
        path = write(tmp_path / name, "#" * 4_000_001)
        with pytest.raises(CorrectionsError, match="larger than 4 MB"):
            read_corrections(path, THEMES)


def test_corrections_lie_beside_the_survey(tmp_path: Path) -> None:
    """`runde.txt` has `runde.corrections.yaml` or `.csv`; both at once is an error."""
    survey = tmp_path / "runde.txt"
    assert corrections_path(survey) is None
    yaml = write(tmp_path / "runde.corrections.yaml", ENTRY)
    assert corrections_path(survey) == yaml
    write(tmp_path / "runde.corrections.csv", "")
    with pytest.raises(CorrectionsError, match="keep one of the two"):
        corrections_path(survey)
