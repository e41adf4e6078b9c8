"""`oppsummering word`: what the lexicon knows of a word form."""

# ruff: noqa: PLC0415 - `--help` needs none of the imports inside functions

from __future__ import annotations

import io
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from oppsummering.language.standard import StandardTable
    from oppsummering.words import Analysis, WordForm, WrittenStandard

COLUMNS = (24, 28, 28, 24, 8)
"""The width of each column; a longer entry pushes the next ones to the right."""

HEADINGS = ("word", "segments", "parts", "lemma", "standard", "key")
SHOWN_LETTERS = 60


class Format(StrEnum):
    """What `word` writes."""

    TABLE = "table"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the command to the app."""
    app.command("word")(word)


def word(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORD", help="Words; without any, one a line is read."),
    ] = None,
    format_: Annotated[
        Format, typer.Option("--format", help="What to write; json is one object a line.")
    ] = Format.TABLE,
) -> None:
    """Show how a word is understood: its parts, its lemma, its written standard.

    The key is the word that stands for both standards: a term of the codebook matches every word
    with its key. Without WORD, words are read from standard input, one a line; blank lines are
    skipped.
    """
    from oppsummering.language.lexicon import load_lexicon
    from oppsummering.language.standard import load_standards

    if not words and _is_terminal():
        raise typer.BadParameter("Give one or more words, or one a line on standard input.")
    lexicon, standards = load_lexicon(), load_standards()
    write = _write_json if format_ is Format.JSON else _write_table
    write(
        (form, _standard(form, standards))
        for form in map(lexicon.look_up, _words(words or _standard_input()))
    )


def _is_terminal() -> bool:
    return sys.stdin.isatty()


def _standard_input() -> Iterator[str]:
    """The lines of standard input; bytes that are not UTF-8 become U+FFFD."""
    lines = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", errors="replace")
    try:
        yield from lines
    finally:
        lines.detach()


def _words(lines: Iterable[str]) -> Iterator[str]:
    return (text for text in map(str.strip, lines) if text)


def _standard(form: WordForm, standards: StandardTable) -> WrittenStandard:
    """The standard that the form speaks for, or else its parts."""
    from oppsummering.words import WrittenStandard

    whole = standards.decide([form.text])
    if whole is not WrittenStandard.UNDECIDED:
        return whole
    return standards.decide(form.analyses[0].segments)


def _write_json(found: Iterable[tuple[WordForm, WrittenStandard]]) -> None:
    from json import JSONEncoder

    encode = JSONEncoder(ensure_ascii=False).encode
    for form, standard in found:
        first = form.analyses[0]
        facts = {
            "word": form.text,
            "segments": first.segments,
            "parts": first.parts,
            "lemma": first.lemma,
            "standard": standard,
            "pos": first.pos,
            "key": first.key,
            "part_keys": first.part_keys,
            "other_readings": [
                {
                    "segments": other.segments,
                    "parts": other.parts,
                    "lemma": other.lemma,
                    "pos": other.pos,
                    "key": other.key,
                    "part_keys": other.part_keys,
                }
                for other in form.analyses[1:]
            ],
        }
        _echo(encode(facts))


def _write_table(found: Iterable[tuple[WordForm, WrittenStandard]]) -> None:
    from oppsummering.visible import one_line

    _echo(_row(HEADINGS, str))
    for form, standard in found:
        readings = dict.fromkeys(map(_cells, form.analyses))
        for number, (segments, parts, lemma, key) in enumerate(readings):
            text, shown = ("", "") if number else (form.text, standard)
            cells = (text, segments, parts, lemma, shown, key)
            _echo(_row(cells, one_line))


def _cells(reading: Analysis) -> tuple[str, str, str, str]:
    """What the table shows of a reading; readings that differ in nothing else are one row."""
    return (" | ".join(reading.segments), " + ".join(reading.parts), reading.lemma, reading.key)


def _row(cells: Iterable[str], clean: Callable[[str], str]) -> str:
    shown = [_short(clean(cell)) for cell in cells]
    padded = [cell.ljust(width) for cell, width in zip(shown, COLUMNS, strict=False)]
    return "  ".join([*padded, *shown[len(COLUMNS) :]]).rstrip()


def _short(cell: str) -> str:
    return cell if len(cell) <= SHOWN_LETTERS else cell[: SHOWN_LETTERS - 1] + "…"


def _echo(line: str) -> None:
    # A lone surrogate in an argument cannot be encoded; it is shown as an escape.
    sys.stdout.write(line.encode("utf-8", "backslashreplace").decode("utf-8") + "\n")
    sys.stdout.flush()
