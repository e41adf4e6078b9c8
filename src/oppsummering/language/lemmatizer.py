"""The lemmatizer of the bundled pipeline: the table where it knows the word, else edit trees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.attrs import MORPH, ORTH, POS
from spacy.language import Language
from spacy.pipeline.edit_tree_lemmatizer import EditTreeLemmatizer

from oppsummering.language.lemmas import bundled_lemma_table
from oppsummering.language.standard import written_standard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from spacy.tokens import Doc, Token
    from thinc.api import Model
    from thinc.types import Floats1d, Floats2d

    from oppsummering.words import WrittenStandard

_CACHED_WORDS = 100_000
_LOOKED_UP = [ORTH, POS, MORPH]


class TableLemmatizer(EditTreeLemmatizer):
    """Look a word up with its part of speech and features; fall back on spaCy's edit trees.

    The table is asked first: it answers with the lemma of the text's written standard. The trees,
    trained on the same treebank, lemmatize the words that it lacks with that part of speech.
    """

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._answers: dict[WrittenStandard, dict[tuple[int, ...], int]] = {}

    def predict(self, docs: Iterable[Doc]) -> Any:
        """Find the lemma of each token.

        Args:
            docs: Documents with part of speech and features.

        Returns:
            The lemmas as hashes in the store of strings, a list a document.
        """
        documents = list(docs)
        if not any(len(doc) for doc in documents):
            return [[] for _ in documents]
        scores: list[Floats2d] = self.model.predict(documents)
        return [self._lemmas(doc, rows) for doc, rows in zip(documents, scores, strict=True)]

    def set_annotations(self, docs: Iterable[Doc], lemmas: Sequence[Sequence[int]]) -> None:
        """Write the lemmas that `predict` found on the tokens."""
        for doc, its_lemmas in zip(docs, lemmas, strict=True):
            for token, lemma in zip(doc, its_lemmas, strict=True):
                token.lemma = lemma

    def _lemmas(self, doc: Doc, scores: Floats2d) -> list[int]:
        standard = written_standard([token.text for token in doc])
        known = self._remembered(standard)
        lemmas = []
        for index, key in enumerate(map(tuple, doc.to_array(_LOOKED_UP).tolist())):
            lemma = known.get(key)
            if lemma is None:
                lemma = known[key] = self._table_lemma(doc[index], standard)
            lemmas.append(lemma or self._tree_lemma(doc[index], scores[index]))
        return lemmas

    def _remembered(self, standard: WrittenStandard) -> dict[tuple[int, ...], int]:
        """The answers of the table so far, by the hashes of `_LOOKED_UP`; 0 means none."""
        known = self._answers.setdefault(standard, {})
        if len(known) > _CACHED_WORDS:
            known.clear()
        return known

    def _table_lemma(self, token: Token, standard: WrittenStandard) -> int:
        found = bundled_lemma_table().lemma(token.text, token.pos_, str(token.morph), standard)
        return self._hash(found) if found else 0

    def _hash(self, lemma: str) -> int:
        return int(self.vocab.strings.add(lemma))

    def _tree_lemma(self, token: Token, scores: Floats1d) -> int:
        """Apply the likeliest tree that fits the form; a form that none fits is its own lemma."""
        for label in np.argsort(-np.asarray(scores))[: self.top_k].tolist():
            lemma: str | None = self.trees.apply(self.cfg["labels"][label], token.text)
            if lemma is not None:
                return self._hash(lemma)
        return token.orth


@Language.factory(
    "table_lemmatizer",
    assigns=["token.lemma"],
    requires=["token.pos", "token.morph"],
    default_config={
        "top_k": 3,
        "min_tree_freq": 3,
        "scorer": {"@scorers": "spacy.lemmatizer_scorer.v1"},
    },
    default_score_weights={"lemma_acc": 1.0},
)
def make_table_lemmatizer(  # noqa: PLR0913, PLR0917 - spaCy asks for each by name
    nlp: Language,
    name: str,
    model: Model[list[Doc], list[Floats2d]],
    min_tree_freq: int,
    top_k: int,
    scorer: Callable[..., dict[str, Any]] | None,
) -> TableLemmatizer:
    """Make the component; spaCy calls this when a pipeline's config names `table_lemmatizer`."""
    return TableLemmatizer(
        nlp.vocab,
        model,
        name,
        backoff="orth",
        min_tree_freq=min_tree_freq,
        overwrite=True,
        top_k=top_k,
        scorer=scorer,
    )
