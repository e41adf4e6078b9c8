"""Turn the treebank into spaCy's training format: `train`, `dev-nb` and `dev-nn`."""

from __future__ import annotations

import argparse
import random
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

from spacing import spaces_after
from spacy.tokens import Doc, DocBin
from spacy.training import biluo_tags_to_spans, iob_to_biluo
from spacy.vocab import Vocab
from treebank import STANDARDS, UdToken, read_ndt, read_ud, unpack
from ud_mapping import UdMapping, agreement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from treebank import NdtSentence, UdSentence

NAMES = {"nob": "nb", "nno": "nn"}
"""The language codes of the standards."""

DEV_SENTENCES = 10
"""Sentences a document in the dev files: what `spacy convert -n 10` makes of the UD files."""

LONGEST_TRAIN_DOCUMENT = 12
"""Train documents have from one sentence up to this many, so that short statements and long
paragraphs are both familiar."""


def to_ud(sentence: NdtSentence, mapping: UdMapping) -> UdSentence:
    """Convert a sentence of NDT to UD, spaces included."""
    spaces = spaces_after([token.form for token in sentence])
    readings = mapping.convert(sentence)
    return tuple(
        UdToken(token.form, token.lemma, upos, feats, token.entity, space)
        for token, (upos, feats), space in zip(sentence, readings, spaces, strict=True)
    )


def document(sentences: Sequence[UdSentence], vocab: Vocab) -> Doc:
    """Join sentences to one annotated document with the text as it was."""
    tokens = [token for sentence in sentences for token in sentence]
    starts = [index == 0 for sentence in sentences for index in range(len(sentence))]
    doc = Doc(
        vocab,
        words=[token.form for token in tokens],
        spaces=[token.space_after for token in tokens],
        pos=[token.upos for token in tokens],
        morphs=[token.feats for token in tokens],
        lemmas=[token.lemma for token in tokens],
        sent_starts=starts,
    )
    entities = iob_to_biluo([token.entity for token in tokens])
    doc.set_ents(list(biluo_tags_to_spans(doc, entities)))
    return doc


def groups(sentences: Sequence[UdSentence], sizes: Iterable[int]) -> Iterator[Sequence[UdSentence]]:
    """Divide sentences into groups of the given sizes, in their order."""
    start = 0
    for size in sizes:
        if start >= len(sentences):
            return
        yield sentences[start : start + size]
        start += size


def save(sentence_groups: Iterable[Sequence[UdSentence]], path: Path) -> int:
    """Write one document a group; return the number of tokens."""
    vocab = Vocab()
    docs = [document(group, vocab) for group in sentence_groups]
    DocBin(docs=docs, store_user_data=False).to_disk(path)
    return sum(len(doc) for doc in docs)


def convert(root: Path, output: Path) -> None:
    """Write the three files and print what they hold.

    Args:
        root: The folder of the unpacked treebank.
        output: The folder for `train.spacy`, `dev-nb.spacy`, `dev-nn.spacy`, `dev.spacy`.
    """
    output.mkdir(parents=True, exist_ok=True)
    dev = {standard: read_ud(root, standard) for standard in STANDARDS}
    pairs = [
        pair
        for standard in STANDARDS
        for pair in zip(read_ndt(root, standard, "dev"), dev[standard], strict=True)
    ]
    upos, feats = agreement(pairs)
    print(f"mapping NDT to UD, held out: UPOS {upos:.2%}, FEATS {feats:.2%}")
    mapping = UdMapping(pairs)
    sizes = random.Random(0)  # noqa: S311 - reproducible, nothing secret
    train = [
        group
        for standard in STANDARDS
        for group in groups(
            [to_ud(sentence, mapping) for sentence in read_ndt(root, standard, "train")],
            iter(lambda: sizes.randint(1, LONGEST_TRAIN_DOCUMENT), None),
        )
    ]
    sizes.shuffle(train)
    print(f"train: {save(train, output / 'train.spacy'):,} tokens")
    both: list[Sequence[UdSentence]] = []
    for standard, sentences in dev.items():
        documents = list(groups(sentences, repeat(DEV_SENTENCES)))
        name = f"dev-{NAMES[standard]}"
        print(f"{name}: {save(documents, output / f'{name}.spacy'):,} tokens")
        both += documents
    save(both, output / "dev.spacy")


def main() -> None:
    """Convert the treebank named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("treebank", type=Path, help="norne-train-dev.tar.xz or its folder")
    parser.add_argument("output", type=Path, help="the folder to write to")
    options = parser.parse_args()
    convert(unpack(options.treebank, options.output / "treebank"), options.output)


if __name__ == "__main__":
    main()
