"""Words that are typical of a theme, words without a theme, and terms that do no work."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

from oppsummering.keyness import keywords
from oppsummering.tagging import Outcome
from oppsummering.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from oppsummering.codebook import Codebook, Theme
    from oppsummering.survey import Span
    from oppsummering.tagging import TokenTrace, Trace
    from oppsummering.words import Analysis

CONTENT_WORDS: Final = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV"})
"""The open parts of speech: a term is made of these, *og* and *vi* are not."""

TOPIC_WORDS: Final = CONTENT_WORDS - {"ADV"}
"""The parts of speech that tell a topic, and whose parts do: *også* is not *og* + *så*."""

SHORTEST_PART: Final = 3
MIN_STATEMENTS: Final = 3
"""A word without a theme, or a pair of terms, must occur in this many statements."""

CONTEXT: Final = 36
"""How many characters an example shows on each side of its word."""


@dataclass(frozen=True, slots=True)
class CodedText:
    """A statement with the themes that it is taken to have.

    Attributes:
        name: What to call it.
        text: Its text.
        themes: The ids of its themes by the gold codes, or None to take the codebook's.
    """

    name: str
    text: str
    themes: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class WordExample:
    """A word where it stands: the statement's name, and the text around the word."""

    statement: str
    text: str


@dataclass(frozen=True, slots=True)
class TypicalWord:
    """A word that is typical of the statements with a theme.

    Attributes:
        word: Its key in the common vocabulary, or `-part-` for a part of compounds.
        statements: How many statements with the theme hold it.
        elsewhere: How many statements without the theme hold it.
        log_likelihood: G² (Dunning 1993) over statements.
        log_ratio: The binary logarithm of the ratio of the two shares (Hardie 2014).
        forms: Its forms in the statements with the theme, the most frequent first.
        example: Where it stands first in a statement with the theme.
    """

    word: str
    statements: int
    elsewhere: int
    log_likelihood: float
    log_ratio: float
    forms: tuple[str, ...]
    example: WordExample


@dataclass(frozen=True, slots=True)
class ThemeWords:
    """A theme, how many statements have it, and words that no term of it asks for."""

    theme: str
    label: str
    statements: int
    words: tuple[TypicalWord, ...]


@dataclass(frozen=True, slots=True)
class FrequentWord:
    """A word of the statements that the codebook gives no theme.

    Attributes:
        word: Its key in the common vocabulary.
        statements: How many statements without a theme hold it.
        elsewhere: How many statements with a theme hold it.
        example: Where it stands first in a statement without a theme.
    """

    word: str
    statements: int
    elsewhere: int
    example: WordExample


@dataclass(frozen=True, slots=True)
class TermRef:
    """A term of the codebook and its 1-based line there."""

    theme: str
    term: str
    line: int


@dataclass(frozen=True, slots=True)
class Together:
    """A term that matches only in statements where another term of its theme matches too.

    Attributes:
        theme: The theme's id.
        term: The term that never stands alone.
        statements: How many statements it matches in.
        other: The other term.
        other_statements: How many statements that one matches in.
    """

    theme: str
    term: str
    statements: int
    other: str
    other_statements: int


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What the statements say about a codebook.

    Attributes:
        statements: How many statements were looked at.
        by_gold: Whether the themes are those of gold codes; else the codebook's own.
        themes: For each theme, words that it may miss.
        untagged: How many statements the codebook gives no theme.
        untagged_words: The most frequent words of those.
        never: Terms that match in no statement.
        never_counted: Terms that match, but whose matches never count.
        together: Terms that never match without another one of their theme.
    """

    statements: int
    by_gold: bool
    themes: tuple[ThemeWords, ...]
    untagged: int
    untagged_words: tuple[FrequentWord, ...]
    never: tuple[TermRef, ...]
    never_counted: tuple[TermRef, ...]
    together: tuple[Together, ...]


def suggest(
    texts: Sequence[CodedText],
    trace: Callable[[str], Trace],
    codebook: Codebook,
    *,
    themes: Sequence[str] = (),
    most: int = 15,
) -> Suggestions:
    """Find what a codebook misses in some statements, and which of its terms do no work.

    Args:
        texts: The statements.
        trace: From a text to all that led to its themes.
        codebook: The codebook of the trace.
        themes: The ids of the themes to look at; all if empty.
        most: How many words to list for each theme, and for the statements without one.
    """
    read = [_Read(coded, trace(coded.text)) for coded in texts]
    lone = _lone_parts(read)
    chosen = [theme for theme in codebook.themes if not themes or theme.id in themes]
    untagged = [each for each in read if not each.trace.tags]
    matched = _matches(read)
    terms = [TermRef(theme.id, term.id, term.line) for theme in chosen for term in theme.terms]
    counted = {
        (item.theme, item.match.term)
        for each in read
        for item in each.trace.evidence
        if item.outcome is Outcome.COUNTED
    }
    return Suggestions(
        statements=len(read),
        by_gold=any(coded.themes is not None for coded in texts),
        themes=tuple(_theme_words(theme, read, lone, most) for theme in chosen),
        untagged=len(untagged),
        untagged_words=_frequent_words(read, most),
        never=tuple(term for term in terms if (term.theme, term.term) not in matched),
        never_counted=tuple(
            term
            for term in terms
            if (term.theme, term.term) in matched and (term.theme, term.term) not in counted
        ),
        together=tuple(pair for theme in chosen for pair in _together(theme, matched)),
    )


class _Read:
    """A statement, its themes, and its content words, each with the first place where it stands.

    Args:
        coded: The statement.
        trace: What led to its themes.
    """

    def __init__(self, coded: CodedText, trace: Trace) -> None:
        self.coded = coded
        self.trace = trace
        given = frozenset(tag.theme for tag in trace.tags)
        self.themes = given if coded.themes is None else coded.themes
        self.words: dict[str, TokenTrace] = {}
        for token in trace.tokens:
            for word in _words(token):
                self.words.setdefault(word, token)

    def covered(self, theme: str) -> Iterator[str]:
        """The words that terms of a theme already ask for."""
        spans = {
            span for item in self.trace.evidence if item.theme == theme for span in item.match.words
        }
        for token in self.trace.tokens:
            if any(_overlap(token.span, span) for span in spans):
                yield from _words(token)

    def topics(self) -> Iterator[str]:
        """The words that tell what the statement is about: no adverbs, no parts."""
        for word, token in self.words.items():
            analysis = token.analyses[0]
            if word == analysis.key and analysis.pos in {None, *TOPIC_WORDS}:
                yield word

    def example(self, word: str) -> WordExample:
        """The text around a word."""
        return WordExample(self.coded.name, _around(self.coded.text, self.words[word].span))


def _around(text: str, span: Span) -> str:
    """A word with whole words around it, on one line."""
    start, end = max(0, span.start - CONTEXT), min(len(text), span.end + CONTEXT)
    before, word, after = text[start : span.start], span.of(text), text[span.end : end]
    if start:
        before = f"…{before[_first_blank(before) :]}"
    if end < len(text):
        after = f"{after[: len(after) - _first_blank(after[::-1])]}…"
    return one_line(f"{before}{word}{after}")


def _first_blank(text: str) -> int:
    """How many characters stand before the first blank; 0 where there is none."""
    return next((number for number, character in enumerate(text) if character.isspace()), 0)


def _words(token: TokenTrace) -> Iterator[str]:
    """The key of a content word, and its parts when it is a compound."""
    analysis = token.analyses[0]
    if not _is_content(token, analysis):
        return
    yield analysis.key
    if len(analysis.part_keys) > 1 and analysis.pos in TOPIC_WORDS:
        yield from (f"-{part}-" for part in analysis.part_keys if len(part) >= SHORTEST_PART)


def _lone_parts(read: Sequence[_Read]) -> AbstractSet[str]:
    """Parts that stand in one compound only: they say no more than the compound itself."""
    compounds: dict[str, set[str]] = defaultdict(set)
    for each in read:
        for token in each.trace.tokens:
            word, *parts = (*_words(token), "")
            for part in filter(None, parts):
                compounds[part].add(word)
    return {part for part, words in compounds.items() if len(words) == 1}


def _is_content(token: TokenTrace, analysis: Analysis) -> bool:
    if not any(character.isalpha() for character in token.text):
        return False
    return analysis.pos is None or analysis.pos in CONTENT_WORDS


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _theme_words(
    theme: Theme, read: Sequence[_Read], lone: AbstractSet[str], most: int
) -> ThemeWords:
    having = [each for each in read if theme.id in each.themes]
    lacking = [each for each in read if theme.id not in each.themes]
    covered = lone | {word for each in read for word in each.covered(theme.id)}
    here, there = _count(having, covered), _count(lacking, covered)
    found = keywords(here, there, most=most, sizes=(len(having), len(lacking)))
    words = tuple(
        TypicalWord(
            word=keyword.word,
            statements=keyword.here,
            elsewhere=keyword.there,
            log_likelihood=keyword.log_likelihood,
            log_ratio=keyword.log_ratio,
            forms=_forms(having, keyword.word),
            example=_first_example(having, keyword.word),
        )
        for keyword in found
    )
    return ThemeWords(theme.id, theme.label, len(having), words)


def _count(read: Sequence[_Read], covered: AbstractSet[str]) -> Counter[str]:
    """In how many statements each word stands."""
    return Counter(word for each in read for word in each.words if word not in covered)


def _forms(read: Sequence[_Read], word: str) -> tuple[str, ...]:
    forms = Counter(
        one_line(token.text).casefold()
        for each in read
        for token in each.trace.tokens
        if word in _words(token)
    )
    return tuple(sorted(forms, key=lambda form: (-forms[form], form)))


def _first_example(read: Sequence[_Read], word: str) -> WordExample:
    return next(each for each in read if word in each.words).example(word)


def _frequent_words(read: Sequence[_Read], most: int) -> tuple[FrequentWord, ...]:
    untagged = [each for each in read if not each.trace.tags]
    here = Counter(word for each in untagged for word in each.topics())
    there = Counter(word for each in read if each.trace.tags for word in each.topics())
    words = sorted(
        (word for word in here if here[word] >= MIN_STATEMENTS),
        key=lambda word: (-here[word], there[word], word),
    )
    return tuple(
        FrequentWord(word, here[word], there[word], _first_example(untagged, word))
        for word in words[:most]
    )


def _matches(read: Sequence[_Read]) -> dict[tuple[str, str], frozenset[int]]:
    """The statements, by number, that each term matches in, counted or not."""
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for number, each in enumerate(read):
        for item in each.trace.evidence:
            found[item.theme, item.match.term].add(number)
    return {term: frozenset(numbers) for term, numbers in found.items()}


def _together(theme: Theme, matched: dict[tuple[str, str], frozenset[int]]) -> Iterator[Together]:
    """Pairs of terms of which one never stands alone; of two that never do, the later one."""
    places = {
        term.id: matched[theme.id, term.id]
        for term in theme.terms
        if len(matched.get((theme.id, term.id), ())) >= MIN_STATEMENTS
    }
    for earlier, later in combinations(places, 2):
        if places[later] <= places[earlier]:
            term, other = later, earlier
        elif places[earlier] < places[later]:
            term, other = earlier, later
        else:
            continue
        yield Together(theme.id, term, len(places[term]), other, len(places[other]))
