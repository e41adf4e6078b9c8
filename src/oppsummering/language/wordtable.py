"""A read-only table of words with small numbers beside them, mapped from disk."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import marisa_trie

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

STEP = 0.1
"""A score is stored as a whole number of these steps, from -12.7 to 12.7."""


def quantise(score: float) -> int:
    """Turn a score into the signed byte that a column stores."""
    return max(-127, min(127, round(score / STEP)))


class WordTable:
    """Words and, for each, one signed byte a column.

    Attributes:
        trie: The words; an id of the trie is an index into every column.
        columns: The columns, each with as many signed bytes as there are words.
    """

    __slots__ = ("columns", "trie")

    def __init__(self, trie: marisa_trie.Trie, columns: Sequence[Sequence[int]]) -> None:
        self.trie = trie
        self.columns = tuple(columns)

    @classmethod
    def load(cls, stem: Path) -> WordTable:
        """Map `STEM.marisa` and read the columns of `STEM.bin`."""
        trie = marisa_trie.Trie()
        trie.mmap(str(stem.with_suffix(".marisa")))
        values = memoryview(stem.with_suffix(".bin").read_bytes()).cast("b")
        size = len(trie)
        return cls(trie, [values[start : start + size] for start in range(0, len(values), size)])

    @classmethod
    def build(cls, rows: Mapping[str, Sequence[int]]) -> WordTable:
        """Make a table; every row has the same number of signed bytes."""
        trie = marisa_trie.Trie(sorted(rows))
        width = len(next(iter(rows.values())))
        columns = [array("b", bytes(len(rows))) for _ in range(width)]
        for word, values in rows.items():
            index = trie[word]
            for column, value in zip(columns, values, strict=True):
                column[index] = value
        return cls(trie, columns)

    def save(self, stem: Path) -> None:
        """Write `STEM.marisa` and `STEM.bin`."""
        self.trie.save(str(stem.with_suffix(".marisa")))
        data = b"".join(bytes(memoryview(array("b", column))) for column in self.columns)
        stem.with_suffix(".bin").write_bytes(data)

    def __len__(self) -> int:
        return len(self.trie)

    def __contains__(self, word: str) -> bool:
        return word in self.trie

    def find(self, word: str) -> int:
        """The index of a word, or -1."""
        index: int = self.trie.get(word, -1)
        return index

    def prefixes(self, word: str) -> Iterator[tuple[str, int]]:
        """The words of the table that the given word starts with, shortest first, with index."""
        found: Iterable[tuple[str, int]] = self.trie.iter_prefixes_with_ids(word)
        return iter(found)
