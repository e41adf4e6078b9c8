"""Put the two trained networks together to the pipeline that is bundled."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import spacy
from spacy.util import load_config

if TYPE_CHECKING:
    from spacy.language import Language

VERSION = "1.0.0"

META = {
    "name": "core_ndt_sm",
    "version": VERSION,
    "spacy_version": ">=3.8.0,<3.9.0",
    "description": "Norwegian, Bokmål and Nynorsk: parts of speech, features, lemmas, sentences"
    " and named entities, trained on the Norwegian Dependency Treebank with NorNE's entities.",
    "author": "The oppsummering developers",
    "license": "CC BY 4.0",
    "url": "https://github.com/ltgoslo/norne",
    "sources": [
        {
            "name": "NorNE and the Norwegian Dependency Treebank, train part",
            "url": "https://github.com/ltgoslo/norne",
            "license": "CC0 1.0 (annotations)",
        },
        {
            "name": "Norsk Ordbank in Bokmål 2005, by way of spacy-lookups-data",
            "url": "https://www.nb.no/sprakbanken/show?serial=oai%3Anb.no%3Asbr-5",
            "license": "CC BY 4.0",
        },
        {
            "name": "Norsk Ordbank's leddanalyse, National Library of Norway",
            "url": "https://www.nb.no/sprakbanken/",
            "license": "CC BY 4.0",
        },
    ],
}

LEMMATIZER = "lemmatizer"
_TRAINED_LEMMATIZER = "trainable_lemmatizer"


def assemble(tagger: Path, ner: Path, output: Path) -> None:
    """Write the pipeline of both networks, without the words of the treebank.

    Args:
        tagger: The folder that `spacy train tagger.cfg` wrote.
        ner: The folder that `spacy train ner.cfg` wrote.
        output: The folder to write; what is there is replaced.
    """
    trained = spacy.load(tagger)
    with tempfile.TemporaryDirectory() as scratch:
        renamed = Path(scratch) / "tagger"
        _use_table_lemmatizer(tagger, renamed)
        nlp = _load_without_words(renamed)
        _keep_tree_strings(trained, nlp)
        recogniser = _load_without_words(ner)
        nlp.add_pipe("ner", source=recogniser)
        nlp.meta.update(META)
        nlp.meta["performance"] = {}
        if output.exists():
            shutil.rmtree(output)
        output.parent.mkdir(parents=True, exist_ok=True)
        nlp.to_disk(output)
    (output / "vocab" / "key2row").unlink(missing_ok=True)


def _use_table_lemmatizer(source: Path, target: Path) -> None:
    """Copy a trained pipeline, its lemmatizer put behind the table of lemmas."""
    shutil.copytree(source, target)
    (target / _TRAINED_LEMMATIZER).rename(target / LEMMATIZER)
    config: Any = load_config(target / "config.cfg")
    settings = config["components"].pop(_TRAINED_LEMMATIZER)
    config["components"][LEMMATIZER] = {
        "factory": "table_lemmatizer",
        "model": settings["model"],
        "min_tree_freq": settings["min_tree_freq"],
        "top_k": settings["top_k"],
    }
    names = config["nlp"]["pipeline"]
    config["nlp"]["pipeline"] = [n for n in names if n != _TRAINED_LEMMATIZER] + [LEMMATIZER]
    config["nlp"]["tokenizer"] = {"@tokenizers": "oppsummering.BareTokenizer.v1"}
    for section in ("initialize", "corpora", "paths"):
        config[section] = {}
    config.to_disk(target / "config.cfg")


def _load_without_words(path: Path) -> Language:
    """Load a pipeline into an empty vocabulary: a user's copy need not list the treebank's."""
    nlp = spacy.util.load_model_from_config(load_config(path / "config.cfg"), auto_fill=True)
    return nlp.from_disk(path, exclude=["vocab"])


def _keep_tree_strings(trained: Language, nlp: Language) -> None:
    for tree in trained.get_pipe(_TRAINED_LEMMATIZER).label_data["trees"]:
        for part in ("orig", "subst"):
            if part in tree:
                nlp.vocab.strings.add(tree[part])


def main() -> None:
    """Assemble the folders named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tagger", type=Path)
    parser.add_argument("ner", type=Path)
    parser.add_argument("output", type=Path)
    options = parser.parse_args()
    assemble(options.tagger, options.ner, options.output)


if __name__ == "__main__":
    main()
