"""Counting: which statements count, and what a share is a share of."""

from __future__ import annotations

import pytest

from oppsummering import counts
from oppsummering.counts import Share
from oppsummering.survey import StatementKind
from support.surveys import Answer, Asked, Said, build, small


def test_share_is_a_fraction_of_its_total() -> None:
    """A share is its count divided by what it is a share of."""
    assert Share(1, 4).fraction == pytest.approx(0.25)


def test_share_of_nothing_is_undefined() -> None:
    """There is no share of zero statements, not even zero."""
    assert Share(0, 0).fraction is None


def test_frequencies_count_statements_and_responses() -> None:
    """Each theme has its statements of all statements and its responses of all responses."""
    found = {each.theme.id: each for each in counts.frequencies(small())}

    assert found["hr_rollen"].statements == Share(4, 6)
    assert found["hr_rollen"].responses == Share(4, 6)
    assert found["endringsledelse"].statements == Share(0, 6)


def test_frequencies_follow_the_order_of_the_codebook() -> None:
    """Themes without a statement stand in their place too."""
    found = [each.theme.id for each in counts.frequencies(small())]

    assert found == ["okosystem", "endringsledelse", "hr_rollen", "modenhet"]


def test_response_counts_once_however_often_it_has_the_theme() -> None:
    """Three statements of one response are three statements and one response."""
    said = Said("Vi trenger HR.", {"hr_rollen": ("HR",)})
    tagged = build(Asked("q1", "Hva?", (Answer("Kommune 1", (said, said, said)),), number=1))

    (count,) = [each for each in counts.frequencies(tagged) if each.theme.id == "hr_rollen"]

    assert (count.statements, count.responses) == (Share(3, 3), Share(1, 1))


def test_lead_ins_are_not_counted_even_with_a_theme() -> None:
    """A lead-in is context: it adds neither to a count nor to a denominator."""
    lead_in = Said("HR må:", {"hr_rollen": ("HR",)}, StatementKind.LEAD_IN)
    item = Said("lære mer", kind=StatementKind.ITEM)
    tagged = build(Asked("q1", "Hva?", (Answer("Kommune 1", (lead_in, item)),), number=1))

    (count,) = [each for each in counts.frequencies(tagged) if each.theme.id == "hr_rollen"]

    assert (count.statements, count.responses) == (Share(0, 1), Share(0, 1))


def test_respondents_are_labels_across_the_document_without_regard_to_case() -> None:
    """`Kommune 1` and `kommune 1` are one respondent, two responses of one label too."""
    tagged = small()

    assert counts.number_of_respondents(tagged) == 4
    assert counts.respondents(tagged)[2] == Share(3, 4)


def test_statements_without_any_theme_are_counted() -> None:
    """What the codebook does not reach is a figure of its own."""
    assert counts.without_theme(small()) == Share(1, 6)


def test_questions_keep_their_own_denominators() -> None:
    """A theme's share of a question is a share of that question's statements."""
    groups = counts.by_question(small())

    assert [group.question.id for group in groups if group.question] == ["q1", "h1.1"]
    assert groups[0].counts[2].statements == Share(2, 4)
    assert groups[1].counts[2].statements == Share(2, 2)
    assert groups[1].counts[2].responses == Share(2, 3)


def test_question_without_responses_has_no_counts() -> None:
    """There is nothing to count under a question that nobody answered."""
    assert counts.by_question(build(Asked("q1", "Hva?", (), number=1))) == ()


def test_municipality_is_counted_within_its_question() -> None:
    """A label that returns under the next question is not taken for the same respondent."""
    groups = counts.by_municipality(small())

    assert [(group.question.id, group.municipality) for group in groups if group.question] == [
        ("q1", "Kommune 1"),
        ("q1", "Kommune 2"),
        ("h1.1", "kommune 1"),
        ("h1.1", "Bergen kommune"),
        ("h1.1", "Kommune 3"),
    ]


def test_repeated_label_makes_one_group_of_two_responses() -> None:
    """The denominator shows that the label stands twice under the question."""
    group = counts.by_municipality(small())[1]

    assert group.counts[2].responses == Share(2, 2)


def test_respondent_is_counted_across_the_document_when_same_respondents() -> None:
    """Then `Kommune 1` has its statements under both questions, in its first spelling."""
    group = counts.by_respondent(small())[0]

    assert (group.question, group.municipality) == (None, "Kommune 1")
    assert group.counts[2].statements == Share(1, 3)
    assert group.counts[2].responses == Share(1, 2)
