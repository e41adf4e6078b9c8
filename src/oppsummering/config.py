"""The configuration: `oppsummering.toml`, or `[tool.oppsummering]` in `pyproject.toml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from oppsummering.bounded import read_bounded
from oppsummering.errors import ConfigurationError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILE_NAME: Final = "oppsummering.toml"
PROJECT_FILE: Final = "pyproject.toml"
MAX_BYTES: Final = 1_000_000


class Level(StrEnum):
    """How serious a finding is, most serious first; `off` leaves a check out."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of the checks; shares are fractions from 0 to 1.

    Attributes:
        untagged: Largest share of statements without a theme.
        untagged_question: The same within one question.
        long_statement: How many times longer than the median a statement may be.
        short_statement: The fewest words of a statement.
        theme_change: How far a theme's share may move from the baseline.
        response_change: How far the number of responses may move, as a share of the baseline's.
    """

    untagged: float = 0.75
    untagged_question: float = 0.90
    long_statement: float = 8.0
    short_statement: int = 2
    theme_change: float = 0.10
    response_change: float = 0.20


@dataclass(frozen=True, slots=True)
class Configuration:
    """What a project has settled; None and empty where it says nothing.

    Attributes:
        path: The file it was read from, or None for the defaults.
        codebook: The codebook, relative to the file's folder.
        model: Name or path of the spaCy pipeline.
        respondent: Labels that open a response, besides the usual ones.
        fail_on: The least serious level that makes `check` fail.
        severity: The level of a check by its id, where it is not the check's own.
        limits: The limits of the checks.
    """

    path: Path | None = None
    codebook: Path | None = None
    model: str | None = None
    respondent: tuple[str, ...] = ()
    fail_on: Level = Level.WARNING
    severity: Mapping[str, Level] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)


def load_configuration(
    *,
    path: Path | None = None,
    folder: Path | None = None,
    checks: Iterable[str] | None = None,
) -> Configuration:
    """Read the configuration.

    Args:
        path: The file; when None it is looked for in `folder` and the folders above it.
        folder: Where to begin to look; the current folder when None.
        checks: The ids of all checks; severities of others are problems. Any id passes when None.

    Returns:
        The configuration; the defaults when there is no file.

    Raises:
        ConfigurationError: With every problem of the file.
    """
    found = path or _find(folder or Path.cwd())
    if found is None:
        return Configuration()
    table = _table(found)
    if table is None:
        problem = Problem("", "has no table [tool.oppsummering].")
        raise ConfigurationError((problem,), path=found)
    reader = _Reader(found.parent, None if checks is None else tuple(checks))
    configuration = reader.configuration(table, found)
    if reader.problems:
        raise ConfigurationError(tuple(reader.problems), path=found)
    return configuration


def _find(folder: Path) -> Path | None:
    for place in (folder, *folder.absolute().parents):
        if (place / FILE_NAME).is_file():
            return place / FILE_NAME
        if (place / PROJECT_FILE).is_file() and _table(place / PROJECT_FILE) is not None:
            return place / PROJECT_FILE
    return None


def _table(path: Path) -> Mapping[str, Any] | None:
    """The table of the file that is ours; None for a `pyproject.toml` without it."""
    import tomllib  # noqa: PLC0415 - `--help` does without it

    try:
        data = read_bounded(path, MAX_BYTES)
        if data is None:
            problem = Problem("", f"is larger than {MAX_BYTES // 1_000_000} MB.")
            raise ConfigurationError((problem,), path=path)
        document = tomllib.loads(data.decode("utf-8-sig"))
    except OSError as error:
        problem = Problem("", f"cannot be read: {error.strerror or error}.")
        raise ConfigurationError((problem,), path=path) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        problem = Problem("", f"is not valid TOML: {error}.")
        raise ConfigurationError((problem,), path=path) from None
    if path.name != PROJECT_FILE:
        return document
    tool = document.get("tool")
    ours = tool.get("oppsummering") if isinstance(tool, dict) else None
    return ours if isinstance(ours, dict) else None


class _Reader:
    """Turns a TOML table into a configuration; problems are collected."""

    def __init__(self, folder: Path, checks: tuple[str, ...] | None) -> None:
        self.problems: list[Problem] = []
        self._folder = folder
        self._checks = checks

    def configuration(self, table: Mapping[str, Any], path: Path) -> Configuration:
        self._known(table, "", ("codebook", "model", "respondent", "check"))
        check = self._subtable(table, "check")
        self._known(check, "check", ("fail_on", "severity", "limits"))
        codebook = self._text(table, "codebook")
        return Configuration(
            path=path,
            codebook=None if codebook is None else self._folder / codebook,
            model=self._text(table, "model"),
            respondent=self._texts(table, "respondent"),
            fail_on=self._level(check.get("fail_on", "warning"), "check.fail_on"),
            severity=self._severities(self._subtable(check, "severity", "check.")),
            limits=self._limits(self._subtable(check, "limits", "check.")),
        )

    def _report(self, where: str, message: str) -> None:
        self.problems.append(Problem(where, message))

    def _known(self, table: Mapping[str, Any], where: str, keys: Iterable[str]) -> None:
        known = tuple(keys)
        for key in table:
            if key not in known:
                place = f"{where}.{key}" if where else key
                self._report(place, f"unknown key {key!r}; known here: {', '.join(known)}.")

    def _subtable(self, table: Mapping[str, Any], key: str, prefix: str = "") -> Mapping[str, Any]:
        value = table.get(key, {})
        if isinstance(value, dict):
            return value
        self._report(prefix + key, f"must be a table, [{prefix}{key}].")
        return {}

    def _text(self, table: Mapping[str, Any], key: str) -> str | None:
        value = table.get(key)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        self._report(key, "must be a text that is not empty.")
        return None

    def _texts(self, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
        value = table.get(key, [])
        values = [value] if isinstance(value, str) else value
        if isinstance(values, list) and all(isinstance(v, str) and v.strip() for v in values):
            return tuple(values)
        self._report(key, "must be a text or a list of texts.")
        return ()

    def _level(self, value: object, where: str) -> Level:
        levels = [level.value for level in Level]
        if isinstance(value, str) and value in levels:
            return Level(value)
        self._report(where, f"must be one of {', '.join(levels)}, not {value!r}.")
        return Level.WARNING

    def _severities(self, table: Mapping[str, Any]) -> dict[str, Level]:
        if self._checks is not None:
            self._known(table, "check.severity", self._checks)
        return {
            check: self._level(value, f"check.severity.{check}") for check, value in table.items()
        }

    def _limits(self, table: Mapping[str, Any]) -> Limits:
        defaults = {name: getattr(Limits(), name) for name in Limits.__dataclass_fields__}
        self._known(table, "check.limits", defaults)
        highest = {"long_statement": 1000.0, "short_statement": 1000.0}
        values = dict(defaults)
        for name, default in defaults.items():
            value = table.get(name, default)
            high = highest.get(name, 1.0)
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if not number or not 0 <= value <= high:
                self._report(f"check.limits.{name}", f"must be a number from 0 to {high:g}.")
            elif isinstance(default, int) and not isinstance(value, int):
                self._report(f"check.limits.{name}", "must be a whole number.")
            else:
                values[name] = value
        return Limits(**values)
