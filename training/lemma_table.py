"""Write the table of lemmas: which lemmas, parts of speech and standards a word form can have.

Sources: the train part of the treebank (NDT, CC0), the full forms of Norsk Ordbank in Bokmål as
spacy-lookups-data has them (CC BY 4.0), and the words that Norsk Ordbank's leddanalyse names as
parts of compounds in both standards (CC BY 4.0).
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import lzma
from collections import Counter, defaultdict
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import marisa_trie
from treebank import STANDARDS, read_ndt, read_ud, unpack
from ud_mapping import UdMapping

from oppsummering.language import lemmas
from oppsummering.language.lemmas import LemmaRule

if TYPE_CHECKING:
    from collections.abc import Iterator

Key = tuple[str, int, str, str]
"""A form (names as written, other words in lower case), a standard, a part of speech, a lemma."""

_FLAGS = {"nob": lemmas.BOKMAL, "nno": lemmas.NYNORSK}
_ORDBANK_POS = {"noun": "NOUN", "verb": "VERB", "adj": "ADJ", "adv": "ADV"}
_LEDDANALYSE_POS = {"Noun": "NOUN", "Adj": "ADJ", "Verb": "VERB", "V": "VERB", "Adv": "ADV"}
_LEDDANALYSE_FILES = {
    lemmas.BOKMAL: "leddanalyse-nb.tsv.xz",
    lemmas.NYNORSK: "leddanalyse-nn.tsv.xz",
}

_NYNORSK_ENDINGS = {
    "NOUN": ("en", "et", "a", "ar", "ane", "er", "ene"),
    "VERB": ("e", "ar", "a", "er", "te", "t", "de", "d", "ast", "ande"),
    "ADJ": ("t", "e", "are", "ast", "aste"),
}
"""The regular endings; those of a noun or verb in *-e* replace it."""

USUAL = 5
"""How often a change has to occur with some features to tell between two lemmas."""


def treebank_counts(root: Path) -> dict[Key, Counter[str]]:
    """Count the features with which each reading occurs in the train part."""
    pairs = [
        pair
        for standard in STANDARDS
        for pair in zip(read_ndt(root, standard, "dev"), read_ud(root, standard), strict=True)
    ]
    mapping = UdMapping(pairs)
    counts: dict[Key, Counter[str]] = defaultdict(Counter)
    for standard in STANDARDS:
        for sentence in read_ndt(root, standard, "train"):
            for token, (upos, feats) in zip(sentence, mapping.convert(sentence), strict=True):
                form = token.form if upos == "PROPN" else token.form.lower()
                counts[form, _FLAGS[standard], upos, token.lemma][feats] += 1
    return counts


def dictionary_readings(compounds: Path) -> set[Key]:
    """Collect the readings that Norsk Ordbank vouches for."""
    return {*_ordbank(), *_leddanalyse(compounds)}


def _ordbank() -> Iterator[Key]:
    spec = find_spec("spacy_lookups_data")
    folder = Path(spec.submodule_search_locations[0])
    with gzip.open(folder / "data" / "nb_lemma_exc.json.gz") as file:
        forms_by_pos = json.load(file)
    for pos, forms in forms_by_pos.items():
        for form, its_lemmas in forms.items():
            if " " not in form:
                for lemma in its_lemmas:
                    yield form.lower(), lemmas.BOKMAL, _ORDBANK_POS[pos], lemma


def _leddanalyse(folder: Path) -> Iterator[Key]:
    for flag, name in _LEDDANALYSE_FILES.items():
        with lzma.open(folder / name, "rt", encoding="utf-8") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                for part in ("head", "modifier"):
                    word, pos = row[part], _LEDDANALYSE_POS.get(row[f"{part}_pos"] or "")
                    if pos and word.isalpha() and len(word) > 1:
                        yield word.lower(), flag, pos, word


def generated_readings(dictionary: set[Key]) -> set[Key]:
    """Inflect the Nynorsk lemmas of the dictionary by the regular endings.

    No full-form list of Nynorsk is at hand. Not knowing a word's gender or class, this makes
    forms that do not exist; they serve as hints, never before a form that is attested.
    """
    return {
        (form, lemmas.NYNORSK, pos, lemma)
        for _, flag, pos, lemma in dictionary
        if flag == lemmas.NYNORSK and pos in _NYNORSK_ENDINGS
        for form in _inflected(lemma, pos)
    } - dictionary


def _inflected(lemma: str, pos: str) -> Iterator[str]:
    stem = lemma.removesuffix("e")
    # A double consonant is written single before another consonant: *kjenne*, *kjent*.
    short = stem[:-1] if stem[-2:-1] == stem[-1:] else stem
    for ending in _NYNORSK_ENDINGS[pos]:
        yield (short if ending[0] in "dt" else stem) + ending


def write_table(
    counts: dict[Key, Counter[str]], dictionary: set[Key], generated: set[Key], path: Path
) -> lemmas.LemmaTable:
    """Write the table and read it back."""
    frequencies = {key: sum(feats.values()) for key, feats in counts.items()}
    records = [
        (key[0].lower(), _record(key, frequencies.get(key, 0), _source(key, dictionary, generated)))
        for key in sorted({*counts, *dictionary, *generated})
    ]
    records += [
        (lemmas.SEPARATOR.join((key[0].lower(), key[2], feats)), _record(key, count, 0))
        for key, feats, count in _decided_by_features(counts)
    ]
    rules = sorted({rule for _, (_, _, rule, _) in records}, key=lambda r: (r.cut, r.add))
    poses = sorted({pos for _, (_, pos, _, _) in records})
    rule_index = {rule: index for index, rule in enumerate(rules)}
    trie = marisa_trie.RecordTrie(
        lemmas.RECORD,
        sorted(
            (text, (flags, poses.index(pos), rule_index[rule], frequency))
            for text, (flags, pos, rule, frequency) in records
        ),
    ).tobytes()
    header = {
        "format": lemmas.FORMAT,
        "version": hashlib.sha256(trie).hexdigest()[:12],
        "pos": poses,
        "rules": [[rule.cut, rule.add] for rule in rules],
        "usual_rules": usual_rules(counts),
    }
    path.write_bytes(json.dumps(header, ensure_ascii=False).encode() + b"\n" + trie)
    return lemmas.LemmaTable.load(path)


def usual_rules(counts: dict[Key, Counter[str]]) -> dict[str, dict[str, int]]:
    """Count for each part of speech and features which changes lead to the lemma."""
    usual: dict[str, Counter[str]] = defaultdict(Counter)
    for (form, _, pos, lemma), feats in counts.items():
        rule = LemmaRule.between(form.lower(), lemma)
        for name, count in feats.items():
            usual[f"{pos} {name}"][f"{rule.cut}{rule.add}"] += count
    return {
        name: {rule: count for rule, count in sorted(rules.items()) if count >= USUAL}
        for name, rules in sorted(usual.items())
        if len(rules) > 1
    }


def _source(key: Key, dictionary: set[Key], generated: set[Key]) -> int:
    if key in dictionary:
        return lemmas.DICTIONARY
    return lemmas.GENERATED if key in generated else 0


def _record(key: Key, count: int, source: int) -> tuple[int, str, LemmaRule, int]:
    form, flag, pos, lemma = key
    return flag | source, pos, LemmaRule.between(form, lemma), min(count.bit_length(), 255)


def _decided_by_features(counts: dict[Key, Counter[str]]) -> Iterator[tuple[Key, str, int]]:
    """Find the readings of forms whose lemma in a standard depends on their features."""
    rivals: dict[tuple[str, int, str], list[Key]] = defaultdict(list)
    for key in counts:
        rivals[key[:3]].append(key)
    for keys in rivals.values():
        if len(keys) > 1:
            for key in sorted(keys):
                for feats, count in sorted(counts[key].items()):
                    yield key, feats, count


def main() -> None:
    """Write the table named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("treebank", type=Path, help="norne-train-dev.tar.xz or its folder")
    parser.add_argument("compounds", type=Path, help="the folder of leddanalyse-*.tsv.xz")
    parser.add_argument("output", type=Path, help="the table to write, lemmas.marisa")
    parser.add_argument("--work", type=Path, default=Path("training/work"), help="for scratch")
    options = parser.parse_args()
    root = unpack(options.treebank, options.work / "treebank")
    dictionary = dictionary_readings(options.compounds)
    table = write_table(
        treebank_counts(root), dictionary, generated_readings(dictionary), options.output
    )
    size = options.output.stat().st_size
    print(f"{options.output}: {len(table):,} readings, {size:,} bytes, version {table.version}")


if __name__ == "__main__":
    main()
