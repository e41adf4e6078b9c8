"""The formats of export."""

from __future__ import annotations

import pytest

from oppsummering.exporters.order import Exporter, Order
from oppsummering.exporters.registry import EXPORTERS
from oppsummering.exporters.reports import HTML, MARKDOWN
from support.surveys import build, small


@pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda exporter: exporter.name)
def test_exporter_makes_a_folder_and_a_file(exporter: Exporter) -> None:
    """Every format can do both for one survey, in files of its suffix."""
    order = Order((small(),))
    files = exporter.folder(order)

    assert exporter.file(order) in files.values()
    assert any(name.endswith(exporter.suffix) for name in files)


def test_names_and_suffixes_differ() -> None:
    """An option and an ending each mean one format."""
    assert len({exporter.name for exporter in EXPORTERS}) == len(EXPORTERS)
    assert len({exporter.suffix for exporter in EXPORTERS}) == len(EXPORTERS)


def test_reports_have_a_file_for_each_survey() -> None:
    """Several reports go into a folder."""
    order = Order((small(), build(name="b.txt", title="B")))

    assert list(MARKDOWN.folder(order)) == ["summary.md", "b.md"]
    assert MARKDOWN.folder(order)["b.md"].startswith(b"# B\n")
    assert b"<h1>B</h1>" in HTML.folder(order)["b.html"]
