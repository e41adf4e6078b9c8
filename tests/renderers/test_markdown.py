"""The report as Markdown: what it looks like, and that text stays text."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from oppsummering.renderers.markdown import escape, render
from oppsummering.report import build_report, create_view
from oppsummering.tagged import CodebookInfo, TaggedSurvey, ThemeInfo
from oppsummering.visible import one_line
from support.surveys import Answer, Asked, Said, build, small

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def text_of(tagged: TaggedSurvey, quotes: int = 3) -> str:
    """The report of a survey as Markdown."""
    return render(build_report(create_view(tagged, quotes=quotes)))


def words_of(markdown: str) -> str:
    """The text that a reader of the rendered Markdown sees."""
    return "".join(
        child.content if child.type == "text" else "\n" * (child.type == "hardbreak")
        for token in PARSER.parse(markdown)
        for child in token.children or ()
    )


def test_sections_are_headings() -> None:
    """The title is a heading of the first level, sections of the second, themes of the third."""
    lines = text_of(small()).splitlines()

    assert lines[0] == "# OPPSUMMERING"
    assert [line for line in lines if line.startswith("## ")] == [
        "## Hva som er lest",
        "## Temaer",
        "## Tema × spørsmål",
        "## Sitater",
        "## Merknader til filen",
    ]
    assert "### HR-rollen (4 utsagn)" in lines


def test_tables_have_a_row_for_each_theme() -> None:
    """Numbers stand to the right."""
    text = text_of(small())

    assert "| Tema | Utsagn | Andel av utsagn | Svar | Andel av svar |\n" in text
    assert "| --- | --: | --: | --: | --: |\n" in text
    assert "| HR-rollen | 4 | 66,7 % | 4 | 66,7 % |\n" in text


def test_quotes_are_block_quotes_with_bold_words() -> None:
    """The place stands on a line of its own."""
    assert (
        "> «**Samarbeid** på **tvers** av **sektorer**, og HR må bli med.»\\\n"
        "> Q1 · Kommune 2 · line 9\n"
    ) in text_of(small())


def test_theme_without_quotes_says_why() -> None:
    """There are none, or none were asked for."""
    assert "### Endringsledelse (0 utsagn)\n\nIngen utsagn har dette temaet.\n" in text_of(small())
    assert "### HR-rollen (4 utsagn)\n\nIngen sitater er bedt om.\n" in text_of(small(), quotes=0)


def test_report_ends_with_one_line_end() -> None:
    """As text files do."""
    text = text_of(small())

    assert text.endswith("|\n")
    assert "\n\n\n" not in text


HOSTILE = "<script>alert(1)</script> | [a](javascript:x) ![i](x) `c` *b* _u_ ~~s~~ &amp; $x$ # \\"


@given(st.text(st.characters(codec="utf-8"), max_size=60))
@example(HOSTILE)
@example("# no heading")
@example("- no list")
@example("12) no list")
@example("1. no list")
@example("+ no list")
@example("=====")
@example("> no quote")
@example("    no code")
@example("| no | table |")
def test_escaped_text_is_read_as_it_was_written(text: str) -> None:
    """A reader of the rendered Markdown sees exactly the text, on one line."""
    tokens = PARSER.parse(escape(text))

    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    assert words_of(escape(text)) == one_line(text)


def test_hostile_text_stays_text_everywhere() -> None:
    """No HTML, no link and no image comes out of the survey or the codebook."""
    codebook = CodebookInfo(HOSTILE, "0", (ThemeInfo("a", HOSTILE),))
    asked = Asked("q1", HOSTILE, (Answer(HOSTILE, (Said(f"{HOSTILE} HR", {"a": ("HR",)}),)),))
    text = text_of(build(asked, title=HOSTILE, name=HOSTILE, codebook=codebook))

    kinds = {child.type for token in PARSER.parse(text) for child in token.children or ()}
    assert kinds <= {"text", "strong_open", "strong_close", "hardbreak", "softbreak"}
    assert words_of(text).count(HOSTILE) >= 7
