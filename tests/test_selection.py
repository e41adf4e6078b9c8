"""Filters: what is shown, what is counted, and what cannot be chosen."""

from __future__ import annotations

import pytest

from oppsummering import counts
from oppsummering.counts import Share
from oppsummering.errors import SelectionError
from oppsummering.selection import Selection, choose
from support.surveys import small


def test_no_choice_leaves_everything_as_it_is() -> None:
    """An empty selection is false and returns the survey itself."""
    tagged = small()
    selection = choose(tagged)

    assert not selection
    assert selection.apply(tagged) is tagged


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("q1", ("q1",)),
        ("Q1", ("q1",)),
        ("1", ("q1",)),
        (" h1.1 ", ("h1.1",)),
        ("H1", ("h1.1",)),
    ],
)
def test_question_is_found_by_id_number_or_heading_above(
    wanted: str, found: tuple[str, ...]
) -> None:
    """Ids and numbers both name a question; a heading brings along those below it."""
    assert choose(small(), questions=[wanted]).questions == found


def test_selection_stands_in_the_order_of_the_survey() -> None:
    """The order and the spelling of the request do not matter."""
    tagged = small()

    selection = choose(
        tagged,
        themes=["modenhet", "okosystem"],
        questions=["h1.1", "q1"],
        municipalities=["kommune  3", "BERGEN KOMMUNE"],
    )

    assert selection == Selection(
        themes=("okosystem", "modenhet"),
        questions=("q1", "h1.1"),
        municipalities=("Bergen kommune", "Kommune 3"),
    )


def test_question_narrows_what_is_counted() -> None:
    """Denominators are those of the chosen question."""
    tagged = small()
    shown = choose(tagged, questions=["h1.1"]).apply(tagged)

    assert [question.id for question in shown.survey.questions] == ["h1.1"]
    assert counts.frequencies(shown)[2].statements == Share(2, 2)


def test_municipality_narrows_what_is_counted() -> None:
    """Both spellings of a label that differ in case only are chosen."""
    tagged = small()
    selection = choose(tagged, municipalities=["kommune 1"])
    shown = selection.apply(tagged)

    assert selection.municipalities == ("Kommune 1", "kommune 1")
    assert counts.frequencies(shown)[2].responses == Share(1, 2)


def test_theme_narrows_what_is_shown_and_not_what_is_counted() -> None:
    """The shares of a theme are the same whether or not others are shown."""
    tagged = small()
    shown = choose(tagged, themes=["modenhet"]).apply(tagged)

    (count,) = counts.frequencies(shown)
    assert (count.theme.id, count.statements) == ("modenhet", Share(1, 6))
    assert {tag.theme for each in shown.statements for tag in each.tags} == {"modenhet"}


def test_source_stays_whole() -> None:
    """The text that the places point into is never cut."""
    tagged = small()

    assert choose(tagged, questions=["1"]).apply(tagged).survey.source == tagged.survey.source


def test_unknown_theme_lists_the_themes() -> None:
    """The message names what was wrong and every valid id."""
    with pytest.raises(SelectionError, match=r"`okosystm`.*okosystem, endringsledelse, hr_rollen"):
        choose(small(), themes=["okosystm", "hr_rollen"])


def test_unknown_question_lists_the_questions() -> None:
    """Every wrong one is named."""
    with pytest.raises(SelectionError, match=r"`7`, `q8` in the survey\. Choose among: q1, h1\.1"):
        choose(small(), questions=["7", "q8"])


def test_unknown_municipality_lists_the_labels() -> None:
    """Labels are listed as written."""
    with pytest.raises(SelectionError, match=r"Choose among: Kommune 1, Kommune 2, kommune 1,"):
        choose(small(), municipalities=["Oslo"])
