"""Read the word lists that the compound splitter and the lexicon are made from.

Raw lists: Norsk Ordbank's leddanalyse (National Library of Norway, CC BY 4.0), the Bokmål word
forms of Norsk Ordbank in spacy-lookups-data (CC BY 4.0), simplemma's Nynorsk dictionary, and the
lemmas of the Norwegian Dependency Treebank's train part (CC0).
"""

from __future__ import annotations

import csv
import gzip
import json
import lzma
import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from treebank import unpack

STANDARDS = {"nb": "nob", "nn": "nno"}
HELD_OUT = 10
"""One compound in so many is held out, chosen by the CRC-32 of the word."""

COLUMNS = 10
NDT_POS = {"subst": "NOUN", "verb": "VERB", "adj": "ADJ", "adv": "ADV", "prep": "ADP"}
ORDBANK_POS = {"noun": "NOUN", "verb": "VERB", "adj": "ADJ", "adv": "ADV"}


@dataclass(frozen=True, slots=True)
class Compound:
    """An entry of the leddanalyse.

    Attributes:
        word: The compound in lower case.
        seam: Where the head begins, or 0 when no seam is marked (*IT-tjeneste*).
        shared: Whether the head's first letter is the modifier's last too (*busstopp*).
        modifier: The lemma of the modifier, with a hyphen after a form that is no word.
        modifier_pos: Its part of speech as the list names it.
        head_pos: The part of speech of the compound, as the list names it.
        standard: `nb` or `nn`.
    """

    word: str
    seam: int
    modifier: str
    modifier_pos: str
    head_pos: str
    standard: str
    shared: bool = False

    @property
    def prefixed(self) -> bool:
        """Whether the modifier is a prefix (*for-*, *u-*), no part of its own."""
        return self.modifier_pos == "Pref"


@dataclass(slots=True)
class Words:
    """Lemmas with their parts of speech and forms, as one or more sources know them."""

    pos: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    forms: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    count: Counter[str] = field(default_factory=Counter)

    def add(self, lemma: str, form: str, pos: str | None) -> None:
        """Add a form; everything is kept in lower case."""
        lemma = lemma.lower()
        self.pos[lemma].update({pos} if pos else ())
        self.forms[lemma].add(form.lower())
        self.count[lemma] += 1


def read_compounds(folder: Path) -> list[Compound]:
    """Read `leddanalyse-{nb,nn}.tsv.xz`; entries without one clear seam have seam 0."""
    compounds = []
    for standard in STANDARDS:
        with lzma.open(folder / f"leddanalyse-{standard}.tsv.xz", "rt", encoding="utf-8") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                seam, shared = _seam(row)
                compounds.append(
                    Compound(
                        word=row["compound"].lower(),
                        seam=seam,
                        modifier=row["modifier"].lower(),
                        modifier_pos=row["modifier_pos"],
                        head_pos=row["head_pos"],
                        standard=standard,
                        shared=shared,
                    )
                )
    return compounds


def _seam(row: dict[str, str]) -> tuple[int, bool]:
    """The place of the seam, and whether a letter is shared there."""
    segmented, modifier, head = (row[name].lower() for name in ("segmented", "modifier", "head"))
    if segmented.count("*") == 1:
        return segmented.index("*"), False
    if modifier and head and segmented == modifier + head[1:] and modifier[-2:] == head[0] * 2:
        return len(modifier), True
    return 0, False


def is_held_out(word: str) -> bool:
    """Whether a compound belongs to the tenth that a measured model never sees."""
    return zlib.crc32(word.encode()) % HELD_OUT == 0


def read_ordbank() -> Words:
    """Read the Bokmål forms of Norsk Ordbank that spacy-lookups-data carries."""
    spec = find_spec("spacy_lookups_data")
    if spec is None or spec.origin is None:
        raise SystemExit("Install spacy-lookups-data first: pip install spacy-lookups-data")
    words = Words()
    with gzip.open(Path(spec.origin).parent / "data" / "nb_lemma_exc.json.gz", "rt") as file:
        for pos, forms in json.load(file).items():
            for form, lemmas in forms.items():
                for lemma in lemmas:
                    words.add(lemma, form, ORDBANK_POS[pos])
    return words


def read_simplemma(standard: str) -> Words:
    """Read simplemma's dictionary of a standard; it has no parts of speech."""
    import simplemma  # noqa: PLC0415 - the tests of the training do without it

    words = Words()
    factory = simplemma.strategies.DefaultDictionaryFactory()
    for form, lemma in sorted(factory.get_dictionary(standard).items()):
        words.add(lemma, form, None)
    return words


def read_treebank(treebank: Path, work: Path, standard: str) -> tuple[Words, set[str]]:
    """Read the words of the treebank's train part that are no names.

    Returns:
        The words, and the lemmas that the annotators marked as compounds made on the spot.
    """
    root = unpack(treebank, work)
    words, made = Words(), set()
    for path in sorted((root / "ndt" / STANDARDS[standard] / "train").glob("*.conll")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = line.split("\t")
            if (
                len(row) == COLUMNS
                and row[3] in NDT_POS
                and "prop" not in row[5]
                and row[2].isalpha()
            ):
                words.add(row[2], row[1], NDT_POS[row[3]])
                if "samset" in row[5]:
                    made.add(row[2].lower())
    return words, made
