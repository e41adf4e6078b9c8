"""Which statements a coding sheet holds: all of them, or a random sample with a fixed seed."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import TYPE_CHECKING

from oppsummering.errors import SelectionError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oppsummering.tagged import TaggedStatement


def sample(
    statements: Sequence[TaggedStatement], size: int, seed: int, *, by_question: bool
) -> tuple[TaggedStatement, ...]:
    """Draw statements at random, the same ones for the same seed.

    Args:
        statements: The statements to draw from.
        size: How many; all of them when there are no more.
        seed: Any whole number.
        by_question: Draw from each question in proportion to its statements (stratified, by the
            method of largest remainders).

    Returns:
        The drawn statements in the order of the text.

    Raises:
        SelectionError: The size is less than one.
    """
    if size < 1:
        raise SelectionError(f"A sample of {size} statements is none.", hint="Ask for 1 or more.")
    if size >= len(statements):
        return tuple(statements)
    generator = random.Random(seed)  # noqa: S311 - a sample, no secret
    if not by_question:
        drawn = set(generator.sample(range(len(statements)), size))
    else:
        drawn = set()
        strata: dict[str, list[int]] = defaultdict(list)
        for number, each in enumerate(statements):
            strata[each.question.id].append(number)
        for stratum, share in zip(
            strata.values(), _shares([len(s) for s in strata.values()], size), strict=True
        ):
            drawn.update(generator.sample(stratum, share))
    return tuple(each for number, each in enumerate(statements) if number in drawn)


def _shares(sizes: Sequence[int], total: int) -> list[int]:
    """Divide a total in proportion to sizes, the largest remainders rounded up."""
    exact = [total * size / sum(sizes) for size in sizes]
    shares = [int(share) for share in exact]
    by_remainder = sorted(range(len(sizes)), key=lambda n: (shares[n] - exact[n], n))
    for number in by_remainder[: total - sum(shares)]:
        shares[number] += 1
    return shares
