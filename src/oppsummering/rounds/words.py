"""The words of a text, as rounds are compared by them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from oppsummering.language.broken_words import mend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from oppsummering.words import Lexicon

SHORTEST: Final = 3
LONGEST: Final = 60

_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def words_of(text: str, lexicon: Lexicon) -> Iterator[str]:
    """Each word of three letters or more, as its key in the common vocabulary.

    Args:
        text: A statement.
        lexicon: Tells the lemma; inflections and both written standards become one.
    """
    for found in _WORD.finditer(mend(text, lexicon).text):
        word = found.group()
        if SHORTEST <= len(word) <= LONGEST:
            yield lexicon.look_up(word).analyses[0].key
