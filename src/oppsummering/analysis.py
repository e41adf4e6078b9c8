"""The whole way from files to tagged surveys."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from oppsummering.corrections.paths import corrections_path
from oppsummering.errors import CorrectionsError, Problem, SurveyReadError
from oppsummering.readers import read_survey

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from oppsummering.survey import Survey
    from oppsummering.tagged import TaggedSurvey
    from oppsummering.tagging import Tagger


SEVERAL: Final = 3
"""From so many corrections on, all of them without a statement, the file is another survey's."""


def analyze(
    path: Path,
    *,
    codebook: Path | None = None,
    model: str | None = None,
    respondent: Sequence[str] = (),
    corrections: bool = True,
) -> TaggedSurvey:
    """Read a survey, tag its statements and apply the corrections beside it.

    Args:
        path: The survey's file; `-` reads standard input.
        codebook: The codebook's file; the shipped one when None.
        model: Name or path of the spaCy pipeline; the bundled one when None.
        respondent: Labels of the user's own that begin a response.
        corrections: Whether to apply `NAME.corrections.yaml` or `.csv` beside the survey.

    Returns:
        The tagged survey.

    Raises:
        SurveyReadError: The file cannot be read as a survey.
        CodebookError: The codebook is not valid.
        PipelineError: The pipeline is missing or does not fit.
        CorrectionsError: The corrections are not valid.
    """
    survey = read_survey(path, respondent=respondent)
    tagged = load_tagger(codebook=codebook, model=model).tag(survey)
    return corrected(tagged, path) if corrections else tagged


def corrected(tagged: TaggedSurvey, path: Path) -> TaggedSurvey:
    """The survey with the corrections that lie beside its file, if there are any.

    Args:
        tagged: The survey as the machine tagged it.
        path: Its file; standard input (`-`) has no corrections.

    Raises:
        CorrectionsError: The corrections are not valid, or those of another survey.
    """
    found = corrections_path(path)
    if found is None:
        return tagged
    # Most surveys have none.
    from oppsummering.corrections.applying import Outcome, apply_corrections  # noqa: PLC0415
    from oppsummering.corrections.reading import read_corrections  # noqa: PLC0415

    themes = [theme.id for theme in tagged.codebook.themes]
    applied, placed = apply_corrections(tagged, read_corrections(found, themes))
    if len(placed) >= SEVERAL and all(each.outcome is Outcome.VANISHED for each in placed):
        message = (
            f"none of its {len(placed)} corrections has a statement in {path.name}; is the file "
            "of another survey?"
        )
        raise CorrectionsError((Problem("", message),), path=found)
    return applied


def read_surveys(paths: Sequence[Path], *, respondent: Sequence[str] = ()) -> tuple[Survey, ...]:
    """Read several surveys and see to it that their names differ.

    Files of the same name are told apart by as many of their folders as it takes:
    `2023/summary.txt` and `2024/summary.txt`.

    Args:
        paths: The surveys' files.
        respondent: Labels of the user's own that begin a response.

    Raises:
        SurveyReadError: A file cannot be read as a survey, or is given twice.
    """
    seen: set[Path] = set()
    for path in paths:
        if path.absolute() in seen:
            raise SurveyReadError("The file is given twice.", path=path, hint="Name it once.")
        seen.add(path.absolute())
    surveys = [read_survey(path, respondent=respondent) for path in paths]
    names = distinct_names(paths)
    return tuple(
        survey
        if survey.source.name == name
        else replace(survey, source=replace(survey.source, name=name))
        for survey, name in zip(surveys, names, strict=True)
    )


def distinct_names(paths: Sequence[Path]) -> list[str]:
    """The last part of each path, with more folders before it where names are the same."""
    lengths = [1] * len(paths)
    while True:
        names = [
            "/".join(path.parts[-length:]) for path, length in zip(paths, lengths, strict=True)
        ]
        times = Counter(names)
        growing = [
            index
            for index, (path, name) in enumerate(zip(paths, names, strict=True))
            if times[name] > 1 and lengths[index] < len(path.parts)
        ]
        if not growing:
            return names
        for index in growing:
            lengths[index] += 1


def load_tagger(*, codebook: Path | None = None, model: str | None = None) -> Tagger:
    """Load what tagging needs: the pipeline, the codebook and the facts about words.

    Args:
        codebook: The codebook's file; the shipped one when None.
        model: Name or path of the spaCy pipeline; the bundled one when None.

    Raises:
        CodebookError: The codebook is not valid.
        PipelineError: The pipeline is missing or does not fit.
    """
    # Late: a survey that cannot be read is told at once, without waiting for spaCy.
    from oppsummering.codebook import load_codebook  # noqa: PLC0415
    from oppsummering.language.lexicon import load_lexicon  # noqa: PLC0415
    from oppsummering.language.pipeline import load_pipeline  # noqa: PLC0415
    from oppsummering.tagging import Tagger  # noqa: PLC0415

    themes = load_codebook(codebook)
    return Tagger(load_pipeline(model), themes, load_lexicon())
