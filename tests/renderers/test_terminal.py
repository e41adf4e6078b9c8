"""The report in a terminal and as plain text."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from rich.cells import cell_len
from rich.console import Console

from oppsummering.readers.codes import Code
from oppsummering.renderers.terminal import PLAIN_WIDTH, plain, print_report
from oppsummering.report import build_report, create_view
from oppsummering.selection import choose
from oppsummering.survey import Diagnostic, Severity
from oppsummering.tagged import CodebookInfo, CorrectionsInfo, TaggedSurvey, ThemeInfo
from support.surveys import Answer, Asked, Said, build, small


def text_of(tagged: TaggedSurvey, **options: bool | int) -> str:
    """The plain report of a survey."""
    return plain(build_report(create_view(tagged, **options)))  # type: ignore[arg-type]


def test_report_says_what_was_read() -> None:
    """Questions, responses, statements, lead-ins, standards, codebook and pipeline are named."""
    text = text_of(small())

    for line in (
        "Fil           summary.txt",
        "Spørsmål      2 med nummer, 1 uten",
        "Svar          6",
        "Utsagn        6 (2 listepunkter, 4 avsnitt)",
        "Innledninger  1 (linjer over en liste; telles ikke)",
        "Målform       bokmål 5, nynorsk 1, uavgjort 0",
        "Språkmodell   no_core_ndt_sm 0.1.0",
    ):
        assert f"{line}\n" in text
    assert re.search(r"Kodebok +themes\.yaml, sha256 [0-9a-f]{12}\n", text)


def test_theme_table_names_its_denominators() -> None:
    """Shares are per cent with a decimal comma; what they are shares of stands below."""
    text = text_of(small())

    assert "HR-rollen               4           66,7 %     4         66,7 %\n" in text
    assert "Andelene er av 6 utsagn og 6 svar." in text


def test_theme_without_hits_says_so() -> None:
    """It stands in the table with zero, and among the quotes with a sentence."""
    text = text_of(small())

    assert "Endringsledelse         0            0,0 %" in text
    assert "Endringsledelse (0 utsagn)\n  Ingen utsagn har dette temaet.\n" in text


def test_quote_has_marks_and_place() -> None:
    """Where there is no colour, matched words stand in asterisks."""
    assert (
        "  «*Samarbeid* på *tvers* av *sektorer*, og HR må bli med.»\n    Q1 · Kommune 2 · line 9\n"
    ) in text_of(small())


def test_quote_of_a_correction_says_who_gave_the_theme() -> None:
    """A person's decision is not taken for the codebook's."""
    assert "H1.1 · Kommune 3 · line 17 · kodet av en person\n" in text_of(small())


def test_no_quotes_asked_for() -> None:
    """The section then says that there are none by request."""
    assert "HR-rollen (4 utsagn)\n  Ingen sitater er bedt om.\n" in text_of(small(), quotes=0)


def test_respondents_are_shown_only_when_stated() -> None:
    """The extra columns say what was counted as one respondent."""
    assert "Informanter" not in text_of(small())
    text = text_of(small(), same_respondents=True)
    assert re.search(r"HR-rollen .* 3 +75,0 %\n", text)
    assert "Informanter: 4 ulike merkelapper" in text


def test_selection_is_said() -> None:
    """A reader sees that figures are of a part, and of how much."""
    tagged = small()
    selection = choose(tagged, themes=["hr_rollen"], questions=["h1"], municipalities=["kommune 3"])
    text = plain(build_report(create_view(tagged, selection=selection)))

    assert "Utvalg        tema: HR-rollen; spørsmål: H1.1; kommune: Kommune 3 (1 av 6" in text
    assert "Andelene er av 1 utsagn og 1 svar i utvalget." in text
    assert "Modenhetstrappa" not in text


def test_selection_without_responses() -> None:
    """A question that nobody answered has no shares: they are undefined, not zero."""
    tagged = small()
    selection = choose(tagged, questions=["q2"])
    text = plain(build_report(create_view(tagged, selection=selection)))

    assert "HR-rollen               0                –     0              –\n" in text
    assert "Ingen svar i utvalget." in text


def test_corrections_are_said() -> None:
    """How many were applied and how many found no place."""
    tagged = replace(small(), corrections=CorrectionsInfo("a.corrections.yaml", "0", 3, 1))

    assert "Rettelser     a.corrections.yaml: 3 brukt, 1 uten plass\n" in text_of(tagged)


def test_diagnostics_come_last() -> None:
    """Line, severity, what it is and the message; one of the whole file has no line."""
    text = text_of(small())

    assert text.rstrip().endswith(
        "    9  advarsel    svarer flere ganger  Kommune 2 is there twice.\n"
        "       opplysning  tomt svar            A response is empty."
    )
    assert text_of(build()).rstrip().endswith("Ingen.")


@pytest.mark.parametrize("code", [*Code, "correction-statement-vanished"])
def test_every_diagnostic_has_a_norwegian_name(code: str) -> None:
    """Every code that reading gives, and those of corrections that found no statement."""
    tagged = small()
    diagnostic = Diagnostic(code, Severity.WARNING, 3, "Said in English.")
    survey = replace(tagged.survey, diagnostics=(diagnostic,))
    row = text_of(replace(tagged, survey=survey)).rstrip().splitlines()[-1]

    assert re.fullmatch(r" +3  advarsel  [a-zæøå, ]+  Said in English\.", row)


def test_survey_without_title_or_themes_has_a_report() -> None:
    """The file's name is the title then; an empty codebook makes empty tables."""
    tagged = build(
        Asked("q1", "Hva?", (Answer("K 1", (Said("Ja"),)),), number=1),
        title=None,
        codebook=CodebookInfo("c.yaml", "0", ()),
    )
    text = text_of(tagged)

    assert text.startswith("summary.txt\n")
    assert "1 utsagn har ingen av disse temaene." in text


def wide() -> TaggedSurvey:
    """Thirty questions, long labels, long words, letters of double width."""
    themes = (ThemeInfo("a", "Et tema med et svært langt navn " * 3), ThemeInfo("b", "漢字" * 8))
    said = Said(f"{'x' * 300} HR {'ord ' * 100}", {"a": ("HR",), "b": ("HR",)})
    asked = [
        Asked(f"q{n}", "Et spørsmål? " * 9, (Answer("Kommune " * 12, (said,)),), number=n)
        for n in range(1, 31)
    ]
    return build(*asked, title="LANG TITTEL " * 20, codebook=CodebookInfo("c.yaml", "0", themes))


@pytest.mark.parametrize("tagged", [small(), wide()], ids=["small", "wide"])
def test_plain_text_fits_80_columns(tagged: TaggedSurvey) -> None:
    """No line is wider, none has blanks at its end, no escape sequence is in it."""
    text = text_of(tagged, same_respondents=True)

    for line in text.splitlines():
        assert cell_len(line) <= PLAIN_WIDTH
        assert line == line.rstrip()
    assert "\x1b" not in text


def test_table_too_wide_is_split_and_loses_no_column() -> None:
    """Every question has its column in one of the tables, with the themes beside it."""
    text = text_of(wide())

    heads = re.findall(r"^Utsagn med temaet .*$", text, re.MULTILINE)
    assert len(heads) > 1
    assert re.findall(r"Q\d+", " ".join(heads)) == [f"Q{n}" for n in range(1, 31)]


def colours(**options: bool) -> str:
    """The report on a terminal that can show colours."""
    file = io.StringIO()
    console = Console(file=file, force_terminal=True, color_system="truecolor", width=80, **options)  # type: ignore[arg-type]
    print_report(build_report(create_view(small())), console)
    return file.getvalue()


def test_terminal_marks_with_style_instead_of_asterisks() -> None:
    """Where bold and colour can be shown, the text stays as it was written."""
    text = colours()

    assert "\x1b[1;4;33mSamarbeid\x1b[0m" in text
    assert "*Samarbeid*" not in text


def test_no_color_keeps_bold_and_leaves_out_colour() -> None:
    """NO_COLOR asks for no colour; the marks are still seen."""
    text = colours(no_color=True)

    assert "\x1b[1;4mSamarbeid\x1b[0m" in text
    assert "\x1b[1;4;33m" not in text


HOSTILE = "[bold red]\x1b[31m\x07:smile: [/] \u202e{x} \\ *a* <b>"


def test_hostile_text_is_shown_and_not_obeyed() -> None:
    """Markup of rich, emoji codes, escape sequences and direction marks are only text."""
    codebook = CodebookInfo(f"c\x1b{HOSTILE}", "0", (ThemeInfo("a", HOSTILE),))
    asked = Asked("q1", HOSTILE, (Answer(HOSTILE, (Said(f"HR {HOSTILE}", {"a": ("HR",)}),)),))
    text = text_of(build(asked, title=HOSTILE, name=HOSTILE, codebook=codebook))

    shown = "[bold red]\\x1b[31m\\x07:smile: [/] \\u202e{x} \\ *a* <b>"
    assert text.count(shown) >= 7
    assert not set("\x1b\x07\u202e") & set(text)
