"""From files to suggestions: surveys alone, surveys with gold codes, or gold codes with texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from oppsummering.agreement import Comparison, compare_surveys, compare_texts
from oppsummering.errors import SelectionError
from oppsummering.gold import read_codes
from oppsummering.suggestions.words import CodedText, Suggestions, suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from oppsummering.codebook import Codebook
    from oppsummering.survey import Survey
    from oppsummering.tagged import PipelineInfo
    from oppsummering.tagging import Tagger


@dataclass(frozen=True, slots=True)
class SuggestionOrder:
    """What to look at.

    Attributes:
        files: Surveys; if empty, the gold file's own texts are looked at.
        gold: A file of gold codes, whose themes are then taken instead of the codebook's.
        coder: Whose codes in it, if it holds several coders'.
        themes: The ids of the themes to look at; all if empty.
        most: How many words to list.
        codebook: The codebook's file; the shipped one when None.
        model: Name or path of the spaCy pipeline; the bundled one when None.
        respondent: Labels of the user's own that begin a response.
    """

    files: Sequence[Path] = ()
    gold: Path | None = None
    coder: str | None = None
    themes: Sequence[str] = ()
    most: int = 15
    codebook: Path | None = None
    model: str | None = None
    respondent: Sequence[str] = ()


def run_suggestions(order: SuggestionOrder) -> tuple[Suggestions, Codebook, PipelineInfo]:
    """Find what a codebook misses.

    Returns:
        The suggestions, the codebook and the pipeline.

    Raises:
        GoldError: The file of codes has problems.
        SelectionError: There is no such coder or theme, or nothing to look at.
        OppsummeringError: A file cannot be read.
    """
    # Late: an order that makes no sense is told at once, without waiting for spaCy.
    from oppsummering.analysis import read_surveys  # noqa: PLC0415
    from oppsummering.codebook import load_codebook  # noqa: PLC0415
    from oppsummering.language.lexicon import load_lexicon  # noqa: PLC0415
    from oppsummering.language.pipeline import load_pipeline  # noqa: PLC0415
    from oppsummering.tagging import Tagger  # noqa: PLC0415

    codebook = load_codebook(order.codebook)
    _check_themes(order.themes, codebook)
    surveys = read_surveys(order.files, respondent=order.respondent)
    pipeline = load_pipeline(order.model)
    tagger = Tagger(pipeline, codebook, load_lexicon())
    if order.gold is None:
        texts = list(_texts(surveys))
    else:
        comparison = _comparison(order, order.gold, surveys, codebook, tagger)
        texts = [
            CodedText(each.name, each.text or "", frozenset(each.gold))
            for each in comparison.statements
        ]
    found = suggest(texts, tagger.trace, codebook, themes=order.themes, most=order.most)
    return found, codebook, pipeline.info


def _check_themes(themes: Iterable[str], codebook: Codebook) -> None:
    known = [theme.id for theme in codebook.themes]
    for theme in themes:
        if theme not in known:
            raise SelectionError(
                f"the codebook has no theme {theme!r}.", hint=f"Its themes: {', '.join(known)}."
            )


def _texts(surveys: Sequence[Survey]) -> Iterable[CodedText]:
    for survey in surveys:
        file = f"{survey.source.name}:" if len(surveys) > 1 else ""
        for _, _, statement in survey.walk():
            if statement.counted:
                yield CodedText(f"{file}{statement.id}", statement.text)


def _comparison(
    order: SuggestionOrder,
    path: Path,
    surveys: Sequence[Survey],
    codebook: Codebook,
    tagger: Tagger,
) -> Comparison:
    themes = [theme.id for theme in codebook.themes]
    gold = read_codes(path, themes).of_coder(order.coder)
    if surveys:
        tagged = [tagger.tag(survey) for survey in surveys]
        return compare_surveys(gold, tagged, path=path, themes=order.themes)
    return compare_texts(gold, tagger.tag_text, codebook.info, path=path, themes=order.themes)
