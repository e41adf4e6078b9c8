"""`oppsummering structure`: the outline of a survey, as it was understood."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from oppsummering.cli._analysis import ConfigFile, settle
from oppsummering.cli.common import Respondents, SurveyFile, create_console


class StructureFormat(StrEnum):
    """How the outline is printed."""

    TABLE = "table"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("structure")(structure)


def structure(
    file: SurveyFile,
    respondent: Respondents = None,
    config: ConfigFile = None,
    output_format: Annotated[
        StructureFormat, typer.Option("--format", help="How to print it.")
    ] = StructureFormat.TABLE,
) -> None:
    """Show what was understood: questions, responses, statements, with lines and diagnostics."""
    import json  # noqa: PLC0415 - loaded when the command runs

    from oppsummering.readers import read_survey  # noqa: PLC0415
    from oppsummering.renderers.structure import print_structure, structure_data  # noqa: PLC0415

    settings = settle(codebook=None, model=None, respondent=respondent, config=config)
    survey = read_survey(file, respondent=settings.respondent)
    if output_format is StructureFormat.JSON:
        data = json.dumps(structure_data(survey), ensure_ascii=False, indent=2)
        typer.echo(f"{data}\n".encode(), nl=False)
    else:
        print_structure(survey, create_console())
