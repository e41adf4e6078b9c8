"""What is to be exported, and what every exporter can do with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol

from oppsummering.errors import OutputError
from oppsummering.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from oppsummering.tagged import TaggedSurvey

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be exported.

    Attributes:
        surveys: One or more surveys with different names, tagged with the same codebook.
        tables: Names of the tables wanted; all of them when empty.
        same_respondents: Whether labels identify respondents across a document.
        excel: Whether CSV files are to open in a Norwegian Excel with a double click.
    """

    surveys: tuple[TaggedSurvey, ...]
    tables: tuple[str, ...] = ()
    same_respondents: bool = False
    excel: bool = False


class Exporter(Protocol):
    """A format of export."""

    @property
    def name(self) -> str:
        """What the option `--format` calls it."""
        ...

    @property
    def suffix(self) -> str:
        """The suffix of its files, with the dot."""
        ...

    def folder(self, order: Order) -> dict[str, bytes]:
        """The files of a folder that hold everything ordered, by name."""
        ...

    def file(self, order: Order) -> bytes:
        """A single file.

        Raises:
            OutputError: What was ordered does not fit into one file of this format.
        """
        ...


def one_survey(order: Order, format_name: str) -> TaggedSurvey:
    """The only survey of an order.

    Raises:
        OutputError: There are several.
    """
    if len(order.surveys) != 1:
        raise OutputError(
            f"A {format_name} file holds one survey, and {len(order.surveys)} were given.",
            hint="Name a folder with --output, or export the surveys one by one.",
        )
    return order.surveys[0]


def file_for_each(
    order: Order, suffix: str, render: Callable[[TaggedSurvey], bytes]
) -> dict[str, bytes]:
    """One file a survey, named after it: `summary.txt` becomes `summary.json`.

    Where two surveys differ only in their suffix, the suffix stays in both names.
    """
    names = [_plain_name(survey.survey.source.name) for survey in order.surveys]
    stems = [PurePath(name).stem for name in names]
    unique = stems if len(set(stems)) == len(stems) else names
    return {
        f"{name}{suffix}": render(survey)
        for name, survey in zip(unique, order.surveys, strict=True)
    }


def _plain_name(name: str) -> str:
    """A survey's name as the name of a file: no folders, nothing hidden in it."""
    if name == STANDARD_INPUT:
        return "stdin"
    return one_line(name).replace("\\", "_").replace("/", "_")
