"""The tagger: statements in, themes with the words behind them out.

What a codebook asks of a word is a fact about its form, computed once per form. Only a pattern
with a part of speech, on a form that has several, asks the spaCy pipeline to read the statement.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from oppsummering.expressions import AnyExpression
from oppsummering.language.standard import written_standard
from oppsummering.matchers import RegexMatcher
from oppsummering.patterns import PatternIndex, normal_form
from oppsummering.survey import Span
from oppsummering.tagged import TaggedStatement, TaggedSurvey, TagSource, ThemeTag
from oppsummering.tagging.judging import (
    apply_vetoes,
    judge,
    scored_in,
    settle_overlaps,
    theme_scores,
)
from oppsummering.tagging.tokens import StatementTokens
from oppsummering.tagging.trace import Evidence, Outcome, ThemeScore, TokenTrace, Trace
from oppsummering.words import Analysis, WordForm, WrittenStandard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from spacy.tokens import Doc, Token

    from oppsummering.codebook import Codebook
    from oppsummering.language.pipeline import Pipeline
    from oppsummering.matchers import Words
    from oppsummering.patterns import FormPatterns, WordPattern
    from oppsummering.survey import Survey
    from oppsummering.words import Lexicon

MAX_FORMS: Final = 200_000
"""How many word forms are remembered before the memory is emptied."""

_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class _Form:
    """What is remembered of a word form."""

    word: WordForm
    patterns: FormPatterns


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
        tokens = StatementTokens(doc, found, self._lexicon)
        evidence = self._evidence(tokens)
        seen = tuple(
            TokenTrace(
                word,
                Span(tokens.starts[number], tokens.ends[number]),
                tokens.sentences[number],
                self._lexicon.look_up(word).analyses,
                tuple(pattern.text for pattern in tokens.patterns[number]),
            )
            for number, word in enumerate(tokens.words)
        )
        scores = tuple(
            ThemeScore(
                theme.id, max(theme_scores(theme, evidence).values(), default=0), theme.threshold
            )
            for theme in self._codebook.themes
        )
        tags = self._tags(doc, found)
        return Trace(seen, self._standard(doc), tuple(evidence), scores, tags)

    def _standard(self, doc: Doc) -> WrittenStandard:
        return written_standard([token.text for token in doc])

    def _read(self, text: str) -> tuple[Doc, list[Sequence[WordPattern]]]:
        """Tokenize a text and find the patterns of each token."""
        doc = self._pipeline.tokenizer(_SURROGATES.sub("\ufffd", text))
        if self._in_context:
            doc = self._pipeline.nlp(doc)
            return doc, [self._patterns_in_context(token) for token in doc]
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
                word = self._lexicon.look_up(normal_form(token.text))
                form = _Form(word, self._index.match(word))
                forms[token.orth] = form
            found.append(form)
        return found

    def _decide(self, token: Token, form: _Form) -> Sequence[WordPattern]:
        """The patterns of a token whose part of speech matters, read in its context."""
        certain, uncertain = form.patterns.certain, form.patterns.uncertain
        if not token.pos_:
            return (*certain, *uncertain)
        decided = self._index.match(_read_as(form.word, token.pos_)).certain
        return (*certain, *(pattern for pattern in uncertain if pattern in decided))

    def _patterns_in_context(self, token: Token) -> Sequence[WordPattern]:
        """The patterns of a token by the reading that the pipeline chose, if it has an opinion."""
        word = self._lexicon.look_up(normal_form(token.text))
        if token.lemma_:
            word = self._with_lemma(word, token.lemma_.casefold())
        if token.pos_:
            word = _read_as(word, token.pos_)
        patterns = self._index.match(word)
        return (*patterns.certain, *patterns.uncertain)

    def _with_lemma(self, word: WordForm, lemma: str) -> WordForm:
        """A word form with the readings that have a lemma; with a new one where none has."""
        fitting = tuple(a for a in word.analyses if a.lemma.casefold() == lemma)
        if not fitting:
            parts = word.analyses[0].part_keys
            key = self._lexicon.key(lemma)
            keys = parts if len(parts) > 1 else (key,)
            fitting = (Analysis(lemma, (word.text,), (lemma,), key, keys),)
        return WordForm(word.text, fitting)

    def _tags(self, doc: Doc, found: Sequence[Sequence[WordPattern]]) -> tuple[ThemeTag, ...]:
        """The themes that reach their threshold."""
        if not any(found) and not self._any_expression.found_in(doc.text):
            return ()
        evidence = self._evidence(StatementTokens(doc, found, self._lexicon))
        tags = []
        for theme in self._codebook.themes:
            scores = theme_scores(theme, evidence)
            reached = {s for s, score in scores.items() if theme.reached_by(score)}
            if reached:
                matches = sorted(
                    (
                        item.match
                        for item in evidence
                        if item.theme == theme.id
                        and item.outcome is Outcome.COUNTED
                        and scored_in(theme, item) in reached
                    ),
                    key=lambda match: (match.span.start, match.span.end, match.term),
                )
                tags.append(ThemeTag(theme.id, TagSource.CODEBOOK, tuple(matches)))
        return tuple(tags)

    def _evidence(self, tokens: StatementTokens) -> list[Evidence]:
        """Every match of every term, and what became of it."""
        numbers = {n for pattern in tokens.present() for n in self._anchored.get(pattern, ())}
        if self._any_expression.found_in(tokens.text):
            numbers.update(self._expressions)
        by_theme: dict[str, list[tuple[Evidence, Words]]] = defaultdict(list)
        for number in sorted(numbers):
            theme, term = self._terms[number]
            for words in term.matcher.find(tokens):
                by_theme[theme.id].append((judge(theme, term, words, tokens), words))
        evidence = []
        for theme in self._codebook.themes:
            if by_theme[theme.id]:
                vetoed = apply_vetoes(theme, by_theme[theme.id], tokens)
                evidence += settle_overlaps(vetoed)
        return evidence


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


def _read_as(word: WordForm, pos: str) -> WordForm:
    """A word form with the readings that a part of speech leaves; all where it leaves none."""
    fitting = tuple(a for a in word.analyses if a.pos in {None, pos}) or word.analyses
    return WordForm(word.text, tuple(replace(analysis, pos=pos) for analysis in fitting))
