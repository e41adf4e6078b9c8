"""`oppsummering model`: which pipelines there are, and what is known about one."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from oppsummering.cli.common import create_console
from oppsummering.visible import one_line

if TYPE_CHECKING:
    from oppsummering.language.pipeline import PipelineDescription

model_app = typer.Typer(
    name="model",
    help="Show the Norwegian pipelines that can be used, and what is known about them.",
    no_args_is_help=True,
)

ACCURACY = {
    "pos_acc": "POS",
    "morph_acc": "MORPH",
    "lemma_acc": "LEMMA",
    "sents_f": "SENTS",
    "ents_f": "ENTS",
}
"""The scores that the list shows, by spaCy's names and by the titles that spaCy gives them."""

NYNORSK_PREFIX = "nn_"
"""Before the names of the bundled pipeline's scores on Nynorsk; the others are on Bokmål."""

_UNKNOWN = "-"


class OutputFormat(StrEnum):
    """How the commands write."""

    TABLE = "table"
    JSON = "json"


Format = Annotated[OutputFormat, typer.Option("--format", help="A table for people, or JSON.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.add_typer(model_app)


@model_app.command("list")
def list_models(output_format: Format = OutputFormat.TABLE) -> None:
    """List the bundled pipeline and the installed Norwegian ones.

    The accuracy is what each pipeline says about itself, on its own evaluation data.
    """
    from oppsummering.language.pipeline import available  # noqa: PLC0415 - needed when it runs

    descriptions = available()
    if output_format is OutputFormat.JSON:
        typer.echo(_as_text([_as_json(description) for description in descriptions]))
    else:
        _print_list(descriptions)


@model_app.command("info")
def info(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME", help="A pipeline's name or folder; the bundled one if not given."
        ),
    ] = None,
    output_format: Format = OutputFormat.TABLE,
) -> None:
    """Show all that a pipeline says about itself."""
    from oppsummering.language.pipeline import load_pipeline  # noqa: PLC0415 - needed when it runs

    description = load_pipeline(name).description
    if output_format is OutputFormat.JSON:
        typer.echo(_as_text(_as_json(description)))
    else:
        _print_info(description)


def _as_text(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2)


def _as_json(description: PipelineDescription) -> dict[str, Any]:
    return {
        "name": description.name,
        "version": description.version,
        "bundled": description.bundled,
        "language": description.language,
        "spacy_version": description.spacy_version,
        "licence": description.licence,
        "source": description.source,
        "description": description.description,
        "components": list(description.components),
        "sources": [
            {"name": source.name, "licence": source.licence, "url": source.url}
            for source in description.sources
        ],
        "accuracy": dict(sorted(description.performance.items())),
    }


def _print_list(descriptions: tuple[PipelineDescription, ...]) -> None:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415 - only this format needs it
    from rich.table import Table  # noqa: PLC0415 - only this format needs it
    from rich.text import Text  # noqa: PLC0415 - only this format needs it

    table = Table(box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    for title in ("Pipeline", "Version", "Licence"):
        table.add_column(title, no_wrap=True)
    table.add_column("Source")
    for title in ACCURACY.values():
        table.add_column(title, justify="right")
    for description in descriptions:
        source = "bundled" if description.bundled else description.source
        known = (description.name, description.version, description.licence, source)
        table.add_row(
            *(Text(one_line(value)) for value in known),
            *(_figure(description.performance.get(name)) for name in ACCURACY),
        )
    create_console().print(table)


def _print_info(description: PipelineDescription) -> None:
    from rich.table import Table  # noqa: PLC0415 - only this format needs it
    from rich.text import Text  # noqa: PLC0415 - only this format needs it

    table = Table(show_header=False)
    rows = {
        "Pipeline": description.name,
        "Version": description.version,
        "Bundled": "yes" if description.bundled else "no",
        "Language": description.language,
        "spaCy": description.spacy_version,
        "Licence": description.licence,
        "Source": description.source,
        "Description": description.description,
        "Components": ", ".join(description.components),
    }
    rows |= {
        f"Data {number}": f"{source.name} ({source.licence})"
        for number, source in enumerate(description.sources, 1)
    }
    rows |= {
        _score_title(name): _figure(value)
        for name, value in sorted(description.performance.items())
    }
    for title, value in rows.items():
        table.add_row(title, Text(one_line(value)))
    create_console().print(table)


def _score_title(name: str) -> str:
    plain = name.removeprefix(NYNORSK_PREFIX)
    title = ACCURACY.get(plain, plain)
    return title if plain == name else f"{title}, Nynorsk"


def _figure(value: float | None) -> str:
    return _UNKNOWN if value is None else f"{value:.3f}"
