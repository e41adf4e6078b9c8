"""The comparison of rounds as JSON and as rows for CSV; `docs/outputs.md` names the keys."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from oppsummering.records import pipeline_record, tool_record

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from oppsummering.counts import Share
    from oppsummering.rounds.comparison import Comparison, PairComparison, TermChange, TypicalWord
    from oppsummering.rounds.model import Round, RoundQuestion, RoundStatement
    from oppsummering.rounds.statistics import Change

SCHEMA_VERSION: Final = 1
DECIMALS: Final = 6

COLUMNS: Final = (
    "before",
    "after",
    "unit",
    "theme",
    "label",
    "count_before",
    "total_before",
    "share_before",
    "count_after",
    "total_after",
    "share_after",
    "difference",
    "low",
    "high",
    "p_value",
    "p_adjusted",
    "detectable",
)


def comparison_json(comparison: Comparison) -> str:
    """The whole comparison as one JSON object."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "tool": tool_record(),
        "unit": comparison.unit.value,
        "same_respondents": comparison.same_respondents,
        "rounds": [_round(each) for each in comparison.rounds],
        "comparisons": [_pair(pair) for pair in comparison.pairs],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def comparison_frame(comparison: Comparison) -> pd.DataFrame:
    """One row a theme and pair of rounds, with the columns `COLUMNS`."""
    import pandas as pd  # noqa: PLC0415 - heavy, loaded late

    rows = [
        {
            "before": pair.before.name,
            "after": pair.after.name,
            "unit": comparison.unit.value,
            **_change(change),
        }
        for pair in comparison.pairs
        for change in pair.changes
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _round(round_: Round) -> dict[str, Any]:
    return {
        "name": round_.name,
        "codebook": {"name": round_.codebook.name, "sha256": round_.codebook.sha256},
        "pipeline": pipeline_record(round_.pipeline),
        "questions": len(round_.questions),
        "responses": round_.responses,
        "statements": len(round_.statements),
        "corrections": None
        if round_.corrections is None
        else {
            "name": round_.corrections.name,
            "applied": round_.corrections.applied,
            "unplaced": round_.corrections.unplaced,
        },
    }


def _pair(pair: PairComparison) -> dict[str, Any]:
    return {
        "before": pair.before.name,
        "after": pair.after.name,
        "differences": list(pair.differences),
        "themes": [_change(change) for change in pair.changes],
        "questions": [
            {
                "before": _question(match.before),
                "after": _question(match.after),
                "certainty": match.certainty,
                "similarity": match.similarity,
            }
            for match in pair.questions
        ],
        "theme_by_question": [
            {
                "question": each.question,
                "theme": each.theme,
                "before": _share(each.before),
                "after": _share(each.after),
            }
            for each in pair.by_question
        ],
        "new_terms": [_term(term) for term in pair.new_terms],
        "vanished_terms": [_term(term) for term in pair.vanished_terms],
        "words_after": _keywords(pair.words_after),
        "words_before": _keywords(pair.words_before),
    }


def _change(change: Change) -> dict[str, str | int | float | None]:
    return {
        "theme": change.theme,
        "label": change.label,
        "count_before": change.before.count,
        "total_before": change.before.total,
        "share_before": _rounded(change.before.fraction),
        "count_after": change.after.count,
        "total_after": change.after.total,
        "share_after": _rounded(change.after.fraction),
        "difference": _rounded(change.difference),
        "low": _rounded(change.low),
        "high": _rounded(change.high),
        "p_value": _rounded(change.p_value),
        "p_adjusted": _rounded(change.p_adjusted),
        "detectable": _rounded(change.detectable),
    }


def _question(question: RoundQuestion | None) -> dict[str, Any] | None:
    if question is None:
        return None
    return {"id": question.id, "number": question.number, "title": question.title}


def _share(share: Share) -> dict[str, int | float | None]:
    return {"count": share.count, "total": share.total, "share": _rounded(share.fraction)}


def _term(term: TermChange) -> dict[str, Any]:
    return {
        "theme": term.theme,
        "term": term.term,
        "statements": term.count,
        "quotes": [_quote(quote) for quote in term.quotes],
    }


def _quote(quote: RoundStatement) -> dict[str, Any]:
    return {
        "statement": quote.id,
        "municipality": quote.municipality,
        "line": quote.line,
        "text": quote.text,
    }


def _keywords(words: Iterable[TypicalWord]) -> list[dict[str, Any]]:
    return [
        {
            "word": word.keyword.word,
            "here": word.keyword.here,
            "there": word.keyword.there,
            "log_likelihood": word.keyword.log_likelihood,
            "log_ratio": word.keyword.log_ratio,
            "quote": _quote(word.quote),
        }
        for word in words
    ]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)
