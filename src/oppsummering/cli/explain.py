"""`oppsummering explain`: why a statement has its themes, or lacks them."""

# ruff: noqa: PLC0415 - `--help` needs none of the imports inside functions

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from oppsummering.cli._analysis import CodebookFile, ConfigFile, Model, settle, write_output
from oppsummering.cli.common import Respondents, create_console

if TYPE_CHECKING:
    from oppsummering.explanation import Explanation
    from oppsummering.survey import Statement


class Format(StrEnum):
    """What `explain` writes."""

    TABLE = "table"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("explain")(explain)


def explain(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="The survey summary; - reads standard input."),
    ] = None,
    statement: Annotated[
        str | None,
        typer.Option("--statement", metavar="ID", help="The statement of FILE, such as q1.r2.s1."),
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", metavar="TEXT", help="Explain this text instead.")
    ] = None,
    codebook: CodebookFile = None,
    model: Model = None,
    respondent: Respondents = None,
    config: ConfigFile = None,
    format_: Annotated[Format, typer.Option("--format", help="What to write.")] = Format.TABLE,
) -> None:
    """Show why a statement has its themes, or lacks them.

    Its words with lemma and parts, the terms that matched, which of them count, and if not, why.
    """
    from oppsummering.codebook import load_codebook
    from oppsummering.explanation import Explanation
    from oppsummering.language.lexicon import load_lexicon
    from oppsummering.language.pipeline import load_pipeline
    from oppsummering.tagging import Tagger

    settings = settle(codebook=codebook, model=model, respondent=respondent, config=config)
    found = _statement(file, statement, text, settings.respondent)
    explained = found.text if found else text or ""
    themes, pipeline = load_codebook(settings.codebook), load_pipeline(settings.model)
    trace = Tagger(pipeline, themes, load_lexicon()).trace(explained)
    explanation = Explanation(explained, found, trace, themes, pipeline.info)
    if format_ is Format.TABLE and sys.stdout.isatty():
        _print(explanation)
    else:
        write_output(_RENDERERS[format_](explanation), None, ())


def _statement(
    file: Path | None, statement: str | None, text: str | None, respondent: tuple[str, ...]
) -> Statement | None:
    """The statement that is asked for, or None when a text is given."""
    if text is not None:
        if file is not None or statement is not None:
            raise typer.BadParameter("--text stands alone: leave out FILE and --statement.")
        if text.encode(errors="replace").decode() != text:
            raise typer.BadParameter("the text given by --text is not valid UTF-8.")
        if not text.strip():
            raise typer.BadParameter("the text given by --text is empty.")
        return None
    if file is None or statement is None:
        raise typer.BadParameter("name FILE and --statement ID, or give --text.")
    from oppsummering.explanation import find_statement
    from oppsummering.readers import read_survey

    return find_statement(read_survey(file, respondent=respondent), statement)


def _print(explanation: Explanation) -> None:
    from oppsummering.explanation import build_explanation_report
    from oppsummering.renderers.terminal import print_report

    print_report(build_explanation_report(explanation), create_console())


def _table(explanation: Explanation) -> bytes:
    from oppsummering.explanation import build_explanation_report
    from oppsummering.renderers.terminal import plain

    return plain(build_explanation_report(explanation)).encode()


def _json(explanation: Explanation) -> bytes:
    from oppsummering.explanation import explanation_document
    from oppsummering.exporters.json_document import dump

    return dump(explanation_document(explanation))


_RENDERERS = {Format.TABLE: _table, Format.JSON: _json}
