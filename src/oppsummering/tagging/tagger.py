"""The tagger: statements in, themes with the words behind them out.

What a codebook asks of a word is a fact about its form, computed once per form. Only a pattern
with a part of speech, on a form that has several, asks the spaCy pipeline to read the statement.
"""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from oppsummering.expressions import ExpressionSet
from oppsummering.language.broken_words import mend
from oppsummering.language.standard import load_standards
from oppsummering.matchers import RegexMatcher
from oppsummering.patterns import Lemma, PatternIndex, normal_form
from oppsummering.survey import Span
from oppsummering.tagged import TaggedStatement, TaggedSurvey, TagSource, ThemeTag
from oppsummering.tagging.candidates import Candidates
from oppsummering.tagging.judging import (
    apply_vetoes,
    judge,
    scored_in,
    settle_overlaps,
    theme_scores,
)
from oppsummering.tagging.tokens import (
    Form,
    StatementTokens,
    as_written,
    is_word,
    may_end_sentence,
    negates,
)
from oppsummering.tagging.trace import Evidence, Outcome, ThemeScore, TokenTrace, Trace
from oppsummering.words import Analysis, WordForm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from spacy.tokens import Doc, Token

    from oppsummering.codebook import Codebook, Term, Theme
    from oppsummering.language.pipeline import Pipeline
    from oppsummering.matchers import Words
    from oppsummering.patterns import WordPattern
    from oppsummering.survey import Survey
    from oppsummering.words import Lexicon, WrittenStandard

MAX_FORMS: Final = 200_000
"""How many word forms are remembered before the memory is emptied."""

_SURROGATES = re.compile("[\ud800-\udfff]")


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
        self._asks_for_pos = any(
            isinstance(alternative, Lemma) and alternative.pos
            for pattern in codebook.patterns()
            for alternative in pattern.alternatives
        )
        self._standards = load_standards()
        self._candidates = Candidates(codebook)
        self._forms: dict[int, Form] = {}
        self._runs: dict[str, list[Form]] = {}
        self._terms = [(theme, term) for theme in codebook.themes for term in theme.terms]
        expressions = {
            number: term.matcher.expression
            for number, (_, term) in enumerate(self._terms)
            if isinstance(term.matcher, RegexMatcher)
        }
        self._with_expression = list(expressions)
        self._expressions = ExpressionSet(expressions.values())

    @property
    def codebook(self) -> Codebook:
        """The codebook that it tags with."""
        return self._codebook

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
            forms = self._read(statement.text)
            start = statement.span.start
            tags = tuple(_moved(tag, start) for tag in self._tags(statement.text, forms))
            standard = self._standard(forms)
            yield TaggedStatement(question, response, statement, standard, tags)

    def tag_text(self, text: str) -> tuple[ThemeTag, ...]:
        """The themes of a text, places counted from its start."""
        return self._tags(text, self._read(text))

    def trace(self, text: str) -> Trace:
        """Everything that led to the themes of a text, places counted from its start."""
        forms = self._settled(text, self._read(text))
        tokens = StatementTokens(text, forms)
        evidence = self._evidence(tokens, sorted(self._possible(text, forms)), every=True)
        seen = tuple(
            TokenTrace(
                form.text,
                tokens.span(number, number),
                tokens.sentences[number],
                form.word.analyses,
                tuple(pattern.text for pattern in form.certain),
            )
            for number, form in enumerate(tokens.forms)
        )
        scores = tuple(
            ThemeScore(
                theme.id, max(theme_scores(theme, evidence).values(), default=0), theme.threshold
            )
            for theme in self._codebook.themes
        )
        standard = self._standard(forms)
        return Trace(seen, standard, tuple(evidence), scores, self._reached(evidence))

    def _standard(self, forms: Sequence[Form]) -> WrittenStandard:
        """The written standard of a statement with these forms."""
        return self._standards.of_statement(sum(form.evidence for form in forms), len(forms))

    def _read(self, text: str) -> list[Form]:
        """What is known of the form of each token of a text, blanks left out.

        Words that a line break cut in two are read as one.
        """
        mended = mend(text, self._lexicon)
        return as_written(self._read_unbroken(mended.text), mended)

    def _read_unbroken(self, text: str) -> list[Form]:
        """What is known of the form of each token of a text without broken words.

        Each run of characters between blanks is divided by itself, and once; a special case of
        the tokenizer that holds a blank does not come into play.
        """
        if self._in_context:
            doc = self._pipeline.nlp(self._tokenize(text))
            return [self._form_in_context(token) for token in doc if not token.is_space]
        known, runs = self._runs, text.split()
        with suppress(KeyError):
            return [form for run in runs for form in known[run]]
        if len(known) > MAX_FORMS:
            known.clear()
        for run in runs:
            if run not in known:
                known[run] = self._remembered(self._tokenize(run))
        return [form for run in runs for form in known[run]]

    def _tokenize(self, text: str) -> Doc:
        return self._pipeline.tokenizer(_SURROGATES.sub("\ufffd", text))

    def _settled(self, text: str, forms: list[Form]) -> list[Form]:
        """The forms with nothing uncertain left; the network reads the statement if it must."""
        if not self._asks_for_pos or not any(form.uncertain for form in forms):
            return forms
        mended = mend(text, self._lexicon)
        doc = self._pipeline.nlp(self._tokenize(mended.text))
        read = zip(self._remembered(doc), doc, strict=True)
        decided = [self._decided(form, token) for form, token in read if not token.is_space]
        return as_written(decided, mended)

    def _remembered(self, doc: Doc) -> list[Form]:
        """What is known of the form of each token; each form is looked up once."""
        known = self._forms
        try:
            return [known[token.orth] for token in doc]
        except KeyError:
            if len(known) > MAX_FORMS:
                known.clear()
        for token in doc:
            if token.orth not in known:
                word = self._lexicon.look_up(normal_form(token.text))
                found = self._index.match(word)
                known[token.orth] = self._form(token.text, word, found.certain, found.uncertain)
        return [known[token.orth] for token in doc]

    def _form(
        self,
        text: str,
        word: WordForm,
        certain: tuple[WordPattern, ...],
        uncertain: tuple[WordPattern, ...] = (),
    ) -> Form:
        return Form(
            text=text,
            word=word,
            certain=certain,
            uncertain=uncertain,
            patterns=frozenset(certain),
            bits=self._candidates.bits((*certain, *uncertain)),
            terms=self._candidates.told_by((*certain, *uncertain)),
            evidence=self._standards.evidence(word.text),
            is_word=is_word(text),
            may_end_sentence=may_end_sentence(text),
            negates=negates(text),
        )

    def _decided(self, form: Form, token: Token) -> Form:
        """The form of a token whose part of speech matters, read in its context."""
        if not form.uncertain:
            return form
        if not token.pos_:
            return self._form(form.text, form.word, (*form.certain, *form.uncertain))
        decided = self._index.match(_read_as(form.word, token.pos_)).certain
        chosen = (pattern for pattern in form.uncertain if pattern in decided)
        return self._form(form.text, form.word, (*form.certain, *chosen))

    def _form_in_context(self, token: Token) -> Form:
        """The form of a token by the reading that the pipeline chose, if it has an opinion."""
        word = self._lexicon.look_up(normal_form(token.text))
        # Words that a slash joins have a lemma each; the network gives them one together.
        if token.lemma_ and "/" not in word.text:
            word = self._with_lemma(word, token.lemma_.casefold())
        if token.pos_:
            word = _read_as(word, token.pos_)
        patterns = self._index.match(word)
        return self._form(token.text, word, (*patterns.certain, *patterns.uncertain))

    def _with_lemma(self, word: WordForm, lemma: str) -> WordForm:
        """A word form with the readings that have a lemma; with a new one where none has."""
        fitting = tuple(a for a in word.analyses if a.lemma.casefold() == lemma)
        if not fitting:
            parts = word.analyses[0].part_keys
            key = self._lexicon.key(lemma)
            keys = parts if len(parts) > 1 else (key,)
            fitting = (Analysis(lemma, (word.text,), (lemma,), key, keys),)
        return WordForm(word.text, fitting)

    def _possible(self, text: str, forms: Iterable[Form]) -> set[int]:
        """The terms whose telling word, or whose regular expression, is in a statement."""
        numbers = {number for form in forms for number in form.terms}
        numbers.update(self._with_expression[n] for n in self._expressions.matching(text))
        return numbers

    def _tags(self, text: str, forms: list[Form]) -> tuple[ThemeTag, ...]:
        """The themes that reach their threshold."""
        possible = self._possible(text, forms)
        telling = self._candidates.telling(possible, [form.bits for form in forms])
        if not telling:
            return ()
        tokens = StatementTokens(text, self._settled(text, forms))
        return self._reached(self._evidence(tokens, telling))

    def _reached(self, evidence: Sequence[Evidence]) -> tuple[ThemeTag, ...]:
        """The themes that reach their threshold by this evidence."""
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

    def _evidence(
        self, tokens: StatementTokens, numbers: Iterable[int], *, every: bool = False
    ) -> list[Evidence]:
        """Every match of these terms, and what became of it.

        Themes that even all matches could not bring to their threshold are left out, unless
        `every` match is asked for.
        """
        terms: dict[str, list[Term]] = defaultdict(list)
        for number in numbers:
            theme, term = self._terms[number]
            terms[theme.id].append(term)
        evidence = []
        for theme in self._codebook.themes:
            matches = _matches(theme, terms.get(theme.id, ()), tokens, every=every)
            if matches:
                judged = [(judge(theme, term, words, tokens), words) for term, words in matches]
                evidence += settle_overlaps(apply_vetoes(theme, judged, tokens))
        return evidence


def _matches(
    theme: Theme, terms: Sequence[Term], tokens: StatementTokens, *, every: bool
) -> list[tuple[Term, Words]]:
    """Every match of these terms, in their order.

    Unless `every` match is asked for: none as soon as the terms that are left cannot bring the
    theme to its threshold. The strongest are looked for first, so that this shows early.
    """
    left = sum(term.strength for term in terms)
    found: dict[int, list[Words]] = {}
    for number in sorted(range(len(terms)), key=lambda number: -terms[number].strength):
        found[number] = list(terms[number].matcher.find(tokens))
        if not found[number]:
            left -= terms[number].strength
            if not every and not theme.reached_by(left):
                return []
    return [(term, words) for number, term in enumerate(terms) for words in found[number]]


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
