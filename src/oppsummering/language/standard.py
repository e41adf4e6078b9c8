"""Bokmål or Nynorsk: each word form speaks for one of them, and the evidence is summed.

The evidence of a form is a log-odds learnt by `training/standard.py`; a form that it does not
know speaks through its last letters.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from oppsummering.language.compounds import DATA, MAX_LENGTH
from oppsummering.language.wordtable import STEP, WordTable
from oppsummering.words import WrittenStandard

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SUFFIX_MARK = "~"
"""Stands before the last letters of a word in the table."""

SUFFIX_LETTERS = (5, 4, 3, 2)
LEAST_EVIDENCE = 0.7
"""Log-odds below which a text is undecided: one standard is then less than twice as likely."""

SHORT = 8
"""Tokens below which a statement is short: one word of its subject could then decide."""

LEAST_EVIDENCE_OF_SHORT = 2.0
"""The log-odds that a short statement needs; one standard is then seven times as likely."""

MAX_CACHED = 200_000


class StandardTable:
    """The evidence of word forms for Bokmål (above zero) or Nynorsk (below).

    Args:
        table: Forms in lower case, and last letters behind `SUFFIX_MARK`. Column: the log-odds
            in steps of `wordtable.STEP`.
    """

    def __init__(self, table: WordTable) -> None:
        self._table = table
        (self._scores,) = table.columns
        self._known: dict[str, float] = {}

    def evidence(self, word: str) -> float:
        """The log-odds of a word form, Bokmål to Nynorsk; 0 when it says nothing."""
        known = self._known.get(word)
        if known is None:
            known = self._find(word)
            if len(self._known) >= MAX_CACHED:
                self._known.clear()
            self._known[word] = known
        return known

    def _find(self, word: str) -> float:
        if len(word) > MAX_LENGTH or not word.isalpha():
            return 0.0
        form = word.lower()
        index = self._table.find(form)
        for letters in SUFFIX_LETTERS:
            if index >= 0:
                break
            if len(form) > letters:
                index = self._table.find(SUFFIX_MARK + form[-letters:])
        return self._scores[index] * STEP if index >= 0 else 0.0

    def decide(self, words: Iterable[str]) -> WrittenStandard:
        """The standard that the words are written in, or undecided."""
        return self.verdict(sum(map(self.evidence, words)))

    def of_statement(self, evidence: float, tokens: int) -> WrittenStandard:
        """The standard of a statement with so many tokens; a short one needs more evidence."""
        if tokens < SHORT and abs(evidence) < LEAST_EVIDENCE_OF_SHORT:
            return WrittenStandard.UNDECIDED
        return self.verdict(evidence)

    def verdict(self, evidence: float) -> WrittenStandard:
        """The standard that the summed evidence of a text's words speaks for, or undecided."""
        if abs(evidence) < LEAST_EVIDENCE:
            return WrittenStandard.UNDECIDED
        return WrittenStandard.NB if evidence > 0 else WrittenStandard.NN


@cache
def load_standards() -> StandardTable:
    """Load the table of the package, once."""
    return StandardTable(WordTable.load(DATA / "standard"))


def written_standard(words: Sequence[str]) -> WrittenStandard:
    """Decide between Bokmål and Nynorsk.

    Args:
        words: The words of a text, as written; punctuation and numbers do no harm.

    Returns:
        The standard, or undecided when the words say too little.
    """
    return load_standards().decide(words)
