"""Check the common vocabulary over every known lemma.

    python training/lexicon.py collisions
    python training/lexicon.py patterns --treebank FILE

`collisions` lists the Bokmål lemmas that share a key with another Bokmål lemma; `patterns` lists
what the regular patterns make of the Nynorsk lemmas of the treebank, for a linguist to read.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from pathlib import Path

from wordlists import read_ordbank, read_treebank

from oppsummering.language.correspondence import Correspondence
from oppsummering.language.lexicon import load_lexicon


def collisions() -> None:
    """Print the shared keys of Bokmål lemmas, and how many there are."""
    lexicon = load_lexicon()
    lemmas = sorted({lemma for lemma in read_ordbank().pos if lemma.isalpha()})
    groups: dict[str, list[str]] = defaultdict(list)
    for lemma in lemmas:
        groups[lexicon.key(lemma)].append(lemma)
    moved = [lemma for lemma in lemmas if lexicon.key(lemma) != lemma]
    restless = [lemma for lemma in lemmas if lexicon.key(lexicon.key(lemma)) != lexicon.key(lemma)]
    shared = {key: group for key, group in groups.items() if len(group) > 1}
    words = Correspondence.load().words
    for key, group in sorted(shared.items()):
        if any(lemma in words for lemma in group):
            print(key, *group)
    print(f"{len(lemmas)} Bokmål lemmas, {len(moved)} have another key than themselves")
    print(f"{len(shared)} keys are shared by {sum(map(len, shared.values()))} lemmas")
    print(f"{len(restless)} keys are not their own key")


def patterns(treebank: Path) -> None:
    """Print the Nynorsk lemmas whose key comes from a pattern."""
    lexicon = load_lexicon()
    words = Correspondence.load().words
    with tempfile.TemporaryDirectory() as work:
        nynorsk, _ = read_treebank(treebank, Path(work), "nn")
    for lemma, _ in nynorsk.count.most_common():
        key = lexicon.key(lemma)
        if key != lemma and lemma not in words:
            print(lemma, key)


def main() -> None:
    """Run one of the checks."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("action", choices=["collisions", "patterns"])
    parser.add_argument("--treebank", type=Path, help="norne-train-dev.tar.xz, for patterns")
    options = parser.parse_args()
    if options.action == "collisions":
        collisions()
    elif options.treebank is None:
        parser.error("patterns needs --treebank")
    else:
        patterns(options.treebank)


if __name__ == "__main__":
    main()
