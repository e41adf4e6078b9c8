"""Words that are typical of one text against another: keyness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections import Counter

    from numpy.typing import NDArray

MIN_COUNT: Final = 3
"""A word must occur this often in both texts together; rarer ones say nothing."""

CRITICAL: Final = 6.63
"""The 99 % point of the χ² distribution with one degree of freedom."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word that is more frequent in one text than in another.

    Attributes:
        word: The word, as counted.
        here: How often it occurs in the text that it is typical of.
        there: How often it occurs in the other text.
        log_likelihood: G², Dunning (1993); 6.63 and more is beyond chance at the 1 % level.
        log_ratio: The effect: binary logarithm of the ratio of the relative frequencies, Hardie
            (2014), a word that is absent counted as half a word. 1 is twice as frequent.
    """

    word: str
    here: int
    there: int
    log_likelihood: float
    log_ratio: float


def keywords(
    here: Counter[str],
    there: Counter[str],
    *,
    most: int,
    sizes: tuple[int, int] | None = None,
) -> tuple[Keyword, ...]:
    """The words that are typical of `here` against `there`.

    Args:
        here: Counts of the words of one text.
        there: Counts of the words of the other.
        most: How many words at the most.
        sizes: How large the texts are, in the unit of the counts; if None, the sums of the
            counts. Where a word counts once a statement, the numbers of statements.

    Returns:
        Words whose G² is at least `CRITICAL`, the largest first, words with the same G² in the
        order of the alphabet. Empty when either text is.
    """
    from scipy.stats import power_divergence  # noqa: PLC0415 - heavy, loaded late

    words = sorted(word for word in here if here[word] + there[word] >= MIN_COUNT)
    totals = np.array(sizes or (here.total(), there.total()), dtype=float)
    if not words or not totals.all():
        return ()
    counts = np.array([[here[word], there[word]] for word in words], dtype=float).T
    observed = np.stack([counts, totals[:, None] - counts])
    expected = observed.sum(axis=1, keepdims=True) * totals[None, :, None] / totals.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        g2: NDArray[np.float64] = power_divergence(
            observed.reshape(4, -1),
            expected.reshape(4, -1),
            lambda_="log-likelihood",
        ).statistic  # type: ignore[assignment]
    smoothed = np.where(counts == 0, 0.5, counts) / totals[:, None]
    ratios = np.log2(smoothed[0] / smoothed[1])
    found = [
        Keyword(word, here[word], there[word], round(float(g), 2), round(float(ratio), 2))
        for word, g, ratio in zip(words, g2, ratios, strict=True)
        if g >= CRITICAL and ratio > 0
    ]
    return tuple(sorted(found, key=lambda keyword: (-keyword.log_likelihood, keyword.word))[:most])
