"""Questions of two rounds are matched by wording first, number second."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from oppsummering.rounds import match_questions
from oppsummering.rounds.model import RoundQuestion


def question(number: int | None, title: str, *parents: str) -> RoundQuestion:
    """A question of a round."""
    identifier = f"q{number}" if number else f"h-{title}"
    return RoundQuestion(identifier, number, title, parents, 1)


LEARNT = question(1, "Hva har dere lært av prosessene og gruppearbeidet i ledergruppa?")
ROLES = question(2, "Hvilke roller blir viktige i arbeidet videre?")
SHORT = question(None, "På kort sikt:", "Tiltak")


def certainties(before: list[RoundQuestion], after: list[RoundQuestion]) -> list[str]:
    """The certainty of each match."""
    return [match.certainty for match in match_questions(before, after)]


def test_unchanged_questions_are_the_same() -> None:
    """Case, punctuation and white space make no other question of it."""
    shouted = question(1, LEARNT.title.upper().replace("?", " ?"))
    assert certainties([LEARNT, ROLES], [shouted, ROLES]) == ["same", "same"]


def test_renumbered_question_is_found_by_its_wording() -> None:
    """A question that moved is the same; the one that took its number is new."""
    moved = question(3, LEARNT.title)
    new = question(1, "Hvor mange ansatte har kommunen?")
    matches = match_questions([LEARNT], [new, moved])
    assert [match.certainty for match in matches] == ["added", "same"]
    assert matches[1].before == LEARNT


def test_reworded_question_is_told() -> None:
    """A question with most of its words is reworded, and says how alike it is."""
    reworded = question(1, "Hva har dere lært av arbeidet i ledergruppa så langt?")
    (match,) = match_questions([LEARNT], [reworded])
    assert match.certainty == "reworded"
    assert 0.6 <= match.similarity < 0.95


def test_little_but_the_number_is_uncertain() -> None:
    """Where little but the number agrees, the match is made and called uncertain."""
    vague = question(2, "Hvem gjør hva videre?")
    (match,) = match_questions([ROLES], [vague])
    assert match.certainty == "uncertain"


def test_dropped_questions_come_last() -> None:
    """What is gone is told after the later round's own questions."""
    matches = match_questions([LEARNT, SHORT], [LEARNT])
    assert [(m.certainty, m.before) for m in matches] == [("same", LEARNT), ("removed", SHORT)]


def test_headings_below_one_parent_are_told_apart() -> None:
    """*På kort sikt* and *På lengre sikt* under the same heading are two questions."""
    longer = question(None, "På lengre sikt:", "Tiltak")
    matches = match_questions([SHORT, longer], [longer, SHORT])
    assert [match.certainty for match in matches] == ["same", "same"]


TITLES = st.lists(
    st.text("abc ?", min_size=1, max_size=30).filter(str.strip), max_size=6, unique=True
)


@given(TITLES, TITLES)
def test_every_question_is_matched_once(before: list[str], after: list[str]) -> None:
    """Each question of both rounds is in exactly one match, whatever the wordings."""
    earlier = [question(n, title) for n, title in enumerate(before, 1)]
    later = [question(n, title) for n, title in enumerate(after, 1)]
    matches = match_questions(earlier, later)
    assert [m.after for m in matches if m.after] == later
    assert sorted(m.before.id for m in matches if m.before) == sorted(q.id for q in earlier)
