"""Why a statement has its themes, or lacks them: words, readings, matches and scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from oppsummering import __version__
from oppsummering.errors import SelectionError
from oppsummering.records import pipeline_record, tool_record
from oppsummering.report import Block, Column, ColumnKind, Facts, Grid, Report, Section, Text
from oppsummering.tables import matched_words
from oppsummering.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from oppsummering.codebook import Codebook
    from oppsummering.survey import Statement, Survey
    from oppsummering.tagged import PipelineInfo
    from oppsummering.tagging import Evidence, ThemeScore, TokenTrace, Trace
    from oppsummering.words import Analysis

SCHEMA_VERSION = 1

_SHORT_SHA = 12

_SHORT_PATTERN = 24
_PATTERNS_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that led to the themes of a text.

    Attributes:
        text: The text; every place counts from its start.
        statement: The statement that it is, or None for a text without a survey.
        trace: What the tagger saw and did.
        codebook: The codebook.
        pipeline: The pipeline of the tagger.
    """

    text: str
    statement: Statement | None
    trace: Trace
    codebook: Codebook
    pipeline: PipelineInfo


def find_statement(survey: Survey, statement: str) -> Statement:
    """Find a statement or lead-in of a survey by its id.

    Raises:
        SelectionError: There is none with this id.
    """
    known = {each.id: each for _, _, each in survey.walk()}
    if statement not in known:
        raise SelectionError(
            f"there is no statement {statement!r}.",
            path=survey.source.name,
            hint="`oppsummering structure FILE` shows the ids.",
        )
    return known[statement]


def build_explanation_report(explanation: Explanation) -> Report:
    """Lay an explanation out as a report for the author of a codebook."""
    statement = explanation.statement
    title = "Text" if statement is None else f"{statement.id} · line {statement.line}"
    sections = (
        _text(explanation),
        Section("Words", (_words(explanation.trace.tokens),)),
        Section("Matches", (_matches(explanation),)),
        Section("Themes", (_themes(explanation),)),
    )
    return Report(title, sections)


def _text(explanation: Explanation) -> Section:
    codebook, pipeline = explanation.codebook, explanation.pipeline
    facts = (
        ("Written standard", str(explanation.trace.written_standard)),
        ("Codebook", f"{codebook.file}, sha256 {codebook.sha256[:_SHORT_SHA]}"),
        ("Pipeline", f"{pipeline.name} {pipeline.version}"),
        ("Tool", f"oppsummering {__version__}"),
    )
    return Section("What was read", (Text(explanation.text), Facts(facts)))


def _words(tokens: tuple[TokenTrace, ...]) -> Block:
    titles = ("Word", "Lemma", "Parts", "Key", "Patterns")
    rows = tuple(
        (
            one_line(token.text),
            _alternatives(token, lambda analysis: analysis.lemma),
            _alternatives(token, lambda analysis: " + ".join(analysis.parts)),
            _alternatives(token, _key),
            _patterns(token),
        )
        for token in tokens
    )
    return Grid(tuple(Column(title, ColumnKind.TEXT) for title in titles), rows)


def _patterns(token: TokenTrace) -> str:
    """The shortest patterns, which say most, and how many more there are."""
    short = (pattern for pattern in token.patterns if len(pattern) <= _SHORT_PATTERN)
    shown = sorted(short, key=len)[:_PATTERNS_SHOWN]
    rest = len(token.patterns) - len(shown)
    return " ".join((", ".join(shown), f"+{rest}" if rest else "")).strip()


def _key(analysis: Analysis) -> str:
    return " + ".join(analysis.part_keys) if len(analysis.part_keys) > 1 else analysis.key


def _alternatives(token: TokenTrace, write: Callable[[Analysis], str]) -> str:
    """What each reading of a word says, the likeliest first, each once."""
    return " / ".join(dict.fromkeys(write(analysis) for analysis in token.analyses))


def _matches(explanation: Explanation) -> Block:
    if not explanation.trace.evidence:
        return Text("No term matched.")
    titles = ("Theme", "Term", "Words", "Strength", "Outcome")
    rows = tuple(
        (
            item.theme,
            item.match.term,
            matched_words(item.match, explanation.text),
            f"{item.match.strength:g}",
            _outcome(item),
        )
        for item in explanation.trace.evidence
    )
    return Grid(tuple(Column(title, ColumnKind.TEXT) for title in titles), rows)


def _outcome(item: Evidence) -> str:
    """What became of a match, and the reason where it does not say the same again."""
    if not item.reason or item.reason.startswith(item.outcome):
        return item.reason or item.outcome
    return f"{item.outcome}: {item.reason}"


def _themes(explanation: Explanation) -> Block:
    titles = ("Theme", "Score", "Threshold", "Result")
    rows = tuple(
        (score.theme, f"{score.score:g}", f"{score.threshold:g}", _result(score, explanation.trace))
        for score in explanation.trace.scores
    )
    return Grid(tuple(Column(title, ColumnKind.TEXT) for title in titles), rows)


def _result(score: ThemeScore, trace: Trace) -> str:
    if any(tag.theme == score.theme for tag in trace.tags):
        return "given"
    if score.score > 0:
        return "below the threshold"
    if any(item.theme == score.theme for item in trace.evidence):
        return "no match counts"
    return "no term matched"


def explanation_document(explanation: Explanation) -> dict[str, Any]:
    """The explanation as plain objects, keys always in this order."""
    statement, trace = explanation.statement, explanation.trace
    codebook, pipeline = explanation.codebook, explanation.pipeline
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": tool_record(),
        "pipeline": pipeline_record(pipeline),
        "codebook": {"name": codebook.file, "sha256": codebook.sha256},
        "statement": statement and {"id": statement.id, "line": statement.line},
        "text": explanation.text,
        "written_standard": str(trace.written_standard),
        "tokens": [_token_document(token) for token in trace.tokens],
        "matches": [_match_document(item, explanation.text) for item in trace.evidence],
        "themes": [
            {
                "theme": score.theme,
                "score": score.score,
                "threshold": score.threshold,
                "result": _result(score, trace),
            }
            for score in trace.scores
        ],
    }


def _token_document(token: TokenTrace) -> dict[str, Any]:
    return {
        "text": token.text,
        "start": token.span.start,
        "end": token.span.end,
        "sentence": token.sentence,
        "analyses": [
            {
                "lemma": analysis.lemma,
                "pos": analysis.pos,
                "segments": list(analysis.segments),
                "parts": list(analysis.parts),
                "key": analysis.key,
                "part_keys": list(analysis.part_keys),
            }
            for analysis in token.analyses
        ],
        "patterns": list(token.patterns),
    }


def _match_document(item: Evidence, text: str) -> dict[str, Any]:
    return {
        "theme": item.theme,
        "term": item.match.term,
        "words": matched_words(item.match, text),
        "start": item.match.span.start,
        "end": item.match.span.end,
        "sentence": item.sentence,
        "strength": item.match.strength,
        "negated": item.match.negated,
        "outcome": str(item.outcome),
        "reason": item.reason or None,
    }
