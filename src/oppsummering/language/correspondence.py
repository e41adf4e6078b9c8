"""One vocabulary for both written standards: which Bokmål lemma stands for a Nynorsk one.

The table is `data/correspondence.tsv`, made to be read and extended by a linguist.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

TABLE = Path(__file__).parent / "data" / "correspondence.tsv"

MAX_CHANGES = 2
"""How many regular patterns one word may need: *einskildleg* two, *skilnad* one."""

LEAST_INSIDE = 5
"""Letters of a word in which single letters may change; shorter ones are alike by chance."""

MAX_PATTERN_LETTERS = 40


@dataclass(frozen=True, slots=True)
class Ending:
    """*-heit* corresponds to *-het*."""

    nynorsk: str
    bokmal: str

    def apply(self, word: str) -> Iterator[str]:
        """The word with the other ending, if it has this one."""
        if word.endswith(self.nynorsk) and len(word) > len(self.nynorsk) + 1:
            yield word[: len(word) - len(self.nynorsk)] + self.bokmal


@dataclass(frozen=True, slots=True)
class Start:
    """*kv-* corresponds to *hv-*."""

    nynorsk: str
    bokmal: str

    def apply(self, word: str) -> Iterator[str]:
        """The word with the other beginning, if it has this one."""
        if word.startswith(self.nynorsk) and len(word) > len(self.nynorsk) + 1:
            yield self.bokmal + word[len(self.nynorsk) :]


@dataclass(frozen=True, slots=True)
class Inside:
    """*øy* corresponds to *ø*, wherever it stands in the word."""

    nynorsk: str
    bokmal: str

    def apply(self, word: str) -> Iterator[str]:
        """The word with one occurrence changed, for each of them."""
        if len(word) < LEAST_INSIDE:
            return
        place = word.find(self.nynorsk)
        while place >= 0:
            yield word[:place] + self.bokmal + word[place + len(self.nynorsk) :]
            place = word.find(self.nynorsk, place + 1)


WORD, ALONE = "word", "alone"

Pattern = Ending | Start | Inside

KINDS: Mapping[str, type[Ending | Start | Inside]] = {
    "ending": Ending,
    "start": Start,
    "inside": Inside,
}


@dataclass(frozen=True, slots=True)
class Correspondence:
    """The table, read.

    Attributes:
        words: Lemmas and the lemma that stands for both standards.
        alone: Those of them that are never parts of a compound.
        patterns: The regular patterns, in the order of the table.
    """

    words: Mapping[str, str]
    alone: frozenset[str]
    patterns: tuple[Pattern, ...]

    @classmethod
    def load(cls, path: Path = TABLE) -> Correspondence:
        """Read the table of the package or another one."""
        return cls.parse(path.read_text(encoding="utf-8").splitlines())

    @classmethod
    def parse(cls, lines: Iterable[str]) -> Correspondence:
        """Read lines of `kind TAB from TAB to`; blank lines and comments are skipped.

        Raises:
            ValueError: A line has another number of columns, an unknown kind, or a word twice.
        """
        words: dict[str, str] = {}
        alone: set[str] = set()
        patterns: list[Pattern] = []
        for number, line in enumerate(lines, start=1):
            if not line.strip() or line.startswith("#"):
                continue
            fields = line.split("\t")
            if len(fields) != len(("kind", "from", "to")):
                raise ValueError(f"Line {number}: three columns are needed: {line!r}")
            kind, left, right = fields
            if kind in {WORD, ALONE}:
                alone.update({left} if kind == ALONE else ())
                if words.setdefault(left, right) != right:
                    raise ValueError(f"Line {number}: {left!r} stands above with another word.")
            elif kind in KINDS:
                patterns.append(KINDS[kind](left, right))
            else:
                raise ValueError(f"Line {number}: the kind {kind!r} is unknown.")
        return cls(words, frozenset(alone), tuple(patterns))

    def part_key(self, lemma: str, is_bokmal: Callable[[str], bool]) -> str:
        """The same as `key`, for a part of a compound."""
        return lemma if lemma in self.alone else self.key(lemma, is_bokmal)

    def key(self, lemma: str, is_bokmal: Callable[[str], bool]) -> str:
        """The word of the common vocabulary for a simple lemma.

        Args:
            lemma: A lemma in lower case.
            is_bokmal: Tells whether a word is a Bokmål lemma.

        Returns:
            The word of the table; the lemma itself where Bokmål has it; what the fewest regular
            patterns make of it where that is a Bokmål lemma; otherwise the lemma.
        """
        listed = self.words.get(lemma)
        if listed is not None:
            return listed
        if is_bokmal(lemma) or len(lemma) > MAX_PATTERN_LETTERS:
            return lemma
        found = self._by_pattern(lemma, is_bokmal)
        return self.words.get(found, found)

    def _by_pattern(self, lemma: str, is_bokmal: Callable[[str], bool]) -> str:
        reached = {lemma}
        words = [lemma]
        for _ in range(MAX_CHANGES):
            following = []
            for word in words:
                for pattern in self.patterns:
                    for changed in pattern.apply(word):
                        if is_bokmal(changed):
                            return changed
                        if changed not in reached:
                            reached.add(changed)
                            following.append(changed)
            words = following
        return lemma
