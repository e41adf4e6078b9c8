"""Tagged statements to counts: the only place that counts. It needs no pandas.

Lead-ins are context and never counted. A count always comes with what it is a share of.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from oppsummering.survey import Question
    from oppsummering.tagged import TaggedSurvey, ThemeInfo


@dataclass(frozen=True, slots=True)
class Share:
    """A count and what it is a share of."""

    count: int
    total: int

    @property
    def fraction(self) -> float | None:
        """`count / total`, from 0 to 1; None when there is nothing to be a share of."""
        return self.count / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """How often a theme occurs.

    Attributes:
        theme: The theme.
        statements: Statements with the theme, of all statements; lead-ins are not counted.
        responses: Responses with the theme in at least one statement, of all responses.
    """

    theme: ThemeInfo
    statements: Share
    responses: Share


@dataclass(frozen=True, slots=True)
class Group:
    """The counts of one part of a survey.

    Attributes:
        question: The question, or None for the whole survey.
        municipality: The label, or None for every municipality.
        counts: One for each theme, in the codebook's order.
    """

    question: Question | None
    municipality: str | None
    counts: tuple[ThemeCount, ...]


@dataclass(frozen=True, slots=True)
class _Unit:
    """One response: its counted statements, and how many of them have each theme."""

    question: Question
    municipality: str
    statements: int
    themes: Counter[str]

    @property
    def respondent(self) -> str:
        """Whom the label stands for, where labels identify respondents: case is ignored."""
        return self.municipality.casefold()


def frequencies(tagged: TaggedSurvey) -> tuple[ThemeCount, ...]:
    """Count every theme over the whole survey, in the codebook's order."""
    return _count(tagged.codebook.themes, _units(tagged))


def respondents(tagged: TaggedSurvey) -> tuple[Share, ...]:
    """Count the municipalities with each theme, of all municipalities of the survey.

    Right only when labels identify respondents across the document.

    Returns:
        One share for each theme, in the codebook's order.
    """
    units = _units(tagged)
    everyone = number_of_respondents(tagged)
    return tuple(
        Share(len({unit.respondent for unit in units if theme.id in unit.themes}), everyone)
        for theme in tagged.codebook.themes
    )


def number_of_respondents(tagged: TaggedSurvey) -> int:
    """Count the different labels across the document; case is ignored."""
    return len({unit.respondent for unit in _units(tagged)})


def without_theme(tagged: TaggedSurvey) -> Share:
    """Count the statements that have no theme at all, of all statements."""
    untagged = [not each.tags for each in tagged.counted()]
    return Share(sum(untagged), len(untagged))


def by_question(tagged: TaggedSurvey) -> tuple[Group, ...]:
    """Count every theme within each question that has responses, in the order of the text."""
    return _groups(tagged, lambda unit: unit.question.id, question=True, municipality=False)


def by_municipality(tagged: TaggedSurvey) -> tuple[Group, ...]:
    """Count every theme for each municipality within each question, in the order of the text.

    A label that stands twice under a question makes one group with two responses.
    """
    return _groups(
        tagged,
        lambda unit: (unit.question.id, unit.municipality),
        question=True,
        municipality=True,
    )


def by_respondent(tagged: TaggedSurvey) -> tuple[Group, ...]:
    """Count every theme for each municipality across the document.

    Right only when labels identify respondents. The order is that of their first response.
    """
    return _groups(tagged, lambda unit: unit.respondent, question=False, municipality=True)


def _units(tagged: TaggedSurvey) -> tuple[_Unit, ...]:
    statements: Counter[str] = Counter()
    themes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for each in tagged.counted():
        statements[each.response.id] += 1
        themes[each.response.id].update(tag.theme for tag in each.tags)
    return tuple(
        _Unit(question, response.municipality, statements[response.id], themes[response.id])
        for question in tagged.survey.questions
        for response in question.responses
    )


def _groups(
    tagged: TaggedSurvey,
    key: Callable[[_Unit], Hashable],
    *,
    question: bool,
    municipality: bool,
) -> tuple[Group, ...]:
    members: dict[Hashable, list[_Unit]] = {}
    for unit in _units(tagged):
        members.setdefault(key(unit), []).append(unit)
    return tuple(
        Group(
            units[0].question if question else None,
            units[0].municipality if municipality else None,
            _count(tagged.codebook.themes, units),
        )
        for units in members.values()
    )


def _count(themes: Sequence[ThemeInfo], units: Sequence[_Unit]) -> tuple[ThemeCount, ...]:
    statements: Counter[str] = Counter()
    responses: Counter[str] = Counter()
    for unit in units:
        statements.update(unit.themes)
        responses.update(unit.themes.keys())
    all_statements = sum(unit.statements for unit in units)
    return tuple(
        ThemeCount(
            theme,
            Share(statements[theme.id], all_statements),
            Share(responses[theme.id], len(units)),
        )
        for theme in themes
    )
