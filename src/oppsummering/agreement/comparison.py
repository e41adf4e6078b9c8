"""Two codings of the same statements side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from oppsummering.errors import GoldError, Problem, SelectionError
from oppsummering.gold.codes import CodedStatement, Codes, fold, shorten
from oppsummering.survey import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Hashable, Iterable, Sequence
    from pathlib import Path

    from oppsummering.tagged import (
        CodebookInfo,
        Match,
        TaggedStatement,
        TaggedSurvey,
        ThemeInfo,
        ThemeTag,
    )
    from oppsummering.words import WrittenStandard


class NotCompared(StrEnum):
    """Why codes or statements stand in no comparison."""

    OTHER_SURVEY = "codes of other surveys"
    LEAD_IN = "lead-ins"
    NOT_IN_GOLD = "statements without gold codes"
    NOT_IN_OTHER = "gold codes without counterpart"
    OTHER_STANDARD = "statements in another written standard"


@dataclass(frozen=True, slots=True)
class ComparedStatement:
    """A statement that both codings hold.

    Attributes:
        name: What to call it: its id, its line, or the start of its text.
        text: Its text, or None when neither file of codes has it.
        gold: The ids of its themes in the gold codes.
        other: The ids of its themes in the other coding.
        undecided: Themes that the gold codes mark as undecided.
        left_out: Those of them that are not to be compared.
        tags: Where the other coding is the tagger's, its tags; places count from the text's start.
    """

    name: str
    text: str | None
    gold: tuple[str, ...]
    other: tuple[str, ...]
    undecided: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    tags: tuple[ThemeTag, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two codings of the same statements.

    Attributes:
        gold: The name of the gold codes.
        other: The name of the other coding.
        themes: The themes compared, in the codebook's order.
        statements: At least one, in the order of the gold codes.
        not_compared: How many codes or statements stand in no comparison, by reason.
        texts_of_gold: Whether the texts of the gold codes themselves were tagged.
    """

    gold: str
    other: str
    themes: tuple[ThemeInfo, ...]
    statements: tuple[ComparedStatement, ...]
    not_compared: tuple[tuple[NotCompared, int], ...]
    texts_of_gold: bool = False


@dataclass(frozen=True, slots=True)
class _Pair:
    """One statement of the gold codes with what the other coding says of it."""

    name: str
    coded: CodedStatement
    text: str | None
    other: tuple[str, ...]
    tags: tuple[ThemeTag, ...] = ()


def compare_surveys(
    gold: Codes, surveys: Sequence[TaggedSurvey], *, path: Path, themes: Sequence[str] = ()
) -> Comparison:
    """Put the tagger's themes of surveys beside gold codes.

    Lead-ins are left out: they do not count as statements.

    Args:
        gold: The codes of one coder.
        surveys: At least one, each with another name, all tagged with the same codebook.
        path: The file that the gold codes were read from.
        themes: The ids of the themes to compare; all that the gold codes consider if empty.

    Raises:
        GoldError: Some codes name no statement, a statement twice, or one whose text differs.
        SelectionError: There is nothing to compare.
    """
    index = _SurveyIndex(surveys)
    index.check(gold, path)
    problems: list[Problem] = []
    pairs: list[_Pair] = []
    left: Counter[NotCompared] = Counter()
    rows: dict[str, int] = {}
    for coded in gold.statements:
        if coded.file is not None and not index.holds(coded.file):
            left[NotCompared.OTHER_SURVEY] += 1
            continue
        tagged, problem = index.find(coded)
        if tagged is None:
            problems.append(Problem("", problem, coded.row))
            continue
        if not tagged.statement.counted:
            left[NotCompared.LEAD_IN] += 1
            continue
        name = index.name(coded, tagged)
        if name in rows:
            message = f"{name} is coded again, first on line {rows[name]}."
            problems.append(Problem("", message, coded.row))
            continue
        rows[name] = coded.row
        given = tuple(tag.theme for tag in tagged.tags)
        tags = _from_the_start(tagged.tags, tagged.statement.span.start)
        pairs.append(_Pair(name, coded, tagged.statement.text, given, tags))
    if problems:
        raise GoldError(tuple(problems), path=path)
    left[NotCompared.NOT_IN_GOLD] += index.counted - len(pairs)
    other = ", ".join(survey.survey.source.name for survey in surveys)
    return _comparison(gold, other, _machine_themes(gold, surveys[0].codebook, themes), pairs, left)


def compare_texts(
    gold: Codes,
    tag_text: Callable[[str], tuple[ThemeTag, ...]],
    codebook: CodebookInfo,
    *,
    path: Path,
    themes: Sequence[str] = (),
) -> Comparison:
    """Put the tagger's themes of the gold file's own texts beside its codes.

    Args:
        gold: The codes of one coder; each with its text.
        tag_text: From a text to its tags.
        codebook: The codebook of the tags.
        path: The file that the gold codes were read from.
        themes: The ids of the themes to compare; all that the gold codes consider if empty.

    Raises:
        GoldError: Some codes hold no text.
        SelectionError: There is nothing to compare.
    """
    problems = tuple(
        Problem("", "there is no text: name the survey as FILE.", coded.row)
        for coded in gold.statements
        if coded.text is None
    )
    if problems:
        raise GoldError(problems, path=path)
    left: Counter[NotCompared] = Counter()
    pairs: list[_Pair] = []
    for coded in gold.statements:
        if coded.lead_in:
            left[NotCompared.LEAD_IN] += 1
            continue
        tags = tag_text(coded.text or "")
        given = tuple(tag.theme for tag in tags)
        pairs.append(_Pair(str(coded.key), coded, coded.text, given, tags))
    compared = _machine_themes(gold, codebook, themes)
    return replace(_comparison(gold, gold.name, compared, pairs, left), texts_of_gold=True)


def compare_codes(
    gold: Codes, other: Codes, codebook: CodebookInfo, *, themes: Sequence[str] = ()
) -> Comparison:
    """Put another coder's codes beside gold codes; statements that only one coded are left out.

    Args:
        gold: The codes of one coder, the yardstick.
        other: The codes of another.
        codebook: The codebook of both.
        themes: The ids of the themes to compare; if empty, all that both could give and that at
            least one considers.

    Raises:
        SelectionError: There is nothing to compare.
    """
    key = _common_key(gold, other)
    theirs = {key(coded): coded for coded in other.statements}
    left: Counter[NotCompared] = Counter()
    pairs: list[_Pair] = []
    for coded in gold.statements:
        match = theirs.pop(key(coded), None)
        if coded.lead_in or (match is not None and match.lead_in):
            left[NotCompared.LEAD_IN] += 1
        elif match is None:
            left[NotCompared.NOT_IN_OTHER] += 1
        else:
            text = coded.text if coded.text is not None else match.text
            pairs.append(_Pair(str(coded.key), coded, text, match.themes))
    left[NotCompared.NOT_IN_GOLD] += len(theirs)
    considered = [
        theme
        for theme in codebook.themes
        if theme.id in (*gold.themes, *other.themes)
        and gold.considers(theme.id)
        and other.considers(theme.id)
    ]
    return _comparison(gold, other.name, _chosen(codebook, themes) or considered, pairs, left)


def without_undecided(comparison: Comparison) -> Comparison:
    """Leave out each statement × theme decision that the gold codes mark as undecided."""
    statements = tuple(
        replace(statement, left_out=statement.undecided) for statement in comparison.statements
    )
    return replace(comparison, statements=statements)


def only_in_standard(
    comparison: Comparison,
    standard: WrittenStandard,
    standard_of: Callable[[str], WrittenStandard],
) -> Comparison:
    """Keep the statements in one written standard.

    Args:
        comparison: A comparison whose statements have texts.
        standard: The standard to keep.
        standard_of: From a text to its standard.

    Raises:
        SelectionError: No statement is in this standard.
    """
    kept = tuple(each for each in comparison.statements if standard_of(each.text or "") is standard)
    if not kept:
        raise SelectionError(f"no statement is in the written standard {standard}.")
    others = len(comparison.statements) - len(kept)
    left = (*comparison.not_compared, (NotCompared.OTHER_STANDARD, others))
    return replace(comparison, statements=kept, not_compared=left)


class _SurveyIndex:
    """Finds the statement of one of the surveys that a row of codes names.

    Args:
        surveys: Tagged surveys.
    """

    def __init__(self, surveys: Sequence[TaggedSurvey]) -> None:
        self._surveys = {survey.survey.source.name: survey for survey in surveys}
        self._several = len(surveys) > 1
        self._ids: dict[tuple[str, str], TaggedStatement] = {}
        self._lines: dict[tuple[str, int], TaggedStatement] = {}
        self._texts: dict[tuple[str, str], list[TaggedStatement]] = defaultdict(list)
        for name, survey in self._surveys.items():
            for tagged in survey.statements:
                self._ids[name, tagged.statement.id] = tagged
                self._lines[name, tagged.statement.line] = tagged
                self._texts[name, fold(tagged.statement.text)].append(tagged)

    @property
    def counted(self) -> int:
        """How many statements of the surveys count."""
        return sum(1 for survey in self._surveys.values() for _ in survey.counted())

    def check(self, gold: Codes, path: Path) -> None:
        """Check that the codes say which survey they belong to, where there are several.

        Raises:
            SelectionError: They do not.
        """
        if self._several and any(coded.file is None for coded in gold.statements):
            raise SelectionError(
                "does not say which survey each code belongs to.",
                path=path,
                hint="Add a column 'file', or compare one survey at a time.",
            )

    def holds(self, file: str) -> bool:
        """Whether one of the surveys has this file name."""
        return file in self._surveys

    def name(self, coded: CodedStatement, tagged: TaggedStatement) -> str:
        """What to call a statement: its id, with the file where there are several."""
        return f"{coded.file}:{tagged.statement.id}" if self._several else tagged.statement.id

    def find(self, coded: CodedStatement) -> tuple[TaggedStatement | None, str]:
        """The statement that a row means, or None and what is wrong with the row."""
        file = coded.file if coded.file is not None else next(iter(self._surveys))
        found, problem = self._look_up(coded, file)
        if found is None or coded.text is None or _same_text(coded.text, found.statement.text):
            return found, problem
        there = shorten(found.statement.text)
        return None, f"{coded.key} has the text {there} in {file}, not {shorten(coded.text)}."

    def _look_up(self, coded: CodedStatement, file: str) -> tuple[TaggedStatement | None, str]:
        if coded.id is not None:
            missing = f"{file} has no statement {shorten(coded.id)}."
            return self._ids.get((file, coded.id)), missing
        if coded.line is not None:
            missing = f"no statement of {file} starts on line {coded.line}."
            return self._lines.get((file, coded.line)), missing
        found = self._texts.get((file, fold(coded.text or "")), [])
        if len(found) == 1:
            return found[0], ""
        if not found:
            return None, f"{file} has no statement {coded.key}."
        lines = ", ".join(str(tagged.statement.line) for tagged in found)
        return (
            None,
            f"{file} has {coded.key} on the lines {lines}: name it by 'statement' or 'line'.",
        )


def _same_text(coded: str, text: str) -> bool:
    """Whether two texts are the same, or one holds the other.

    A coder's sheet may have the response's note before the text, or only the text's start.
    """
    one, other = fold(coded.removeprefix("'")), fold(text)
    return one in other or other in one


def _common_key(gold: Codes, other: Codes) -> Callable[[CodedStatement], Hashable]:
    """The strongest way to name statements that every row of both files has."""
    rows = (*gold.statements, *other.statements)
    files = all(coded.file is not None for coded in rows)
    for name in (_id, _line, _text):
        if all(name(coded) is not None for coded in rows):
            break
    else:
        raise SelectionError(
            f"{gold.name} and {other.name} do not name their statements in the same way.",
            hint="Give both a column 'statement', 'line' or 'text'.",
        )

    def key(coded: CodedStatement) -> Hashable:
        return (coded.file if files else None, name(coded))

    for codes in (gold, other):
        _check_distinct(codes, key)
    return key


def _check_distinct(codes: Codes, key: Callable[[CodedStatement], Hashable]) -> None:
    first: dict[Hashable, CodedStatement] = {}
    for coded in codes.statements:
        earlier = first.setdefault(key(coded), coded)
        if earlier is not coded:
            raise SelectionError(
                f"the rows {earlier.row} and {coded.row} cannot be told apart by what both files "
                "have.",
                path=codes.name,
                hint="Give both files a column 'statement'.",
            )


def _id(coded: CodedStatement) -> Hashable:
    return coded.id


def _line(coded: CodedStatement) -> Hashable:
    return coded.line


def _text(coded: CodedStatement) -> Hashable:
    return None if coded.text is None else fold(coded.text)


def _chosen(codebook: CodebookInfo, themes: Sequence[str]) -> list[ThemeInfo]:
    """The themes that the user named, in the codebook's order."""
    known = {theme.id for theme in codebook.themes}
    for theme in themes:
        if theme not in known:
            raise SelectionError(
                f"the codebook has no theme {shorten(theme)}.",
                hint=f"Its themes: {', '.join(info.id for info in codebook.themes)}.",
            )
    return [theme for theme in codebook.themes if theme.id in themes]


def _machine_themes(gold: Codes, codebook: CodebookInfo, themes: Sequence[str]) -> list[ThemeInfo]:
    return _chosen(codebook, themes) or [
        theme for theme in codebook.themes if theme.id in gold.themes
    ]


def _comparison(
    gold: Codes,
    other: str,
    themes: Sequence[ThemeInfo],
    pairs: Sequence[_Pair],
    left: Counter[NotCompared],
) -> Comparison:
    if not pairs:
        raise SelectionError(f"{gold.name} and {other} have no statement in common.")
    if not themes:
        raise SelectionError(
            f"{gold.name} uses no theme.", hint="Say with --theme which themes were coded."
        )
    compared = {theme.id for theme in themes}
    statements = tuple(
        ComparedStatement(
            name=pair.name,
            text=pair.text,
            gold=_only(pair.coded.themes, compared),
            other=_only(pair.other, compared),
            undecided=_only(pair.coded.undecided, compared),
            tags=tuple(tag for tag in pair.tags if tag.theme in compared),
        )
        for pair in pairs
    )
    not_compared = tuple((reason, left[reason]) for reason in NotCompared if left[reason])
    return Comparison(gold.name, other, tuple(themes), statements, not_compared)


def _from_the_start(tags: Iterable[ThemeTag], start: int) -> tuple[ThemeTag, ...]:
    """Tags whose places count from the start of the statement instead of the source."""
    return tuple(
        replace(tag, matches=tuple(_moved(match, start) for match in tag.matches)) for tag in tags
    )


def _moved(match: Match, start: int) -> Match:
    spans = (Span(span.start - start, span.end - start) for span in (match.span, *match.words))
    first, *words = spans
    return replace(match, span=first, words=tuple(words))


def _only(themes: Iterable[str], compared: Container[str]) -> tuple[str, ...]:
    return tuple(theme for theme in themes if theme in compared)
