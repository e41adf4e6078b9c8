"""The parts of the bundled pipeline that spaCy does not have; spaCy finds them by entry points."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.attrs import ORTH
from spacy.ml.models.tok2vec import MaxoutWindowEncoder
from spacy.strings import hash_string  # type: ignore[attr-defined] # a Cython function
from spacy.util import registry
from thinc.api import HashEmbed, Maxout, Model, NumpyOps, chain, concatenate

from oppsummering.language.lemmas import bundled_lemma_table
from oppsummering.language.standard import written_standard

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc
    from spacy.vocab import Vocab
    from thinc.types import Floats2d

    from oppsummering.language.lemmas import LemmaTable

LONGEST_WORD = 40
"""Longer words are looked at by their last letters only: Norwegian inflects at the end."""

SHORTEST_HEAD = 4
"""The letters that the head of an unknown compound has at least."""

COLUMNS = ("word", "prefix", "suffix2", "suffix3", "suffix4", "shape", "bokmal", "nynorsk")
"""What the network may see of a word; each has a table of vectors of its own."""

STANDARD_COLUMN = "standard"
"""What it may see of the text: its written standard."""

_CACHED_WORDS = 100_000


def word_features(word: str, shape: str, table: LemmaTable) -> tuple[int, ...]:
    """Hash what the network sees of a word, in the order of `COLUMNS`.

    Args:
        word: The word as written.
        shape: Its shape, such as `Xxxx`.
        table: The dictionaries; a word that they lack is looked up by its head.

    Returns:
        One 64-bit hash a column.
    """
    lower = word[-LONGEST_WORD:].lower()
    bokmal, nynorsk = _head_signatures(lower, table)
    texts = (
        lower,
        word[:3].lower(),
        lower[-2:],
        lower[-3:],
        lower[-4:],
        shape,
        bokmal,
        nynorsk,
    )
    return tuple(hash_string(text) for text in texts)


def _head_signatures(lower: str, table: LemmaTable) -> tuple[str, str]:
    found = table.signatures(lower)
    if any(found) or not (lower.isalpha() or "-" in lower):
        return found
    for start in range(1, len(lower) - SHORTEST_HEAD + 1):
        found = table.signatures(lower[start:])
        if any(found):
            return "+" + found[0], "+" + found[1]
    return found


@registry.architectures("oppsummering.WordEmbed.v1")  # type: ignore[untyped-decorator]
def word_embed(
    width: int, column_width: int, rows: dict[str, int]
) -> Model[list[Doc], list[Floats2d]]:
    """Build the layer that gives each token the vector of its word, whatever its context.

    Like spaCy's `MultiHashEmbed`, with more columns: two of them are from the lemma table, and
    one is the written standard of the text. At prediction each distinct word is computed once a
    batch.

    Args:
        width: The length of the vector of a token.
        column_width: The length of the vector of a column.
        rows: How many vectors each column has, by its name in `COLUMNS` or `STANDARD_COLUMN`; a
            column without a number is not seen.
    """
    names = (*COLUMNS, STANDARD_COLUMN)
    tables: list[Model[Any, Any]] = [
        HashEmbed(column_width, rows[name], column=index, seed=index + 1, dropout=0.0)
        for index, name in enumerate(names)
        if name in rows
    ]
    if len(tables) < len(rows):
        raise ValueError(f"The columns are {', '.join(names)}, not {', '.join(rows)}.")
    mixed = Maxout(width, column_width * len(rows), nP=3, dropout=0.0, normalize=True)
    embed: Model[Any, Any] = chain(concatenate(*tables), mixed)
    _multiply_fast(embed)
    store = _FeatureStore(with_standard=STANDARD_COLUMN in rows)
    return Model(
        "word_embed", partial(_forward, store), init=_init, layers=[embed], dims={"nO": width}
    )


@registry.architectures("oppsummering.WindowEncoder.v1")  # type: ignore[untyped-decorator]
def window_encoder(
    width: int, window_size: int, maxout_pieces: int, depth: int
) -> Model[list[Floats2d], list[Floats2d]]:
    """Build spaCy's `MaxoutWindowEncoder.v2`, with numpy's multiplication of matrices.

    Args:
        width: The length of the vectors that come in and go out.
        window_size: How many neighbours on each side a layer sees.
        maxout_pieces: The number of pieces of a layer.
        depth: The number of layers.
    """
    encoder: Model[list[Floats2d], list[Floats2d]] = MaxoutWindowEncoder(
        width, window_size, maxout_pieces, depth
    )
    _multiply_fast(encoder)
    return encoder


def _multiply_fast(model: Model[Any, Any]) -> None:
    # thinc multiplies matrices with BLIS; on a core with AVX2, numpy's BLAS took a third of its
    # time for the sizes of this network.
    ops = NumpyOps(use_blis=False)
    for layer in model.walk():
        layer.ops = ops


class _FeatureStore:
    """The features of words, computed once a word.

    Args:
        with_standard: Whether the written standard of a text is looked at.
    """

    def __init__(self, *, with_standard: bool) -> None:
        self._with_standard = with_standard
        self._known: dict[int, tuple[int, ...]] = {}

    def standards(self, docs: Sequence[Doc]) -> NDArray[np.uint64]:
        """Give the hash of the written standard of each token's text."""
        hashes = [self._standard(doc) for doc in docs]
        return np.repeat(np.asarray(hashes, dtype="uint64"), [len(doc) for doc in docs])

    def _standard(self, doc: Doc) -> int:
        if not self._with_standard:
            return 0
        return int(hash_string(written_standard([token.text for token in doc]).value))

    def features(
        self, words: NDArray[np.uint64], standards: NDArray[np.uint64], vocab: Vocab
    ) -> NDArray[np.uint64]:
        """Give the features of words, one row a word; a word is its hash among the strings."""
        known = self._known
        if len(known) > _CACHED_WORDS:
            known.clear()
        ids: list[int] = words.tolist()
        for word in ids:
            if word not in known:
                lexeme = vocab[word]
                known[word] = word_features(lexeme.orth_, lexeme.shape_, bundled_lemma_table())
        rows = np.asarray([known[word] for word in ids], dtype="uint64").reshape(-1, len(COLUMNS))
        return np.column_stack([rows, standards])


def _forward(
    store: _FeatureStore,
    model: Model[list[Doc], list[Floats2d]],
    docs: Sequence[Doc],
    is_train: bool,  # noqa: FBT001 - thinc calls it by place
) -> tuple[list[Any], Callable[[list[Any]], list[Doc]]]:
    embed: Model[Any, Any] = model.layers[0]
    ends = np.cumsum([len(doc) for doc in docs])[:-1]
    words = np.concatenate([doc.to_array(ORTH) for doc in docs])
    standards = store.standards(docs)
    if not is_train:
        _, first, places = np.unique(words ^ standards, return_index=True, return_inverse=True)
        vectors = embed.predict(store.features(words[first], standards[first], docs[0].vocab))
        return np.split(vectors[places], ends), lambda _: []
    vectors, backprop = embed.begin_update(store.features(words, standards, docs[0].vocab))

    def learn(gradients: list[Any]) -> list[Doc]:
        backprop(np.concatenate(gradients))
        return []

    return np.split(vectors, ends), learn


def _init(model: Model[Any, Any], X: Any = None, Y: Any = None) -> None:  # noqa: ARG001, N803 - thinc's names
    model.layers[0].initialize(np.zeros((1, len(COLUMNS) + 1), dtype="uint64"))
