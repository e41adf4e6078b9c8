"""Read the Norwegian Dependency Treebank (NDT) and its conversion to Universal Dependencies (UD).

Both are tables of ten tab-separated columns, a token a line, a blank line between sentences.
"""

from __future__ import annotations

import tarfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STANDARDS = ("nob", "nno")
"""The written standards as the treebank names its folders: Bokmål and Nynorsk."""

HEADING_END = "|"
"""NDT closes a heading with this token of its own; it is not in the text and not in UD."""


@dataclass(frozen=True, slots=True)
class NdtToken:
    """A token of NDT.

    Attributes:
        form: The word as written.
        lemma: Its lemma.
        tag: Its part of speech in the tag set of NDT, such as `subst`.
        features: Its features in their order (UD's own conversion depends on it: a Nynorsk name
            with its gender first became a NOUN), without those that say nothing about inflection.
        head: The index of its head in the sentence, or -1 for the root.
        relation: Its dependency relation, such as `PUTFYLL`.
        entity: `O`, `B-LABEL` or `I-LABEL`.
    """

    form: str
    lemma: str
    tag: str
    features: tuple[str, ...]
    head: int
    relation: str
    entity: str


@dataclass(frozen=True, slots=True)
class UdToken:
    """A token of UD.

    Attributes:
        form: The word as written.
        lemma: Its lemma.
        upos: Its universal part of speech.
        feats: Its features, `Name=Value|…`, or the empty string.
        entity: `O`, `B-LABEL` or `I-LABEL`.
        space_after: Whether a space follows in the text.
    """

    form: str
    lemma: str
    upos: str
    feats: str
    entity: str
    space_after: bool


NdtSentence = tuple[NdtToken, ...]
UdSentence = tuple[UdToken, ...]

_UNINFORMATIVE = frozenset({"_", "unorm", "samset"})


def unpack(treebank: Path, folder: Path) -> Path:
    """Unpack the archive of the treebank, or take a folder as it is.

    Args:
        treebank: `norne-train-dev.tar.xz`, or the folder that was packed into it.
        folder: Where to unpack; created when missing.

    Returns:
        The folder that holds `ndt/` and `ud/`.
    """
    if treebank.is_dir():
        return treebank
    with tarfile.open(treebank) as archive:
        archive.extractall(folder, filter="data")
    return folder


def read_ndt(root: Path, standard: str, part: str) -> list[NdtSentence]:
    """Read the sentences of one standard and part (`train` or `dev`), files in name order."""
    sentences = []
    for path in sorted((root / "ndt" / standard / part).glob("*.conll")):
        sentences += [_ndt_sentence(rows) for rows in _row_groups(path)]
    return [sentence for sentence in sentences if sentence]


def read_ud(root: Path, standard: str) -> list[UdSentence]:
    """Read the UD-converted dev sentences of one standard."""
    (path,) = (root / "ud" / standard).glob("*.conllu")
    return [tuple(_ud_token(row) for row in rows) for rows in _row_groups(path)]


def _row_groups(path: Path) -> Iterator[list[list[str]]]:
    rows: list[list[str]] = []
    for line in path.read_text(encoding="utf-8-sig").split("\n"):
        # A token may be "#", but the line of a token starts with its index.
        if line.startswith("#"):
            continue
        if line.strip():
            rows.append(line.split("\t"))
        elif rows:
            yield rows
            rows = []
    if rows:
        yield rows


def _ndt_sentence(rows: list[list[str]]) -> NdtSentence:
    kept = [row for row in rows if row[1] != HEADING_END]
    place = {row[0]: index for index, row in enumerate(kept)}
    return tuple(
        NdtToken(
            form=row[1],
            lemma=row[2],
            tag=row[3],
            features=_features(row[5]),
            head=place.get(row[6], -1),
            relation=row[7],
            entity=_entity(row[9]),
        )
        for row in kept
    )


def _features(column: str) -> tuple[str, ...]:
    return tuple(part for part in column.split("|") if part not in _UNINFORMATIVE)


def _entity(column: str) -> str:
    return next((p[5:] for p in column.split("|") if p.startswith("name=")), "O")


def _ud_token(row: list[str]) -> UdToken:
    return UdToken(
        form=row[1],
        lemma=row[2],
        upos=row[3],
        feats="" if row[5] == "_" else row[5],
        entity=_entity(row[9]),
        space_after="SpaceAfter=No" not in row[9].split("|"),
    )
