"""Convert the tags of NDT to UD part of speech and features, by a mapping learnt from examples.

The dev files have both annotations side by side. The mapping counts, for keys from the most to
the least specific, which UD reading a token with that key has, and answers with the commonest
reading of the first key that it knows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from treebank import NdtSentence, UdSentence

Reading = tuple[str, str]
"""Universal part of speech and features."""

_PREDICATIVES = frozenset({"SPRED", "OPRED"})


class UdMapping:
    """A mapping from NDT to UD, learnt from sentences that have both."""

    def __init__(self, pairs: Iterable[tuple[NdtSentence, UdSentence]]) -> None:
        self._counts: list[dict[Hashable, Counter[Reading]]] = []
        for ndt, ud in pairs:
            if len(ndt) != len(ud):
                raise ValueError(f"NDT and UD differ in: {' '.join(t.form for t in ndt)}")
            for index, token in enumerate(ud):
                self._learn(_keys(ndt, index), (token.upos, token.feats))

    def _learn(self, keys: tuple[Hashable, ...], reading: Reading) -> None:
        while len(self._counts) < len(keys):
            self._counts.append(defaultdict(Counter))
        for counts, key in zip(self._counts, keys, strict=True):
            counts[key][reading] += 1

    def convert(self, sentence: NdtSentence) -> list[Reading]:
        """Give the UD reading of each token.

        Raises:
            KeyError: A tag never occurred in the examples.
        """
        return [self._reading(_keys(sentence, index)) for index in range(len(sentence))]

    def _reading(self, keys: tuple[Hashable, ...]) -> Reading:
        for counts, key in zip(self._counts, keys, strict=True):
            if key in counts:
                return counts[key].most_common(1)[0][0]
        raise KeyError(keys[-1])


def agreement(
    pairs: list[tuple[NdtSentence, UdSentence]], *, folds: int = 10
) -> tuple[float, float]:
    """Measure the mapping on sentences that it was not learnt from.

    Args:
        pairs: Sentences with both annotations.
        folds: In how many parts they are held out, one after the other.

    Returns:
        The shares of tokens whose part of speech, and whose features, are those of UD.
    """
    tokens = right_upos = right_feats = 0
    for fold in range(folds):
        mapping = UdMapping(pair for i, pair in enumerate(pairs) if i % folds != fold)
        for ndt, ud in pairs[fold::folds]:
            for (upos, feats), token in zip(mapping.convert(ndt), ud, strict=True):
                tokens += 1
                right_upos += upos == token.upos
                right_feats += feats == token.feats
    return right_upos / tokens, right_feats / tokens


def _keys(sentence: NdtSentence, index: int) -> tuple[Hashable, ...]:
    token = sentence[index]
    context = _context(sentence, index)
    tagged = (token.tag, token.features)
    return (
        (*tagged, token.lemma, context, token.relation),
        (*tagged, token.lemma, context),
        (*tagged, context),
        tagged,
        (token.tag, frozenset(token.features)),
        token.tag,
    )


def _context(sentence: NdtSentence, index: int) -> Hashable:
    """What UD asks about a token beside its own tag.

    A verb is an auxiliary when another verb or a predicative hangs on it; a preposition is a
    subordinating conjunction when an infinitive or a clause fills it.
    """
    token = sentence[index]
    dependents = [other for other in sentence if other.head == index]
    if token.tag in {"verb", "adj"}:
        verbs = [other.features for other in dependents if other.relation == "INFV"]
        return tuple(verbs[:1]), any(other.relation in _PREDICATIVES for other in dependents)
    if token.tag == "prep":
        filler = next(
            (i for i, t in enumerate(sentence) if t.head == index and t.relation == "PUTFYLL"), None
        )
        return None if filler is None else _filler(sentence, filler)
    return None


def _filler(sentence: NdtSentence, index: int) -> str:
    tag = sentence[index].tag
    if tag == "verb":
        marked = any(t.head == index and t.tag == "sbu" for t in sentence)
        return "marked clause" if marked else "clause"
    return tag if tag in {"inf-merke", "sbu"} else "phrase"
