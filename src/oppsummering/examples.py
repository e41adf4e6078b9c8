"""The example sentences of a codebook: does each have its theme, or not have it, as it should?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oppsummering.codebook import Codebook, Example, Theme
    from oppsummering.tagging import Evidence, Tagger


@dataclass(frozen=True, slots=True)
class ExampleResult:
    """What the tagger made of one example sentence.

    Attributes:
        theme: The id of the theme that the sentence is an example for.
        example: The sentence and its line in the codebook.
        expected: Whether it must have the theme.
        found: Whether it has the theme.
        score: The theme's best score in the sentence.
        threshold: The score that the theme asks for.
        evidence: Every match of the theme's terms, counted or not, in the codebook's order.
    """

    theme: str
    example: Example
    expected: bool
    found: bool
    score: float
    threshold: float
    evidence: tuple[Evidence, ...]

    @property
    def passed(self) -> bool:
        """Whether the sentence has the theme exactly when it must."""
        return self.found == self.expected


def run_examples(tagger: Tagger, codebook: Codebook) -> Iterator[ExampleResult]:
    """Tag every example sentence of a codebook.

    Args:
        tagger: A tagger with this codebook.
        codebook: The codebook.

    Yields:
        One result a sentence: theme by theme in the order of the file, `match` first.
    """
    for theme in codebook.themes:
        for example in theme.match:
            yield _run(tagger, theme, example, expected=True)
        for example in theme.no_match:
            yield _run(tagger, theme, example, expected=False)


def _run(tagger: Tagger, theme: Theme, example: Example, *, expected: bool) -> ExampleResult:
    trace = tagger.trace(example.text)
    score = next(score.score for score in trace.scores if score.theme == theme.id)
    return ExampleResult(
        theme=theme.id,
        example=example,
        expected=expected,
        found=any(tag.theme == theme.id for tag in trace.tags),
        score=score,
        threshold=theme.threshold,
        evidence=tuple(item for item in trace.evidence if item.theme == theme.id),
    )
