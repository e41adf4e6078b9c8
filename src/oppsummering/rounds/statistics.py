"""Is a share really another than before? Small counts, exact tests, honest limits.

The statistics are scipy's and statsmodels'; `docs/methods.md` names the sources.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from oppsummering.counts import Share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oppsummering.rounds.model import Round

CONFIDENCE: Final = 0.95
POWER: Final = 0.80


class Unit(StrEnum):
    """What a share is a share of."""

    STATEMENTS = "statements"
    RESPONSES = "responses"


@dataclass(frozen=True, slots=True)
class Change:
    """A theme's share in two rounds.

    Attributes:
        theme: The theme's id.
        label: The theme's label.
        before: Count and total in the earlier round.
        after: Count and total in the later round.
        difference: After minus before, -1 to 1; None where a total is 0. So are the others.
        low: Lower end of its 95 % confidence interval (Newcombe 1998, method 10).
        high: Upper end.
        p_value: Fisher's exact test, two-sided.
        p_adjusted: The same, corrected for the number of themes (Holm 1979).
        detectable: The smallest difference that these numbers would show in four of five
            surveys (power .80, α .05, Cohen's h around the earlier share).
    """

    theme: str
    label: str
    before: Share
    after: Share
    difference: float | None
    low: float | None
    high: float | None
    p_value: float | None
    p_adjusted: float | None
    detectable: float | None

    @property
    def significant(self) -> bool:
        """Whether the adjusted p-value is below 5 %."""
        return self.p_adjusted is not None and self.p_adjusted < 1 - CONFIDENCE


def theme_shares(round_: Round, unit: Unit) -> dict[str, Share]:
    """The share of statements, or of responses, that have each theme of the codebook."""
    themes = [theme.id for theme in round_.codebook.themes]
    if unit is Unit.STATEMENTS:
        total = len(round_.statements)
        return {
            theme: Share(sum(theme in each.themes for each in round_.statements), total)
            for theme in themes
        }
    with_theme: dict[str, set[str]] = defaultdict(set)
    for each in round_.statements:
        for theme in each.themes:
            with_theme[theme].add(each.response)
    return {theme: Share(len(with_theme[theme]), round_.responses) for theme in themes}


def changes(before: Round, after: Round, unit: Unit = Unit.STATEMENTS) -> tuple[Change, ...]:
    """Compare the share of every theme that both rounds' codebooks have, in the later's order."""
    earlier, later = theme_shares(before, unit), theme_shares(after, unit)
    labels = {theme.id: theme.label for theme in after.codebook.themes}
    themes = [theme for theme in later if theme in earlier]
    p_values = [_exact_test(earlier[theme], later[theme]) for theme in themes]
    adjusted = _holm(p_values)
    return tuple(
        _change(theme, labels[theme], (earlier[theme], later[theme]), p_value, p_adjusted)
        for theme, p_value, p_adjusted in zip(themes, p_values, adjusted, strict=True)
    )


def _change(
    theme: str,
    label: str,
    shares: tuple[Share, Share],
    p_value: float | None,
    p_adjusted: float | None,
) -> Change:
    before, after = shares
    if before.fraction is None or after.fraction is None:
        return Change(theme, label, before, after, None, None, None, None, None, None)
    low, high = interval(before, after)
    return Change(
        theme,
        label,
        before,
        after,
        after.fraction - before.fraction,
        low,
        high,
        p_value,
        p_adjusted,
        detectable_difference(before, after),
    )


def interval(before: Share, after: Share) -> tuple[float, float]:
    """The 95 % interval of the difference after - before: Newcombe's hybrid score."""
    from statsmodels.stats.proportion import (  # noqa: PLC0415 - heavy, loaded late
        confint_proportions_2indep,
    )

    low, high = confint_proportions_2indep(
        after.count,
        after.total,
        before.count,
        before.total,
        method="newcomb",
        compare="diff",
        alpha=1 - CONFIDENCE,
    )
    return float(low), float(high)


def detectable_difference(before: Share, after: Share) -> float | None:
    """The smallest difference, up or down, that has a power of .80 at these totals.

    Returns:
        A share, 0 to 1; None when even the largest difference would not have been seen.
    """
    from statsmodels.stats.power import NormalIndPower  # noqa: PLC0415 - heavy, loaded late

    if before.fraction is None:
        return None
    effect = float(
        NormalIndPower().solve_power(
            nobs1=before.total,
            ratio=after.total / before.total,
            alpha=1 - CONFIDENCE,
            power=POWER,
        )
    )
    angle = 2 * math.asin(math.sqrt(before.fraction))
    reached = [
        abs(math.sin(other / 2) ** 2 - before.fraction)
        for other in (angle + effect, angle - effect)
        if 0 <= other <= math.pi
    ]
    return min(reached) if reached else None


def _exact_test(before: Share, after: Share) -> float | None:
    from scipy.stats import fisher_exact  # noqa: PLC0415 - heavy, loaded late

    if not before.total or not after.total:
        return None
    table = np.array([[share.count, share.total - share.count] for share in (before, after)])
    return float(fisher_exact(table).pvalue)


def _holm(p_values: Sequence[float | None]) -> list[float | None]:
    from statsmodels.stats.multitest import multipletests  # noqa: PLC0415 - heavy, loaded late

    known = [p for p in p_values if p is not None]
    if not known:
        return list(p_values)
    adjusted = iter(multipletests(known, method="holm")[1])
    return [None if p is None else float(next(adjusted)) for p in p_values]
