"""Files of codes: every form that is read, and every problem with its place."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from oppsummering import tabular
from oppsummering.errors import GoldError, OppsummeringError, SelectionError
from oppsummering.gold import StatementKey, read_codes
from oppsummering.gold.codes import fold, shorten

if TYPE_CHECKING:
    from pathlib import Path

THEMES = ("okosystem", "endringsledelse", "hr_rollen", "modenhet")


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """Write a file as the given encoding has it, line ends unchanged."""
    path.write_bytes(text.encode(encoding))
    return path


def write_rows(path: Path, rows: list[dict[str, Any]]) -> Path:
    """Write one JSON object a line."""
    return write(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def write_sheet(path: Path, rows: list[list[Any]]) -> Path:
    """Write a workbook of one sheet named Koder."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Koder"
    for row in rows:
        sheet.append(row)
    workbook.save(path)
    return path


def problems(path: Path) -> list[str]:
    """The problems of a file, as the user reads them."""
    with pytest.raises(GoldError) as caught:
        read_codes(path, THEMES)
    assert str(caught.value).startswith(f"{path}: ")
    return [str(problem) for problem in caught.value.problems]


def themes_by_key(path: Path) -> dict[str, tuple[str, ...]]:
    """What the file says, by the name of the statement."""
    return {str(coded.key): coded.themes for coded in read_codes(path, THEMES).statements}


def test_json_lines_hold_lists_of_themes(tmp_path: Path) -> None:
    """A line of JSON names its statement and lists its themes; order is the codebook's."""
    path = write_rows(
        tmp_path / "gold.jsonl",
        [
            {"id": "r1", "text": "En", "themes": ["modenhet", "okosystem"], "agreed_by_all": True},
            {"id": "r2", "text": "To", "themes": [], "unsure": ["hr_rollen"]},
        ],
    )
    codes = read_codes(path, THEMES)
    assert codes.name == "gold.jsonl"
    assert codes.themes == ("okosystem", "hr_rollen", "modenhet")
    assert not codes.closed
    assert codes.considers("endringsledelse")
    first, second = codes.statements
    assert first.themes == ("okosystem", "modenhet")
    assert (second.row, second.undecided) == (2, ("hr_rollen",))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_holds_a_column_a_theme(tmp_path: Path, delimiter: str, encoding: str) -> None:
    """Any usual delimiter and encoding of a spreadsheet is read; columns are the themes coded."""
    rows = ["statement,text,hr_rollen,modenhet", "q1.r1.s1,Økosystem på norsk,0,1"]
    text = "\r\n".join(rows).replace(",", delimiter) + "\r\n"
    codes = read_codes(write(tmp_path / "gold.csv", text, encoding), THEMES)
    assert codes.themes == ("hr_rollen", "modenhet")
    assert codes.closed
    assert not codes.considers("okosystem")
    assert codes.statements[0].themes == ("modenhet",)
    assert codes.statements[0].text == "Økosystem på norsk"


@pytest.mark.parametrize("start", ["\n\n", "sep=;\n", " \nsep=;\n"])
def test_csv_may_begin_with_blank_lines_or_excels_hint(tmp_path: Path, start: str) -> None:
    """Neither is the header, and both count as lines."""
    path = write(tmp_path / "gold.csv", f"{start}text;modenhet\n1,5 av 3,5;1\n")
    assert themes_by_key(path) == {"'1,5 av 3,5'": ("modenhet",)}
    (coded,) = read_codes(path, THEMES).statements
    assert coded.row == start.count("\n") + 2


def test_csv_may_list_themes_in_one_cell(tmp_path: Path) -> None:
    """A cell lists themes between commas, semicolons or blanks; `-` is no theme."""
    text = 'line,themes\n3,"okosystem, modenhet"\n4,hr_rollen;modenhet\n5,-\n'
    assert themes_by_key(write(tmp_path / "gold.csv", text)) == {
        "line 3": ("okosystem", "modenhet"),
        "line 4": ("hr_rollen", "modenhet"),
        "line 5": (),
    }


def test_the_long_form_has_one_theme_a_row(tmp_path: Path) -> None:
    """Rows of the same statement and coder are put together; `-` is no theme."""
    text = "file,line,coder,theme\na.txt,3,Kari,modenhet\na.txt,3,Kari,okosystem\na.txt,3,Ola,-\n"
    codes = read_codes(write(tmp_path / "gold.csv", text), THEMES)
    assert [(coded.coder, coded.themes) for coded in codes.statements] == [
        ("Kari", ("okosystem", "modenhet")),
        ("Ola", ()),
    ]
    assert codes.statements[0].key == StatementKey("a.txt", None, 3, None)
    assert codes.coders == ("Kari", "Ola")


def test_a_workbook_is_read_like_a_csv(tmp_path: Path) -> None:
    """Numbers, booleans, empty rows and columns without a header are what Excel makes of them."""
    path = write_sheet(
        tmp_path / "gold.xlsx",
        [
            ["Statement", "Line", "modenhet", "hr_rollen", None],
            ["q1.r1.s1", 4.0, 1, True, "a note"],
            [None, None, None, None, None],
            [2, 5, 0, 0.0, None],
        ],
    )
    codes = read_codes(path, THEMES)
    first, second = codes.statements
    assert (first.id, first.line, first.themes) == ("q1.r1.s1", 4, ("hr_rollen", "modenhet"))
    assert (second.id, second.row, second.themes) == ("2", 4, ())


def test_statements_are_named_by_the_strongest_name(tmp_path: Path) -> None:
    """The id comes before the line, the line before the text; white space in texts is folded."""
    path = write_rows(
        tmp_path / "gold.jsonl",
        [
            {"file": "a.txt", "id": "q1.r1.s1", "line": 3, "text": "x", "themes": []},
            {"id": "q1.r1.s2", "themes": ["modenhet"]},
            {"file": "a.txt", "line": 3.0, "text": "x", "themes": []},
            {"text": " en \u00a0 tekst\n", "themes": [], "kind": "lead_in"},
        ],
    )
    codes = read_codes(path, THEMES)
    assert [str(coded.key) for coded in codes.statements] == [
        "a.txt:q1.r1.s1",
        "q1.r1.s2",
        "a.txt:3",
        "'en tekst'",
    ]
    assert [coded.lead_in for coded in codes.statements] == [False, False, False, True]


def test_one_of_several_coders_is_chosen(tmp_path: Path) -> None:
    """A file of several coders asks which one; a name that is not there is an error."""
    text = "line,coder,modenhet\n3,Kari,1\n3,Ola,0\n"
    codes = read_codes(write(tmp_path / "gold.csv", text), THEMES)
    assert codes.of_coder("Ola").name == "gold.csv (Ola)"
    assert [coded.themes for coded in codes.of_coder("Ola").statements] == [()]
    with pytest.raises(SelectionError, match=r"several coders: Kari, Ola.*--coder"):
        codes.of_coder(None)
    with pytest.raises(SelectionError, match=r"no coder 'Per'.*Its coders: Kari, Ola"):
        codes.of_coder("Per")


def test_a_file_of_one_coder_needs_no_choice(tmp_path: Path) -> None:
    """Without a column `coder` there is nothing to choose."""
    codes = read_codes(write(tmp_path / "gold.csv", "line,modenhet\n3,1\n"), THEMES)
    assert codes.of_coder(None) is codes
    with pytest.raises(SelectionError, match="no column 'coder'"):
        codes.of_coder("Per")


def test_every_problem_of_a_csv_is_named_at_once(tmp_path: Path) -> None:
    """Empty cells, other values, duplicates, bad lines and short rows, each with its place."""
    text = (
        "statement,line,text,modenhet,hr_rollen\n"
        "s1,1,,1,\n"
        "s2,1,,2,0\n"
        "s2,1,,1,0\n"
        "s2,1,,1,0\n"
        "s3,zero,,1,0\n"
        "s4,0,,1,0\n"
        "s5,1,,1\n"
        "\n"
        " ,,,1,0\n"
    )
    assert problems(write(tmp_path / "gold.csv", text)) == [
        "line 2: column 'hr_rollen': the cell is empty: write 0 or 1.",
        "line 3: column 'modenhet': '2' is neither 0 nor 1.",
        "line 4: s2 is coded again, first on line 3.",
        "line 5: s2 is coded again, first on line 3.",
        "line 6: column 'line': 'zero' is no line number.",
        "line 7: column 'line': '0' is no line number.",
        "line 8: 4 cells, but the header has 5.",
        "line 10: the row does not name its statement.",
    ]


def test_every_problem_of_a_workbook_has_its_cell(tmp_path: Path) -> None:
    """A cell of a workbook is named as Excel names it."""
    path = write_sheet(
        tmp_path / "gold.xlsx",
        [["statement", "modenhet", "okosystem"], ["s1", None, "ja"], [["x"][0], 1, 3]],
    )
    assert problems(path) == [
        "line 2: Koder!C2: 'ja' is neither 0 nor 1.",
        "line 2: Koder!B2: the cell is empty: write 0 or 1.",
        "line 3: Koder!C3: '3' is neither 0 nor 1.",
    ]


def test_every_problem_of_json_lines_is_named(tmp_path: Path) -> None:
    """Broken lines, unknown themes, wrong types, and nesting that is too deep."""
    known = ", ".join(THEMES)
    lines = [
        '{"id": "a", "themes": ["modenhet", "modenhet"]}',
        "{nonsense}",
        "[1, 2]",
        '{"id": "b", "themes": ["modenheit"]}',
        '{"id": "c", "themes": "modenhet", "text": 7.5}',
        '{"id": "d", "themes": [1]}',
        '{"id": "e"}',
        '{"id": true, "themes": []}',
        "[" * 200_000,
        '{"line": ' + "1" * 5000 + ', "themes": []}',
        '{"line": 12345678901, "themes": []}',
        r'{"text": "half \ud800", "themes": []}',
    ]
    assert problems(write(tmp_path / "gold.jsonl", "\n".join(lines))) == [
        "line 1: column 'themes': 'modenhet' is listed twice.",
        "line 2: not a JSON object: Expecting property name enclosed in double quotes.",
        "line 3: not a JSON object: write one {…} a line.",
        f"line 4: column 'themes': 'modenheit' is no theme of the codebook ({known}).",
        "line 5: column 'text': '7.5' is no text.",
        "line 6: column 'themes': '[1]' is no list of themes.",
        "line 7: column 'themes': the cell is empty: list themes, or write '-' for no theme.",
        "line 8: column 'id': 'True' is no text.",
        "line 9: not a JSON object: nested too deeply.",
        "line 10: not a JSON object: a number is too long.",
        "line 11: column 'line': '12345678901' is no line number.",
        r"line 12: column 'text': 'half \ud800' is no text.",
    ]


def test_problems_of_the_long_form(tmp_path: Path) -> None:
    """A theme twice, a theme beside "no theme", an empty cell, an unknown theme."""
    text = "line,coder,theme\n1,A,modenhet\n1,A,modenhet\n2,A,-\n2,A,modenhet\n3,A,\n4,A,x\n"
    assert problems(write(tmp_path / "gold.csv", text)) == [
        "line 3: line 1 has the theme 'modenhet' again, first on line 2, by A.",
        "line 5: line 2 has a theme and '-' (no theme).",
        "line 6: column 'theme': the cell is empty: name a theme, or '-' for no theme.",
        f"line 7: column 'theme': 'x' is no theme of the codebook ({', '.join(THEMES)}).",
    ]


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("modenhet", "no column names the statements: add 'statement' (its id), 'line' or 'text'."),
        ("line", "no column holds codes: add 'themes', 'theme', or a 0/1 column for each theme"),
        ("line,theme,modenhet", "the codes stand in two forms (theme and one 0/1 column a theme)"),
        ("line,line,modenhet", "the column 'line' is there twice."),
    ],
)
def test_a_header_that_does_not_say_enough(tmp_path: Path, header: str, message: str) -> None:
    """What a header lacks is said, with what would do."""
    row = ",".join("1" for _ in header.split(","))
    found = problems(write(tmp_path / "gold.csv", f"{header}\n{row}\n"))
    assert any(message in problem for problem in found), found


def test_a_misspelled_theme_column_is_noticed(tmp_path: Path) -> None:
    """A column of 0 and 1 that is no theme would be lost in silence; other columns may be there."""
    text = "line,modenhet,modenheit,comment,level\n1,1,1,nei,0\n2,0,0,1,0\n"
    known = ", ".join(THEMES)
    assert problems(write(tmp_path / "gold.csv", text)) == [
        f"line 1: column 'modenheit': 'modenheit' is no theme of the codebook ({known})."
    ]


@pytest.mark.parametrize("name", ["gold.csv", "gold.jsonl"])
@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff"])
def test_an_empty_file_is_no_gold(tmp_path: Path, name: str, text: str) -> None:
    """A file without codes must not pass for perfect agreement."""
    with pytest.raises(OppsummeringError, match="The file is empty"):
        read_codes(write(tmp_path / name, text), THEMES)


def test_a_header_alone_is_no_gold(tmp_path: Path) -> None:
    """A header without rows must not pass either, nor an empty workbook."""
    assert problems(write(tmp_path / "gold.csv", "line,modenhet\n")) == ["it holds no codes."]
    assert problems(write_sheet(tmp_path / "gold.xlsx", [])) == ["it holds no codes."]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("line,text,modenhet\n1,på,1\n2,".encode() + b"p\xe5,1\n", 3),
        (b"line,text,modenhet\n1,\x81,1\n", 2),
        ("line\n".encode("utf-16") + b"\x00", 2),
    ],
)
def test_a_wrong_encoding_is_named_with_its_line(tmp_path: Path, data: bytes, line: int) -> None:
    """Mixed encodings and bytes that mean nothing are not guessed at."""
    path = tmp_path / "gold.csv"
    path.write_bytes(data)
    with pytest.raises(OppsummeringError) as caught:
        read_codes(path, THEMES)
    assert str(caught.value).startswith(f"{path}:{line}: A byte here is not ")
    assert "Save the file again" in str(caught.value)


def test_broken_quoting_is_named_with_its_line(tmp_path: Path) -> None:
    """A quotation mark that never closes is one problem, at the row where it opens."""
    text = 'line,text,modenhet\n1,"a\nb",1\n3,"never closed,1\n'
    assert problems(write(tmp_path / "gold.csv", text)) == [
        "line 4: not valid CSV: unexpected end of data."
    ]


def test_lines_are_counted_through_quoted_line_breaks(tmp_path: Path) -> None:
    """A row's line is where it starts, also after a cell with line breaks."""
    text = 'text,modenhet\n"a\nb\nc",1\nd,x\n'
    assert problems(write(tmp_path / "gold.csv", text)) == [
        "line 5: column 'modenhet': 'x' is neither 0 nor 1."
    ]


def test_control_characters_of_a_file_never_reach_the_terminal(tmp_path: Path) -> None:
    """A message quotes the file's text with its control characters made visible."""
    path = write_rows(tmp_path / "gold.jsonl", [{"id": "a", "themes": ["\x1b[31mred"]}])
    (problem,) = problems(path)
    assert "\x1b" not in problem
    assert r"\x1b[31mred" in problem


def test_files_that_are_no_codes(tmp_path: Path) -> None:
    """A missing file, a directory, another suffix, and a workbook that is none."""
    for path, message in (
        (tmp_path / "missing.csv", "There is no such file."),
        (tmp_path / "missing.xlsx", "cannot be read: No such file or directory."),
        (tmp_path / "gold.txt", "its name must end in .jsonl, .csv, .tsv, .xlsx."),
        (write(tmp_path / "broken.xlsx", "no zip"), "is not an Excel workbook. Save it again"),
    ):
        with pytest.raises(OppsummeringError) as caught:
            read_codes(path, THEMES)
        assert message in str(caught.value)
        assert str(path) in str(caught.value)
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    with pytest.raises(OppsummeringError, match="is a directory"):
        read_codes(folder, THEMES)


def test_a_zip_without_a_workbook_is_refused(tmp_path: Path) -> None:
    """Any other zip archive is not an Excel workbook."""
    path = tmp_path / "gold.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    with pytest.raises(OppsummeringError, match="is not an Excel workbook"):
        read_codes(path, THEMES)


def test_a_swelling_workbook_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small archive that unpacks to something huge is not unpacked."""
    path = write_sheet(tmp_path / "gold.xlsx", [["line", "modenhet"], [1, 1]])
    monkeypatch.setattr(tabular, "MAX_UNPACKED_BYTES", 100)
    with pytest.raises(OppsummeringError, match="unpacks to far more"):
        read_codes(path, THEMES)


def test_a_cell_at_the_far_corner_of_a_sheet_costs_nothing(tmp_path: Path) -> None:
    """A column beyond the codes is passed over, a row beyond any survey is refused."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["line", "modenhet"])
    sheet.append([1, 1])
    sheet["XFD2"] = "far away"
    wide = tmp_path / "wide.xlsx"
    workbook.save(wide)
    assert themes_by_key(wide) == {"line 1": ("modenhet",)}
    sheet["A1048576"] = "far below"
    deep = tmp_path / "deep.xlsx"
    workbook.save(deep)
    with pytest.raises(OppsummeringError, match=r"more than 100000 rows\. Delete the empty rows"):
        read_codes(deep, THEMES)


@given(st.lists(st.sets(st.sampled_from(THEMES)), min_size=1, max_size=8))
def test_the_forms_say_the_same(
    tmp_path_factory: pytest.TempPathFactory, coded: list[set[str]]
) -> None:
    """The same codes as list, columns, long form and workbook are read as the same themes."""
    folder = tmp_path_factory.mktemp("forms")
    listed = write_rows(
        folder / "list.jsonl",
        [{"line": n, "themes": sorted(themes)} for n, themes in enumerate(coded, start=1)],
    )
    cells: list[list[Any]] = [
        [n, *(int(t in themes) for t in THEMES)] for n, themes in enumerate(coded, start=1)
    ]
    header: list[Any] = ["line", *THEMES]
    wide = write(
        folder / "wide.csv", "\n".join(";".join(map(str, row)) for row in [header, *cells])
    )
    long_rows = [
        f"{n},{theme}"
        for n, themes in enumerate(coded, start=1)
        for theme in (sorted(themes) or ["-"])
    ]
    long = write(folder / "long.csv", "\n".join(["line,theme", *long_rows]))
    sheet = write_sheet(folder / "sheet.xlsx", [header, *cells])
    expected = {
        f"line {n}": tuple(t for t in THEMES if t in themes)
        for n, themes in enumerate(coded, start=1)
    }
    for path in (listed, wide, long, sheet):
        assert themes_by_key(path) == expected


@given(st.binary(max_size=200), st.sampled_from([".csv", ".jsonl", ".xlsx", ".tsv"]))
def test_any_bytes_end_in_codes_or_in_a_message(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str
) -> None:
    """No file makes reading fail with anything but an error for the user."""
    path = tmp_path_factory.mktemp("bytes") / f"gold{suffix}"
    path.write_bytes(data)
    try:
        codes = read_codes(path, THEMES)
    except OppsummeringError as error:
        assert str(path) in str(error)  # noqa: PT017 - most inputs are errors, a few are codes
    else:
        assert codes.statements


def test_folding_and_shortening() -> None:
    """White space of every kind folds; a long text is cut with a mark."""
    assert fold("  a\u00a0\n\tb ") == "a b"
    assert shorten("a" * 61) == repr("a" * 59 + "…")
    assert shorten("a" * 60) == repr("a" * 60)
