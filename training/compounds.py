"""Learn the compound splitter from Norsk Ordbank's leddanalyse, and measure it.

    python training/compounds.py build --lists DIR --treebank FILE [--out DIR]
    python training/compounds.py evaluate --lists DIR --treebank FILE

`evaluate` learns without the tenth that `wordlists.is_held_out` picks and measures on it; `build`
learns from everything and writes the tables of the package.
"""

from __future__ import annotations

import argparse
import math
import random
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize
from wordlists import (
    HELD_OUT,
    Compound,
    Words,
    is_held_out,
    read_compounds,
    read_ordbank,
    read_simplemma,
    read_treebank,
)

from oppsummering.language.compounds import (
    DATA,
    MOST_LETTERS,
    MOST_UNKNOWN,
    VOWELS,
    CompoundSplitter,
    Facts,
    Link,
    Seam,
    Weights,
)
from oppsummering.language.correspondence import Correspondence
from oppsummering.language.lemmas import bundled_lemma_table
from oppsummering.language.lexicon import NorwegianLexicon
from oppsummering.language.wordtable import WordTable, quantise

if TYPE_CHECKING:
    from collections.abc import Iterable

PARTICLES = ("Prep", "Adv")
SIMPLE_WEIGHT = 0.7
"""Some 20 % of the words that Ordbank has without a seam are compounds that the list left out."""

SMOOTHING = 0.3
PENALTY = 1e-5
DOUBTFUL = 0.3
SAMPLE = 60_000
WHOLE_BIAS = {
    Facts.NB: -0.1,
    Facts.NB | Facts.NN: 0.5,
    Facts.NN: -1.8,
}
"""Added to the score of leaving a word whole, by the standards that know it.

The Nynorsk lists know fewer compounds than words, so that a word that only they know is the more
likely a compound. Chosen on the held-out tenth."""

WHOLE_INSIDE = 1.5
"""Added to it for a part of a compound: parts are long enough to be useful."""

INFLECTED = 1.0
"""What an inflected head costs beside its lemma."""

SHORTEST_INFLECTED = 4
SUFFIXES = frozenset(
    (
        "het",
        "heten",
        "heter",
        "hetene",
        "heit",
        "heita",
        "heiten",
        "heiter",
        "heitene",
        "heitane",
        "else",
        "ing",
        "er",
        "ar",
        "e",
        "le",
        "te",
        "ete",
        "lig",
        "leg",
        "sam",
        "en",
        "skap",
        "skapet",
        "isering",
        "ende",
        "ande",
    )
)
"""Derivations and inflections; they make no compound, even where a short noun looks alike."""

MODIFIER_FEATURES = 17
HEAD_FEATURES = 16
WHOLE_FEATURES = 12
SEAM, INNER_SEAM = 2, 3
"""Columns of the table of parts."""

SHORT, RATHER_SHORT = 2, 4
"""Letters of parts that are more often there by chance."""

ENDING = 4
BEGINNING = 3


@dataclass(slots=True)
class Sources:
    """The raw lists, in lower case."""

    compounds: list[Compound]
    known: dict[str, Facts]
    forms: dict[str, set[str]]
    made: set[str]
    treebank: dict[str, Words]


POS_FACTS = {"NOUN": Facts.NOUN, "VERB": Facts.VERB, "ADJ": Facts.ADJ}
HEAD_FACTS = {"Noun": Facts.NOUN, "V": Facts.VERB, "Verb": Facts.VERB, "Adj": Facts.ADJ}
STANDARD_FACTS = {"nb": Facts.NB, "nn": Facts.NN}


def read_sources(lists: Path, treebank: Path, work: Path) -> Sources:
    """Read every list."""
    sources = Sources(read_compounds(lists), {}, {}, set(), {})
    _add(sources, read_ordbank(), Facts.NB)
    _add(sources, read_simplemma("nn"), Facts.NN)
    for standard, flag in STANDARD_FACTS.items():
        words, made = read_treebank(treebank, work, standard)
        sources.treebank[standard] = words
        sources.made |= made
        _add(sources, words, flag)
    return sources


def _add(sources: Sources, words: Words, standard: Facts) -> None:
    for lemma, tags in words.pos.items():
        facts = sources.known.get(lemma, Facts(0)) | standard
        for tag in tags:
            facts |= POS_FACTS.get(tag, Facts.OTHER)
        sources.known[lemma] = facts
        sources.forms.setdefault(lemma, set()).update(words.forms[lemma])


@dataclass(slots=True)
class Statistics:
    """What the lists say about every string that may be a part.

    Attributes:
        seams: The marked seam of each compound learnt from.
        shared: Below zero, the seam of those whose parts share a letter there.
        whole: Words that the list leaves whole but for a prefix.
        simple: Known lemmas without a seam.
        lemmas: Lemmas that are known from elsewhere than the compounds.
        known: The lemmas and the compounds.
        modifiers: How many compounds have the string as their modifier form.
        heads: How many have it as their head.
        not_modifier: In how many words it is the beginning, but no modifier.
        not_head: In how many words it is the end, but no head.
    """

    seams: dict[str, int]
    shared: dict[str, int]
    whole: set[str]
    simple: list[str]
    lemmas: set[str]
    known: set[str]
    modifiers: Counter[str] = field(default_factory=Counter)
    heads: Counter[str] = field(default_factory=Counter)
    not_modifier: Counter[str] = field(default_factory=Counter)
    not_head: Counter[str] = field(default_factory=Counter)


def gather(sources: Sources, compounds: list[Compound]) -> Statistics:
    """Count over the compounds to learn from and the words without a seam."""
    seams: dict[str, int] = {}
    whole = set()
    shared: dict[str, int] = {}
    for compound in compounds:
        if compound.prefixed:
            whole.add(compound.word)
        elif compound.shared:
            shared[compound.word] = -compound.seam
        elif compound.seam:
            seams.setdefault(compound.word, compound.seam)
    whole |= read_simple_words()
    shared = {word: seam for word, seam in shared.items() if word not in whole}
    # Where the list has both (*for-deling*, *ford-eling*), the prefix is the better reading.
    seams = {word: seam for word, seam in seams.items() if word not in whole}
    listed = {compound.word for compound in sources.compounds}
    simple = [
        word
        for word in sorted(sources.known)
        if word.isalpha() and len(word) > SHORT and word not in listed and word not in sources.made
    ]
    statistics = Statistics(
        seams=seams,
        shared=shared,
        whole=whole,
        simple=[*simple, *sorted(whole)],
        lemmas=set(sources.known),
        known=sources.known.keys() | seams | shared.keys(),
    )
    for word, seam in seams.items():
        statistics.modifiers[word[:seam]] += 1
        statistics.heads[word[seam:]] += 1
    _count_non_seams(statistics)
    return statistics


def read_simple_words() -> set[str]:
    """The words of `simple_words.txt`, which are left whole whatever else is known."""
    lines = (Path(__file__).parent / "simple_words.txt").read_text(encoding="utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def _count_non_seams(statistics: Statistics) -> None:
    seams = statistics.seams
    weighted = [(word, all_seams(word, seams), 1.0) for word in seams]
    weighted += [(word, set(), SIMPLE_WEIGHT) for word in statistics.simple]
    for word, places, weight in weighted:
        for place in range(1, len(word)):
            if place not in places:
                statistics.not_modifier[word[:place]] += weight
                statistics.not_head[word[place:]] += weight


def all_seams(word: str, seams: dict[str, int], depth: int = 5) -> set[int]:
    """The seam of a compound with those inside its modifier and its head."""
    place = seams.get(word)
    if place is None or not depth:
        return set()
    found = {place}
    modifier = word[:place]
    base = next((m for m in (modifier, modifier[:-1], modifier[:-2]) if m in seams), "")
    found |= all_seams(base, seams, depth - 1)
    return found | {place + inner for inner in all_seams(word[place:], seams, depth - 1)}


class Features:
    """The features of a modifier, a head and a whole word, for the log-linear model."""

    def __init__(self, sources: Sources, statistics: Statistics) -> None:
        self.statistics = statistics
        self._facts = sources.known
        self._text = Counter[str]()
        for words in sources.treebank.values():
            self._text.update(words.count)
        self._ends = _EdgeOdds(statistics, slice(-ENDING, None))
        self._starts = _EdgeOdds(statistics, slice(None, BEGINNING))

    def modifier(self, form: str, mine: int = 0) -> list[float]:
        """Features of a modifier form; `mine` leaves the word at hand out of the counts."""
        statistics = self.statistics
        count = statistics.modifiers[form] - mine
        known = form in statistics.known
        linked = not known and form[-1] == "s" and form[:-1] in statistics.known
        if not (count or known or linked):
            return [*[0.0] * (MODIFIER_FEATURES - 2), 1, min(len(form), MOST_UNKNOWN)]
        odds = _log_odds(count, statistics.not_modifier[form])
        base = form[:-1] if linked else form
        return [
            *_part_features(count, odds, form),
            known and not count,
            linked and not count,
            *self._word_features(base, unseen=not count),
            0,
            0,
        ]

    def head(self, form: str, mine: int = 0) -> list[float]:
        """Features of a head form."""
        statistics = self.statistics
        count = statistics.heads[form] - mine
        known = form in statistics.known
        if not (count or known) or form in SUFFIXES:
            return [*[0.0] * (HEAD_FEATURES - 2), 1, min(len(form), MOST_UNKNOWN)]
        odds = _log_odds(count, statistics.not_head[form])
        return [
            *_part_features(count, odds, form),
            known and not count,
            *self._word_features(form, unseen=not count),
            0,
            0,
        ]

    def _word_features(self, word: str, *, unseen: bool) -> list[float]:
        facts = self._facts.get(word, Facts(0))
        in_text = math.log1p(self._text[word])
        return [
            in_text,
            unseen * in_text,
            bool(facts & Facts.NOUN),
            bool(facts & Facts.VERB),
            bool(facts & Facts.ADJ),
            bool(facts & Facts.OTHER),
            not facts,
        ]

    def whole(self, word: str) -> list[float]:
        """Features of leaving a word whole."""
        facts = self._facts.get(word, Facts(0))
        size = min(len(word), MOST_LETTERS)
        if not facts:
            return [1, size, *[0.0] * (WHOLE_FEATURES - 2)]
        listed = word in self.statistics.seams
        return [
            0,
            0,
            1,
            size,
            bool(facts & Facts.NB),
            bool(facts & Facts.NN),
            math.log1p(self._text[word]),
            bool(facts & Facts.NOUN),
            bool(facts & Facts.VERB),
            bool(facts & Facts.ADJ),
            self._ends.odds(word, listed=listed),
            self._starts.odds(word, listed=listed),
        ]

    def candidates(self, word: str, seam: int = 0) -> tuple[list[list[float]], list[int]]:
        """A row of features for each place of a seam, and for none."""
        rows, places = [], []
        for place in range(1, len(word) - 1):
            left, right = word[:place], word[place:]
            mine = int(place == seam)
            modifier, head = self.modifier(left, mine), self.head(right, mine)
            if not (modifier[-2] and head[-2]):
                rows.append([*modifier, *head, *[0.0] * WHOLE_FEATURES])
                places.append(place)
        rows.append([0.0] * (MODIFIER_FEATURES + HEAD_FEATURES) + self.whole(word))
        places.append(0)
        return rows, places


def _part_features(count: float, odds: float, form: str) -> list[float]:
    return [
        math.log1p(count),
        odds,
        min(len(form), 8),
        len(form) <= SHORT,
        (not count) * (len(form) <= RATHER_SHORT),
        VOWELS.isdisjoint(form),
    ]


class _EdgeOdds:
    """Log-odds of simple to compound for the first or last letters of a known word."""

    def __init__(self, statistics: Statistics, edge: slice) -> None:
        self._edge = edge
        self._compound = Counter(word[edge] for word in statistics.seams)
        self._simple = Counter(word[edge] for word in statistics.simple)

    def odds(self, word: str, *, listed: bool) -> float:
        """The odds, the word itself left out."""
        edge = word[self._edge]
        simple = self._simple[edge] - (not listed)
        return _log_odds(max(simple, 0) + 1, self._compound[edge] - listed + 1)


def _log_odds(yes: float, no: float) -> float:
    return math.log((yes + SMOOTHING) / (no + SMOOTHING))


def fit(features: Features, seed: int = 0) -> np.ndarray:
    """Fit the weights: the right place against every other place of the same word.

    It is done twice. Of the words without a seam some 20 % are compounds that the list lacks;
    those that the first fit is sure to be compounds are left out of the second.
    """
    statistics = features.statistics
    pick = random.Random(seed)  # noqa: S311 - a sample, no secret
    compounds = pick.sample(sorted(statistics.seams), min(SAMPLE, len(statistics.seams)))
    asked = [(word, statistics.seams[word]) for word in compounds]
    simple = pick.sample(statistics.simple, min(SAMPLE // 2, len(statistics.simple)))
    asked += [(word, 0) for word in simple]
    examples = _Examples(features, asked)
    weights = examples.fit(np.ones(len(examples), dtype=bool))
    trusted = examples.compound | (examples.probability_right(weights) > DOUBTFUL)
    return examples.fit(trusted)


class _Examples:
    """Words with their candidate places, as one matrix."""

    def __init__(self, features: Features, asked: list[tuple[str, int]]) -> None:
        rows: list[list[float]] = []
        right: list[bool] = []
        self.starts: list[int] = []
        compound: list[bool] = []
        for word, seam in asked:
            found, places = features.candidates(word, seam)
            if seam in places:
                self.starts.append(len(rows))
                rows += found
                right += [place == seam for place in places]
                compound.append(bool(seam))
        self.rows = np.array(rows, dtype=np.float32)
        self.right = np.array(right)
        self.compound = np.array(compound)

    def __len__(self) -> int:
        return len(self.starts)

    def probability_right(self, weights: np.ndarray) -> np.ndarray:
        """The probability of the right place of each word."""
        return self._probabilities(weights)[self.right]

    def _probabilities(self, weights: np.ndarray) -> np.ndarray:
        scores = self.rows @ weights
        sizes = np.diff([*self.starts, len(scores)])
        highest = np.repeat(np.maximum.reduceat(scores, self.starts), sizes)
        exponentials = np.exp(scores - highest)
        return exponentials / np.repeat(np.add.reduceat(exponentials, self.starts), sizes)

    def fit(self, used: np.ndarray) -> np.ndarray:
        """Maximise the likelihood of the right places of the used words."""
        sizes = np.diff([*self.starts, len(self.rows)])
        row_used = np.repeat(used, sizes)
        right = self.right & row_used
        words = used.sum()
        target = self.rows[right].sum(0)

        def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
            chance = self._probabilities(weights)
            gradient = target - (chance * row_used) @ self.rows
            likelihood = np.log(chance[right] + 1e-30).sum()
            return (
                PENALTY * weights @ weights - likelihood / words,
                2 * PENALTY * weights - gradient / words,
            )

        start = np.zeros(self.rows.shape[1])
        options = {"maxiter": 150}
        return minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x


def make_splitter(sources: Sources, compounds: list[Compound]) -> CompoundSplitter:
    """Learn from the given compounds and make the tables."""
    statistics = gather(sources, compounds)
    features = Features(sources, statistics)
    fitted = fit(features)
    modifier_weights = fitted[:MODIFIER_FEATURES]
    head_weights = fitted[MODIFIER_FEATURES:-WHOLE_FEATURES]
    whole_weights = fitted[-WHOLE_FEATURES:]
    weights = Weights(
        *(round(float(w), 3) for w in (*modifier_weights[-2:], *head_weights[-2:])),
        whole_inside=WHOLE_INSIDE,
        whole_unknown=round(float(whole_weights[0]), 3),
        whole_unknown_letter=round(float(whole_weights[1]), 3),
    )
    heads = WordTable.build(_head_rows(sources, statistics, features, head_weights))
    parts = _part_rows(sources, features, modifier_weights, compounds)
    undecided = CompoundSplitter(WordTable.build(parts), heads, weights)
    _decide(parts, undecided, features, whole_weights)
    return CompoundSplitter(WordTable.build(parts), heads, weights)


def _decide(
    parts: dict[str, list[int]], splitter: CompoundSplitter, features: Features, weights: np.ndarray
) -> None:
    """Fill in the seam of every known word that the list does not cut."""
    inside = quantise(WHOLE_INSIDE)
    for word, row in parts.items():
        facts = Facts(row[-1])
        if row[SEAM] or not facts:
            continue
        whole = float(weights @ features.whole(word))
        whole += WHOLE_BIAS.get(facts & (Facts.NB | Facts.NN), 0.0)
        score = quantise(whole)
        row[SEAM] = splitter.best_place(word, score) or Seam.WHOLE
        row[INNER_SEAM] = splitter.best_place(word, score + inside) or Seam.WHOLE


def _part_rows(
    sources: Sources,
    features: Features,
    weights: np.ndarray,
    compounds: list[Compound],
) -> dict[str, list[int]]:
    statistics = features.statistics
    links = _links(compounds)
    particles = _particles(compounds)
    places = dict.fromkeys(statistics.whole, int(Seam.WHOLE))
    places |= statistics.shared | statistics.seams
    facts = dict(sources.known)
    for compound in compounds:
        known = STANDARD_FACTS[compound.standard] | HEAD_FACTS.get(compound.head_pos, Facts.OTHER)
        facts[compound.word] = facts.get(compound.word, Facts(0)) | known
    rows = {}
    for word in sorted(statistics.known | statistics.modifiers.keys() | statistics.whole):
        flags = facts.get(word, Facts(0)) | (Facts.PARTICLE if word in particles else Facts(0))
        seam = places.get(word, int(Seam.UNKNOWN))
        score = float(weights @ features.modifier(word))
        linked = float(weights @ features.modifier(word + "s"))
        link = links.get(word, Link.NONE)
        rows[word] = [quantise(score), quantise(linked), seam, seam, int(link), int(flags)]
    return rows


def _links(compounds: list[Compound]) -> dict[str, Link]:
    """How each modifier form becomes the modifier's lemma, by majority."""
    votes: dict[str, Counter[Link]] = {}
    for compound in compounds:
        if not compound.seam or compound.prefixed or compound.shared:
            continue
        form, lemma = compound.word[: compound.seam], compound.modifier.rstrip("-")
        if form == lemma and compound.modifier_pos == "Føreledd_V" and form[-1] not in VOWELS:
            link = Link.VERB
        elif form.startswith(lemma) and len(form) - len(lemma) in (1, 2):
            link = Link(len(form) - len(lemma))
        else:
            link = Link.NONE
        votes.setdefault(form, Counter())[link] += 1
    return {form: max(sorted(counts), key=counts.__getitem__) for form, counts in votes.items()}


def _particles(compounds: list[Compound]) -> set[str]:
    """The modifiers that are prepositions or adverbs more often than not."""
    total: Counter[str] = Counter()
    particle: Counter[str] = Counter()
    for compound in compounds:
        form = compound.word[: compound.seam]
        total[form] += 1
        particle[form] += compound.modifier_pos in PARTICLES
    return {form for form, count in particle.items() if form and 2 * count > total[form]}


def _head_rows(
    sources: Sources, statistics: Statistics, features: Features, weights: np.ndarray
) -> dict[str, list[int]]:
    best: dict[str, int] = {}
    for lemma in sorted(statistics.known | statistics.heads.keys()):
        score = quantise(float(np.dot(weights, features.head(lemma))))
        forms = {lemma}
        if statistics.heads[lemma] or lemma not in statistics.seams:
            forms |= {f for f in sources.forms.get(lemma, ()) if len(f) >= SHORTEST_INFLECTED}
        for form in forms - SUFFIXES:
            if len(form) > 1:
                mine = score if form == lemma else score - quantise(INFLECTED)
                best[form] = max(mine, best.get(form, -127), -127)
    return {form[::-1]: [score] for form, score in best.items()}


@dataclass(frozen=True, slots=True)
class Figures:
    """What `evaluate` measures.

    Attributes:
        found: Of each standard's held-out compounds, the share whose listed seam is found.
        cut: The share of the treebank's lemmas without a listed seam that is cut.
        cut_by_whole_list: An estimate of that share if the list were whole.
        words_per_second: Distinct words analysed in a second.
        missed: The held-out compounds whose seam was not found.
        cut_words: The lemmas that were cut.
    """

    found: dict[str, float]
    cut: float
    cut_by_whole_list: float
    words_per_second: float
    missed: list[str]
    cut_words: list[str]


def evaluate(lexicon: NorwegianLexicon, sources: Sources) -> Figures:
    """Measure on the held-out compounds and on the simple words of the treebank."""
    found, missed = {}, []
    words: list[str] = []
    for standard in STANDARD_FACTS:
        asked = [
            compound
            for compound in sources.compounds
            if compound.standard == standard
            and compound.seam
            and not compound.prefixed
            and is_held_out(compound.word)
        ]
        hits = 0
        for compound in asked:
            segments = lexicon.look_up(compound.word).analyses[0].segments
            if compound.seam in set(accumulate(map(len, segments))):
                hits += 1
            else:
                seam = compound.seam
                right = f"{compound.word[:seam]}*{compound.word[seam:]}"
                missed.append(f"{right} {'|'.join(segments)}")
        found[standard] = hits / len(asked)
        words += [compound.word.capitalize() for compound in asked]
    simple = unlisted_lemmas(sources)
    cut_words = _cut(lexicon, simple)
    hidden = held_out_lemmas(sources)
    as_many = HELD_OUT / (HELD_OUT - 1)
    cut_by_whole_list = (len(cut_words) - as_many * len(_cut(lexicon, hidden))) / (
        len(simple) - as_many * len(hidden)
    )
    words = sorted(set(words))
    start = time.perf_counter()
    for word in words:
        lexicon.look_up(word)
    speed = len(words) / (time.perf_counter() - start)
    share = len(cut_words) / len(simple)
    return Figures(found, share, cut_by_whole_list, speed, missed, cut_words)


def _cut(lexicon: NorwegianLexicon, words: Iterable[str]) -> list[str]:
    """The words that are cut, as their segments."""
    readings = (lexicon.look_up(word).analyses[0].segments for word in words)
    return ["|".join(segments) for segments in readings if len(segments) > 1]


def unlisted_lemmas(sources: Sources) -> list[str]:
    """The lemmas of the treebank that no list cuts and the annotators did not mark as made.

    The lists were handed out without a tenth of their compounds, so these are no simple words all.
    """
    listed = {compound.word for compound in sources.compounds}
    return sorted(_treebank_lemmas(sources) - listed)


def held_out_lemmas(sources: Sources) -> list[str]:
    """The treebank's lemmas in the tenth held out here, as like the missing tenth as can be."""
    held_out = {compound.word for compound in sources.compounds if is_held_out(compound.word)}
    return sorted(_treebank_lemmas(sources) & held_out)


def _treebank_lemmas(sources: Sources) -> set[str]:
    return {lemma for words in sources.treebank.values() for lemma in words.pos} - sources.made


def main() -> None:
    """Build or evaluate."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("action", choices=["build", "evaluate"])
    parser.add_argument("--lists", type=Path, required=True, help="folder of leddanalyse-*.tsv.xz")
    parser.add_argument("--treebank", type=Path, required=True, help="norne-train-dev.tar.xz")
    parser.add_argument("--out", type=Path, default=DATA, help="where build writes its tables")
    parser.add_argument("--keep", type=Path, help="where evaluate leaves the tables it measured")
    parser.add_argument("--show", type=int, default=0, help="how many errors to list")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        sources = read_sources(options.lists, options.treebank, Path(work))
    if options.action == "build":
        options.out.mkdir(parents=True, exist_ok=True)
        make_splitter(sources, sources.compounds).save(options.out)
        return
    learnt = [compound for compound in sources.compounds if not is_held_out(compound.word)]
    splitter = make_splitter(sources, learnt)
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        splitter.save(options.keep)
    lexicon = NorwegianLexicon(bundled_lemma_table(), splitter, Correspondence.load())
    figures = evaluate(lexicon, sources)
    for standard, share in figures.found.items():
        print(f"seam found, {standard}: {share:.2%}")
    print(f"cut of the treebank's lemmas without a listed seam: {figures.cut:.2%}")
    print(f"the same by the whole list, estimated: {figures.cut_by_whole_list:.2%}")
    print(f"words a second: {figures.words_per_second:,.0f}")
    pick = random.Random(0)  # noqa: S311 - a sample, no secret
    for name, errors in (("missed", figures.missed), ("cut", figures.cut_words)):
        for error in pick.sample(errors, min(options.show, len(errors))):
            print(name, error)


if __name__ == "__main__":
    main()
