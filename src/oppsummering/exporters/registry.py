"""Every format of export in one visible tuple."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oppsummering.exporters.csv_files import CsvExporter
from oppsummering.exporters.json_document import JsonExporter
from oppsummering.exporters.reports import HTML, MARKDOWN
from oppsummering.exporters.workbook import WorkbookExporter

if TYPE_CHECKING:
    from oppsummering.exporters.order import Exporter

EXPORTERS: tuple[Exporter, ...] = (
    CsvExporter(),
    JsonExporter(),
    WorkbookExporter(),
    MARKDOWN,
    HTML,
)
"""The formats of export; the first is the one of a folder when no other is asked for."""
