"""Tagging: which themes a text gets, by which words, and what became of every match."""

from __future__ import annotations

import hashlib
import json
import time
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oppsummering.codebook import load_codebook
from oppsummering.survey import (
    Question,
    Response,
    Source,
    Span,
    Statement,
    StatementKind,
    Survey,
)
from oppsummering.tagged import TagSource
from oppsummering.tagging import Outcome, Tagger, tagger
from oppsummering.tagging.tokens import sentence_numbers
from oppsummering.words import WrittenStandard
from support.words import FakeLexicon, FakePipeline

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from oppsummering.codebook import Codebook
    from oppsummering.language.pipeline import Pipeline


def engine(
    book: Codebook,
    pipeline: FakePipeline | None = None,
    *,
    lexicon: FakeLexicon | None = None,
    in_context: bool = False,
) -> Tagger:
    """A tagger without a trained pipeline and with the small lexicon."""
    return Tagger(
        cast("Pipeline", pipeline or FakePipeline()),
        book,
        lexicon or FakeLexicon(),
        in_context=in_context,
    )


@pytest.fixture
def codebook(tmp_path: Path) -> Callable[..., Codebook]:
    """Write and read a codebook with one theme, or with several of the same kind."""

    def make(*themes: dict[str, Any], lists: dict[str, list[str]] | None = None) -> Codebook:
        written = [
            {
                "id": f"t{number}",
                "labels": {"nb": "Tema"},
                "definition": "x",
                "examples": {"match": ["a"], "no_match": ["b"]},
            }
            | theme
            for number, theme in enumerate(themes)
        ]
        document = {"schema_version": 1, "name": "x", "lists": lists or {}, "themes": written}
        file = tmp_path / "themes.yaml"
        file.write_text(json.dumps(document), encoding="utf-8")
        return load_codebook(file)

    return make


@pytest.fixture
def make(codebook: Callable[..., Codebook]) -> Callable[..., Tagger]:
    """A tagger for one theme with these terms."""

    def make_tagger(*terms: dict[str, Any], vetoes: list[Any] | None = None, **more: Any) -> Tagger:
        book = codebook({"terms": list(terms), "vetoes": vetoes or []} | more)
        return engine(book)

    return make_tagger


def hits(tagged: Tagger, text: str) -> list[tuple[str, str]]:
    """The term and the words of every match that counts; empty when the theme is not given."""
    return [(m.term, m.text) for tag in tagged.tag_text(text) for m in tag.matches]


def outcomes(tagged: Tagger, text: str) -> list[tuple[str, Outcome, str]]:
    """What became of every match."""
    return [(item.match.term, item.outcome, item.reason) for item in tagged.trace(text).evidence]


def test_words_of_the_text_are_named(make: Callable[..., Tagger]) -> None:
    """The match quotes the text and names each word's place."""
    tagged = make({"near": ["samarbeide", "~kommune"]})
    text = "Vi «samarbeider» mye med kommunene."

    (tag,) = tagged.tag_text(text)

    (match,) = tag.matches
    assert (tag.theme, tag.source) == ("t0", TagSource.CODEBOOK)
    assert match.text == "samarbeider» mye med kommunene"
    assert match.span.of(text) == match.text
    assert [span.of(text) for span in match.words] == ["samarbeider", "kommunene"]
    assert not match.negated


def test_statement_without_a_match_has_no_theme(make: Callable[..., Tagger]) -> None:
    """No theme is a valid answer, also for empty and odd texts."""
    tagged = make({"lemma": "silo"}, {"regex": "xyz"})

    for text in ("", " \n", "…", "Vi har det bra.", "\ud800", "\0", "😀", "a" * 10_000):
        assert tagged.tag_text(text) == ()
        assert tagged.trace(text).tags == ()


def test_quotation_marks_stand_between_no_words(make: Callable[..., Tagger]) -> None:
    """A phrase goes on through quotation marks and emphasis."""
    tagged = make({"phrase": "på tvers av siloer|silo"})

    assert hits(tagged, "På «tvers» av „siloer“") == [
        ("på tvers av siloer|silo", "På «tvers» av „siloer")
    ]
    assert hits(tagged, "på *tvers* av _siloer_") != []
    assert hits(tagged, "på tvers, av siloer") == []


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Vi må . De kan", [0, 0, 0, 1, 1]),
        ("Ja ! ? Nei … Ok", [0, 0, 1, 2, 2, 3]),
        ("HR osv. Kommunene må", [0, 0, 1, 1]),
        ("HR osv. og mer", [0, 0, 0, 0]),
        ("med bl.a. KS og", [0, 0, 0, 0]),
        ("avd . for HR", [0, 0, 0, 0]),
        ("på trinn 3. Kommunen må", [0, 0, 0, 1, 1]),
        ("på 3. trinn", [0, 0, 0]),
        ("3. Økt samarbeid", [0, 0, 0]),
        ("til 3.", [0, 0]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[int]) -> None:
    """Closing punctuation ends one; the full stop of an abbreviation or an ordinal may not."""
    assert sentence_numbers(text.split()) == sentences


def test_rules_of_a_sentence_do_not_reach_the_next(make: Callable[..., Tagger]) -> None:
    """Two words of one term stand in one sentence."""
    tagged = make({"near": ["silo", "kommune"]})

    assert hits(tagged, "Siloer finnes. Kommunene vet det.") == []
    assert hits(tagged, "Siloer finnes i bl.a. kommunene.") != []


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Vi har ikke siloer", True),
        ("Det er ikkje lenger slike siloar", False),
        ("uten siloer", True),
        ("Ikke. Siloer", False),
        ("ikke en to tre fire siloer", True),
        ("ikke en to tre fire fem siloer", False),
        ("siloer er ikke bra", False),
        ("ikke minst siloer", False),
        ("ikkje berre siloer", False),
        ("Verken siloer eller", True),
    ],
)
def test_negation_stands_before_the_word(
    make: Callable[..., Tagger],
    text: str,
    negated: bool,  # noqa: FBT001
) -> None:
    """Within five words of the same sentence; *ikke minst* and *ikke bare* stress instead."""
    found = hits(make({"lemma": "silo", "negation": "require"}), text)

    assert bool(found) == negated
    if "siloer" in text:
        assert bool(hits(make({"lemma": "silo", "negation": "forbid"}), text)) != negated
        (tag,) = make({"lemma": "silo"}).tag_text(text)
        assert tag.matches[0].negated == negated
        (item,) = make({"lemma": "silo", "negation": "forbid"}).trace(text).evidence
        assert (item.outcome is Outcome.NEGATION) == negated


@pytest.mark.parametrize(
    ("term", "text", "outcome"),
    [
        ({"requires": ["kommune"]}, "silo i kommunene", Outcome.COUNTED),
        ({"requires": ["kommune"]}, "silo. kommune", Outcome.REQUIREMENT_MISSING),
        ({"requires": ["kommune"], "scope": "statement"}, "silo. kommune", Outcome.COUNTED),
        ({"requires": ["stat", "kommune"]}, "silo i kommunene", Outcome.COUNTED),
        ({"requires": ["på tvers"]}, "silo på tvers", Outcome.COUNTED),
        ({"unless": ["korn"]}, "silo med korn", Outcome.EXCEPTION_PRESENT),
        ({"unless": ["korn"]}, "silo. korn", Outcome.COUNTED),
        ({"unless": ["korn"], "scope": "statement"}, "silo. korn", Outcome.EXCEPTION_PRESENT),
        ({"requires": ["kommune"], "unless": ["korn"]}, "silo", Outcome.REQUIREMENT_MISSING),
    ],
)
def test_surroundings_of_a_term(
    make: Callable[..., Tagger], term: dict[str, Any], text: str, outcome: Outcome
) -> None:
    """`requires` and `unless` look at the sentence, or at the whole statement."""
    tagged = make({"lemma": "silo"} | term)

    (item,) = tagged.trace(text).evidence

    assert item.outcome is outcome
    assert bool(hits(tagged, text)) == (outcome is Outcome.COUNTED)
    assert bool(item.reason) == (outcome is not Outcome.COUNTED)


@pytest.mark.parametrize(
    ("veto", "text", "kept"),
    [
        ({"lemma": "korn"}, "silo og korn. silo", 1),
        ({"lemma": "korn", "scope": "statement"}, "silo og korn. silo", 0),
        ({"phrase": "silo med korn", "scope": "words"}, "silo silo med korn", 1),
        ({"lemma": "korn", "blocks": ["silo"]}, "silo og korn og bøker", 1),
        ({"lemma": "korn", "blocks": ["bok"]}, "silo og korn og bøker", 1),
        ({"lemma": "korn"}, "silo og bøker", 2),
    ],
)
def test_veto_takes_away_what_it_reaches(
    make: Callable[..., Tagger], veto: dict[str, Any], text: str, kept: int
) -> None:
    """Matches that share a word, those of the sentence, or all; only the blocked terms."""
    tagged = make({"lemma": "silo"}, {"lemma": "bok"}, vetoes=[veto | {"id": "v"}])

    assert len(hits(tagged, text)) == kept
    for _, outcome, reason in outcomes(tagged, text):
        assert (outcome, reason) in {(Outcome.COUNTED, ""), (Outcome.VETOED, "v")}


def test_overlapping_matches_count_once(make: Callable[..., Tagger]) -> None:
    """The strongest counts, then the one with more words, then the first."""
    tagged = make(
        {"lemma": "silo", "strength": 0.5},
        {"phrase": "silo i kommune", "strength": 0.5},
        {"phrase": "kommune her", "strength": 0.5},
        {"lemma": "bok", "strength": 0.5, "id": "a"},
        {"lemma": "bok|x", "strength": 0.5, "id": "b"},
        {"lemma": "bok|y", "strength": 0.6, "id": "c"},
    )

    assert outcomes(tagged, "silo i kommune her") == [
        ("silo", Outcome.SHADOWED, "silo i kommune"),
        ("silo i kommune", Outcome.COUNTED, ""),
        ("kommune her", Outcome.SHADOWED, "silo i kommune"),
    ]
    assert outcomes(tagged, "bok") == [
        ("a", Outcome.SHADOWED, "c"),
        ("b", Outcome.SHADOWED, "c"),
        ("c", Outcome.COUNTED, ""),
    ]
    assert outcomes(tagged, "bok silo") == [
        ("silo", Outcome.COUNTED, ""),
        ("a", Outcome.SHADOWED, "c"),
        ("b", Outcome.SHADOWED, "c"),
        ("c", Outcome.COUNTED, ""),
    ]


def test_vetoed_match_casts_no_shadow(make: Callable[..., Tagger]) -> None:
    """What does not count takes nothing from what does."""
    tagged = make(
        {"lemma": "silo", "id": "svak"},
        {"lemma": "silo|x", "strength": 2, "id": "sterk"},
        vetoes=[{"lemma": "korn", "blocks": ["sterk"]}],
    )

    assert hits(tagged, "silo og korn") == [("svak", "silo")]


def test_different_terms_add_up_to_the_threshold(make: Callable[..., Tagger]) -> None:
    """The same term twice adds nothing; ten tenths are one."""
    tenths = [{"lemma": f"w{number}", "strength": 0.1} for number in range(10)]
    tagged = make(*tenths)
    halves = make({"lemma": "silo", "strength": 0.5}, {"lemma": "bok", "strength": 0.5})

    assert hits(tagged, " ".join(f"w{number}" for number in range(9))) == []
    assert len(hits(tagged, " ".join(f"w{number}" for number in range(10)))) == 10
    assert hits(halves, "silo og silo") == []
    assert hits(halves, "silo og bok og silo") == [
        ("silo", "silo"),
        ("bok", "bok"),
        ("silo", "silo"),
    ]


def test_score_is_summed_in_the_sentence_or_the_statement(make: Callable[..., Tagger]) -> None:
    """Only the sentences that reach the threshold give matches."""
    halves = [{"lemma": "silo", "strength": 0.5}, {"lemma": "bok", "strength": 0.5}]
    text = "silo. bok. silo og bok."

    assert hits(make(*halves), text) == [("silo", "silo"), ("bok", "bok")]
    assert hits(make(*halves), "silo. bok.") == []
    assert len(hits(make(*halves, scope="statement"), text)) == 4
    assert len(hits(make(*halves, scope="statement"), "silo. bok.")) == 2


def test_trace_tells_everything(make: Callable[..., Tagger]) -> None:
    """Tokens with their patterns, the best score of each theme, and the same tags."""
    tagged = make({"lemma": "silo", "strength": 0.5}, {"lemma": "bok", "strength": 0.6})
    text = "«Siloer» her. Bøker."

    trace = tagged.trace(text)

    assert [(token.text, token.sentence, token.patterns) for token in trace.tokens] == [
        ("Siloer", 0, ("silo",)),
        ("her", 0, ()),
        (".", 0, ()),
        ("Bøker", 1, ("bok",)),
        (".", 1, ()),
    ]
    assert all(token.span.of(text) == token.text for token in trace.tokens)
    assert [(score.theme, score.score, score.threshold) for score in trace.scores] == [
        ("t0", 0.6, 1.0)
    ]
    assert trace.tags == tagged.tag_text(text) == ()
    assert trace.written_standard in set(WrittenStandard)


def test_regular_expression_reads_the_text(make: Callable[..., Tagger]) -> None:
    """It is found without any word pattern, and its match is made of whole words."""
    tagged = make({"regex": r"på tvers av \w+"}, {"regex": "NAV", "case": True})

    assert hits(tagged, "Her på tvers av økosystemer, altså") == [
        (r"/på tvers av \w+/", "på tvers av økosystemer")
    ]
    assert hits(tagged, "nav") == []
    assert hits(tagged, "NAVs") == [("/NAV/", "NAVs")]


def test_themes_come_in_the_order_of_the_codebook(codebook: Callable[..., Codebook]) -> None:
    """And matches in the order of the text, whatever the order of the terms."""
    book = codebook(
        {"terms": [{"lemma": "b"}, {"lemma": "a"}]},
        {"terms": [{"regex": "b"}, {"lemma": "x"}]},
        {"terms": [{"lemma": "y"}]},
    )
    tagged = engine(book)

    tags = tagged.tag_text("a b a")

    assert [(tag.theme, [match.term for match in tag.matches]) for tag in tags] == [
        ("t0", ["a", "b", "a"]),
        ("t1", ["/b/"]),
    ]


@pytest.mark.parametrize(
    ("pos", "expected"),
    [("NOUN", True), ("VERB", False), ("ADJ", False), ("", True)],
)
def test_part_of_speech_is_asked_of_the_network(
    codebook: Callable[..., Codebook],
    pos: str,
    expected: bool,  # noqa: FBT001
) -> None:
    """Only where the form leaves a doubt; where the network has no opinion, the form counts."""
    book = codebook({"terms": [{"lemma": "leder/NOUN"}]})
    pipeline = FakePipeline(pos={"leder": pos})
    tagged = engine(book, pipeline)

    assert bool(tagged.tag_text("En leder")) == expected
    assert pipeline.reads == 1
    assert tagged.tag_text("En bok") == ()
    assert pipeline.reads == 1


def test_a_word_that_is_needed_twice_is_looked_for_twice(make: Callable[..., Tagger]) -> None:
    """One *silo* is not enough for two; words of a count may be of different patterns."""
    tagged = make(
        {"near": ["silo", "silo"], "distance": 5}, {"count": ["bok", "korn"], "at_least": 2}
    )

    assert hits(tagged, "silo og bok") == []
    assert hits(tagged, "silo og siloer") == [("silo … silo", "silo og siloer")]
    assert hits(tagged, "korn og bok") == [("2+ bok, korn", "korn og bok")]


def test_certain_part_of_speech_needs_no_network(codebook: Callable[..., Codebook]) -> None:
    """*bok* is a noun by its form."""
    pipeline = FakePipeline(pos={"bok": "VERB"})
    book = codebook({"terms": [{"lemma": "bok/NOUN"}, {"lemma": "rask/NOUN"}]})
    tagged = engine(book, pipeline)

    assert hits(tagged, "bok rask") == [("bok/NOUN", "bok")]
    assert pipeline.reads == 0


@pytest.mark.parametrize("text", ["Fra år 70 e.Kr . leder kommunen leie.", "70 f.Kr . leder"])
def test_special_cases_with_blanks_do_not_depend_on_what_was_read_before(
    make: Callable[..., Tagger], text: str
) -> None:
    """The tokenizer takes *e.Kr .* otherwise in a text than alone; the answers stay the same."""
    fresh, warm = make({"lemma": "leder/VERB"}), make({"lemma": "leder/VERB"})
    warm.tag_text("År 70 e.Kr og 71 f.Kr var det slik.")

    assert fresh.tag_text(text) == warm.tag_text(text)
    assert fresh.trace(text) == warm.trace(text)


_WORDS = st.sampled_from(
    ["silo", "Siloer", "kommunene", "leder", "ledergruppe", "ikke", "uten", ".", "?", ",", "«",
     "»", "på", "tvers", "av", "korn", "bok", "osv.", "3.", "økosystemet", "\n", "😀", "*",
     "(silo),", "«korn»", "bok/silo", "\ud800", "silo\ud800", "(leder-\ngruppe)", "kommu- nene,",
     "økosystem-\r\nleder", "si\u00ad\n", "silo-\n"]
)  # fmt: skip
_BLANKS = st.sampled_from([" ", " ", " ", "  ", "\u00a0", " \n ", "\t", "\u2028", ""])
_SENTENCES = st.lists(st.tuples(_WORDS, _BLANKS), max_size=15).map(
    lambda pairs: "".join(word + blank for word, blank in pairs)
)

_TERMS: list[dict[str, Any]] = [
    {"lemma": "silo", "strength": 0.5},
    {"lemma": "~leder~", "strength": 0.5, "negation": "forbid"},
    {"lemma": "leder/NOUN", "strength": 0.25},
    {"phrase": "på <3> av", "strength": 0.5},
    {"near": ["silo", "~kommune"], "distance": 4},
    {"near": ["silo", "silo|bok", "silo"], "strength": 0.25},
    {"count": ["silo", "bok", "korn"], "strength": 0.75},
    {"count": ["silo", "bok", "korn", "på"], "at_least": 4, "strength": 0.5},
    {"regex": r"\bs\w+", "strength": 0.25, "unless": ["korn"]},
]


@given(text=_SENTENCES)
def test_every_match_quotes_its_text(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Spans lie in the text, in order, and both ways of tagging agree without an opinion.

    The fast way remembers how the texts before were divided into tokens; the slow way does not.
    """
    fast, slow = _both_ways(tmp_path_factory)

    tags = fast.tag_text(text)
    trace = fast.trace(text)

    assert tags == trace.tags == slow.tag_text(text)
    assert slow.trace(text) == trace
    for item in trace.evidence:
        match = item.match
        assert match.span.of(text) == match.text
        assert match.words[0].start == match.span.start
        assert max(word.end for word in match.words) == match.span.end
        assert list(match.words) == sorted(match.words, key=lambda word: word.start)
    for tag in tags:
        places = [(match.span.start, match.span.end, match.term) for match in tag.matches]
        assert places == sorted(places)
    counted = [i.match for i in trace.evidence if i.outcome is Outcome.COUNTED]
    words = [word for match in counted for word in match.words]
    assert len(words) == len(set(words))
    best = {score.theme: score.score >= score.threshold - 1e-9 for score in trace.scores}
    assert {tag.theme for tag in tags} == {theme for theme, reached in best.items() if reached}


_TAGGERS: list[tuple[Tagger, Tagger]] = []


def _both_ways(factory: pytest.TempPathFactory) -> tuple[Tagger, Tagger]:
    """The fast way and the way in context, with a network that has no opinion; made once."""
    if not _TAGGERS:
        theme = {
            "id": "t",
            "labels": {"nb": "T"},
            "definition": "x",
            "terms": _TERMS,
            "vetoes": [{"lemma": "bok", "blocks": ["silo"], "scope": "sentence"}],
            "examples": {"match": ["a"], "no_match": ["b"]},
        }
        file = factory.mktemp("both") / "themes.yaml"
        file.write_text(json.dumps({"schema_version": 1, "name": "x", "themes": [theme]}))
        book = load_codebook(file)
        _TAGGERS.append((engine(book), engine(book, in_context=True)))
    return _TAGGERS[0]


@pytest.mark.parametrize(
    ("lemmas", "pos", "text", "expected"),
    [
        ({"siloer": "silo"}, {}, "siloer", ["silo"]),
        ({"siloer": "noe annet"}, {}, "siloer", []),
        ({"korn": "silo"}, {}, "korn", ["silo"]),
        ({"/korn": "silo"}, {}, "bok /korn", []),
        ({"leder": "leder"}, {"leder": "VERB"}, "leder", []),
        ({"leder": "leder"}, {"leder": "NOUN"}, "leder", ["leder/NOUN"]),
        ({}, {"leder": "VERB"}, "leder", []),
        ({"toppleder": "ukjent"}, {}, "toppleder", ["-leder-"]),
    ],
)
def test_in_context_the_network_decides(
    codebook: Callable[..., Codebook],
    lemmas: dict[str, str],
    pos: dict[str, str],
    text: str,
    expected: list[str],
) -> None:
    """The reading that it chose counts, also one that the lexicon does not have."""
    book = codebook({"terms": [{"lemma": "silo"}, {"lemma": "leder/NOUN"}, {"compound": "leder"}]})
    pipeline = FakePipeline(pos=pos, lemmas=lemmas)
    tagged = engine(book, pipeline, in_context=True)

    assert [term for term, _ in hits(tagged, text)] == expected
    assert pipeline.reads == 1


def _survey(*texts: str) -> Survey:
    """A survey with one response, its statements one a line."""
    source = "".join(f"- {text}\n" for text in texts)
    statements = []
    position = 0
    for number, text in enumerate(texts, start=1):
        span = Span(position + 2, position + 2 + len(text))
        kind = StatementKind.LEAD_IN if text.endswith(":") else StatementKind.ITEM
        statements.append(Statement(f"q1.r1.s{number}", kind, number, number, span, text))
        position += len(text) + 3
    here = Span(0, 0)
    response = Response("q1.r1", "Kommune 1", None, 1, 1, here, tuple(statements))
    question = Question("q1", 1, "Hva?", (), 1, here, (response,))
    digest = hashlib.sha256(source.encode()).hexdigest()
    return Survey(Source("x.txt", source, "utf-8", digest), None, None, (question,), ())


def test_survey_is_tagged_in_order(make: Callable[..., Tagger]) -> None:
    """Lead-ins too; places are those in the source; progress is told after each statement."""
    tagged = make({"lemma": "silo"})
    survey = _survey("Vi har siloer", "Mål:", "økosystem og silo")
    steps: list[int] = []

    result = tagged.tag(survey, progress=lambda: steps.append(len(steps)))

    assert steps == [0, 1, 2]
    assert result.survey is survey
    assert result.codebook.themes[0].id == "t0"
    assert result.pipeline == FakePipeline.info
    assert [one.statement.id for one in result.statements] == ["q1.r1.s1", "q1.r1.s2", "q1.r1.s3"]
    assert [len(one.tags) for one in result.statements] == [1, 0, 1]
    for one in result.statements:
        for tag in one.tags:
            for match in tag.matches:
                assert match.span.of(survey.source.text) == match.text
                assert [word.of(survey.source.text) for word in match.words] == [match.text]
    assert tagged.tag(survey) == result
    assert list(tagged.tag_statements(survey)) == list(result.statements)


def test_word_forms_are_looked_up_once(
    codebook: Callable[..., Codebook], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the memory of them is bounded: it starts anew when it is full."""
    monkeypatch.setattr(tagger, "MAX_FORMS", 3)
    lexicon = FakeLexicon()
    tagged = engine(codebook({"terms": [{"lemma": "silo"}]}), lexicon=lexicon)
    lexicon.looked_up.clear()

    tagged.tag_text("silo silo silo")
    assert lexicon.looked_up == ["silo"]
    tagged.tag_text("a b c d silo")
    assert lexicon.looked_up.count("silo") == 1
    tagged.tag_text("e silo")
    assert lexicon.looked_up.count("silo") == 2


def test_unseen_characters_are_looked_through(make: Callable[..., Tagger]) -> None:
    """A soft hyphen in a copied word hides nothing, and the match quotes it as it stands."""
    assert hits(make({"lemma": "økosystem"}), "øko\u00adsystemet") == [
        ("økosystem", "øko\u00adsystemet")
    ]


@pytest.mark.parametrize(
    "term",
    [
        {"lemma": "silo"},
        {"phrase": "silo silo <5> silo"},
        {"near": ["silo", "silo"], "distance": 3},
        {"count": ["silo", "bok"]},
        {"regex": r"\bsilo\b"},
        {"lemma": "silo", "requires": ["silo silo"], "unless": ["korn"], "negation": "forbid"},
    ],
    ids=str,
)
@pytest.mark.slow
def test_time_is_linear_on_one_long_statement(
    make: Callable[..., Tagger], term: dict[str, Any]
) -> None:
    """Four times the text takes about four times as long, explained or not."""
    tagged = make(term, vetoes=[{"lemma": "korn"}, {"phrase": "silo korn", "scope": "words"}])

    def seconds(repeated: int) -> float:
        text = "silo " * repeated
        start = time.process_time()
        tagged.tag_text(text)
        tagged.trace(text)
        return time.process_time() - start

    seconds(10)
    small, large = seconds(2_000), seconds(8_000)

    assert large < 10 * small + 0.5
