"""Tagging: statements in, themes with the words behind them out.

What a codebook asks of a word is a fact about its form, computed once per form. Only a pattern
with a part of speech, on a form that has several, asks the spaCy pipeline to read the statement.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from oppsummering.codebook import Negation, Scope
from oppsummering.expressions import AnyExpression
from oppsummering.language.standard import written_standard
from oppsummering.matchers import RegexMatcher
from oppsummering.patterns import PatternIndex
from oppsummering.survey import Span
from oppsummering.tagged import Match, TaggedStatement, TaggedSurvey, TagSource, ThemeTag
from oppsummering.words import Analysis, WordForm, WrittenStandard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from spacy.tokens import Doc, Token

    from oppsummering.codebook import Codebook, Term, Theme
    from oppsummering.language.pipeline import Pipeline
    from oppsummering.matchers import PhraseMatcher, Words
    from oppsummering.patterns import FormPatterns, WordPattern
    from oppsummering.survey import Survey
    from oppsummering.words import Lexicon

NEGATIONS: Final = frozenset(
    {"ikke", "ikkje", "ingen", "inga", "intet", "ingenting", "inkje", "aldri", "uten", "utan"}
    | {"verken", "hverken", "korkje", "neppe"}
)
NEGATION_REACH: Final = 5
"""How many words before a match a negation is looked for, within the sentence."""

SENTENCE_ENDS: Final = frozenset({".", "!", "?", "…", "..."})
QUOTATION_MARKS: Final = frozenset("«»\"“”„‟‘’‚‹›'`´*_")
MAX_FORMS: Final = 200_000
"""How many word forms are remembered before the memory is emptied."""


class Outcome(StrEnum):
    """What became of a match."""

    COUNTED = "counted"
    SHADOWED = "shadowed"
    VETOED = "vetoed"
    REQUIREMENT_MISSING = "requirement missing"
    EXCEPTION_PRESENT = "exception present"
    NEGATION = "negation"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A match and what became of it.

    Attributes:
        theme: The theme's id.
        match: The match, its place counted from the start of the statement.
        outcome: Whether it counts, and if not, why.
        reason: What stood in its way: the id of a veto or term, or a phrase.
        sentence: The number of its sentence in the statement, from 0.
    """

    theme: str
    match: Match
    outcome: Outcome
    reason: str
    sentence: int


@dataclass(frozen=True, slots=True)
class ThemeScore:
    """The best score of a theme in a statement, beside its threshold."""

    theme: str
    score: float
    threshold: float


@dataclass(frozen=True, slots=True)
class TokenTrace:
    """A token, its place in the statement, its sentence, its readings and its patterns."""

    text: str
    span: Span
    sentence: int
    analyses: tuple[Analysis, ...]
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything that led to the themes of a text."""

    tokens: tuple[TokenTrace, ...]
    written_standard: WrittenStandard
    evidence: tuple[Evidence, ...]
    scores: tuple[ThemeScore, ...]
    tags: tuple[ThemeTag, ...]


@dataclass(frozen=True, slots=True)
class _Form:
    """What is remembered of a word form."""

    text: str
    patterns: FormPatterns


class _Tokens:
    """The tokens of one statement as matchers see them: without blanks and quotation marks."""

    def __init__(self, doc: Doc, found: Sequence[Sequence[WordPattern]], lexicon: Lexicon) -> None:
        kept = [
            (token, patterns)
            for token, patterns in zip(doc, found, strict=True)
            if not token.is_space and token.text not in QUOTATION_MARKS
        ]
        self.text: str = doc.text
        self.words = [token.text for token, _ in kept]
        self.starts = [token.idx for token, _ in kept]
        self.ends = [token.idx + len(token) for token, _ in kept]
        self._found = [patterns for _, patterns in kept]
        self._lexicon = lexicon
        self.sentences = _sentence_numbers(self.words)
        self._sentences_with: dict[int, frozenset[int]] = {}
        self._where: dict[WordPattern, list[int]] = defaultdict(list)
        for number, patterns in enumerate(self._found):
            for pattern in patterns:
                self._where[pattern].append(number)

    def present(self) -> Iterable[WordPattern]:
        return self._where

    def where(self, pattern: WordPattern) -> Sequence[int]:
        return self._where.get(pattern, ())

    def has(self, token: int, pattern: WordPattern) -> bool:
        return token < len(self._found) and pattern in self._found[token]

    def sentence(self, token: int) -> int:
        return self.sentences[token] if token < len(self.sentences) else -1

    def key(self, token: int) -> str:
        return self._lexicon.look_up(self.words[token]).analyses[0].key

    def covered(self, start: int, end: int) -> Words:
        return tuple(range(bisect_right(self.ends, start), bisect_left(self.starts, end)))

    def sentences_with(self, matcher: PhraseMatcher) -> frozenset[int]:
        """The sentences that a phrase stands in; found once a statement."""
        known = self._sentences_with.get(id(matcher))
        if known is None:
            known = frozenset(self.sentence(words[0]) for words in matcher.find(self))
            self._sentences_with[id(matcher)] = known
        return known

    def negated(self, token: int) -> bool:
        return any(
            self.words[before].casefold() in NEGATIONS
            for before in range(max(0, token - NEGATION_REACH), token)
            if self.sentences[before] == self.sentences[token]
        )


def _sentence_numbers(words: Sequence[str]) -> list[int]:
    """The sentence that each word stands in, by closing punctuation alone."""
    numbers: list[int] = []
    number = 0
    for word in words:
        numbers.append(number)
        number += word in SENTENCE_ENDS
    return numbers


class Tagger:
    """Gives statements the themes of a codebook.

    Args:
        pipeline: The spaCy pipeline; its tokenizer always, its network only when needed.
        codebook: The themes and their terms.
        lexicon: Facts about word forms.
        in_context: Whether the network reads every statement and decides every lemma, instead
            of the form alone. Slow; the measure that the fast way is held against.
    """

    def __init__(
        self,
        pipeline: Pipeline,
        codebook: Codebook,
        lexicon: Lexicon,
        *,
        in_context: bool = False,
    ) -> None:
        self._pipeline = pipeline
        self._codebook = codebook
        self._lexicon = lexicon
        self._in_context = in_context
        self._index = PatternIndex(codebook.patterns(), lexicon)
        self._forms: dict[int, _Form] = {}
        self._anchored: dict[WordPattern, list[int]] = defaultdict(list)
        self._expressions: list[int] = []
        self._terms = [(theme, term) for theme in codebook.themes for term in theme.terms]
        for number, (_, term) in enumerate(self._terms):
            if isinstance(term.matcher, RegexMatcher):
                self._expressions.append(number)
            for pattern in term.matcher.anchors():
                self._anchored[pattern].append(number)
        self._any_expression = AnyExpression(
            term.matcher.expression
            for _, term in self._terms
            if isinstance(term.matcher, RegexMatcher)
        )

    def tag(self, survey: Survey, *, progress: Callable[[], None] | None = None) -> TaggedSurvey:
        """Tag every statement and lead-in of a survey.

        Args:
            survey: The survey, as read.
            progress: Called after each statement.
        """
        statements = []
        for tagged in self.tag_statements(survey):
            statements.append(tagged)
            if progress:
                progress()
        return TaggedSurvey(survey, self._codebook.info, self._pipeline.info, tuple(statements))

    def tag_statements(self, survey: Survey) -> Iterator[TaggedStatement]:
        """Tag a survey one statement at a time, in the order of the text."""
        for question, response, statement in survey.walk():
            doc, found = self._read(statement.text)
            start = statement.span.start
            tags = tuple(_moved(tag, start) for tag in self._tags(doc, found))
            standard = self._standard(doc)
            yield TaggedStatement(question, response, statement, standard, tags)

    def tag_text(self, text: str) -> tuple[ThemeTag, ...]:
        """The themes of a text, places counted from its start."""
        return self._tags(*self._read(text))

    def trace(self, text: str) -> Trace:
        """Everything that led to the themes of a text, places counted from its start."""
        doc, found = self._read(text)
        tokens = _Tokens(doc, found, self._lexicon)
        evidence = self._evidence(tokens)
        seen = tuple(
            TokenTrace(
                word,
                Span(tokens.starts[number], tokens.ends[number]),
                tokens.sentences[number],
                self._lexicon.look_up(word).analyses,
                tuple(p.text for p in tokens.present() if number in tokens.where(p)),
            )
            for number, word in enumerate(tokens.words)
        )
        scores = tuple(
            ThemeScore(theme.id, max(_scores(theme, evidence).values(), default=0), theme.threshold)
            for theme in self._codebook.themes
        )
        tags = self._tags(doc, found)
        return Trace(seen, self._standard(doc), tuple(evidence), scores, tags)

    def _standard(self, doc: Doc) -> WrittenStandard:
        return written_standard([token.text for token in doc])

    def _read(self, text: str) -> tuple[Doc, list[Sequence[WordPattern]]]:
        """Tokenize a text and find the patterns of each token."""
        doc = self._pipeline.tokenizer(text)
        if self._in_context:
            doc = self._pipeline.nlp(doc)
            return doc, [self._index.match(self._form_in_context(t)).certain for t in doc]
        forms = self._remembered(doc)
        found: list[Sequence[WordPattern]] = [form.patterns.certain for form in forms]
        if any(form.patterns.uncertain for form in forms):
            doc = self._pipeline.nlp(doc)
            for number, form in enumerate(forms):
                if form.patterns.uncertain:
                    found[number] = self._decide(doc[number], form)
        return doc, found

    def _remembered(self, doc: Doc) -> list[_Form]:
        """What is known of the form of each token; each form is looked up once."""
        forms = self._forms
        if len(forms) > MAX_FORMS:
            forms.clear()
        found = []
        for token in doc:
            form = forms.get(token.orth)
            if form is None:
                text = token.text
                form = _Form(text, self._index.match(self._lexicon.look_up(text)))
                forms[token.orth] = form
            found.append(form)
        return found

    def _decide(self, token: Token, form: _Form) -> Sequence[WordPattern]:
        """The patterns of a token whose part of speech matters, read in its context."""
        if not token.pos_:
            return (*form.patterns.certain, *form.patterns.uncertain)
        analyses = self._lexicon.look_up(token.text).analyses
        fitting = tuple(replace(a, pos=token.pos_) for a in analyses if a.pos in {None, token.pos_})
        if not fitting:
            return form.patterns.certain
        decided = self._index.match(WordForm(token.text, fitting)).certain
        return tuple(dict.fromkeys((*form.patterns.certain, *decided)))

    def _form_in_context(self, token: Token) -> WordForm:
        """A word form with the one reading that the pipeline chose."""
        form = self._lexicon.look_up(token.text)
        lemma = token.lemma_.casefold()
        if not lemma:
            return form
        fitting = tuple(
            replace(a, pos=token.pos_) for a in form.analyses if a.lemma.casefold() == lemma
        )
        if fitting:
            return WordForm(form.text, fitting)
        parts = form.analyses[0].part_keys
        key = self._lexicon.key(lemma)
        keys = parts if len(parts) > 1 else (key,)
        reading = Analysis(lemma, (form.text,), (lemma,), key, keys, token.pos_)
        return WordForm(form.text, (reading,))

    def _tags(self, doc: Doc, found: Sequence[Sequence[WordPattern]]) -> tuple[ThemeTag, ...]:
        """The themes that reach their threshold."""
        if not any(found) and not self._any_expression.found_in(doc.text):
            return ()
        evidence = self._evidence(_Tokens(doc, found, self._lexicon))
        tags = []
        for theme in self._codebook.themes:
            scores = _scores(theme, evidence)
            reached = {s for s, score in scores.items() if theme.reached_by(score)}
            if reached:
                matches = sorted(
                    (
                        item.match
                        for item in evidence
                        if item.theme == theme.id
                        and item.outcome is Outcome.COUNTED
                        and _group(theme, item) in reached
                    ),
                    key=lambda match: (match.span.start, match.span.end, match.term),
                )
                tags.append(ThemeTag(theme.id, TagSource.CODEBOOK, tuple(matches)))
        return tuple(tags)

    def _evidence(self, tokens: _Tokens) -> list[Evidence]:
        """Every match of every term, and what became of it."""
        numbers = {n for pattern in tokens.present() for n in self._anchored.get(pattern, ())}
        if self._any_expression.found_in(tokens.text):
            numbers.update(self._expressions)
        by_theme: dict[str, list[tuple[Evidence, Words]]] = defaultdict(list)
        for number in sorted(numbers):
            theme, term = self._terms[number]
            for words in term.matcher.find(tokens):
                by_theme[theme.id].append((_judge(theme, term, words, tokens), words))
        evidence = []
        for theme in self._codebook.themes:
            if by_theme[theme.id]:
                vetoed = _veto(theme, by_theme[theme.id], tokens)
                evidence += _shadow(vetoed)
        return evidence


def _judge(theme: Theme, term: Term, words: Words, tokens: _Tokens) -> Evidence:
    """A match by itself: does what it asks of its surroundings hold?"""
    span = Span(tokens.starts[words[0]], tokens.ends[words[-1]])
    negated = tokens.negated(words[0])
    match = Match(
        term=term.id,
        span=span,
        text=span.of(tokens.text),
        words=tuple(Span(tokens.starts[word], tokens.ends[word]) for word in words),
        strength=term.strength,
        negated=negated,
    )
    sentence = tokens.sentence(words[0])
    outcome, reason = Outcome.COUNTED, ""
    if (negated and term.negation is Negation.FORBID) or (
        not negated and term.negation is Negation.REQUIRE
    ):
        outcome, reason = Outcome.NEGATION, f"negation: {term.negation}"
    elif term.requires and not _first_present(term.requires, term.scope, sentence, tokens):
        outcome = Outcome.REQUIREMENT_MISSING
        reason = ", ".join(phrase.label for phrase in term.requires)
    elif present := _first_present(term.unless, term.scope, sentence, tokens):
        outcome, reason = Outcome.EXCEPTION_PRESENT, present.label
    return Evidence(theme.id, match, outcome, reason, sentence)


def _first_present(
    matchers: Iterable[PhraseMatcher], scope: Scope, sentence: int, tokens: _Tokens
) -> PhraseMatcher | None:
    """The first phrase that stands in the sentence, or in the statement."""
    for matcher in matchers:
        sentences = tokens.sentences_with(matcher)
        if sentence in sentences or (scope is Scope.STATEMENT and sentences):
            return matcher
    return None


def _veto(
    theme: Theme, judged: Sequence[tuple[Evidence, Words]], tokens: _Tokens
) -> list[tuple[Evidence, Words]]:
    """The evidence, with what a veto takes away marked so."""
    for veto in theme.vetoes:
        places = list(veto.matcher.find(tokens))
        if not places:
            continue
        sentences = {tokens.sentence(words[0]) for words in places}
        covered = {word for words in places for word in words}
        judged = [
            (replace(item, outcome=Outcome.VETOED, reason=veto.id), words)
            if item.outcome is Outcome.COUNTED
            and (veto.blocks is None or item.match.term in veto.blocks)
            and _reaches(veto.scope, sentences, covered, item, words)
            else (item, words)
            for item, words in judged
        ]
    return list(judged)


def _reaches(
    scope: Scope, sentences: set[int], covered: set[int], item: Evidence, words: Words
) -> bool:
    """Whether a veto with these places reaches a match."""
    if scope is Scope.WORDS:
        return not covered.isdisjoint(words)
    return scope is Scope.STATEMENT or item.sentence in sentences


def _shadow(judged: Sequence[tuple[Evidence, Words]]) -> list[Evidence]:
    """The evidence, where of matches that share words only the strongest counts.

    Of equally strong ones the one with more words counts, then the first.
    """
    order = sorted(
        range(len(judged)),
        key=lambda n: (-judged[n][0].match.strength, -len(judged[n][1]), judged[n][1]),
    )
    taken: dict[int, str] = {}
    result = [item for item, _ in judged]
    for number in order:
        item, words = judged[number]
        if item.outcome is not Outcome.COUNTED:
            continue
        winner = next((taken[word] for word in words if word in taken), None)
        if winner is None:
            taken.update(dict.fromkeys(words, item.match.term))
        else:
            result[number] = replace(item, outcome=Outcome.SHADOWED, reason=winner)
    return result


def _group(theme: Theme, item: Evidence) -> int:
    """The sentence that a match's strength is added up in; 0 for the whole statement."""
    return item.sentence if theme.scope is Scope.SENTENCE else 0


def _scores(theme: Theme, evidence: Iterable[Evidence]) -> dict[int, float]:
    """The score of a theme in each sentence: the strengths of the different terms there."""
    strengths: dict[int, dict[str, float]] = defaultdict(dict)
    for item in evidence:
        if item.theme == theme.id and item.outcome is Outcome.COUNTED:
            strengths[_group(theme, item)][item.match.term] = item.match.strength
    return {sentence: sum(terms.values()) for sentence, terms in strengths.items()}


def _moved(tag: ThemeTag, start: int) -> ThemeTag:
    """The tag with its places counted from the start of the source text."""
    return replace(
        tag,
        matches=tuple(
            replace(
                match,
                span=Span(match.span.start + start, match.span.end + start),
                words=tuple(Span(w.start + start, w.end + start) for w in match.words),
            )
            for match in tag.matches
        ),
    )
