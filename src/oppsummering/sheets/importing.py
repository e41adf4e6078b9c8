"""From a coded sheet to gold codes, or to corrections of what the machine gave."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from oppsummering.corrections.editing import correction_of
from oppsummering.corrections.model import Action, fingerprint
from oppsummering.errors import GoldError, Problem, SelectionError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from oppsummering.corrections.model import Correction
    from oppsummering.sheets.model import CodedRow, CodedSheet
    from oppsummering.tagged import TaggedStatement, TaggedSurvey


def gold_codes(sheet: CodedSheet) -> bytes:
    """The codes as JSON lines that `oppsummering agreement --gold` reads.

    Each theme is a key with 1 or 0, so that a theme that nobody gave still counts as looked for.
    """
    lines = []
    for row in sheet.rows:
        fields: dict[str, object] = {
            "id": row.statement,
            "text": row.text,
            **{theme: int(has) for theme, has in row.themes.items()},
        }
        if row.coder:
            fields["coder"] = row.coder
        if row.comment:
            fields["comment"] = row.comment
        lines.append(json.dumps(fields, ensure_ascii=False) + "\n")
    return "".join(lines).encode("utf-8")


def check_statements(sheet: CodedSheet, tagged: TaggedSurvey, path: Path) -> None:
    """See to it that every coded statement is in the survey, with the text that was coded.

    Raises:
        GoldError: With each row whose statement is another one now.
    """
    known = {each.statement.id: fingerprint(each.statement.text) for each in tagged.statements}
    problems = [
        Problem(row.address, f"the statement {row.statement} {said}.")
        for row in sheet.rows
        if (said := _wrong(row, known))
    ]
    if problems:
        raise GoldError(tuple(problems), path=path)


def corrections_of(
    sheet: CodedSheet, tagged: TaggedSurvey, *, coder: str | None, date: str
) -> tuple[Correction, ...]:
    """The corrections that make the machine's themes those of a coder.

    Args:
        sheet: What people coded.
        tagged: The survey as the machine tagged it.
        coder: Whose codes to take; may be None when there is only one.
        date: The day of the corrections.

    Returns:
        One correction for each theme that the coder and the machine see differently.

    Raises:
        SelectionError: Several people coded the sheet and none was chosen, or not this one.
    """
    statements = {each.statement.id: each for each in tagged.statements}
    return tuple(
        correction_of(
            statements[row.statement].statement,
            theme,
            Action.ADD if has else Action.REMOVE,
            reason=row.comment,
            coder=row.coder,
            date=date,
        )
        for row in _rows_of(sheet, coder)
        for theme, has in row.themes.items()
        if has != _has(statements[row.statement], theme)
    )


def _wrong(row: CodedRow, known: Mapping[str, str]) -> str | None:
    if row.statement not in known:
        return "is not in the survey"
    if known[row.statement] != row.fingerprint:
        return "has another text in the survey than in the sheet"
    return None


def _rows_of(sheet: CodedSheet, coder: str | None) -> Sequence[CodedRow]:
    coders = list(dict.fromkeys(row.coder for row in sheet.rows))
    if coder is None and len(coders) > 1:
        raise SelectionError(
            "Several people coded this sheet.", hint=f"Say --coder and one of {', '.join(coders)}."
        )
    chosen = coders[0] if coder is None else coder
    if chosen not in coders:
        raise SelectionError(
            f"Nobody named {chosen!r} coded this sheet.", hint=f"There are: {', '.join(coders)}."
        )
    return [row for row in sheet.rows if row.coder == chosen]


def _has(tagged: TaggedStatement, theme: str) -> bool:
    return tagged.tag(theme) is not None
