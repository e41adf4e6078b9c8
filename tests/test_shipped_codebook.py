"""The shipped `themes.yaml`: every theme is tried by its own sentences, in both standards."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from oppsummering.advice import advise
from oppsummering.codebook import load_codebook, shipped_codebook
from oppsummering.examples import run_examples
from oppsummering.language.lexicon import load_lexicon
from oppsummering.language.pipeline import load_pipeline
from oppsummering.language.standard import written_standard
from oppsummering.tagging import Tagger
from oppsummering.words import WrittenStandard

if TYPE_CHECKING:
    from oppsummering.codebook import Codebook, Example
    from oppsummering.examples import ExampleResult

THEMES = ("okosystem", "endringsledelse", "hr_rollen", "modenhet")
FEWEST_EXAMPLES = 15
FEWEST_OF_A_STANDARD = 3

pytestmark = pytest.mark.pipeline


@cache
def codebook() -> Codebook:
    """The shipped codebook, checked as any other."""
    return load_codebook(shipped_codebook())


@cache
def results() -> tuple[ExampleResult, ...]:
    """What the tagger makes of its sentences."""
    tagger = Tagger(load_pipeline(), codebook(), load_lexicon())
    return tuple(run_examples(tagger, codebook()))


def of_theme(theme: str, *, expected: bool) -> list[ExampleResult]:
    """The results of a theme's `match` or `no_match` sentences."""
    return [one for one in results() if one.theme == theme and one.expected == expected]


def standard(example: Example) -> WrittenStandard:
    """The written standard of a sentence."""
    return written_standard([token.text for token in load_pipeline().tokenizer(example.text)])


def test_it_is_the_same_where_its_checks_are_spared() -> None:
    """Start-up is spared what these tests show; nothing else differs."""
    spared = load_codebook()
    assert spared.info == codebook().info
    assert repr(spared.themes) == repr(codebook().themes)


def test_core_themes_come_first_and_in_order() -> None:
    """Outputs name the themes in this order; further ones may follow."""
    assert tuple(theme.id for theme in codebook().themes)[: len(THEMES)] == THEMES


def test_every_theme_is_explained_in_three_languages() -> None:
    """Label, definition, what counts and what does not."""
    for theme in codebook().themes:
        assert set(theme.labels) == {"nb", "nn", "en"}
        assert theme.definition
        assert theme.include
        assert theme.exclude


@pytest.mark.parametrize("expected", [True, False], ids=["match", "no_match"])
@pytest.mark.parametrize("theme", THEMES)
def test_examples_are_enough_and_in_both_standards(theme: str, expected: bool) -> None:  # noqa: FBT001
    """At least fifteen sentences that must match and fifteen that must not."""
    examples = [result.example for result in of_theme(theme, expected=expected)]
    standards = [standard(example) for example in examples]

    assert len(examples) >= FEWEST_EXAMPLES
    for written in (WrittenStandard.NB, WrittenStandard.NN):
        assert standards.count(written) >= FEWEST_OF_A_STANDARD


@pytest.mark.parametrize("expected", [True, False], ids=["match", "no_match"])
@pytest.mark.parametrize("theme", THEMES)
def test_every_example_passes(theme: str, expected: bool) -> None:  # noqa: FBT001
    """The same as `oppsummering themes test`."""
    failed = [r.example for r in of_theme(theme, expected=expected) if not r.passed]

    assert failed == []


def test_every_theme_is_alive() -> None:
    """A theme that its own sentences do not reach is dead."""
    found = {result.theme for result in results() if result.found}

    assert found == {theme.id for theme in codebook().themes}


def test_nothing_is_of_no_use() -> None:
    """A list that no term uses is a leftover, and so is a word that its term rules out."""
    warnings = advise(codebook(), load_lexicon())

    idle = [one for one in warnings if "no term uses" in one.message or "no use" in one.message]
    assert idle == []
