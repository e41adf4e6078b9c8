"""The report as an HTML page: whole in itself, and text stays text."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from oppsummering.renderers.html import render
from oppsummering.report import build_report, create_view
from oppsummering.tagged import CodebookInfo, TaggedSurvey, ThemeInfo
from oppsummering.visible import one_line
from support.surveys import Answer, Asked, Said, build, small

VOID = {"meta"}


class Page(HTMLParser):
    """The tags of a page, and the text of its body."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember a tag and its attributes."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that was opened last, and no other."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Remember text that a reader sees."""
        if "body" in self.open:
            self.texts.append(data)

    @property
    def text(self) -> str:
        """All the text that a reader sees."""
        return "".join(self.texts)


def page_of(tagged: TaggedSurvey, quotes: int = 3) -> Page:
    """The page of a survey's report."""
    return Page(render(build_report(create_view(tagged, quotes=quotes))))


def test_page_is_well_formed_and_in_norwegian() -> None:
    """Every tag is closed; the language is told to screen readers."""
    page = page_of(small())

    assert page.open == []
    assert page.tags[0] == ("html", {"lang": "nb"})
    assert ("meta", {"charset": "utf-8"}) in page.tags


def test_page_needs_nothing_from_elsewhere() -> None:
    """No script, no image, no link, no font; a browser is told to load nothing."""
    page = page_of(small())

    assert {tag for tag, _ in page.tags} <= {
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "section", "dl", "dt",
        "dd", "div", "table", "thead", "tbody", "tr", "th", "td", "p", "figure", "blockquote",
        "mark", "figcaption",
    }  # fmt: skip
    assert not any({"src", "href"} & set(attributes) for _, attributes in page.tags)
    policy = [attributes for tag, attributes in page.tags if "http-equiv" in attributes]
    assert policy[0]["content"] == "default-src 'none'; style-src 'unsafe-inline'"


def test_page_shows_figures_quotes_and_places() -> None:
    """Shares have a bar of their size; matched words are marked."""
    markup = render(build_report(create_view(small())))

    assert '<td class="number share" style="--share: 66.7%">66,7 %</td>' in markup
    assert "«<mark>Samarbeid</mark> på <mark>tvers</mark> av" in markup
    assert "<figcaption>Q1 · Kommune 2 · line 9</figcaption>" in markup
    assert "kodet av en person" in markup


def test_page_says_why_there_are_no_quotes() -> None:
    """No statement has the theme, or no quotes were asked for."""
    assert "Endringsledelse (0 utsagn)\nIngen utsagn har dette temaet." in page_of(small()).text
    assert "HR-rollen (4 utsagn)\nIngen sitater er bedt om." in page_of(small(), quotes=0).text


def test_undefined_share_has_no_bar() -> None:
    """Of nothing there is no share."""
    markup = render(build_report(create_view(build())))

    assert '<td class="number">–</td>' in markup
    assert "--share:" not in markup.partition("</style>")[2]


HOSTILE = (
    "</title></style></figure><script>alert(1)</script><img src=x onerror=alert(1)>&amp;\"'{{x}}"
)


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).filter(str.strip))
@example(HOSTILE)
@example("{% include 'x' %}{{ 7 * 7 }}")
@example("\x1b[31m\u202e")
def test_text_stays_text(text: str) -> None:
    """Whatever labels, titles, names and statements hold, the tags are those of the template."""
    codebook = CodebookInfo(text, "0", (ThemeInfo("a", text),))
    asked = Asked("q1", text, (Answer(text, (Said(f"HR {text}", {"a": ("HR",)}),)),))
    page = page_of(build(asked, title=text, name=text, codebook=codebook))
    plain = page_of(build(Asked("q1", "t", (Answer("t", (Said("HR t", {"a": ("HR",)}),)),)),
                          title="t", name="t",
                          codebook=CodebookInfo("t", "0", (ThemeInfo("a", "t"),))))  # fmt: skip

    assert [tag for tag, _ in page.tags] == [tag for tag, _ in plain.tags]
    assert page.text.count(one_line(text)) >= 6


@pytest.mark.parametrize("same_respondents", [False, True])
def test_same_survey_gives_the_same_page(same_respondents: bool) -> None:  # noqa: FBT001 - a case
    """No clock is in it."""
    view = create_view(small(), same_respondents=same_respondents)

    assert render(build_report(view)) == render(build_report(view))
