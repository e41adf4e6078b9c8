"""Figures of agreement between two codings, each with its bootstrap interval."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from oppsummering.agreement.comparison import Comparison

RESAMPLES = 1000
CONFIDENCE = 0.95
SEED = 20190101
"""Any fixed number does: the same input gives the same interval."""

TRUE_POSITIVE, FALSE_POSITIVE, FALSE_NEGATIVE, TRUE_NEGATIVE, LEFT_OUT = range(5)
OUTCOMES = 4
"""How many kinds of outcome count: all but `LEFT_OUT`."""


class Counts(NamedTuple):
    """How often the two codings agree on a theme, the gold codes being the yardstick.

    Attributes:
        tp: Both have the theme (true positives).
        fp: Only the other coding has it (false positives).
        fn: Only the gold codes have it (false negatives).
        tn: Neither has it (true negatives).
    """

    tp: int
    fp: int
    fn: int
    tn: int

    @property
    def total(self) -> int:
        """How many statements (or, pooled, statement × theme decisions) were compared."""
        return sum(self)

    @property
    def prevalence_gold(self) -> float | None:
        """The share of the statements that have the theme in the gold codes."""
        return (self.tp + self.fn) / self.total if self.total else None

    @property
    def prevalence_other(self) -> float | None:
        """The share of the statements that have the theme in the other coding."""
        return (self.tp + self.fp) / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its percentile bootstrap interval.

    Attributes:
        value: The figure, or None where it is undefined.
        low: The lower end of the interval, or None where there is none.
        high: The upper end, or None.
    """

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one theme, or of all themes together.

    Attributes:
        precision: Share of the other coding's themes that the gold codes have too.
        recall: Share of the gold codes' themes that the other coding has too.
        f1: Harmonic mean of precision and recall.
        kappa: Cohen's κ (Cohen 1960).
        alpha: Krippendorff's α, nominal (Krippendorff 2019, ch. 12).
    """

    precision: Figure
    recall: Figure
    f1: Figure
    kappa: Figure
    alpha: Figure


FIGURE_NAMES = ("precision", "recall", "f1", "kappa", "alpha")


@dataclass(frozen=True, slots=True)
class ThemeAgreement:
    """The agreement on one theme.

    Attributes:
        theme: The theme's id.
        label: Its label.
        counts: The confusion counts.
        left_out: How many statements were left out because the gold codes are undecided there.
        figures: The figures.
    """

    theme: str
    label: str
    counts: Counts
    left_out: int
    figures: Figures


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two codings of the same statements agree.

    Attributes:
        themes: One for each theme compared.
        pooled: The counts of all statement × theme decisions together.
        micro: The figures of the pooled decisions.
        macro: Unweighted means over the themes for which a figure is defined.
        resamples: How many bootstrap samples of statements were drawn.
        confidence: The coverage of the intervals, such as 0.95.
        seed: The seed of the random numbers.
    """

    themes: tuple[ThemeAgreement, ...]
    pooled: Counts
    micro: Figures
    macro: Figures
    resamples: int
    confidence: float
    seed: int


def measure(
    comparison: Comparison,
    *,
    resamples: int = RESAMPLES,
    confidence: float = CONFIDENCE,
    seed: int = SEED,
) -> Agreement:
    """Measure the agreement of a comparison, per theme and overall.

    The figures are scikit-learn's and krippendorff's. The intervals are percentile intervals of
    the bootstrap over statements (Efron and Tibshirani 1993, ch. 13); a sample in which a figure
    is undefined is left out of its interval.

    Args:
        comparison: At least one statement with at least one theme to compare.
        resamples: How many bootstrap samples to draw, at least 1.
        confidence: The coverage of the intervals, between 0 and 1.
        seed: The seed of the random numbers, 0 to 2**32 - 1.

    Raises:
        OppsummeringError: scikit-learn or krippendorff is not installed.
    """
    outcomes = _outcomes(comparison)
    replicates = _replicates(outcomes, resamples, seed)
    intervals = {
        name: statistic(replicates) for name, statistic in STATISTICS.items()
    }  # each (resamples, themes)
    pooled = replicates.sum(axis=1)
    themes = []
    for index, info in enumerate(comparison.themes):
        column = outcomes[:, index]
        points = _points(column)
        themes.append(
            ThemeAgreement(
                theme=info.id,
                label=info.label,
                counts=_counts(column),
                left_out=int((column == LEFT_OUT).sum()),
                figures=_figures(
                    points, {name: intervals[name][:, index] for name in FIGURE_NAMES}, confidence
                ),
            )
        )
    micro = {name: statistic(pooled) for name, statistic in STATISTICS.items()}
    macro = {name: _mean_of_defined(intervals[name]) for name in FIGURE_NAMES}
    return Agreement(
        themes=tuple(themes),
        pooled=_counts(outcomes.ravel()),
        micro=_figures(_points(outcomes.ravel()), micro, confidence),
        macro=_figures(_macro_points([theme.figures for theme in themes]), macro, confidence),
        resamples=resamples,
        confidence=confidence,
        seed=seed,
    )


def _outcomes(comparison: Comparison) -> NDArray[np.int64]:
    """The outcome of each decision: an array of statements × themes."""
    outcomes = np.empty((len(comparison.statements), len(comparison.themes)), dtype=np.int64)
    for row, statement in enumerate(comparison.statements):
        for column, theme in enumerate(comparison.themes):
            outcomes[row, column] = _outcome(
                gold=theme.id in statement.gold,
                other=theme.id in statement.other,
                left_out=theme.id in statement.left_out,
            )
    return outcomes


def _outcome(*, gold: bool, other: bool, left_out: bool) -> int:
    if left_out:
        return LEFT_OUT
    if gold:
        return TRUE_POSITIVE if other else FALSE_NEGATIVE
    return FALSE_POSITIVE if other else TRUE_NEGATIVE


def _counts(outcomes: NDArray[np.int64]) -> Counts:
    return Counts(*np.bincount(outcomes, minlength=OUTCOMES)[:OUTCOMES].tolist())


def _points(outcomes: NDArray[np.int64]) -> dict[str, float | None]:
    """The figures of one column of outcomes, by the field's libraries."""
    import krippendorff  # noqa: PLC0415 - heavy, loaded late
    from sklearn import metrics  # noqa: PLC0415 - as above

    counted = outcomes[outcomes != LEFT_OUT]
    if not counted.size:
        return dict.fromkeys(FIGURE_NAMES)
    gold = np.isin(counted, (TRUE_POSITIVE, FALSE_NEGATIVE)).astype(int)
    other = np.isin(counted, (TRUE_POSITIVE, FALSE_POSITIVE)).astype(int)
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(
        gold, other, average="binary", zero_division=np.nan
    )
    kappa = alpha = math.nan
    if np.unique(np.concatenate((gold, other))).size > 1:
        # With one value only, chance alone agrees always: neither figure says anything.
        kappa = metrics.cohen_kappa_score(gold, other, labels=[0, 1])
        alpha = krippendorff.alpha([gold, other], level_of_measurement="nominal")
    values = (precision, recall, f1, kappa, alpha)
    return {
        name: None if math.isnan(value) else float(value)
        for name, value in zip(FIGURE_NAMES, values, strict=True)
    }


def _macro_points(themes: Sequence[Figures]) -> dict[str, float | None]:
    points: dict[str, float | None] = {}
    for name in FIGURE_NAMES:
        values = [getattr(figures, name).value for figures in themes]
        defined = [value for value in values if value is not None]
        points[name] = math.fsum(defined) / len(defined) if defined else None
    return points


def _figures(
    points: Mapping[str, float | None],
    replicates: Mapping[str, NDArray[np.float64]],
    confidence: float,
) -> Figures:
    return Figures(
        **{name: _figure(points[name], replicates[name], confidence) for name in FIGURE_NAMES}
    )


def _figure(point: float | None, replicates: NDArray[np.float64], confidence: float) -> Figure:
    defined = replicates[~np.isnan(replicates)]
    if point is None or not defined.size:
        return Figure(point)
    tail = (1 - confidence) / 2
    low, high = np.quantile(defined, (tail, 1 - tail)).tolist()
    return Figure(point, low, high)


def _replicates(outcomes: NDArray[np.int64], resamples: int, seed: int) -> NDArray[np.int64]:
    """Counts of bootstrap samples of statements: an array of resamples × themes × 4 outcomes.

    Drawing n statements with replacement is drawing from the multinomial distribution over the
    distinct rows, so the cost does not grow with the number of statements.
    """
    patterns, frequencies = np.unique(outcomes, axis=0, return_counts=True)
    # The legacy generator's stream is frozen (NEP 19): the same interval with every NumPy.
    generator = np.random.RandomState(seed)
    size = int(frequencies.sum())
    draws = generator.multinomial(size, frequencies / size, size=resamples)
    indicators = (patterns[:, :, np.newaxis] == np.arange(OUTCOMES)).astype(np.int64)
    replicates: NDArray[np.int64] = np.tensordot(draws, indicators, axes=1)
    return replicates


def _ratio(numerator: NDArray[Any], denominator: NDArray[Any]) -> NDArray[np.float64]:
    """The quotient, NaN where the denominator is 0."""
    result = np.full(np.shape(denominator), np.nan)
    np.divide(numerator, denominator, out=result, where=denominator != 0)
    return result


def _precision(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    tp, fp, _, _ = np.moveaxis(counts, -1, 0)
    return _ratio(tp, tp + fp)


def _recall(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    tp, _, fn, _ = np.moveaxis(counts, -1, 0)
    return _ratio(tp, tp + fn)


def _f1(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    tp, fp, fn, _ = np.moveaxis(counts, -1, 0)
    return _ratio(2 * tp, 2 * tp + fp + fn)


def _kappa(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Cohen's κ of a 2 × 2 table."""
    tp, fp, fn, tn = np.moveaxis(counts.astype(np.float64), -1, 0)
    return _ratio(2 * (tp * tn - fn * fp), (tp + fp) * (fp + tn) + (tp + fn) * (fn + tn))


def _alpha(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Krippendorff's nominal α of two coders and two values without missing ones."""
    tp, fp, fn, tn = np.moveaxis(counts.astype(np.float64), -1, 0)
    ones, zeros = 2 * tp + fp + fn, 2 * tn + fp + fn
    return 1 - _ratio((fp + fn) * (ones + zeros - 1), ones * zeros)


def _mean_of_defined(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean over the themes (last axis) of the values that are defined."""
    defined = ~np.isnan(values)
    return _ratio(np.where(defined, values, 0).sum(axis=-1), defined.sum(axis=-1))


STATISTICS: Mapping[str, Callable[[NDArray[np.int64]], NDArray[np.float64]]] = {
    "precision": _precision,
    "recall": _recall,
    "f1": _f1,
    "kappa": _kappa,
    "alpha": _alpha,
}
"""The figures from counts (… × 4), for the bootstrap; tests hold them to the libraries."""
