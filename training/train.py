"""Everything from the public treebank to the bundled pipeline, in one command."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from string import Template

import evaluate
import spacy
from assemble import META, assemble
from convert import convert
from lemma_table import dictionary_readings, generated_readings, treebank_counts, write_table
from treebank import unpack

HERE = Path(__file__).parent
MODELS = HERE.parent / "src" / "oppsummering" / "models"
PIPELINE = MODELS / "no_core_ndt_sm"
TABLE = MODELS / "lemmas.marisa"

_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
"""More threads would add numbers in another order, and so train another network."""


def write_lemma_table(root: Path, compounds: Path) -> None:
    """Write the table of lemmas, which the networks read while they are trained."""
    dictionary = dictionary_readings(compounds)
    write_table(treebank_counts(root), dictionary, generated_readings(dictionary), TABLE)


def train(config: str, data: Path, output: Path) -> Path:
    """Run `spacy train` and return the folder of the best pipeline."""
    command = [
        *(sys.executable, "-m", "spacy", "train", str(HERE / config)),
        *("--code", str(HERE / "code.py"), "--output", str(output)),
        *("--paths.train", str(data / "train.spacy"), "--paths.dev", str(data / "dev.spacy")),
    ]
    subprocess.run(command, check=True, env=os.environ | _ONE_THREAD)
    return output / "model-best"


def finish(tagger: Path, ner: Path, data: Path) -> None:
    """Assemble the pipeline, measure it, and write the figures into it and its model card."""
    assemble(tagger, ner, PIPELINE)
    nlp = spacy.load(PIPELINE)
    scores = {
        code: evaluate.measure(nlp, data / f"dev-{code}.spacy") for code in evaluate.STANDARDS
    }
    record(scores)
    write_card(scores)


def record(scores: dict[str, dict[str, float]]) -> None:
    """Write the scores to `meta.json`: Bokmål's by spaCy's names, Nynorsk's behind `nn_`."""
    path = PIPELINE / "meta.json"
    meta = json.loads(path.read_text(encoding="utf-8"))
    nynorsk = {f"nn_{name}": value for name, value in scores["nn"].items()}
    meta["performance"] = scores["nb"] | nynorsk
    path.write_text(json.dumps(meta, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def write_card(scores: dict[str, dict[str, float]]) -> None:
    """Fill the model card in `model_card.md` with the scores."""
    card = Template((HERE / "model_card.md").read_text(encoding="utf-8"))
    table = evaluate.table(scores, evaluate.megabytes(PIPELINE, TABLE))
    text = card.substitute(version=META["version"], table=table)
    (PIPELINE / "README.md").write_text(text, encoding="utf-8")


def main() -> None:
    """Train from the files named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("treebank", type=Path, help="norne-train-dev.tar.xz or its folder")
    parser.add_argument("compounds", type=Path, help="the folder of leddanalyse-*.tsv.xz")
    parser.add_argument("--work", type=Path, default=HERE / "work", help="for what is in between")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    root = unpack(options.treebank, options.work / "treebank")
    data = options.work / "data"
    convert(root, data)
    write_lemma_table(root, options.compounds)
    tagger = train("tagger.cfg", data, options.work / "tagger")
    ner = train("ner.cfg", data, options.work / "ner")
    finish(tagger, ner, data)


if __name__ == "__main__":
    main()
