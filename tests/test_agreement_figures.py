"""Figures of agreement: the libraries' values, the bootstrap's formulas and intervals."""

from __future__ import annotations

import math

import krippendorff
import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

from oppsummering.agreement import ComparedStatement, Comparison, Counts, measure
from oppsummering.agreement.figures import FIGURE_NAMES, STATISTICS, Figures
from oppsummering.tagged import ThemeInfo

A = ThemeInfo("a", "Tema A")
B = ThemeInfo("b", "Tema B")


def comparison(*statements: tuple[str, ...]) -> Comparison:
    """A comparison on the themes a and b from the letters of gold, other and left out."""
    rows = tuple(
        ComparedStatement(
            name=f"s{number}",
            text=None,
            gold=tuple(letters[0]),
            other=tuple(letters[1]),
            left_out=tuple(letters[2]) if len(letters) > 2 else (),
        )
        for number, letters in enumerate(statements, start=1)
    )
    return Comparison("gold", "other", (A, B), rows, ())


def cells(counts: Counts) -> tuple[list[int], list[int]]:
    """Gold and other codes with these counts."""
    gold = [1] * counts.tp + [0] * counts.fp + [1] * counts.fn + [0] * counts.tn
    other = [1] * counts.tp + [1] * counts.fp + [0] * counts.fn + [0] * counts.tn
    return gold, other


def by_libraries(counts: Counts) -> dict[str, float]:
    """The figures as scikit-learn and krippendorff give them; NaN where they refuse."""
    gold, other = cells(counts)
    precision, recall, f1, _ = metrics.precision_recall_fscore_support(
        gold, other, average="binary", zero_division=np.nan
    )
    mixed = len({*gold, *other}) > 1
    kappa = metrics.cohen_kappa_score(gold, other, labels=[0, 1]) if mixed else math.nan
    alpha = krippendorff.alpha([gold, other], level_of_measurement="nominal") if mixed else math.nan
    return dict(zip(FIGURE_NAMES, (precision, recall, f1, kappa, alpha), strict=True))


some_counts = st.tuples(*[st.integers(0, 12)] * 4).map(lambda four: Counts(*four))


@given(some_counts.filter(lambda counts: counts.total > 0))
def test_the_formulas_of_the_bootstrap_equal_the_libraries(counts: Counts) -> None:
    """From the four counts alone come the values that the libraries give for the codes."""
    expected = by_libraries(counts)
    for name in FIGURE_NAMES:
        value = STATISTICS[name](np.array(counts)).item()
        assert value == pytest.approx(expected[name], nan_ok=True), name


def test_figures_of_a_known_table() -> None:
    """A table worked by hand: 20 both, 5 only other, 10 only gold, 15 neither."""
    rows = [("a", "a")] * 20 + [("", "a")] * 5 + [("a", "")] * 10 + [("", "")] * 15
    theme = measure(comparison(*rows)).themes[0]
    assert theme.counts == Counts(tp=20, fp=5, fn=10, tn=15)
    assert theme.counts.prevalence_gold == 0.6
    assert theme.counts.prevalence_other == 0.5
    assert theme.figures.precision.value == pytest.approx(20 / 25)
    assert theme.figures.recall.value == pytest.approx(20 / 30)
    assert theme.figures.f1.value == pytest.approx(40 / 55)
    # Observed .70, by chance .50 (Cohen 1960); 1 - 99 · 15 / (55 · 45) (Krippendorff 2019).
    assert theme.figures.kappa.value == pytest.approx(0.4)
    assert theme.figures.alpha.value == pytest.approx(1 - 99 * 15 / (55 * 45))


def test_overall_figures_pool_the_decisions_and_average_the_themes() -> None:
    """Micro figures are those of all decisions in one table; macro are means over themes."""
    rows = [("a", "a"), ("ab", "a"), ("b", "ab"), ("", "b"), ("", "")]
    found = measure(comparison(*rows))
    assert found.pooled == Counts(*map(sum, zip(*(t.counts for t in found.themes), strict=True)))
    expected = by_libraries(found.pooled)
    for name in FIGURE_NAMES:
        micro = getattr(found.micro, name).value
        assert micro == pytest.approx(expected[name])
        values = [getattr(theme.figures, name).value for theme in found.themes]
        assert getattr(found.macro, name).value == pytest.approx(sum(values) / 2)


def test_a_theme_that_nobody_uses_has_no_figures() -> None:
    """Where both never give a theme nothing is defined; the macro figures pass over it."""
    found = measure(comparison(("a", "a"), ("", ""), ("a", ""), ("", "")))
    unused = found.themes[1]
    assert unused.counts == Counts(0, 0, 0, 4)
    for name in FIGURE_NAMES:
        figure = getattr(unused.figures, name)
        assert (figure.value, figure.low, figure.high) == (None, None, None)
        assert getattr(found.macro, name).value == getattr(found.themes[0].figures, name).value


def test_a_theme_that_only_one_uses() -> None:
    """Precision needs a use by the other coding, recall one by gold; κ is 0 then."""
    only_gold = measure(comparison(("a", ""), ("", ""))).themes[0].figures
    assert only_gold.precision.value is None
    assert only_gold.recall.value == 0
    assert only_gold.f1.value == 0
    assert only_gold.kappa.value == 0
    only_other = measure(comparison(("", "a"), ("", ""))).themes[0].figures
    assert only_other.precision.value == 0
    assert only_other.recall.value is None


def test_a_theme_that_both_always_use_has_no_chance_corrected_figure() -> None:
    """With one value only there is no disagreement by chance to compare with."""
    figures = measure(comparison(("a", "a"), ("a", "a"))).themes[0].figures
    assert figures.f1.value == 1
    assert figures.kappa.value is None
    assert figures.alpha.value is None


def test_left_out_decisions_do_not_count() -> None:
    """An undecided decision is in none of the counts, also not in the pooled ones."""
    rows = [("a", "a"), ("a", ""), ("", "a", "a"), ("", "")]
    found = measure(comparison(*rows))
    assert found.themes[0].counts == Counts(1, 0, 1, 1)
    assert found.themes[0].left_out == 1
    assert found.pooled.total == 7
    everything = measure(comparison(("", "a", "ab"), ("b", "", "ab")))
    assert everything.themes[0].counts.total == 0
    assert everything.themes[0].counts.prevalence_gold is None
    assert everything.themes[0].counts.prevalence_other is None
    assert everything.micro.f1.value is None


def test_intervals_hold_their_figure_and_are_the_same_every_time() -> None:
    """A fixed seed gives the same interval; another seed another one, near it."""
    rows = [("a", "a")] * 30 + [("", "a")] * 6 + [("a", "")] * 9 + [("", "")] * 55
    first, again = measure(comparison(*rows)), measure(comparison(*rows))
    other = measure(comparison(*rows), seed=7)
    assert first == again
    for name in FIGURE_NAMES:
        figure = getattr(first.themes[0].figures, name)
        assert figure.low < figure.value < figure.high
        assert getattr(other.themes[0].figures, name).low == pytest.approx(figure.low, abs=0.06)
    assert first.themes[0].figures.f1 != other.themes[0].figures.f1


def test_intervals_equal_those_of_scipy() -> None:
    """Drawing counts gives the percentile interval of drawing statements, up to chance."""
    rows = [("a", "a")] * 40 + [("", "a")] * 8 + [("a", "")] * 12 + [("", "")] * 90
    figures = measure(comparison(*rows), resamples=20_000).themes[0].figures
    gold, other = (np.array(codes) for codes in cells(Counts(40, 8, 12, 90)))

    def statistic(index: np.ndarray, axis: int, name: str) -> np.ndarray:
        x, y = gold[index].astype(bool), other[index].astype(bool)
        counts = [(x & y), (~x & y), (x & ~y), (~x & ~y)]
        return STATISTICS[name](np.stack([cell.sum(axis=axis) for cell in counts], axis=-1))

    for name in FIGURE_NAMES:
        expected = scipy.stats.bootstrap(
            (np.arange(gold.size),),
            lambda index, axis, name=name: statistic(index, axis, name),
            n_resamples=20_000,
            method="percentile",
            vectorized=True,
            rng=np.random.default_rng(1),
        ).confidence_interval
        figure = getattr(figures, name)
        assert figure.low == pytest.approx(expected.low, abs=0.01), name
        assert figure.high == pytest.approx(expected.high, abs=0.01), name


def test_perfect_agreement_has_an_interval_without_width() -> None:
    """The bootstrap cannot see what no statement shows; the docs say so."""
    figures = measure(comparison(*[("a", "a")] * 5, *[("", "")] * 5)).themes[0].figures
    assert (figures.kappa.value, figures.kappa.low, figures.kappa.high) == (1, 1, 1)


def test_samples_without_a_figure_are_left_out_of_its_interval() -> None:
    """A theme used once is missing from a third of the samples; the others make the interval."""
    rare = measure(comparison(("a", ""), *[("", "")] * 99)).themes[0].figures.recall
    assert (rare.value, rare.low, rare.high) == (0, 0, 0)
    one_sample = measure(comparison(("a", "a"), ("", "")), resamples=1, seed=4).themes[0].figures
    assert one_sample.kappa.value == 1
    assert one_sample.kappa.low is None


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "a", "b", "ab"]), st.sampled_from(["", "a", "b", "ab"])),
        min_size=1,
        max_size=12,
    )
)
def test_any_comparison_has_counts_that_add_up_and_figures_in_range(
    rows: list[tuple[str, str]],
) -> None:
    """Counts add up to the statements, figures and ends are in their ranges and in order."""
    found = measure(comparison(*rows), resamples=50)
    for theme in found.themes:
        assert theme.counts.total == len(rows)
        _check_ranges(theme.figures)
    _check_ranges(found.micro)
    _check_ranges(found.macro)


def _check_ranges(figures: Figures) -> None:
    for name in FIGURE_NAMES:
        figure = getattr(figures, name)
        lowest = -1 if name in {"kappa", "alpha"} else 0
        values = [x for x in (figure.low, figure.high) if x is not None]
        assert values == sorted(values)
        assert all(lowest - 1e-9 <= x <= 1 + 1e-9 for x in [*values, figure.value or 0])
