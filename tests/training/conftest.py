"""The scripts of `training/` are no package: the tests import them by name."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

TRAINING = Path(__file__).parents[2] / "training"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """Import a script of `training/` by its name."""
    if not TRAINING.is_dir():
        pytest.skip("training/ is not part of a source distribution")
    monkeypatch.syspath_prepend(str(TRAINING))

    def load(name: str) -> Any:
        module = import_module(name)
        monkeypatch.setitem(sys.modules, name, module)
        return module

    return load
