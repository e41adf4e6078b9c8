"""Coding sheets: out to people, into Excel's format, and back."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from oppsummering.cli.app import app
from oppsummering.codebook import load_codebook
from oppsummering.errors import GoldError, OppsummeringError, SelectionError
from oppsummering.gold import read_codes
from oppsummering.language import lexicon, pipeline
from oppsummering.sheets.reading import read_sheet
from oppsummering.sheets.sampling import sample
from oppsummering.sheets.writing import csv_sheet, sheet_rows, workbook_sheet
from support.surveys import Answer, Asked, Said, build, small
from support.words import FakeLexicon, FakePipeline

if TYPE_CHECKING:
    from typer.testing import Result

TREES = Path(__file__).parents[1] / "codebooks" / "trees.yaml"
CODEBOOK = load_codebook(TREES)
THEMES = ("skog", "hav")
SURVEY = """OPPSUMMERING

1) Hva vokser hos dere?
Kommune 1: Vi har:
· mye gran
· litt fisk
Kommune 2: =HYPERLINK("http://a") og furu.

2) Hva gjør dere?
Kommune 1: Ingenting.
Kommune 2: Vi fisker etter eik.
"""


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a survey and a codebook, and words and a pipeline without weights."""
    monkeypatch.setattr(lexicon, "load_lexicon", FakeLexicon)
    monkeypatch.setattr(pipeline, "load_pipeline", lambda _name=None: FakePipeline())
    monkeypatch.chdir(tmp_path)
    (tmp_path / "runde.txt").write_text(SURVEY, encoding="utf-8")
    (tmp_path / "trees.yaml").write_bytes(TREES.read_bytes())
    (tmp_path / "oppsummering.toml").write_text('codebook = "trees.yaml"\n', encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    """Run the command line."""
    return CliRunner().invoke(app, arguments)


def error(*arguments: str) -> str:
    """What the user is told when a command is refused."""
    result = run(*arguments)
    assert isinstance(result.exception, OppsummeringError), result.output
    return str(result.exception)


def code(path: str, cells: dict[str, str | float | None], title: str = "koding") -> None:
    """Fill in cells of a workbook, as a person in Excel does."""
    workbook = openpyxl.load_workbook(path)
    for address, value in cells.items():
        workbook[title][address] = value
    workbook.save(path)


def header(path: str, title: str = "koding") -> list[object]:
    """The columns of a sheet."""
    return [cell.value for cell in openpyxl.load_workbook(path)[title][1]]


def test_sheet_holds_statements_with_their_context() -> None:
    """A row a statement: lead-ins are the context of their items, and are no rows."""
    rows = sheet_rows(small().counted())
    assert len(rows) == 6
    assert rows[0].context == "Vi ser at vi har fått:"
    assert rows[0].text == "kjennskap til modenhetstrappa, og hvor vi står på modenhetstrappa"


def test_round_trip_through_excel_gives_gold_codes(project: Path) -> None:
    """`sheet FILE`, codes typed in Excel, `sheet import`: the gold codes are what was typed."""
    made = run("sheet", "runde.txt", "--output", "coding.xlsx")
    assert (made.exit_code, made.stdout) == (0, "coding.xlsx: 5 statements, 2 themes\n")
    assert header("coding.xlsx")[6:] == ["skog", "hav", "comment"]
    code("coding.xlsx", {"G2": 1, "I2": "sikkert", "H3": "ja", "G4": "1", "G5": 0, "H5": 0.0})
    result = run(
        "sheet", "import", "coding.xlsx", "--survey", "runde.txt", "--output", "gold.jsonl"
    )
    assert result.stdout == "gold.jsonl: 4 coded rows, 1 not coded\n"
    rows = [json.loads(x) for x in (project / "gold.jsonl").read_text("utf-8").splitlines()]
    assert [(row["id"], row["skog"], row["hav"]) for row in rows] == [
        ("q1.r1.s2", 1, 0),
        ("q1.r1.s3", 0, 1),
        ("q1.r2.s1", 1, 0),
        ("q2.r1.s1", 0, 0),
    ]
    assert rows[0]["comment"] == "sikkert"
    assert rows[2]["text"] == '=HYPERLINK("http://a") og furu.'
    codes = read_codes(project / "gold.jsonl", THEMES)
    assert len(codes.statements) == 4


def test_workbook_is_safe_and_guides_the_coder() -> None:
    """Text is never a formula, codes have a drop-down, themes are explained on a sheet."""
    run("sheet", "runde.txt", "--output", "coding.xlsx")
    workbook = openpyxl.load_workbook("coding.xlsx")
    sheet = workbook["koding"]
    assert sheet["F4"].value == '=HYPERLINK("http://a") og furu.'
    assert sheet["F4"].data_type == "s"
    assert {str(v.sqref) for v in sheet.data_validations.dataValidation} == {"G2:G6", "H2:H6"}
    assert sheet.column_dimensions["B"].hidden
    guide = " ".join(str(cell.value) for row in workbook["Veiledning"].rows for cell in row)
    assert "Det som lever i havet." in guide


def test_same_survey_gives_the_same_bytes() -> None:
    """No clock and no chance is in a sheet."""
    rows = sheet_rows(small().counted())
    first = workbook_sheet(rows, CODEBOOK, ("Kari", "Åse"), show_machine=True)
    assert first == workbook_sheet(rows, CODEBOOK, ("Kari", "Åse"), show_machine=True)


def test_machine_is_shown_only_when_asked() -> None:
    """A coder who must not be led sees no theme of the machine's."""
    run("sheet", "runde.txt", "--output", "blind.xlsx")
    run("sheet", "runde.txt", "--output", "open.xlsx", "--show-machine")
    assert "machine" not in header("blind.xlsx")
    assert header("open.xlsx")[-1] == "machine"
    assert openpyxl.load_workbook("open.xlsx")["koding"]["J2"].value == "skog"


def test_several_coders_have_a_sheet_each() -> None:
    """Each coder's sheet is named for them, and their codes come back under their names."""
    run("sheet", "runde.txt", "--output", "c.xlsx", "--coder", "Kari", "--coder", "Ola")
    code("c.xlsx", {"G2": 1}, "Kari")
    code("c.xlsx", {"G2": 0}, "Ola")
    rows = [json.loads(line) for line in run("sheet", "import", "c.xlsx").stdout.splitlines()]
    assert [(row["coder"], row["skog"]) for row in rows] == [("Kari", 1), ("Ola", 0)]
    run("sheet", "import", "c.xlsx", "--output", "gold.jsonl")
    agreed = run("agreement", "--gold", "gold.jsonl", "--coder", "Kari", "--other-coder", "Ola")
    assert agreed.exit_code == 0
    assert "gold.jsonl (Ola)" in agreed.stdout
    said = error("sheet", "import", "c.xlsx", "--to", "corrections", "--survey", "runde.txt")
    assert "Several people coded" in said


def test_codes_become_corrections_of_the_machine(project: Path) -> None:
    """Where coder and machine differ there is a correction, elsewhere none."""
    run("sheet", "runde.txt", "--output", "c.xlsx", "--coder", "Kari")
    code("c.xlsx", {"G2": 1, "H2": 1, "I2": "også hav", "G4": 0, "H3": 1}, "Kari")
    result = run(
        "sheet", "import", "c.xlsx", "--to", "corrections", "--survey", "runde.txt",
        "--date", "2026-11-24",
    )  # fmt: skip
    assert result.stdout == "runde.corrections.yaml: 2 corrections from 3 coded rows\n"
    parsed = json.loads(run("corrections", "list", "runde.txt", "--format", "json").stdout)
    assert [(c["statement"], c["theme"], c["action"], c["reason"]) for c in parsed] == [
        ("q1.r1.s2", "hav", "add", "også hav"),
        ("q1.r2.s1", "skog", "remove", ""),
    ]
    before = (project / "runde.corrections.yaml").read_bytes()
    again = error("sheet", "import", "c.xlsx", "--to", "corrections", "--survey", "runde.txt")
    assert "decided already" in again
    assert (project / "runde.corrections.yaml").read_bytes() == before


def test_codes_like_the_machines_make_no_corrections(project: Path) -> None:
    """A coder who agrees with the machine leaves no file behind."""
    run("sheet", "runde.txt", "--output", "c.xlsx")
    code("c.xlsx", {"G2": 1})
    result = run("sheet", "import", "c.xlsx", "--to", "corrections", "--survey", "runde.txt")
    assert "0 corrections from 1 coded rows" in result.stdout
    assert not (project / "runde.corrections.yaml").exists()


def test_every_unreadable_cell_is_named_by_its_address() -> None:
    """Codes that are neither 1 nor 0 and rows without a name are listed at once."""
    run("sheet", "runde.txt", "--output", "c.xlsx")
    code("c.xlsx", {"G2": "kanskje", "H3": 2, "G4": 1, "A4": None, "G5": 1, "A5": "q1.r1.s2"})
    said = error("sheet", "import", "c.xlsx")
    for part in ("koding!G2: 'kanskje'", "koding!H3: '2'", "koding!A4: is empty", "koding!A5"):
        assert part in said


def test_statement_that_changed_since_is_named() -> None:
    """Codes of a text that is no longer there are refused with their place."""
    run("sheet", "runde.txt", "--output", "c.xlsx")
    code("c.xlsx", {"G2": 1, "G6": 1})
    text = SURVEY.replace("mye gran", "ingen gran").replace("Kommune 2: Vi fisker etter eik.\n", "")
    Path("runde.txt").write_text(text, encoding="utf-8")
    said = error("sheet", "import", "c.xlsx", "--survey", "runde.txt")
    assert "koding!A2: the statement q1.r1.s2 has another text" in said
    assert "koding!A6: the statement q2.r2.s1 is not in the survey" in said


def test_csv_sheet_is_coded_and_read(project: Path) -> None:
    """The CSV sheet opens in a Norwegian Excel, is harmless there, and comes back."""
    run("sheet", "runde.txt", "--output", "c.csv", "--coder", "Kari", "--coder", "Ola")
    text = (project / "c.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert len(rows) == 1 + 2 * 5
    assert rows[3][6].startswith("'=HYPERLINK")
    rows[1][7], rows[6][8], rows[3][7] = "1", "0", "x"
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(rows)
    (project / "c.csv").write_text(out.getvalue(), encoding="utf-8")
    coded = read_sheet(project / "c.csv", THEMES)
    assert [(r.coder, r.statement, dict(r.themes)) for r in coded.rows] == [
        ("Kari", "q1.r1.s2", {"skog": True, "hav": False}),
        ("Kari", "q1.r2.s1", {"skog": True, "hav": False}),
        ("Ola", "q1.r1.s2", {"skog": False, "hav": False}),
    ]
    assert coded.rows[1].text.startswith("=HYPERLINK")
    assert coded.uncoded == 7


def test_csv_cells_are_named_by_line_and_column(project: Path) -> None:
    """A cell of a CSV sheet that cannot be read is named by its line and column."""
    sheet = csv_sheet(sheet_rows(small().counted()), CODEBOOK, (), show_machine=True)
    text = sheet.decode("utf-8-sig").replace(";;;;modenhet", ";tja;;;modenhet", 1)
    (project / "c.csv").write_text(text, encoding="utf-8")
    with pytest.raises(GoldError, match=r"line 2: column 'skog': 'tja'"):
        read_sheet(project / "c.csv", THEMES)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("sheet", "runde.txt", "--output", "c.doc"), "ends in .xlsx or .csv"),
        (("sheet", "runde.txt", "--output", "no/c.xlsx"), "folder does not exist"),
        (("sheet", "runde.txt", "--output", "c.xlsx", "--coder", "a/b"), "title of a sheet"),
        (
            ("sheet", "runde.txt", "--output", "c.xlsx", "--coder", "A", "--coder", "a"),
            "title of a sheet",
        ),
        (("sheet", "runde.txt", "--output", "c.xlsx", "--sample", "0"), "1 or more"),
        (("sheet", "import", "runde.txt"), "no coding sheet"),
        (("sheet", "import", "no.xlsx"), "cannot be read"),
        (("sheet", "import", "c.csv", "--to", "corrections"), "belong to a survey"),
        (("sheet", "import", "c.csv", "--to", "corrections", "--survey", "runde.txt",
          "--coder", "Per"), "Nobody named 'Per'"),
    ],
)  # fmt: skip
def test_wrong_sheets_are_one_clear_message(
    project: Path, arguments: tuple[str, ...], said: str
) -> None:
    """What cannot be written or read is refused with the reason."""
    (project / "c.csv").write_text(
        "coder;statement;fingerprint;text;skog\nOla;q1.r1.s2;54d1b1d2b1d2b1d2;mye gran;1\n",
        encoding="utf-8",
    )
    if "Nobody" in said:
        run("sheet", "runde.txt", "--output", "c.csv", "--coder", "Ola")
        text = (project / "c.csv").read_text("utf-8-sig").replace("mye gran;;", "mye gran;1;", 1)
        (project / "c.csv").write_text(text, encoding="utf-8")
    assert said in error(*arguments)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("skog\n1\n", "the column 'statement' is missing"),
        ("statement;fingerprint;text\na;b;c\n", "no column is a theme"),
        ("statement;fingerprint;text;skog\na;b;c;\n", "nobody has coded a row"),
        ("statement;fingerprint;text;skog\na;b\n", "2 cells, but the header has 4"),
    ],
)
def test_files_that_are_no_sheets_are_refused(project: Path, text: str, said: str) -> None:
    """A file without the sheet's columns, or without a code, is told so."""
    (project / "c.csv").write_text(text, encoding="utf-8")
    with pytest.raises(GoldError, match=said):
        read_sheet(project / "c.csv", THEMES)


def asked(sizes: list[int]) -> tuple[Asked, ...]:
    """Questions with so many statements each."""
    return tuple(
        Asked(f"q{n}", f"Spørsmål {n}", (Answer("Kommune 1", (Said("Ord"),) * size),), number=n)
        for n, size in enumerate(sizes, 1)
    )


@given(
    sizes=st.lists(st.integers(1, 12), min_size=1, max_size=4),
    size=st.integers(1, 50),
    seed=st.integers(0, 3),
    by_question=st.booleans(),
)
def test_samples_are_as_large_as_asked_and_the_same_again(
    *, sizes: list[int], size: int, seed: int, by_question: bool
) -> None:
    """A sample has the size asked for, its order is the text's, and the seed decides on it."""
    statements = tuple(build(*asked(sizes)).counted())
    drawn = sample(statements, size, seed, by_question=by_question)
    assert drawn == sample(statements, size, seed, by_question=by_question)
    assert len(drawn) == min(size, len(statements))
    numbers = [statements.index(each) for each in drawn]
    assert numbers == sorted(set(numbers))


def test_sample_by_question_is_in_proportion() -> None:
    """Each question gives its share, rounded by the largest remainders."""
    statements = tuple(build(*asked([20, 10, 10])).counted())
    drawn = sample(statements, 9, 7, by_question=True)
    questions = [each.question.id for each in drawn]
    assert [questions.count(f"q{n}") for n in (1, 2, 3)] == [5, 2, 2]


def test_sample_of_the_command_line_is_drawn_again_with_its_seed() -> None:
    """`--sample N --seed S` gives the same sheet, another seed another one."""
    for name, seed in (("a.csv", "1"), ("b.csv", "1"), ("c.csv", "5")):
        run("sheet", "runde.txt", "--output", name, "--sample", "2", "--seed", seed)
    assert Path("a.csv").read_bytes() == Path("b.csv").read_bytes()
    assert Path("a.csv").read_bytes() != Path("c.csv").read_bytes()


def test_empty_samples_are_refused() -> None:
    """A sample of nothing is no sample."""
    with pytest.raises(SelectionError):
        sample((), 0, 1, by_question=False)
