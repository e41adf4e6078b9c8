"""Facts about word forms: lemmas, parts and the key that both written standards share."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from oppsummering.language.compounds import MAX_LENGTH, CompoundSplitter, Facts, Part
from oppsummering.language.correspondence import Correspondence
from oppsummering.language.inflection import known_lemmas, unknown_lemmas
from oppsummering.language.lemmas import LemmaTable, bundled_lemma_table
from oppsummering.words import Analysis, WordForm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from oppsummering.language.lemmas import Reading as TableReading

MAX_CACHED = 200_000
"""Word forms kept in memory; then the cache starts anew."""

MAX_ROUNDS = 4
ENDINGS_AFTER_HYPHEN = frozenset(
    ("en", "et", "a", "er", "ar", "ene", "ane", "ens", "ets", "enes", "anes", "s")
)
"""What follows the hyphen in *PC-ene* and *IKT-en* is no part."""

LEAST_GENITIVE = 4
"""Letters that a form must exceed before its last s may be a genitive."""


SLIP = 4
"""A reading this many powers of two rarer than the usual one may be a slip."""

VERY_COMMON = 9
"""The frequency of a form that occurs 256 times or more in the treebank, as a power of two."""

Reading = tuple[str, str | None]


class NorwegianLexicon:
    """What is known of Norwegian word forms by themselves.

    Args:
        lemmas: Readings of known forms.
        splitter: Cuts compounds.
        correspondence: Which Bokmål lemma stands for a Nynorsk one.
    """

    def __init__(
        self, lemmas: LemmaTable, splitter: CompoundSplitter, correspondence: Correspondence
    ) -> None:
        self._lemmas = lemmas
        self._splitter = splitter
        self._correspondence = correspondence
        self._forms: dict[str, WordForm] = {}
        self._keys: dict[str, str] = {}
        self._head_lemmas: dict[str, str] = {}
        splitter.lemma_of = self._likeliest_lemma

    def look_up(self, word: str) -> WordForm:
        """Analyse a word form as written; cached, so that a repeated form costs nothing."""
        form = self._forms.get(word)
        if form is None:
            form = WordForm(word, tuple(self._analyse(word)))
            if len(self._forms) >= MAX_CACHED:
                self._forms.clear()
            self._forms[word] = form
        return form

    def knows(self, word: str) -> bool:
        """Whether a word form is in the dictionary or the treebank; a compound need not be."""
        return bool(self._readings(_plain_text(word)))

    def key(self, lemma: str) -> str:
        """Map a lemma to the common vocabulary: *leiing* and *ledelse* have the same key."""
        key = self._keys.get(lemma)
        if key is None:
            key = self._settle(_plain(lemma))
            if len(self._keys) >= MAX_CACHED:
                self._keys.clear()
            self._keys[lemma] = key
        return key

    def _settle(self, lemma: str) -> str:
        """Apply the correspondences until nothing changes, so that a key is its own key."""
        seen = [lemma]
        for _ in range(MAX_ROUNDS):
            changed = self._key_once(seen[-1])
            if changed in seen:
                return min(seen[seen.index(changed) :])
            seen.append(changed)
        # A part that its own correspondence contains (*tal*, *tall*) would grow for ever.
        return lemma

    def _key_once(self, lemma: str) -> str:
        if len(lemma) > MAX_LENGTH:
            return lemma
        listed = self._correspondence.words.get(lemma)
        if listed is not None:
            return listed
        parts = self._splitter.split(lemma)
        if len(parts) > 1:
            return "".join(self._part_key_text(part) for part in parts)
        return self._correspondence.key(lemma, self._splitter.is_bokmal)

    def _part_key_text(self, part: Part) -> str:
        """A part in the common vocabulary, with its linking letters."""
        lemma = part.lemma or part.form
        key = self._correspondence.part_key(lemma, self._splitter.is_bokmal)
        if key == lemma:
            return part.text
        return key + part.form[len(lemma) :] if part.form.startswith(lemma) else key

    def _analyse(self, word: str) -> Iterable[Analysis]:
        text = _plain_text(word)
        if not text.isalpha():
            if len(text) > MAX_LENGTH or not any(map(str.isalpha, text)):
                return [_whole(word, text.lower())]
        elif len(text) > MAX_LENGTH:
            return [_whole(word, text.lower())]
        if "/" in text:
            return self._alternatives(text)
        return self._one(text)

    def _alternatives(self, text: str) -> list[Analysis]:
        """The readings of each of the words that slashes join."""
        found: dict[Analysis, None] = {}
        for word in expand(text, self._segments):
            found.update(dict.fromkeys(self._one(word)))
        return list(found)

    def _segments(self, word: str) -> list[str]:
        return [part.text for part in self._splitter.split(word.lower())]

    def _one(self, text: str) -> list[Analysis]:
        """The readings of a word without a slash."""
        lower = text.lower()
        if len(lower) != len(text):
            text = lower
        start = lower.rfind("-") + 1
        has_stem = bool(lower[:start].strip("-"))
        if start == len(lower):
            return [self._modifier(text, lower) if has_stem else _whole(text, lower)]
        if has_stem and lower[start:] in ENDINGS_AFTER_HYPHEN:
            return [_with_ending(stem, text[start - 1 :]) for stem in self._one(text[: start - 1])]
        if start:
            return self._hyphenated(text, start)
        found: dict[Analysis, None] = {}
        for lemma, pos in self._readings(text):
            parts = self._splitter.split(lower, lemma.lower())
            found[self._analysis(text, parts, lemma, pos)] = None
        return list(found) or self._unknown(text, lower)

    def _hyphenated(self, text: str, start: int) -> list[Analysis]:
        """The readings of a word whose last part begins at `start`, after a hyphen."""
        segments: list[str] = []
        lemmas: list[str] = []
        waiting = ""
        for piece in text[: start - 1].split("-"):
            if piece:
                parts = self._splitter.modifier(piece.lower())
                first, *others = _cut(piece, parts)
                segments += [waiting + first, *others]
                lemmas += [part.lemma or part.form for part in parts]
                waiting = ""
            if segments:
                segments[-1] += "-"
            else:
                waiting += "-"
        prefix = text[:start].lower()
        keys = [self.key(lemma) for lemma in lemmas]
        return [
            Analysis(
                lemma=prefix.lstrip("-") + head.lemma,
                segments=(*segments, waiting + head.segments[0], *head.segments[1:]),
                parts=(*lemmas, *head.parts),
                key=self.key(prefix + head.lemma),
                part_keys=(*keys, *head.part_keys),
                pos=head.pos,
            )
            for head in self._one(text[start:])
        ]

    def _modifier(self, text: str, lower: str) -> Analysis:
        """A modifier by itself, as in *kompetanse- og lederutvikling*."""
        parts = self._splitter.modifier(lower.rstrip("-"))
        segments = _cut(text, parts)
        hyphens = text[sum(map(len, segments)) :]
        lemmas = tuple(part.lemma or part.form for part in parts)
        lemma = "".join(part.text for part in parts[:-1]) + lemmas[-1]
        keys = tuple(map(self.key, lemmas))
        return Analysis(
            lemma=lemma,
            segments=(*segments[:-1], segments[-1] + hyphens),
            parts=lemmas,
            key=self.key(lemma),
            part_keys=keys,
        )

    def _readings(self, text: str) -> Sequence[Reading]:
        """Lemma and part of speech of a known form."""
        found = _without_slips(self._lemmas.readings(text))
        if not found and text[-1:] in "sS" and len(text) > LEAST_GENITIVE:
            found = _without_slips(self._lemmas.readings(text[:-1]))
        readings: list[Reading] = [
            (reading.lemma.lower(), reading.pos)
            for reading in found
            if reading.pos != "X" and (reading.pos != "PROPN" or text[:1].isupper())
        ]
        if not readings:
            readings = [(reading.lemma.lower(), None) for reading in found]
        if not readings:
            return known_lemmas(text.lower(), self._splitter.facts)
        return [*dict.fromkeys(readings), *self._overlooked_verb(text.lower(), readings)]

    def _overlooked_verb(self, form: str, readings: Sequence[Reading]) -> list[Reading]:
        """The verb of a Nynorsk present tense that the table has as a plural only (*spleisar*).

        A form that is a noun by itself (*leiar*) is no such verb.
        """
        if not form.endswith("ar") or any(
            pos in {"VERB", "PROPN"} or lemma == form for lemma, pos in readings
        ):
            return []
        verb = form[:-2] + "e"
        return [(verb, "VERB")] if self._splitter.facts(verb) & Facts.VERB else []

    def _likeliest_lemma(self, form: str) -> str:
        lemma = self._head_lemmas.get(form)
        if lemma is None:
            readings = self._readings(form)
            lemma = readings[0][0] if readings else form
            if len(self._head_lemmas) >= MAX_CACHED:
                self._head_lemmas.clear()
            self._head_lemmas[form] = lemma
        return lemma

    def _unknown(self, text: str, lower: str) -> list[Analysis]:
        parts = self._splitter.split(lower)
        head = parts[-1]
        before = lower[: len(lower) - len(head.text)]
        readings: Sequence[Reading] = ()
        if before:
            readings = self._readings(head.form)
            # *modenhetstrappa* is no verb: compounds with verbs begin with a particle (*opptrappa*)
            nouns = [reading for reading in readings if reading[1] == "NOUN"]
            if nouns and not self._splitter.is_particle(parts[0].text):
                readings = nouns
        if not readings:
            readings = unknown_lemmas(head.form)
        return [
            self._analysis(text, parts, before + lemma.removeprefix(head.borrowed), pos)
            for lemma, pos in dict.fromkeys(readings)
        ]

    def _analysis(
        self, text: str, parts: tuple[Part, ...], lemma: str, pos: str | None
    ) -> Analysis:
        key = self.key(lemma)
        if len(parts) == 1:
            return Analysis(lemma, (text,), (lemma,), key, (key,), pos)
        start = sum(len(part.text) for part in parts[:-1])
        head = parts[-1].borrowed + lemma[start:]
        lemmas = (*(part.lemma or part.form for part in parts[:-1]), head)
        keys = tuple(self.key(part) for part in lemmas)
        return Analysis(lemma, _cut(text, parts), lemmas, key, keys, pos)


def expand(text: str, segments: Callable[[str], Sequence[str]]) -> list[str]:
    """Resolve slashes: *planer/-strategi* shares a modifier, *for-/etterarbeid* a head.

    Args:
        text: Words with slashes between them.
        segments: Cuts a word at its seams.

    Returns:
        The words in order, each written out.
    """
    pieces = [piece for piece in text.split("/") if piece.strip("-")]
    return [_written_out(piece, pieces, segments) for piece in pieces]


def _written_out(
    piece: str, pieces: Sequence[str], segments: Callable[[str], Sequence[str]]
) -> str:
    if piece.startswith("-"):
        whole = next((other for other in pieces if not other.startswith("-")), "")
        shared = sum(map(len, segments(whole)[:-1]))
        return whole[:shared] + piece.lstrip("-")
    if piece.endswith("-"):
        whole = next((other for other in reversed(pieces) if not other.endswith("-")), "")
        return piece.rstrip("-") + whole[len(whole) - len(segments(whole)[-1]) :]
    return piece


def _plain(text: str) -> str:
    return _plain_text(text).lower().replace("-", "")


def _plain_text(text: str) -> str:
    """Without lone surrogates, which no table can hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _whole(text: str, lemma: str) -> Analysis:
    return Analysis(lemma, (text,), (lemma,), lemma, (lemma,))


def _with_ending(stem: Analysis, ending: str) -> Analysis:
    *first, last = stem.segments
    return replace(stem, segments=(*first, last + ending))


def _cut(text: str, parts: Iterable[Part]) -> tuple[str, ...]:
    segments = []
    start = 0
    for part in parts:
        end = start + len(part.text)
        segments.append(text[start:end])
        start = end
    return tuple(segments)


def _without_slips(readings: Sequence[TableReading]) -> list[TableReading]:
    """The readings that a reader would think of.

    Two kinds are left out: slips of the treebank's writers, such as *at* for *av*, far rarer than
    the form's usual reading and in no dictionary; and readings that only a dictionary has, of a
    form that is among the most common words, such as *ei* of the verb *eie*.
    """
    usual = max((reading.frequency for reading in readings), default=0)
    return [
        reading
        for reading in readings
        if reading.frequency + SLIP >= usual
        or (reading.in_dictionary and (reading.frequency or usual < VERY_COMMON))
    ]


@cache
def load_lexicon() -> NorwegianLexicon:
    """Load the lexicon of the package, once; spaCy is not needed.

    Raises:
        PipelineError: The lemma table is missing or damaged.
    """
    return NorwegianLexicon(bundled_lemma_table(), CompoundSplitter.load(), Correspondence.load())
