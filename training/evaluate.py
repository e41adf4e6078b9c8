"""Measure a pipeline on the dev files, as `spacy evaluate` does: on raw text, both standards."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from spacy.tokens import DocBin
from spacy.training import Corpus

from oppsummering.language.pipeline import UNUSED_COMPONENTS

if TYPE_CHECKING:
    from spacy.language import Language

SCORES = ("token_f", "pos_acc", "morph_acc", "lemma_acc", "sents_f", "ents_p", "ents_r", "ents_f")

PUBLISHED = {
    "nb_core_news_sm 3.8": (0.967, 0.953, 0.968, 0.926, 0.748, "11 MB"),
    "nb_core_news_md 3.8": (0.974, 0.961, 0.971, 0.940, 0.816, "40 MB"),
    "nb_core_news_lg 3.8": (0.974, 0.962, 0.972, 0.935, 0.839, "542 MB"),
}
"""POS, MORPH, LEMMA, sentences and entities on the Bokmål test file, as spaCy publishes them."""

STANDARDS = {"nb": "Bokmål", "nn": "Nynorsk"}
_COLUMNS = ("pos_acc", "morph_acc", "lemma_acc", "sents_f", "ents_f")


def measure(nlp: Language, path: Path) -> dict[str, float]:
    """Score a pipeline on one file of documents, each analysed from its text alone."""
    scores = nlp.evaluate(list(Corpus(path)(nlp)))
    return {name: round(scores[name], 4) for name in SCORES if scores.get(name) is not None}


def words_per_second(pipeline: Path, data: Path, *, repeats: int = 3) -> int:
    """Time the pipeline as tagging loads it, best of several runs over a file.

    The time is the processor's, so that other programs on the machine do not count.
    """
    nlp = spacy.load(pipeline, exclude=list(UNUSED_COMPONENTS))
    texts = [doc.text for doc in DocBin().from_disk(data).get_docs(nlp.vocab)]
    best = 0.0
    for _ in range(repeats):
        start = time.process_time()
        words = sum(len(doc) for doc in nlp.pipe(texts))
        best = max(best, words / (time.process_time() - start))
    return round(best)


def megabytes(*paths: Path) -> float:
    """The size on disk of files and folders, in millions of bytes."""
    files = [file for path in paths for file in (path.rglob("*") if path.is_dir() else [path])]
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


def table(scores: dict[str, dict[str, float]], size: float) -> str:
    """Lay the scores out as a Markdown table, beside the published figures."""
    lines = [
        "| Pipeline | Measured on | POS | MORPH | LEMMA | Sentences F | Entities F | Size |",
        "|---|---|---:|---:|---:|---:|---:|---:|",
    ]
    for code, name in STANDARDS.items():
        figures = " | ".join(f"{scores[code].get(column, 0):.3f}" for column in _COLUMNS)
        lines.append(f"| no_core_ndt_sm | {name} dev | {figures} | {size:.0f} MB |")
    for name, (*figures, its_size) in PUBLISHED.items():
        shown = " | ".join(f"{figure:.3f}" for figure in figures)
        lines.append(f"| {name} | Bokmål test | {shown} | {its_size} |")
    return "\n".join(lines)


def main() -> None:
    """Measure the pipeline named on the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pipeline", type=Path, help="the folder of the pipeline")
    parser.add_argument("data", type=Path, help="the folder that convert.py wrote")
    parser.add_argument("--json", type=Path, help="write the scores to this file, too")
    options = parser.parse_args()
    nlp = spacy.load(options.pipeline)
    scores = {code: measure(nlp, options.data / f"dev-{code}.spacy") for code in STANDARDS}
    size = megabytes(options.pipeline, options.pipeline.parent / "lemmas.marisa")
    print(table(scores, size))
    speed = words_per_second(options.pipeline, options.data / "dev-nb.spacy")
    print(f"\n{speed:,} words/s on one core without the entity recogniser")
    if options.json:
        options.json.write_text(json.dumps(scores, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
