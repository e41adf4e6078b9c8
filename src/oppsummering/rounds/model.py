"""A round: what a comparison needs of a tagged survey, whether tagged now or read from JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oppsummering.tagged import CodebookInfo, CorrectionsInfo, PipelineInfo


@dataclass(frozen=True, slots=True)
class RoundQuestion:
    """A question of a round; `number` is None for an unnumbered heading."""

    id: str
    number: int | None
    title: str
    parents: tuple[str, ...]
    responses: int

    @property
    def wording(self) -> str:
        """The title below its headings."""
        return " › ".join((*self.parents, self.title))


@dataclass(frozen=True, slots=True)
class RoundStatement:
    """A counted statement of a round.

    Attributes:
        id: Its id in its own round.
        question: The id of its question.
        response: The id of its response.
        municipality: The label of its response.
        line: Its 1-based line.
        text: Its text.
        themes: The ids of its themes, in the codebook's order.
        terms: Theme and term of each match.
    """

    id: str
    question: str
    response: str
    municipality: str
    line: int
    text: str
    themes: tuple[str, ...]
    terms: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Round:
    """A round of a survey: its statements with their themes, and what produced the themes.

    `corrections` is None where none were looked for or none are there.
    """

    name: str
    codebook: CodebookInfo
    pipeline: PipelineInfo
    questions: tuple[RoundQuestion, ...]
    statements: tuple[RoundStatement, ...]
    corrections: CorrectionsInfo | None = None

    @property
    def responses(self) -> int:
        """How many responses it has, those without statements included."""
        return sum(question.responses for question in self.questions)
