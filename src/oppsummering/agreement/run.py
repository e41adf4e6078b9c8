"""One measurement of agreement, from files to figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from oppsummering.agreement.comparison import (
    Comparison,
    compare_codes,
    compare_surveys,
    compare_texts,
    only_in_standard,
    without_undecided,
)
from oppsummering.agreement.disagreements import Disagreement, disagreements
from oppsummering.agreement.figures import RESAMPLES, Agreement, measure
from oppsummering.errors import SelectionError
from oppsummering.gold import CODE_SUFFIXES, Codes, read_codes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from oppsummering.codebook import Codebook
    from oppsummering.tagged import CodebookInfo, PipelineInfo
    from oppsummering.tagging import Tagger
    from oppsummering.words import WrittenStandard


@dataclass(frozen=True, slots=True)
class AgreementOrder:
    """What to measure.

    Attributes:
        gold: The file of gold codes.
        files: Surveys for the tagger, or one file of another coder's codes; if empty, the tagger
            gets the gold file's own texts.
        coder: Whose codes in the gold file are the gold codes, if it holds several coders'.
        other_coder: Whose codes are held against them; from the gold file when `files` is empty.
        themes: The ids of the themes to compare; all that were coded if empty.
        skip_undecided: Whether to leave out decisions that the gold codes mark as undecided.
        written_standard: The written standard whose statements are compared; all when None.
        codebook: The codebook's file; the shipped one when None.
        model: Name or path of the spaCy pipeline; the bundled one when None.
        respondent: Labels of the user's own that begin a response.
        resamples: How many bootstrap samples to draw.
    """

    gold: Path
    files: Sequence[Path] = ()
    coder: str | None = None
    other_coder: str | None = None
    themes: Sequence[str] = ()
    skip_undecided: bool = False
    written_standard: WrittenStandard | None = None
    codebook: Path | None = None
    model: str | None = None
    respondent: Sequence[str] = ()
    resamples: int = RESAMPLES


@dataclass(frozen=True, slots=True)
class AgreementRun:
    """One measurement of agreement.

    Attributes:
        comparison: The two codings.
        agreement: The figures.
        disagreements: Where they differ.
        codebook: The codebook of both.
        pipeline: The pipeline of the tagger, or None where two coders are compared.
    """

    comparison: Comparison
    agreement: Agreement
    disagreements: tuple[Disagreement, ...]
    codebook: CodebookInfo
    pipeline: PipelineInfo | None


def run_agreement(order: AgreementOrder) -> AgreementRun:
    """Measure the agreement of a tagger or a coder with gold codes.

    Raises:
        GoldError: A file of codes has problems.
        SelectionError: A coder or theme is not there, or there is nothing to compare.
        OppsummeringError: A file cannot be read, or a library is not installed.
    """
    # Late: a wrong order is told at once, without waiting for spaCy.
    from oppsummering.codebook import load_codebook  # noqa: PLC0415

    codebook = load_codebook(order.codebook)
    everyone = read_codes(order.gold, [theme.id for theme in codebook.themes])
    gold = everyone.of_coder(order.coder)
    other = _other_codes(order, everyone, codebook)
    if other is None:
        return _against_tagger(order, gold, codebook)
    if order.written_standard is not None:
        raise SelectionError("the written standard of statements is told by the tagger alone.")
    comparison = compare_codes(gold, other, codebook.info, themes=order.themes)
    return _finish(order, comparison, codebook)


def _other_codes(order: AgreementOrder, everyone: Codes, codebook: Codebook) -> Codes | None:
    """The codes of another coder, or None where the tagger is to be measured."""
    are_codes = [path.suffix.casefold() in CODE_SUFFIXES for path in order.files]
    if not any(are_codes):
        if order.other_coder is None:
            return None
        if order.files:
            raise SelectionError(
                "--other-coder chooses among a file of codes, not in a survey.",
                hint="Leave it out, or name a file of codes.",
            )
        return everyone.of_coder(order.other_coder)
    if len(order.files) > 1:
        raise SelectionError(
            "A file of codes is compared alone.", hint="Name one file of codes, or surveys only."
        )
    themes = [theme.id for theme in codebook.themes]
    return read_codes(order.files[0], themes).of_coder(order.other_coder)


def _against_tagger(order: AgreementOrder, gold: Codes, codebook: Codebook) -> AgreementRun:
    from oppsummering.analysis import read_surveys  # noqa: PLC0415 - not needed between coders
    from oppsummering.language.lexicon import load_lexicon  # noqa: PLC0415 - as above
    from oppsummering.language.pipeline import load_pipeline  # noqa: PLC0415 - as above
    from oppsummering.tagging import Tagger  # noqa: PLC0415 - as above

    surveys = read_surveys(order.files, respondent=order.respondent)
    pipeline = load_pipeline(order.model)
    tagger = Tagger(pipeline, codebook, load_lexicon())
    if surveys:
        tagged = [tagger.tag(survey) for survey in surveys]
        comparison = compare_surveys(gold, tagged, path=order.gold, themes=order.themes)
    else:
        comparison = compare_texts(
            gold, tagger.tag_text, codebook.info, path=order.gold, themes=order.themes
        )
    if order.written_standard is not None:
        comparison = only_in_standard(
            comparison, order.written_standard, lambda text: tagger.trace(text).written_standard
        )
    return _finish(order, comparison, codebook, (tagger, pipeline.info))


def _finish(
    order: AgreementOrder,
    comparison: Comparison,
    codebook: Codebook,
    tagging: tuple[Tagger, PipelineInfo] | None = None,
) -> AgreementRun:
    if order.skip_undecided:
        comparison = without_undecided(comparison)
    return AgreementRun(
        comparison=comparison,
        agreement=measure(comparison, resamples=order.resamples),
        disagreements=disagreements(comparison, tagging[0].trace if tagging else None),
        codebook=codebook.info,
        pipeline=tagging[1] if tagging else None,
    )
