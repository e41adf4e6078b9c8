"""What of a tagged survey is shown: chosen themes, questions and municipalities."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from oppsummering.errors import SelectionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from oppsummering.survey import Question
    from oppsummering.tagged import TaggedStatement, TaggedSurvey


@dataclass(frozen=True, slots=True)
class Selection:
    """A choice that exists in its survey; an empty tuple means that nothing is left out.

    Attributes:
        themes: Theme ids, in the order of the codebook. Other themes are not shown; the
            statements and the denominators stay the same.
        questions: Question ids, in the order of the text. Only they are counted and shown.
        municipalities: Labels as written. Only their responses are counted and shown.
    """

    themes: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is left out."""
        return bool(self.themes or self.questions or self.municipalities)

    def apply(self, tagged: TaggedSurvey) -> TaggedSurvey:
        """The survey as if it held the selection only; its source stays whole."""
        if not self:
            return tagged
        codebook = replace(
            tagged.codebook,
            themes=tuple(theme for theme in tagged.codebook.themes if self._has_theme(theme.id)),
        )
        questions = tuple(
            self._narrow_question(question)
            for question in tagged.survey.questions
            if not self.questions or question.id in self.questions
        )
        return replace(
            tagged,
            survey=replace(tagged.survey, questions=questions),
            codebook=codebook,
            statements=tuple(
                self._narrow_statement(statement)
                for statement in tagged.statements
                if self._has_statement(statement)
            ),
        )

    def _has_theme(self, theme: str) -> bool:
        return not self.themes or theme in self.themes

    def _has_municipality(self, municipality: str) -> bool:
        return not self.municipalities or municipality in self.municipalities

    def _has_statement(self, tagged: TaggedStatement) -> bool:
        in_question = not self.questions or tagged.question.id in self.questions
        return in_question and self._has_municipality(tagged.response.municipality)

    def _narrow_question(self, question: Question) -> Question:
        responses = tuple(
            response
            for response in question.responses
            if self._has_municipality(response.municipality)
        )
        return replace(question, responses=responses)

    def _narrow_statement(self, tagged: TaggedStatement) -> TaggedStatement:
        return replace(tagged, tags=tuple(tag for tag in tagged.tags if self._has_theme(tag.theme)))


def choose(
    tagged: TaggedSurvey,
    *,
    themes: Sequence[str] = (),
    questions: Sequence[str] = (),
    municipalities: Sequence[str] = (),
) -> Selection:
    """Resolve what a user asked for against what the survey and its codebook hold.

    Args:
        tagged: The survey.
        themes: Theme ids.
        questions: Question ids or numbers: `q1`, `Q1`, `1`, `h1.2`. A heading brings along
            the headings below it: `h1` also means `h1.1`.
        municipalities: Labels, compared without regard to case and outer blanks.

    Returns:
        The selection, in the survey's own order and spelling.

    Raises:
        SelectionError: Something asked for is not there; the message lists what is.
    """
    survey = tagged.survey
    labels = dict.fromkeys(
        response.municipality for question in survey.questions for response in question.responses
    )
    theme_ids = tuple(theme.id for theme in tagged.codebook.themes)
    question_names = {question.id: _question_names(question) for question in survey.questions}
    return Selection(
        themes=_resolve("theme", themes, {theme: (theme,) for theme in theme_ids}),
        questions=_resolve("question", questions, question_names),
        municipalities=_resolve("municipality", municipalities, {name: (name,) for name in labels}),
    )


def _question_names(question: Question) -> tuple[str, ...]:
    steps = question.id.split(".")
    ids = (".".join(steps[:depth]) for depth in range(1, len(steps) + 1))
    number = () if question.number is None else (str(question.number),)
    return (*ids, *number)


def _resolve(
    kind: str, wanted: Sequence[str], names: dict[str, tuple[str, ...]]
) -> tuple[str, ...]:
    """The keys of `names` that one of the wanted names stands for, in order."""
    known = {_fold(name) for several in names.values() for name in several}
    unknown = [name for name in wanted if _fold(name) not in known]
    if unknown:
        raise SelectionError(
            f"No {kind} {_listing(unknown)} in the survey."
            if kind != "theme"
            else f"No theme {_listing(unknown)} in the codebook.",
            hint=f"Choose among: {', '.join(names) or 'none at all'}.",
        )
    folded = {_fold(name) for name in wanted}
    return tuple(key for key, several in names.items() if folded & {_fold(n) for n in several})


def _fold(name: str) -> str:
    return " ".join(name.split()).casefold()


def _listing(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
