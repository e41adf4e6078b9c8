"""Reading a file of corrections, YAML or CSV, with every problem at once."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Final

from oppsummering.corrections.model import FINGERPRINT_LENGTH, Action, Correction, Corrections
from oppsummering.errors import CorrectionsError, Problem, SurveyReadError
from oppsummering.readers.decoding import decode, read_bytes
from oppsummering.spreadsheet import as_written
from oppsummering.tabular import csv_table
from oppsummering.yamlfile import MAX_BYTES, Checker, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from oppsummering.tabular import Row
    from oppsummering.yamlfile import Node

SCHEMA_VERSION: Final = 1
REQUIRED: Final = ("statement", "fingerprint", "theme", "action")
OPTIONAL: Final = ("reason", "coder", "date", "text")
COLUMNS: Final = (*REQUIRED, *OPTIONAL)

_ACTIONS: Final = {action.value: action for action in Action}


def read_corrections(path: Path, themes: Iterable[str]) -> Corrections:
    """Read and check a file of corrections.

    Args:
        path: A YAML file, or a CSV file with the same names as columns.
        themes: The ids of the codebook's themes.

    Raises:
        CorrectionsError: With every problem and its place.
    """
    known = tuple(themes)
    read = _read_csv if path.suffix.casefold() == ".csv" else _read_yaml
    return read(path, known)


def _read_yaml(path: Path, themes: tuple[str, ...]) -> Corrections:
    file = read_yaml(path, CorrectionsError)
    check = Checker()
    keys = check.mapping(file.root, required=("schema_version", "corrections"))
    version = check.integer(keys.get("schema_version"), SCHEMA_VERSION, low=1, high=1_000_000)
    if version != SCHEMA_VERSION:
        message = f"is {version}; this version of oppsummering reads {SCHEMA_VERSION}. Update it."
        check.report(keys["schema_version"], message)
    entries = [_entry(check, node) for node in check.items(keys.get("corrections"))]
    problems = [*check.problems, *_inconsistent(entries, themes)]
    return _finish(path, file.sha256, entries, problems)


def _entry(check: Checker, node: Node) -> Correction:
    keys = check.mapping(node, required=REQUIRED, optional=OPTIONAL)
    return Correction(
        statement=check.text(keys.get("statement")),
        fingerprint=check.text(keys.get("fingerprint")),
        theme=check.text(keys.get("theme")),
        action=check.choice(keys.get("action"), _ACTIONS, Action.ADD),
        reason=check.text(keys.get("reason")),
        coder=check.text(keys.get("coder")),
        date=check.date(keys.get("date")),
        text=check.text(keys.get("text")),
        line=node.line,
    )


def _read_csv(path: Path, themes: tuple[str, ...]) -> Corrections:
    try:
        data = read_bytes(path)
        if len(data) > MAX_BYTES:
            message = f"is larger than {MAX_BYTES // 1_000_000} MB."
            raise CorrectionsError((Problem("", message),), path=path)
        table = csv_table(decode(data, path).text)
    except SurveyReadError as error:
        problem = Problem("", f"cannot be read: {error.message} {error.hint}", error.line)
        raise CorrectionsError((problem,), path=path) from None
    problems = [*table.problems, *_wrong_columns(table.columns or ())]
    entries = [] if problems else [_row(row, problems) for row in table.rows]
    problems += _inconsistent(entries, themes)
    return _finish(path, hashlib.sha256(data).hexdigest(), entries, problems)


def _wrong_columns(columns: Sequence[str]) -> list[Problem]:
    missing = [name for name in REQUIRED if name not in columns]
    unknown = [name for name in columns if name not in COLUMNS]
    problems = [Problem("", f"the column {name!r} is missing.", 1) for name in missing]
    problems += [
        Problem("", f"unknown column {name!r}; known: {', '.join(COLUMNS)}.", 1) for name in unknown
    ]
    return problems


def _row(row: Row, problems: list[Problem]) -> Correction:
    cells = {name: as_written(str(cell).strip()) for name, cell in row.cells.items()}
    line = row.line
    empty = [name for name in REQUIRED if not cells[name]]
    problems += [Problem(name, "must not be empty.", line) for name in empty]
    action = cells["action"].casefold()
    if action and action not in _ACTIONS:
        problems.append(Problem("action", f"must be add or remove, not {action!r}.", line))
    day = cells.get("date", "")
    if day and not _is_day(day):
        problems.append(Problem("date", "must be a day such as 2026-11-24.", line))
    return Correction(
        statement=cells["statement"],
        fingerprint=cells["fingerprint"],
        theme=cells["theme"],
        action=_ACTIONS.get(action, Action.ADD),
        reason=cells.get("reason", ""),
        coder=cells.get("coder", ""),
        date=day,
        text=cells.get("text", ""),
        line=line,
    )


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _inconsistent(entries: list[Correction], themes: tuple[str, ...]) -> list[Problem]:
    """Unknown themes, bad fingerprints, and two decisions on one theme of one statement."""
    problems = []
    lines: dict[tuple[str, str, str], int | None] = {}
    for entry in entries:
        if entry.theme and entry.theme not in themes:
            message = f"there is no theme {entry.theme!r}; known: {', '.join(themes)}."
            problems.append(Problem("theme", message, entry.line))
        if entry.fingerprint and not _is_fingerprint(entry.fingerprint):
            message = (
                f"must be {FINGERPRINT_LENGTH} digits 0-9 a-f; "
                "`oppsummering corrections add` writes it."
            )
            problems.append(Problem("fingerprint", message, entry.line))
        key = (entry.statement, entry.fingerprint, entry.theme)
        if key in lines:
            message = f"this theme of this statement is decided on line {lines[key]} already."
            problems.append(Problem("", message, entry.line))
        lines.setdefault(key, entry.line)
    return problems


def _is_fingerprint(text: str) -> bool:
    return len(text) == FINGERPRINT_LENGTH and all(sign in "0123456789abcdef" for sign in text)


def _finish(
    path: Path, sha256: str, entries: list[Correction], problems: list[Problem]
) -> Corrections:
    if problems:
        ordered = sorted(problems, key=lambda problem: problem.line or 0)
        raise CorrectionsError(tuple(ordered), path=path)
    return Corrections(path.name, sha256, tuple(entries))
