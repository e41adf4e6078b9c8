"""The gate on the shipped codebook: floors hold, and lowering one takes an explicit flag."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from oppsummering.errors import OppsummeringError
from support import agreement_gate as gate
from support.agreement_gate import Place

if TYPE_CHECKING:
    from pathlib import Path

KAPPA = Place("gold", "modenhet", "kappa")
F1 = Place("gold", "modenhet", "f1")


@pytest.mark.pipeline
def test_the_shipped_codebook_stays_above_its_floors() -> None:
    """Each theme agrees with the gold codes and with its own examples as it did before."""
    assert gate.failures(gate.measure_codebook(), gate.read_floors(gate.FLOORS)) == []


def test_every_theme_of_the_gold_file_has_floors() -> None:
    """No core theme can drop out of the gate unnoticed."""
    themes = {place.theme for place in gate.read_floors(gate.FLOORS) if place.source == "gold"}
    assert themes == {"okosystem", "endringsledelse", "hr_rollen", "modenhet"}


@pytest.mark.pipeline
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The file is empty"),
        ("\n", "The file is empty"),
        ('{"line": 6, "themes": []}\n', "uses no theme"),
    ],
)
def test_a_gold_file_without_codes_fails(tmp_path: Path, text: str, message: str) -> None:
    """Nothing to measure is an error, never a pass."""
    empty = tmp_path / "gold.jsonl"
    empty.write_text(text, encoding="utf-8")
    with pytest.raises(OppsummeringError, match=message):
        gate.measure_codebook(empty)


def test_a_figure_below_its_floor_shuts_the_gate() -> None:
    """A fall is told with both numbers; a figure at its floor is fine."""
    floors = {KAPPA: 0.81, F1: 0.9}
    assert gate.failures({KAPPA: 0.81, F1: 0.95}, floors) == []
    assert gate.failures({KAPPA: 0.8099, F1: 0.9}, floors) == [
        "gold.modenhet.kappa: 0.810 is below the floor 0.81."
    ]


def test_what_is_not_on_both_sides_shuts_the_gate() -> None:
    """A theme without a floor, a floor without a theme, and nothing at all."""
    assert gate.failures({KAPPA: 0.9}, {F1: 0.9}) == [
        "gold.modenhet.f1: has a floor but was not measured.",
        "gold.modenhet.kappa: has no floor; run with --update.",
    ]
    assert gate.failures({}, {}) == ["nothing was measured."]


def test_floors_are_raised_freely_and_lowered_by_a_flag_only() -> None:
    """A floor that would fall or vanish needs `--allow-lower`."""
    floors = {KAPPA: 0.81}
    assert gate.updated({KAPPA: 0.8777, F1: 1.0}, floors, allow_lower=False) == {
        KAPPA: 0.87,
        F1: 1.0,
    }
    for worse in ({KAPPA: 0.8}, {F1: 0.9}):
        with pytest.raises(ValueError, match=r"would fall: gold.modenhet.kappa; --allow-lower"):
            gate.updated(worse, floors, allow_lower=False)
    assert gate.updated({KAPPA: 0.8}, floors, allow_lower=True) == {KAPPA: 0.8}


def test_floors_are_written_as_they_are_read(tmp_path: Path) -> None:
    """The file is sorted by theme as measured, with its explanation at the top."""
    floors = {KAPPA: 0.81, F1: 0.9, Place("examples", "modenhet", "f1"): 1.0}
    path = tmp_path / "floors.toml"
    gate.write_floors(floors, path)
    assert gate.read_floors(path) == floors
    assert path.read_text(encoding="utf-8").startswith("# The lowest agreement")


@pytest.fixture
def floors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The command on a file of its own and figures that need no tagging."""
    path = tmp_path / "floors.toml"
    monkeypatch.setattr(gate, "FLOORS", path)
    monkeypatch.setattr(gate, "measure_codebook", lambda: {KAPPA: 0.855})
    return path


def test_the_command_updates_only_when_asked(
    floors: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without `--update` it shows and judges; with it the file is written."""
    assert gate.main([]) == 1
    assert not floors.exists()
    assert gate.main(["--update"]) == 0
    assert gate.main([]) == 0
    assert "gold.modenhet.kappa: 0.855, floor 0.85" in capsys.readouterr().out


def test_the_command_refuses_to_lower(floors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A fall leaves the file as it is unless the flag is given."""
    gate.write_floors({KAPPA: 0.9}, floors)
    before = floors.read_bytes()
    assert gate.main(["--update"]) == 1
    assert floors.read_bytes() == before
    assert "--allow-lower" in capsys.readouterr().err
    assert gate.main(["--update", "--allow-lower"]) == 0
    assert gate.read_floors(gate.FLOORS) == {KAPPA: 0.85}
