"""The embedding layer and the lemmatizer, in small pipelines trained on a few sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import spacy
from spacy.strings import StringStore
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import fix_random_seed

from oppsummering.language import components
from oppsummering.language.components import COLUMNS, word_embed, word_features
from oppsummering.language.lemmas import bundled_lemma_table
from oppsummering.language.lemmatizer import TableLemmatizer

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language

pytestmark = pytest.mark.pipeline  # both read the table of lemmas that comes with the package

ROWS = dict.fromkeys(COLUMNS, 50) | {"standard": 10}

TRAIN = [
    (("Vi", "PRON", "vi"), ("bygger", "VERB", "bygge"), ("blimper", "NOUN", "blimp")),
    (("Vi", "PRON", "vi"), ("kjøper", "VERB", "kjøpe"), ("glomper", "NOUN", "glomp")),
    (("Me", "PRON", "me"), ("byggjer", "VERB", "byggje"), ("husa", "NOUN", "hus")),
]


def features(word: str) -> dict[str, int]:
    """The features of a word by the names of their columns."""
    values = word_features(word, "xxxx", bundled_lemma_table())
    return dict(zip(COLUMNS, values, strict=True))


def same(one: str, other: str) -> set[str]:
    """The columns in which two words look alike."""
    first, second = features(one), features(other)
    return {name for name in COLUMNS if first[name] == second[name]}


def test_inflected_words_look_alike() -> None:
    """Two nouns inflected alike have the same column of their dictionary."""
    assert "bokmal" in same("forklaringene", "virkningene")
    assert "bokmal" not in same("forklaringene", "forklaring")


def test_case_is_seen_by_the_shape_alone() -> None:
    """Words in other case differ in nothing but the shape, which is given here."""
    assert same("Planen", "planen") == set(COLUMNS)


def test_unknown_compound_is_known_by_its_head() -> None:
    """A compound that no dictionary has is seen as an unknown word with a known head."""
    unknown = "modenhetsgeitestrategiene"
    assert bundled_lemma_table().signatures(unknown) == ("", "")
    assert "bokmal" in same(unknown, "ordfylleristrategiene")
    assert "bokmal" not in same(unknown, "strategiene")


def test_word_that_is_no_word_has_no_head() -> None:
    """Numbers and signs are not taken apart."""
    assert "bokmal" in same("123456789", "§§§§§§")


def test_long_word_costs_no_more() -> None:
    """Of a word of ten thousand letters, the last ones are seen."""
    assert same("x" * 10_000 + "planene", "x" * 9_000 + "planene") == set(COLUMNS)


def embedded(docs: list[Doc], *, is_train: bool, rows: dict[str, int] = ROWS) -> list[Any]:
    """The vectors of the tokens, with weights that are the same each time."""
    fix_random_seed(0)
    model = word_embed(8, 4, rows)
    model.initialize(docs)
    vectors: list[Any] = model(docs, is_train=is_train)[0]
    return vectors


def test_distinct_words_are_computed_once_with_the_same_result() -> None:
    """The short cut of prediction gives what training gives, for each token in its place."""
    nlp = spacy.blank("nb")
    docs = [nlp("vi er vi, og vi er bra"), nlp(""), nlp("og me er ikkje dei, vi")]
    for fast, slow in zip(
        embedded(docs, is_train=False), embedded(docs, is_train=True), strict=True
    ):
        np.testing.assert_allclose(fast, slow, rtol=1e-5)
    assert [len(rows) for rows in embedded(docs, is_train=False)] == [len(doc) for doc in docs]


def test_same_word_differs_by_the_standard_of_its_text() -> None:
    """A word looks different in a Nynorsk text, unless the standard is not looked at."""
    nlp = spacy.blank("nb")
    docs = [nlp("Det er ikke en av de minste"), nlp("Det er ikkje ein av dei minste")]
    nb, nn = embedded(docs, is_train=False)
    assert not np.allclose(nb[1], nn[1])
    nb, nn = embedded(docs, is_train=False, rows=dict.fromkeys(COLUMNS, 50))
    np.testing.assert_allclose(nb[1], nn[1])


def test_unknown_column_is_an_error() -> None:
    """A column that there is not is named."""
    with pytest.raises(ValueError, match="vowels"):
        word_embed(8, 4, {"word": 10, "vowels": 10})


def test_remembered_words_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text of ever new words does not fill the memory."""
    monkeypatch.setattr(components, "_CACHED_WORDS", 3)
    store = components._FeatureStore(with_standard=False)  # noqa: SLF001 - its size is the point
    strings = StringStore()
    nlp = spacy.blank("nb")
    for number in range(10):
        doc = nlp(f"ord{number}")
        words = np.asarray([token.orth for token in doc], dtype="uint64")
        rows = store.features(words, np.zeros(len(words), dtype="uint64"), nlp.vocab)
        assert rows.shape == (1, len(COLUMNS) + 1)
    assert len(store._known) <= 4  # noqa: SLF001
    assert len(strings) == 0


@pytest.fixture(scope="module")
def nlp() -> Language:
    """A pipeline whose lemmatizer has seen a few invented words in *-er*."""
    nlp = spacy.blank("nb")
    tok2vec = {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "oppsummering.WordEmbed.v1",
            "width": 16,
            "column_width": 8,
            "rows": ROWS,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": 16,
            "depth": 1,
            "window_size": 1,
            "maxout_pieces": 2,
        },
    }
    model = {"@architectures": "spacy.Tagger.v2", "tok2vec": tok2vec}
    nlp.add_pipe("table_lemmatizer", config={"model": model, "min_tree_freq": 1})
    examples = [_example(nlp, sentence) for sentence in TRAIN]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(20):
        nlp.update(examples, sgd=optimizer)
    return nlp


def _example(nlp: Language, sentence: tuple[tuple[str, str, str], ...]) -> Example:
    words, tags, lemmas = zip(*sentence, strict=True)
    reference = Doc(nlp.vocab, words=list(words), pos=list(tags), lemmas=list(lemmas))
    return Example(Doc(nlp.vocab, words=list(words), pos=list(tags)), reference)


def lemmas(nlp: Language, *tagged: tuple[str, str]) -> list[str]:
    """The lemmas of words with their parts of speech."""
    words, tags = zip(*tagged, strict=True)
    doc = nlp.get_pipe("table_lemmatizer")(Doc(nlp.vocab, words=list(words), pos=list(tags)))
    return [token.lemma_ for token in doc]


def test_table_comes_first(nlp: Language) -> None:
    """A word of the table has its lemma by its part of speech, whatever the trees say."""
    assert lemmas(nlp, ("kommunene", "NOUN")) == ["kommune"]
    assert lemmas(nlp, ("svarte", "ADJ")) == ["svart"]
    assert lemmas(nlp, ("svarte", "VERB")) == ["svare"]


def test_trees_know_what_the_table_does_not(nlp: Language) -> None:
    """A word that the table lacks is lemmatized as the trees have learnt it."""
    assert lemmas(nlp, ("Vi", "PRON"), ("bygger", "VERB"), ("glomper", "NOUN"))[2] == "glomp"


def test_word_that_no_tree_fits_is_its_own_lemma(nlp: Language) -> None:
    """There is a lemma for everything."""
    assert lemmas(nlp, ("qqq", "X"), ("😀", "X"), ("\n", "SPACE")) == ["qqq", "😀", "\n"]


def test_lemma_is_of_the_standard_of_the_text(nlp: Language) -> None:
    """*er* is of *være* in a Bokmål text and of *vere* in a Nynorsk one."""
    bokmal = (("Jeg", "PRON"), ("er", "AUX"), ("ikke", "PART"), ("noe", "PRON"))
    nynorsk = (("Eg", "PRON"), ("er", "AUX"), ("ikkje", "PART"), ("noko", "PRON"))
    assert lemmas(nlp, *bokmal)[1] == "være"
    assert lemmas(nlp, *nynorsk)[1] == "vere"


def test_empty_documents(nlp: Language) -> None:
    """Documents without tokens pass through, alone and among others."""
    assert [len(doc) for doc in nlp.pipe(["", "Vi", ""])] == [0, 1, 0]
    assert len(nlp("")) == 0


def test_remembered_lemmas_are_bounded(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text of ever new words does not fill the memory."""
    monkeypatch.setattr("oppsummering.language.lemmatizer._CACHED_WORDS", 2)
    pipe = nlp.get_pipe("table_lemmatizer")
    assert isinstance(pipe, TableLemmatizer)
    pipe._answers.clear()  # noqa: SLF001 - their number is the point
    for number in range(8):
        nlp(f"ord{number}")
    assert max(len(known) for known in pipe._answers.values()) <= 3  # noqa: SLF001


def test_pipeline_is_the_same_after_saving(nlp: Language, tmp_path: Path) -> None:
    """A saved pipeline loads by its entry points and gives the same lemmas."""
    nlp.to_disk(tmp_path / "saved")
    loaded = spacy.load(tmp_path / "saved")
    words = (("Vi", "PRON"), ("bygger", "VERB"), ("glomper", "NOUN"), ("planene", "NOUN"))
    assert lemmas(loaded, *words) == lemmas(nlp, *words)
