"""Learn which word forms speak for Bokmål and which for Nynorsk, and measure the decision.

python training/standard.py build --treebank FILE [--out DIR]
python training/standard.py evaluate --treebank FILE [--out DIR]
"""

from __future__ import annotations

import argparse
import math
import tempfile
from collections import Counter
from pathlib import Path

from treebank import read_ndt, read_ud, unpack
from wordlists import read_ordbank, read_simplemma

from oppsummering.language.compounds import DATA
from oppsummering.language.standard import SUFFIX_LETTERS, SUFFIX_MARK, StandardTable
from oppsummering.language.wordtable import WordTable, quantise
from oppsummering.words import WrittenStandard

NAMES = {"nb": "nob", "nn": "nno"}
SMOOTHING = 0.3
TOPICAL = 0.5
"""What is left of the evidence of a form that both standards have: its topic tells most of it."""

LEAST_SUFFIX = 8
"""A suffix is learnt from at least so many different forms."""

LEAST_SCORE = 0.15
LENGTHS = (("8 words and more", 8, 10_000), ("2 to 7 words", 2, 7))
"""Names of the lengths of sentences that are measured, with the fewest and the most words."""


def count_forms(root: Path) -> dict[str, Counter[str]]:
    """Count the word forms of the train part, names left out."""
    counts = {}
    for standard, name in NAMES.items():
        counts[standard] = Counter(
            token.form.lower()
            for sentence in read_ndt(root, name, "train")
            for token in sentence
            if token.form.isalpha() and "prop" not in token.features
        )
    return counts


def forms_of_both() -> set[str]:
    """The forms that the dictionaries of both standards have."""
    bokmal, nynorsk = read_ordbank().forms.values(), read_simplemma("nn").forms.values()
    return set().union(*bokmal) & set().union(*nynorsk)


def learn(counts: dict[str, Counter[str]], both: set[str]) -> dict[str, list[int]]:
    """Log-odds of forms and of the last letters of forms."""
    rows = {}
    totals = {standard: sum(forms.values()) for standard, forms in counts.items()}
    for form in sorted(counts["nb"].keys() | counts["nn"].keys()):
        score = _score(counts["nb"][form], counts["nn"][form], totals)
        score *= TOPICAL if form in both else 1
        if abs(score) >= LEAST_SCORE or counts["nb"][form] + counts["nn"][form] > 1:
            rows[form] = [quantise(score)]
    suffixes = {standard: _suffixes(forms) for standard, forms in counts.items()}
    totals = {standard: len(forms) for standard, forms in counts.items()}
    for suffix in sorted(suffixes["nb"].keys() | suffixes["nn"].keys()):
        nb, nn = suffixes["nb"][suffix], suffixes["nn"][suffix]
        if nb + nn >= LEAST_SUFFIX:
            rows[SUFFIX_MARK + suffix] = [quantise(_score(nb, nn, totals))]
    return rows


def _suffixes(forms: Counter[str]) -> Counter[str]:
    return Counter(
        form[-letters:] for form in forms for letters in SUFFIX_LETTERS if len(form) > letters
    )


def _score(nb: int, nn: int, totals: dict[str, int]) -> float:
    return math.log((nb + SMOOTHING) / totals["nb"]) - math.log((nn + SMOOTHING) / totals["nn"])


def evaluate(table: StandardTable, root: Path) -> None:
    """Print the share of right and of undecided sentences of each dev file, long and short."""
    for standard, name in NAMES.items():
        sentences = [[token.form for token in sentence] for sentence in read_ud(root, name)]
        for label, low, high in LENGTHS:
            asked = [words for words in sentences if low <= sum(map(str.isalpha, words)) <= high]
            decided = [
                table.of_statement(sum(map(table.evidence, words)), len(words)) for words in asked
            ]
            right = decided.count(WrittenStandard(standard)) / len(asked)
            undecided = decided.count(WrittenStandard.UNDECIDED) / len(asked)
            shares = f"{right:.2%} right, {undecided:.2%} undecided"
            print(f"{standard}, {label}: {shares}, {len(asked)} sentences")


def main() -> None:
    """Build or evaluate."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("action", choices=["build", "evaluate"])
    parser.add_argument("--treebank", type=Path, required=True, help="norne-train-dev.tar.xz")
    parser.add_argument("--out", type=Path, default=DATA, help="the folder of the table")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        root = unpack(options.treebank, Path(work))
        if options.action == "build":
            WordTable.build(learn(count_forms(root), forms_of_both())).save(
                options.out / "standard"
            )
        evaluate(StandardTable(WordTable.load(options.out / "standard")), root)


if __name__ == "__main__":
    main()
