"""The JSON document of a measurement of agreement; `docs/methods.md` describes its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from oppsummering.agreement.figures import FIGURE_NAMES
from oppsummering.records import pipeline_record, tool_record
from oppsummering.tables import matched_words

if TYPE_CHECKING:
    from oppsummering.agreement.disagreements import Disagreement
    from oppsummering.agreement.figures import Counts, Figure, Figures, ThemeAgreement
    from oppsummering.agreement.run import AgreementRun
    from oppsummering.tagged import Match

SCHEMA_VERSION = 1
DECIMALS = 6
"""Enough for any use, and few enough that the last bits of a machine do not show."""


def agreement_document(run: AgreementRun) -> dict[str, Any]:
    """The measurement as plain objects, keys always in this order; undefined figures are null."""
    agreement, comparison = run.agreement, run.comparison
    pipeline = run.pipeline
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": tool_record(),
        "pipeline": pipeline and pipeline_record(pipeline),
        "codebook": {"name": run.codebook.name, "sha256": run.codebook.sha256},
        "gold": comparison.gold,
        "other": f"texts of {comparison.gold}" if comparison.texts_of_gold else comparison.other,
        "statements": len(comparison.statements),
        "not_compared": {str(reason): count for reason, count in comparison.not_compared},
        "bootstrap": {
            "resamples": agreement.resamples,
            "confidence": agreement.confidence,
            "seed": agreement.seed,
        },
        "themes": [_theme(theme) for theme in agreement.themes],
        "micro": {**_counts(agreement.pooled), **_figures(agreement.micro)},
        "macro": _figures(agreement.macro),
        "disagreements": [_disagreement(each) for each in run.disagreements],
    }


def _theme(theme: ThemeAgreement) -> dict[str, Any]:
    return {
        "theme": theme.theme,
        "label": theme.label,
        "left_out": theme.left_out,
        **_counts(theme.counts),
        **_figures(theme.figures),
    }


def _counts(counts: Counts) -> dict[str, Any]:
    return {
        **counts._asdict(),
        "prevalence_gold": _rounded(counts.prevalence_gold),
        "prevalence_other": _rounded(counts.prevalence_other),
    }


def _figures(figures: Figures) -> dict[str, Any]:
    return {name: _figure(getattr(figures, name)) for name in FIGURE_NAMES}


def _figure(figure: Figure) -> dict[str, float | None]:
    return {
        "value": _rounded(figure.value),
        "low": _rounded(figure.low),
        "high": _rounded(figure.high),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)


def _disagreement(each: Disagreement) -> dict[str, Any]:
    text = each.statement.text or ""
    score = each.score
    return {
        "theme": each.theme,
        "only_in": str(each.only_in),
        "statement": each.statement.name,
        "text": each.statement.text,
        "undecided": each.theme in each.statement.undecided,
        "matches": [_match(match, text) for match in each.matches],
        "evidence": [
            {
                **_match(item.match, text),
                "outcome": str(item.outcome),
                "reason": item.reason or None,
            }
            for item in each.evidence
        ],
        "score": score and score.score,
        "threshold": score and score.threshold,
    }


def _match(match: Match, text: str) -> dict[str, Any]:
    return {
        "term": match.term,
        "words": matched_words(match, text),
        "start": match.span.start,
        "end": match.span.end,
    }
