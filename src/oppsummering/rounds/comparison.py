"""The whole comparison of two or more rounds."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from oppsummering.counts import Share
from oppsummering.errors import ComparisonError
from oppsummering.keyness import keywords
from oppsummering.rounds.questions import match_questions
from oppsummering.rounds.statistics import Unit, changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from oppsummering.keyness import Keyword
    from oppsummering.rounds.model import Round, RoundStatement
    from oppsummering.rounds.questions import QuestionMatch
    from oppsummering.rounds.statistics import Change

MOST_KEYWORDS: Final = 15
MOST_QUOTES: Final = 2

_HINT: Final = (
    "Name rounds of one survey, analysed with the same tools; or say --allow-differences."
)


@dataclass(frozen=True, slots=True)
class TermChange:
    """A term that matches in one round and not in the other.

    Attributes:
        theme: The theme's id.
        term: The term's id.
        count: In how many statements it matches.
        quotes: A few of those statements.
    """

    theme: str
    term: str
    count: int
    quotes: tuple[RoundStatement, ...]


@dataclass(frozen=True, slots=True)
class TypicalWord:
    """A word that is typical of one round against the other, and the first statement with it."""

    keyword: Keyword
    quote: RoundStatement


@dataclass(frozen=True, slots=True)
class QuestionTheme:
    """A theme under a question that both rounds have: statements with it, in each round."""

    question: str
    theme: str
    before: Share
    after: Share


@dataclass(frozen=True, slots=True)
class PairComparison:
    """What changed from one round to the next.

    Attributes:
        before: The earlier round.
        after: The later round.
        differences: What else differs, so that a change may not be the respondents': another
            codebook, pipeline or survey. Empty in a sound comparison.
        changes: One for each theme.
        questions: The later round's questions, then those that are gone.
        by_question: Each theme under each question that both rounds have.
        new_terms: Terms that match in the later round only.
        vanished_terms: Terms that match in the earlier round only.
        words_after: Words typical of the later round, each with a statement that has it.
        words_before: Words typical of the earlier round, the same.
    """

    before: Round
    after: Round
    differences: tuple[str, ...]
    changes: tuple[Change, ...]
    questions: tuple[QuestionMatch, ...]
    by_question: tuple[QuestionTheme, ...]
    new_terms: tuple[TermChange, ...]
    vanished_terms: tuple[TermChange, ...]
    words_after: tuple[TypicalWord, ...]
    words_before: tuple[TypicalWord, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two or more rounds, each compared with the one before it.

    Attributes:
        rounds: In the order given, the earliest first.
        unit: What the shares are shares of.
        same_respondents: Whether the user states that the respondents are the same people.
        pairs: One for each round but the first.
    """

    rounds: tuple[Round, ...]
    unit: Unit
    same_respondents: bool
    pairs: tuple[PairComparison, ...]


def compare_rounds(
    rounds: Sequence[Round],
    words: Callable[[str], Iterable[str]],
    *,
    unit: Unit = Unit.STATEMENTS,
    same_respondents: bool = False,
    allow_differences: bool = False,
) -> Comparison:
    """Compare each round with the one before it.

    Args:
        rounds: Two or more, the earliest first.
        words: The words of a text as they are counted, such as lemmas.
        unit: Shares of statements or of responses.
        same_respondents: What the user states; it is repeated, and changes no figure.
        allow_differences: Compare although the codebook, the pipeline or the survey is another.

    Raises:
        ComparisonError: Fewer than two rounds; or another codebook, pipeline or survey, not
            allowed.
    """
    if len(rounds) < 2:  # noqa: PLR2004
        raise ComparisonError("a comparison needs two rounds or more.")
    pairs = []
    for before, after in itertools.pairwise(rounds):
        differences = (*differing_tools(before, after), *_differing_surveys(before, after))
        if differences and not allow_differences:
            raise ComparisonError(
                f"{before.name} and {after.name} cannot be compared: {' '.join(differences)}",
                hint=_HINT,
            )
        pairs.append(_pair(before, after, differences, words, unit))
    return Comparison(tuple(rounds), unit, same_respondents, tuple(pairs))


def differing_tools(before: Round, after: Round) -> tuple[str, ...]:
    """What produced the themes differently in two rounds, a sentence each."""
    differences = []
    if before.codebook.sha256 != after.codebook.sha256:
        differences.append(
            f"The codebooks differ ({before.codebook.name} {before.codebook.sha256[:8]}, "
            f"{after.codebook.name} {after.codebook.sha256[:8]})."
        )
    if before.pipeline != after.pipeline:
        differences.append(
            f"The pipelines differ ({before.pipeline.name} {before.pipeline.version}, "
            f"{after.pipeline.name} {after.pipeline.version})."
        )
    return tuple(differences)


def require_same_survey(before: Round, after: Round) -> None:
    """See to it that two rounds are of one survey: at least one question is in both.

    Raises:
        ComparisonError: None is.
    """
    for difference in _differing_surveys(before, after):
        raise ComparisonError(
            f"{before.name} and {after.name} cannot be compared: {difference}", hint=_HINT
        )


def _differing_surveys(before: Round, after: Round) -> tuple[str, ...]:
    matches = match_questions(before.questions, after.questions)
    if any(match.before and match.after for match in matches):
        return ()
    return ("They have no question in common; they seem to be of different surveys.",)


def _pair(
    before: Round,
    after: Round,
    differences: tuple[str, ...],
    words: Callable[[str], Iterable[str]],
    unit: Unit,
) -> PairComparison:
    questions = match_questions(before.questions, after.questions)
    earlier, later = _Words(before, words), _Words(after, words)
    return PairComparison(
        before,
        after,
        differences,
        changes(before, after, unit),
        questions,
        tuple(_by_question(before, after, questions)),
        _only_in(after, before),
        _only_in(before, after),
        later.typical_against(earlier),
        earlier.typical_against(later),
    )


class _Words:
    """The words of a round: how often each occurs, and where first."""

    def __init__(self, round_: Round, words: Callable[[str], Iterable[str]]) -> None:
        self.counts: Counter[str] = Counter()
        self._first: dict[str, RoundStatement] = {}
        for statement in round_.statements:
            for word in words(statement.text):
                self.counts[word] += 1
                self._first.setdefault(word, statement)

    def typical_against(self, other: _Words) -> tuple[TypicalWord, ...]:
        found = keywords(self.counts, other.counts, most=MOST_KEYWORDS)
        return tuple(TypicalWord(keyword, self._first[keyword.word]) for keyword in found)


def _by_question(
    before: Round, after: Round, questions: Iterable[QuestionMatch]
) -> Iterable[QuestionTheme]:
    earlier, later = _by_id(before), _by_id(after)
    for match in questions:
        if match.before is None or match.after is None:
            continue
        then, now = earlier[match.before.id], later[match.after.id]
        if then or now:
            for theme in after.codebook.themes:
                yield QuestionTheme(
                    match.after.id, theme.id, _share(then, theme.id), _share(now, theme.id)
                )


def _by_id(round_: Round) -> dict[str, list[RoundStatement]]:
    statements: dict[str, list[RoundStatement]] = defaultdict(list)
    for each in round_.statements:
        statements[each.question].append(each)
    return statements


def _share(statements: Sequence[RoundStatement], theme: str) -> Share:
    return Share(sum(theme in each.themes for each in statements), len(statements))


def _only_in(here: Round, there: Round) -> tuple[TermChange, ...]:
    """The terms that match here and not there, the most frequent first."""
    elsewhere = {term for each in there.statements for term in each.terms}
    found: dict[tuple[str, str], list[RoundStatement]] = defaultdict(list)
    for each in here.statements:
        for term in dict.fromkeys(each.terms):
            if term not in elsewhere:
                found[term].append(each)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(
        TermChange(theme, term, len(statements), tuple(statements[:MOST_QUOTES]))
        for (theme, term), statements in ordered
    )
