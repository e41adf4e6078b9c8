"""A table of word forms: the lemmas, parts of speech and written standards that a form can have.

The table is one file: a line of JSON (the header), then a marisa trie. A key of the trie is a
form in lower case, or a form, its part of speech and its features where these decide between
lemmas. A value is five bytes: the standard and the source as bits, the part of speech, the rule
that makes the lemma from the form, and how frequent the reading is. `training/lemma_table.py`
writes it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Self

import marisa_trie

from oppsummering.errors import PipelineError
from oppsummering.words import WrittenStandard

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.resources.abc import Traversable
    from pathlib import Path

FORMAT = 1
"""The version of the file format; a reader refuses any other."""

RECORD = "<BBHB"
"""A value of the trie: flags, part of speech, rule, frequency."""

BOKMAL, NYNORSK, DICTIONARY, GENERATED = 1, 2, 4, 8
"""The flags of a value: its standard, whether a dictionary (not a text) vouches for it, and
whether the form was made from a dictionary's lemma by the regular endings, so that it may not
exist."""

_FLAGS = {
    WrittenStandard.NB: BOKMAL,
    WrittenStandard.NN: NYNORSK,
    WrittenStandard.UNDECIDED: BOKMAL | NYNORSK,
}

SEPARATOR = "\x1f"
"""Between form, part of speech and features in a key that has all three."""

POS_OF_AUXILIARY = "VERB"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a word form.

    Attributes:
        lemma: Its lemma.
        pos: Its universal part of speech.
        standard: The written standard in which the form has this reading.
        frequency: How often the treebank has it, as a power of two, rounded down, plus one;
            0 when only a dictionary has it.
        in_dictionary: Whether a dictionary has it.
    """

    lemma: str
    pos: str
    standard: WrittenStandard
    frequency: int = 0
    in_dictionary: bool = False


@dataclass(frozen=True, slots=True)
class LemmaRule:
    """How a lemma comes out of a form: cut some characters off the end, put others there."""

    cut: int
    add: str

    @classmethod
    def between(cls, form: str, lemma: str) -> Self:
        """Find the rule that turns a form into its lemma."""
        common = 0
        for one, other in zip(form, lemma, strict=False):
            if one != other:
                break
            common += 1
        return cls(len(form) - common, lemma[common:])

    def apply(self, form: str) -> str:
        """Make the lemma of a form."""
        return form[: len(form) - self.cut] + self.add


class LemmaTable:
    """Readings of word forms, read from a file of `training/lemma_table.py`.

    Args:
        data: The content of the file.

    Raises:
        PipelineError: The file is not such a table, or of another format.
    """

    def __init__(self, data: bytes) -> None:
        header, _, trie = data.partition(b"\n")
        try:
            fields = json.loads(header)
            if fields["format"] != FORMAT:
                raise PipelineError(f"The lemma table has format {fields['format']}, not {FORMAT}.")
            self.version: str = fields["version"]
            self._pos: tuple[str, ...] = tuple(fields["pos"])
            self._usual_rules: dict[str, dict[str, int]] = fields["usual_rules"]
            self._rules = tuple(LemmaRule(cut, add) for cut, add in fields["rules"])
            self._trie = marisa_trie.RecordTrie(RECORD).frombytes(trie)
        except (ValueError, KeyError, TypeError, RuntimeError) as error:
            raise PipelineError("The lemma table is damaged.") from error

    @classmethod
    def load(cls, path: Path | Traversable | None = None) -> Self:
        """Read a table from a file, by default the one that comes with the package.

        Raises:
            PipelineError: The file is missing or damaged.
        """
        source = files("oppsummering") / "models" / "lemmas.marisa" if path is None else path
        try:
            return cls(source.read_bytes())
        except OSError as error:
            raise PipelineError("The lemma table cannot be read.", path=str(source)) from error

    def __contains__(self, form: str) -> bool:
        """Whether the table has the form."""
        return bool(self._records(form.lower()))

    def __len__(self) -> int:
        """The number of readings."""
        return len(self._trie)

    def readings(self, form: str) -> tuple[Reading, ...]:
        """Give every reading of a form, likeliest first; none when the table lacks it.

        A name keeps the case of the form as written; any other word is read in lower case.
        """
        lower = form.lower()
        found = [self._reading(form, lower, record) for record in self._records(lower)]
        return tuple(sorted(found, key=_likeliest_first))

    def lemma(self, form: str, pos: str, feats: str, standard: WrittenStandard) -> str | None:
        """Choose the lemma of a form whose part of speech and features are known.

        Args:
            form: The form as written.
            pos: Its universal part of speech.
            feats: Its features, `Name=Value|…`, or the empty string.
            standard: The standard of the text; readings of the other one serve only when there
                are none of this one.

        Returns:
            The lemma, or None when the table has no reading with this part of speech.
        """
        lower = form.lower()
        accepted = {pos, POS_OF_AUXILIARY} if pos == "AUX" else {pos}
        records = self._records(lower)
        exact = self._trie.get(SEPARATOR.join((lower, pos, feats)), ()) if records else ()
        for wanted in (_FLAGS[standard], BOKMAL | NYNORSK):
            for tried in (exact, records):
                fitting = [r for r in tried if self._pos[r[1]] in accepted and r[0] & wanted]
                if fitting:
                    readings = [self._reading(form, lower, record) for record in fitting]
                    usual = self._usual_rules.get(f"{pos} {feats}", {})
                    return min(readings, key=lambda r: _fit(r, lower, usual)).lemma
        return None

    def signatures(self, form: str) -> tuple[str, str]:
        """Describe what the dictionaries alone say about a form, in Bokmål and in Nynorsk.

        Texts do not count, so that a word of the training data looks like any other word.

        Returns:
            Two texts, empty when the dictionaries do not have the form in that standard; equal
            texts mean the same parts of speech and the same ways to their lemmas.
        """
        found: tuple[set[str], set[str]] = (set(), set())
        for flags, pos, rule, _ in self._records(form.lower()):
            if flags & (DICTIONARY | GENERATED):
                change = self._rules[rule]
                found[bool(flags & NYNORSK)].add(f"{self._pos[pos]}{change.cut}{change.add}")
        return " ".join(sorted(found[0])), " ".join(sorted(found[1]))

    def _records(self, lower: str) -> Sequence[tuple[int, int, int, int]]:
        # The trie takes a NUL for the end of a key, and other keys have separators inside.
        return self._trie.get(lower, ()) if lower.isprintable() else ()

    def _reading(self, form: str, lower: str, record: tuple[int, int, int, int]) -> Reading:
        flags, pos, rule, frequency = record
        name = self._pos[pos]
        return Reading(
            lemma=self._rules[rule].apply(form if name == "PROPN" else lower),
            pos=name,
            standard=WrittenStandard.NB if flags & BOKMAL else WrittenStandard.NN,
            frequency=frequency,
            in_dictionary=bool(flags & DICTIONARY),
        )


def _likeliest_first(reading: Reading) -> tuple[int, bool, str, str, str]:
    return (
        -reading.frequency,
        not reading.in_dictionary,
        reading.pos,
        reading.lemma,
        reading.standard,
    )


def _fit(
    reading: Reading, lower: str, usual: dict[str, int]
) -> tuple[int, int, tuple[int, bool, str, str, str]]:
    """Order readings of one form: attested often, then made as words with its features are."""
    rule = LemmaRule.between(lower, reading.lemma)
    use = usual.get(f"{rule.cut}{rule.add}", 0)
    return (-reading.frequency, -use, _likeliest_first(reading))


@cache
def bundled_lemma_table() -> LemmaTable:
    """Read the table that comes with the package, once.

    Raises:
        PipelineError: It is missing or damaged.
    """
    return LemmaTable.load()
