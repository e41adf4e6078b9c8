"""The gate: agreement of the shipped codebook must not fall below its committed floors.

python tests/support/agreement_gate.py                       # show figures beside floors
python tests/support/agreement_gate.py --update              # raise floors to the figures
python tests/support/agreement_gate.py --update --allow-lower
"""

from __future__ import annotations

import argparse
import math
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from oppsummering.agreement import (
    AgreementOrder,
    ComparedStatement,
    Comparison,
    measure,
    run_agreement,
)
from oppsummering.analysis import load_tagger
from oppsummering.codebook import load_codebook
from oppsummering.examples import run_examples
from oppsummering.tagged import ThemeInfo

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from oppsummering.agreement import Agreement
    from oppsummering.examples import ExampleResult

DATA = Path(__file__).parent.parent.parent / "data"
FLOORS = DATA / "agreement-floors.toml"
FIGURES = ("kappa", "f1")
STEPS = 100
"""Floors are whole hundredths: smaller changes are not worth a line of history."""

HEADER = """\
# The lowest agreement that the tests accept, for each theme: with data/gold.jsonl, and with the
# codebook's own example sentences. Raise floors, never lower them without a reason:
#     python tests/support/agreement_gate.py --update
# docs/methods.md says how the gate works.
"""


class Place(NamedTuple):
    """What a floor is for: the gold codes or the examples, a theme, and a figure."""

    source: str
    theme: str
    figure: str

    def __str__(self) -> str:
        """`gold.okosystem.kappa`."""
        return ".".join(self)


Values = dict[Place, float]


def read_floors(path: Path) -> Values:
    """Read the floors."""
    with path.open("rb") as file:
        sources = tomllib.load(file)
    return {
        Place(source, theme, figure): value
        for source, themes in sources.items()
        for theme, figures in themes.items()
        for figure, value in figures.items()
    }


def write_floors(floors: Mapping[Place, float], path: Path) -> None:
    """Write the floors, in the order given."""
    lines = [HEADER.rstrip()]
    section = ""
    for place, value in floors.items():
        heading = f"[{place.source}.{place.theme}]"
        if heading != section:
            lines += ["", heading]
            section = heading
        lines.append(f"{place.figure} = {value:.2f}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def measure_codebook(gold: Path = DATA / "gold.jsonl") -> Values:
    """Measure the shipped codebook on the sample's gold codes and on its own examples.

    A figure that is not defined counts as 0: nothing that was measured must not pass.

    Raises:
        GoldError: The gold file is empty or has problems.
    """
    survey = DATA / "kompetanseloftet.txt"
    run = run_agreement(AgreementOrder(gold=gold, files=[survey]))
    values = _values("gold", run.agreement)
    codebook = load_codebook()
    results = list(run_examples(load_tagger(), codebook))
    for theme in codebook.themes:
        own = [result for result in results if result.theme == theme.id]
        info = ThemeInfo(theme.id, theme.label)
        values.update(_values("examples", measure(_comparison(info, own))))
    return values


def _comparison(theme: ThemeInfo, results: Sequence[ExampleResult]) -> Comparison:
    statements = tuple(
        ComparedStatement(
            name=str(result.example.line),
            text=result.example.text,
            gold=(theme.id,) if result.expected else (),
            other=(theme.id,) if result.found else (),
        )
        for result in results
    )
    return Comparison("examples", "codebook", (theme,), statements, ())


def _values(source: str, agreement: Agreement) -> Values:
    return {
        Place(source, theme.theme, figure): getattr(theme.figures, figure).value or 0.0
        for theme in agreement.themes
        for figure in FIGURES
    }


def failures(values: Mapping[Place, float], floors: Mapping[Place, float]) -> list[str]:
    """What keeps the gate shut: figures under their floor, without a floor, or not measured."""
    found = []
    for place in dict.fromkeys((*floors, *values)):
        if place not in values:
            found.append(f"{place}: has a floor but was not measured.")
        elif place not in floors:
            found.append(f"{place}: has no floor; run with --update.")
        elif values[place] < floors[place]:
            found.append(f"{place}: {values[place]:.3f} is below the floor {floors[place]:.2f}.")
    if not values:
        found.append("nothing was measured.")
    return found


def updated(
    values: Mapping[Place, float], floors: Mapping[Place, float], *, allow_lower: bool
) -> Values:
    """The floors raised to the figures.

    Raises:
        ValueError: A floor would fall or vanish, and that is not allowed.
    """
    new = {place: math.floor(value * STEPS + 1e-9) / STEPS for place, value in values.items()}
    lower = [place for place in floors if new.get(place, -1.0) < floors[place]]
    if lower and not allow_lower:
        places = ", ".join(map(str, lower))
        raise ValueError(f"these floors would fall: {places}; --allow-lower lowers them.")
    return new


def main(arguments: Sequence[str] | None = None) -> int:
    """Show the figures beside the floors, or update the floors; 1 when the gate is shut."""
    parser = argparse.ArgumentParser(description="The gate on the shipped codebook's agreement.")
    parser.add_argument("--update", action="store_true", help="raise the floors to the figures")
    parser.add_argument("--allow-lower", action="store_true", help="let --update lower floors")
    options = parser.parse_args(arguments)
    values = measure_codebook()
    floors = read_floors(FLOORS) if FLOORS.exists() else {}
    if options.update:
        try:
            floors = updated(values, floors, allow_lower=options.allow_lower)
        except ValueError as error:
            sys.stderr.write(f"{error}\n")
            return 1
        write_floors(floors, FLOORS)
    for place, value in values.items():
        sys.stdout.write(f"{place}: {value:.3f}, floor {floors.get(place, math.nan):.2f}\n")
    found = failures(values, floors)
    sys.stdout.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
