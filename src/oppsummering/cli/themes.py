"""`oppsummering themes`: show, check and try the themes of a codebook."""

# ruff: noqa: PLC0415 - `--help` needs none of the imports inside functions

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from oppsummering.cli._analysis import ConfigFile, Model, settle
from oppsummering.cli.common import create_console
from oppsummering.errors import CodebookError
from oppsummering.visible import one_line, visible

if TYPE_CHECKING:
    from oppsummering.codebook import Codebook, Theme
    from oppsummering.examples import ExampleResult

EXIT_FINDINGS = 1
EXIT_ERROR = 2

themes_app = typer.Typer(
    name="themes",
    help="Show, check and try the themes of a codebook.",
    no_args_is_help=True,
)

CodebookArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="FILE",
        help="The codebook; without one, that of the configuration or the shipped one.",
    ),
]


class ListFormat(StrEnum):
    """How `themes list` writes."""

    TABLE = "table"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.add_typer(themes_app)


@themes_app.command("list")
def list_themes(
    file: CodebookArgument = None,
    config: ConfigFile = None,
    format_: Annotated[
        ListFormat, typer.Option("--format", help="A table, or JSON with every term.")
    ] = ListFormat.TABLE,
) -> None:
    """List the themes of a codebook, with the number of their terms and examples."""
    from oppsummering.codebook import load_codebook, shipped_codebook

    codebook = load_codebook(_chosen(file, config) or shipped_codebook())
    if format_ is ListFormat.JSON:
        from oppsummering.exporters.json_document import dump

        typer.echo(dump(_as_json(codebook)), nl=False)
    else:
        _print_table(codebook)


@themes_app.command("validate")
def validate(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE",
            help="Codebooks; without one, that of the configuration or the shipped one.",
        ),
    ] = None,
    config: ConfigFile = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with status 1 when there are warnings.")
    ] = False,
) -> None:
    """Check codebooks and show every problem at once, each with its line.

    Exit status 2 when a codebook is not valid.
    """
    from oppsummering.advice import advise
    from oppsummering.codebook import load_codebook, shipped_codebook
    from oppsummering.language.lexicon import load_lexicon

    invalid = warnings = 0
    chosen: list[Path | None] = [*files] if files else [_chosen(None, config)]
    for file in chosen:
        try:
            codebook = load_codebook(file or shipped_codebook())
        except CodebookError as error:
            typer.echo(visible(f"oppsummering: {error}"), err=True)
            invalid += 1
            continue
        name = _name(codebook, file)
        typer.echo(visible(f"{name}: valid: {_contents(codebook)}"))
        for warning in advise(codebook, load_lexicon()):
            place = f"{name}:{warning.line}"
            typer.echo(visible(f"{place}: warning: {warning.where}: {warning.message}"))
            warnings += 1
    if invalid:
        raise typer.Exit(EXIT_ERROR)
    if warnings and strict:
        raise typer.Exit(EXIT_FINDINGS)


@themes_app.command("test")
def run(file: CodebookArgument = None, model: Model = None, config: ConfigFile = None) -> None:
    """Run the example sentences of every theme; exit status 1 when one of them fails."""
    from oppsummering.codebook import load_codebook, shipped_codebook
    from oppsummering.examples import run_examples
    from oppsummering.language.lexicon import load_lexicon
    from oppsummering.language.pipeline import load_pipeline
    from oppsummering.tagging import Tagger

    settings = settle(codebook=file, model=model, respondent=None, config=config)
    codebook = load_codebook(settings.codebook or shipped_codebook())
    tagger = Tagger(load_pipeline(settings.model), codebook, load_lexicon())
    results = list(run_examples(tagger, codebook))
    failed = [result for result in results if not result.passed]
    for result in failed:
        typer.echo(visible(_failure(_name(codebook, settings.codebook), result)))
    for theme in codebook.themes:
        own = [result for result in results if result.theme == theme.id]
        passed = sum(result.passed for result in own)
        typer.echo(f"{theme.id}: {passed} of {_number(len(own), 'example')} passed")
    if failed:
        raise typer.Exit(EXIT_FINDINGS)


def _chosen(file: Path | None, config: Path | None) -> Path | None:
    """The codebook that was named, or that of the configuration, or None for the shipped one."""
    return settle(codebook=file, model=None, respondent=None, config=config).codebook


def _name(codebook: Codebook, file: Path | None) -> str:
    """The codebook as the user named it, so that an editor finds the line."""
    return str(file) if file else codebook.file


def _number(count: int, what: str, plural: str = "") -> str:
    return f"{count} {what if count == 1 else plural or what + 's'}"


def _contents(codebook: Codebook) -> str:
    themes = codebook.themes
    terms = sum(len(theme.terms) for theme in themes)
    vetoes = sum(len(theme.vetoes) for theme in themes)
    examples = sum(len(theme.match) + len(theme.no_match) for theme in themes)
    return ", ".join(
        (
            _number(len(themes), "theme"),
            _number(terms, "term"),
            _number(vetoes, "veto", "vetoes"),
            _number(examples, "example"),
        )
    )


def _print_table(codebook: Codebook) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("Theme", no_wrap=True)
    table.add_column("Label", overflow="fold")
    for column in ("Terms", "Vetoes", "Match", "No match"):
        table.add_column(column, justify="right")
    for theme in codebook.themes:
        counts = map(len, (theme.terms, theme.vetoes, theme.match, theme.no_match))
        table.add_row(theme.id, Text(one_line(theme.label)), *map(str, counts))
    console = create_console()
    console.print(Text(one_line(codebook.name), style="bold"))
    console.print()
    console.print(table)


def _as_json(codebook: Codebook) -> dict[str, Any]:
    return {
        "schema_version": 1,
        "name": codebook.name,
        "sha256": codebook.sha256,
        "themes": [_theme_as_json(theme) for theme in codebook.themes],
    }


def _theme_as_json(theme: Theme) -> dict[str, Any]:
    return {
        "id": theme.id,
        "labels": dict(theme.labels),
        "definition": theme.definition,
        "include": list(theme.include),
        "exclude": list(theme.exclude),
        "threshold": theme.threshold,
        "scope": theme.scope.value,
        "terms": [
            {
                "id": term.id,
                "kind": term.matcher.kind,
                "strength": term.strength,
                "line": term.line,
            }
            for term in theme.terms
        ],
        "vetoes": [
            {
                "id": veto.id,
                "kind": veto.matcher.kind,
                "scope": veto.scope.value,
                "line": veto.line,
            }
            for veto in theme.vetoes
        ],
        "examples": {
            "match": [example.text for example in theme.match],
            "no_match": [example.text for example in theme.no_match],
        },
        "line": theme.line,
    }


def _failure(name: str, result: ExampleResult) -> str:
    """What a sentence should have had, and what became of every match."""
    wanted = "must match" if result.expected else "must not match"
    head = f"{name}:{result.example.line}: {result.theme}: {wanted}: {result.example.text}"
    if not result.evidence:
        return f"{head}\n    no term hit anything"
    lines = [
        f"    {item.match.term} hit {one_line(item.match.text)!r}: {item.outcome}"
        + (f" ({item.reason})" if item.reason else "")
        for item in result.evidence
    ]
    score = f"    score {result.score:g}, threshold {result.threshold:g}"
    return "\n".join((head, *lines, score))
