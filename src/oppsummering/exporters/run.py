"""What an export was made of, so that each of its numbers can be defended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from oppsummering.exporters.json_document import SCHEMA_VERSION, corrections
from oppsummering.records import pipeline_record, tool_record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from oppsummering.exporters.order import Order
    from oppsummering.survey import Source
    from oppsummering.tables import Table
    from oppsummering.tagged import TaggedSurvey, ThemeInfo


def run(
    order: Order, tables: Sequence[Table], frames: Mapping[str, pd.DataFrame], suffix: str
) -> dict[str, Any]:
    """Describe an export: tool, pipelines, codebook, sources, and every column of its tables.

    Args:
        order: What was ordered.
        tables: The tables that are written.
        frames: Each of them by its name.
        suffix: The suffix of their files; empty when they are sheets of one file.
    """
    codebook = order.surveys[0].codebook
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": tool_record(),
        "codebook": {
            "name": codebook.name,
            "sha256": codebook.sha256,
            "themes": [{"id": theme.id, "label": theme.label} for theme in codebook.themes],
        },
        "sources": [_source(survey) for survey in order.surveys],
        "same_respondents": order.same_respondents,
        "tables": [
            _table(table, f"{table.name}{suffix}", len(frames[table.name]), codebook.themes)
            for table in tables
        ],
    }


def _source(tagged: TaggedSurvey) -> dict[str, Any]:
    source: Source = tagged.survey.source
    return {
        "name": source.name,
        "sha256": source.sha256,
        "encoding": source.encoding,
        "characters": len(source.text),
        "pipeline": pipeline_record(tagged.pipeline),
        "corrections": corrections(tagged.corrections) if tagged.corrections else None,
    }


def _table(table: Table, file: str, rows: int, themes: Sequence[ThemeInfo]) -> dict[str, Any]:
    return {
        "file": file,
        "description": table.description,
        "rows": rows,
        "columns": [
            {"name": column.name, "type": column.type_name, "description": column.description}
            for column in table.columns(themes)
        ],
    }
