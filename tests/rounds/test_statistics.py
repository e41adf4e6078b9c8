"""The statistics of a comparison, against formulas worked out here."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oppsummering.counts import Share
from oppsummering.rounds import Unit, changes, round_of
from oppsummering.rounds.statistics import detectable_difference, interval, theme_shares
from support.surveys import Answer, Asked, Said, build, small

Z = 1.959963984540054


def wilson(count: int, total: int) -> tuple[float, float]:
    """Wilson's score interval (1927) by its formula."""
    share = count / total
    centre = (share + Z**2 / (2 * total)) / (1 + Z**2 / total)
    half = Z / (1 + Z**2 / total) * math.sqrt(share * (1 - share) / total + Z**2 / (4 * total**2))
    return centre - half, centre + half


def newcombe(before: Share, after: Share) -> tuple[float, float]:
    """Newcombe's method 10 (1998): Wilson's limits put together for a difference."""
    share_b, share_a = before.count / before.total, after.count / after.total
    low_b, high_b = wilson(before.count, before.total)
    low_a, high_a = wilson(after.count, after.total)
    difference = share_a - share_b
    low = difference - math.hypot(share_a - low_a, high_b - share_b)
    high = difference + math.hypot(high_a - share_a, share_b - low_b)
    return low, high


def fisher(before: Share, after: Share) -> float:
    """Fisher's exact test, two-sided: all tables as unlikely as the one seen, in fractions."""
    count = before.count + after.count
    everything = math.comb(before.total + after.total, count)
    chances = [
        Fraction(math.comb(before.total, k) * math.comb(after.total, count - k), everything)
        for k in range(max(0, count - after.total), min(count, before.total) + 1)
    ]
    seen = Fraction(
        math.comb(before.total, before.count) * math.comb(after.total, after.count), everything
    )
    return float(sum(chance for chance in chances if chance <= seen))


SHARES = st.integers(1, 40).flatmap(
    lambda total: st.builds(Share, st.integers(0, total), st.just(total))
)


@given(SHARES, SHARES)
@settings(max_examples=50, deadline=None)
def test_interval_is_newcombes(before: Share, after: Share) -> None:
    """The interval is Newcombe's, for counts of every size, and holds the difference."""
    low, high = interval(before, after)
    assert (low, high) == pytest.approx(newcombe(before, after), abs=1e-9)
    assert low <= after.count / after.total - before.count / before.total <= high


def tagged_round(with_theme: int, without: int, *, theme: str = "hr_rollen") -> object:
    """A round of one question in which so many statements have the theme, and have not."""
    said = [Said("HR", {theme: ("HR",)})] * with_theme + [Said("vær")] * without
    answers = tuple(Answer(f"Kommune {n}", (each,)) for n, each in enumerate(said, 1))
    return round_of(build(Asked("q1", "Hva?", answers, number=1)))


@pytest.mark.parametrize(
    ("before", "after"), [((1, 9), (7, 3)), ((0, 12), (4, 8)), ((5, 5), (5, 5)), ((3, 0), (1, 2))]
)
def test_p_values_are_fishers_and_holms(before: tuple[int, int], after: tuple[int, int]) -> None:
    """Each p-value is that of Fisher's exact test; Holm multiplies the smallest by all themes."""
    found = changes(tagged_round(*before), tagged_round(*after))  # type: ignore[arg-type]
    hr = next(change for change in found if change.theme == "hr_rollen")
    expected = fisher(Share(before[0], sum(before)), Share(after[0], sum(after)))
    assert hr.p_value == pytest.approx(expected)
    assert hr.p_adjusted == pytest.approx(min(1.0, 4 * expected))
    assert hr.significant == (min(1.0, 4 * expected) < 0.05)


def test_shares_of_responses_count_a_response_once() -> None:
    """A response has a theme when any of its statements has it."""
    twice = Answer("Kommune 1", (Said("HR", {"hr_rollen": ("HR",)}),) * 2)
    survey = round_of(build(Asked("q1", "Hva?", (twice, Answer("Kommune 2", ())), number=1)))
    assert theme_shares(survey, Unit.RESPONSES)["hr_rollen"] == Share(1, 2)
    assert theme_shares(survey, Unit.STATEMENTS)["hr_rollen"] == Share(2, 2)


def test_round_without_statements_has_no_figures() -> None:
    """Nothing is a share of nothing: every figure is None, and none is invented."""
    empty = round_of(build(Asked("q1", "Hva?", (Answer("Kommune 1", ()),), number=1)))
    for change in changes(empty, round_of(small())):
        figures = (change.difference, change.low, change.p_value, change.p_adjusted)
        assert figures == (None,) * 4
        assert not change.significant
    assert detectable_difference(Share(0, 0), Share(1, 2)) is None


def test_detectable_difference_has_the_power_it_promises() -> None:
    """At the smallest detectable difference a z-test of arcsines has a power of four fifths."""
    before, after = Share(20, 77), Share(0, 80)
    found = detectable_difference(before, after)
    assert found is not None
    share = before.count / before.total
    n = 1 / (1 / before.total + 1 / after.total)
    powers = []
    for other in (share + found, share - found):
        if 0 <= other <= 1:
            h = abs(2 * math.asin(math.sqrt(other)) - 2 * math.asin(math.sqrt(share)))
            powers.append(0.5 * math.erfc((Z - h * math.sqrt(n)) / math.sqrt(2)))
    assert max(powers) == pytest.approx(0.80, abs=0.001)


def test_tiny_rounds_detect_nothing() -> None:
    """With one statement a round no difference would have been seen."""
    assert detectable_difference(Share(1, 2), Share(0, 1)) is None
