"""Put the spaces back that NDT does not have: which tokens have a space after them.

The rules are those of Norwegian typography; the dev files, where UD says `SpaceAfter=No`, tell
how often they are right.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_NO_SPACE_BEFORE = frozenset(".,:;!?)]}»”%…") | {"...", "..", "!!", "??", "!?", "!!!", "'s"}
_NO_SPACE_AFTER = frozenset("([{«“#")
_TIGHT = frozenset("/")
_STRAIGHT_QUOTES = frozenset("\"'")
_SUFFIX = re.compile(r"-\w")


def spaces_after(forms: Sequence[str]) -> list[bool]:
    """Tell for each token of a sentence whether a space follows; one follows the last.

    Args:
        forms: The tokens of one sentence.

    Returns:
        As many truth values.
    """
    spaces = [True] * len(forms)
    opened: set[str] = set()
    for index, form in enumerate(forms):
        before, after = _own_spaces(form, opened)
        if index and (not before or _follows_quote(forms, index)):
            spaces[index - 1] = False
        if not after and index + 1 < len(forms):
            spaces[index] = False
    return spaces


def _own_spaces(form: str, opened: set[str]) -> tuple[bool, bool]:
    if form in _STRAIGHT_QUOTES:
        opened ^= {form}
        return form in opened, form not in opened
    if form in _TIGHT:
        return False, False
    return form not in _NO_SPACE_BEFORE, form not in _NO_SPACE_AFTER


def _follows_quote(forms: Sequence[str], index: int) -> bool:
    """*«Guitar Hero»-spill*: a compound whose first part is quoted."""
    return forms[index - 1] in {"»", '"', "”"} and bool(_SUFFIX.match(forms[index]))
