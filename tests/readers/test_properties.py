"""What holds for every document: generated from pieces, and mutated from the sample."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oppsummering.errors import SurveyReadError
from oppsummering.readers import read_survey

if TYPE_CHECKING:
    from oppsummering.survey import Span, Survey

SAMPLE = (Path(__file__).parents[2] / "data" / "kompetanseloftet.txt").read_text(encoding="utf-8")
FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.txt"))

LINES = [
    *("1) Hva har dere lært?", "2. Hva nå?", "Spørsmål 3: Roller", "4) Noe\u00a0annet", "1a) Del"),
    *("Spm. 5", "1.1 Underspørsmål", "(2) I parentes", "## 6) Med hash", "**7) Fet**"),
    *("Kommune 1: Vi har lært mye.", "Kommune 2:", "Kommune: 3:", "KOMMUNE 1 :", "Kommune 4"),
    *("Kommune 5 (liten): Ja", "Kommune 6: (også liten): Nei", "Bergen kommune – Ja", "Kommune 7;"),
    *("Virksomhet: NAV", "Informant 1: Jeg", "- Kommune 8: punkt", "Gruppe 1: Vi", "Skole Nord:"),
    *("På kort sikt:", "TILTAK", "**Fet overskrift**", "# Overskrift", "### Under", "Del 2: Mer"),
    *("- punkt", "· punkt", "•punkt", "o punkt", "a. punkt", "b) punkt", "1. punkt", "2) punkt"),
    *("  - under", "\t· under", "i. en", "ii. to", "Ø\tpil", "-", "*", "a.", "1)"),
    *("Vi ønsker oss:", "Vi ønsker oss", "Et avsnitt. Med to setninger.", "med liten bokstav"),
    *("17. mai", "A. Hansen", "-5 grader", "Motivasjon: Viktig å lære", "slutt på linja,"),
    *("", " ", "\u00a0", "\u200b", "---", "=====", "Side 2 av 3", "> sitat", ">", "...", "👍"),
    *("A\u030as kommune: Ja", "Kom\u00admune 9: Ja", "\x0cKommune 10: Ja", "a\x0bb", "\x1b[31mrød"),
    "Vi har fått løftet oss spesielt godt på samarbeidet med de andre i regionen og",
]
TEXT = st.text(
    st.sampled_from("aA1 \t.:;,)(-–·•*#>?\u00a0\u200b\u030a\x0c\x1b«»Øø\u2028"), max_size=30
)
DOCUMENT = st.lists(st.one_of(st.sampled_from(LINES), st.sampled_from(LINES), TEXT), max_size=25)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
EDITS = st.lists(
    st.tuples(
        st.sampled_from(
            ["delete", "double", "indent", "bullet", "break", "swap", "insert", "glue"]
        ),
        st.integers(0, 10_000),
        st.sampled_from(LINES),
    ),
    max_size=12,
)
PIECE = re.compile("([^\\n\\r\\x0b\\x0c\\x85\u2028\u2029]*)(\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]|$)")
BULLET = re.compile(r"[\s>\u200b\xad\x1b]*\(?\w{1,8}(\.\d{1,2}){0,3}[.)]{0,2}")
RELAXED = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def edit(lines: list[str], kind: str, place: int, other: str) -> list[str]:
    """Change a document at one place, as an editor or a careless export would."""
    if not lines:
        return [other]
    at = place % len(lines)
    line = lines[at]
    changed: dict[str, list[str]] = {
        "delete": [],
        "double": [line, line],
        "indent": ["   " + line],
        "bullet": [re.sub("^[·-]", other[:1] or "•", line)],
        "break": [line[: place % 70], line[place % 70 :]],
        "swap": [*lines[at + 1 : at + 2], line],
        "insert": [line, other],
        "glue": [line + " " + "".join(lines[at + 1 : at + 2])],
    }
    until = at + (2 if kind in {"swap", "glue"} else 1)
    return [*lines[:at], *changed[kind], *lines[until:]]


def read(folder: Path, data: bytes) -> Survey | None:
    """Read bytes as a survey; None when they were refused with an error of ours."""
    path = folder / "survey.txt"
    path.write_bytes(data)
    try:
        return read_survey(path)
    except SurveyReadError as error:
        refused = error
    assert refused.hint
    assert refused.path == path
    return None


def node_spans(survey: Survey) -> list[tuple[int, Span]]:
    """Every node's line and place, in the order of the text."""
    spans = []
    if survey.title_span is not None:
        spans.append((survey.source.line_at(survey.title_span.start), survey.title_span))
    for question in survey.questions:
        spans.append((question.line, question.span))
        for response in question.responses:
            spans.append((response.line, response.span))
            spans += [(one.line, one.span) for one in response.statements]
    return spans


def check(survey: Survey) -> None:
    """Everything that must hold for a survey that was read."""
    check_places(survey)
    check_nothing_is_lost(survey)
    check_ids(survey)
    lines = [one.line or 0 for one in survey.diagnostics]
    assert lines == sorted(lines)
    assert survey.questions
    assert any(question.responses for question in survey.questions)


def check_places(survey: Survey) -> None:
    """Spans quote the text, lie in order without overlap, and start on their line."""
    text = survey.source.text
    place = 0
    for line, span in node_spans(survey):
        assert place <= span.start < span.end <= len(text)
        assert survey.source.line_at(span.start) == line
        place = span.end
    for _, response, statement in survey.walk():
        assert statement.text == statement.span.of(text) == statement.text.strip()
        assert survey.source.line_at(statement.span.end) == statement.end_line
        assert response.municipality
    if survey.title_span is not None:
        assert survey.title == survey.title_span.of(text)


def check_nothing_is_lost(survey: Survey) -> None:
    """Each line with text is in a node or a diagnostic; so is each word, bullets aside."""
    text = survey.source.text
    named = {one.line for one in survey.diagnostics}
    covered = bytearray(len(text))
    lines = set()
    for first, span in node_spans(survey):
        covered[span.start : span.end] = b"\1" * (span.end - span.start)
        lines |= set(range(first, survey.source.line_at(span.end) + 1))
    number = 1
    for piece in PIECE.finditer(text):
        line = piece[1]
        assert not line.strip() or number in lines or number in named, (number, line)
        start = piece.start()
        left = [i for i, sign in enumerate(line) if sign.isalnum() and not covered[start + i]]
        if left and number not in named:
            assert BULLET.match(line), line
            assert len(left) <= 8
        number += piece[2] in {"\n", "\r", "\r\n"}


def check_ids(survey: Survey) -> None:
    """Ids are unique, lead-ins precede their items, occurrences count up."""
    ids = [question.id for question in survey.questions]
    ids += [response.id for question in survey.questions for response in question.responses]
    statements = [statement for *_, statement in survey.walk()]
    ids += [statement.id for statement in statements]
    assert len(ids) == len(set(ids))
    kinds = {statement.id: statement.kind for statement in statements}
    for statement in statements:
        assert statement.lead_in is None or kinds[statement.lead_in] == "lead_in"
    for question in survey.questions:
        keys = [(one.municipality.casefold(), one.occurrence) for one in question.responses]
        assert len(keys) == len(set(keys))


@RELAXED
@given(lines=DOCUMENT, newline=st.sampled_from(["\n", "\r\n", "\r"]))
def test_generated_documents(tmp_path: Path, lines: list[str], newline: str) -> None:
    """Whatever lines stand upon each other, the document is read whole or refused."""
    text = newline.join(["1) Hva?", "Kommune 1: Ja", *lines])
    survey = read(tmp_path, text.encode())
    if survey is not None:
        check(survey)


@RELAXED
@given(lines=DOCUMENT)
def test_documents_without_a_question_are_read_or_refused(tmp_path: Path, lines: list[str]) -> None:
    """A document that starts anyhow is read whole, or refused with a hint."""
    survey = read(tmp_path, "\n".join(lines).encode())
    if survey is not None:
        check(survey)


@RELAXED
@given(edits=EDITS, encoding=st.sampled_from(ENCODINGS), data=st.data())
def test_mutated_samples(
    tmp_path: Path, edits: list[tuple[str, int, str]], encoding: str, data: st.DataObject
) -> None:
    """The sample with lines deleted, doubled, indented, broken or mixed is still read whole."""
    start = data.draw(st.integers(0, 100))
    lines = SAMPLE.split("\n")[start : start + 40]
    for kind, place, other in edits:
        lines = edit(lines, kind, place, other)
    text = "\n".join(["1) Hva?", "Kommune 1: Ja", *lines])
    survey = read(tmp_path, text.encode(encoding, "ignore"))
    if survey is not None:
        check(survey)


@RELAXED
@given(data=st.binary(max_size=200))
def test_any_bytes(tmp_path: Path, data: bytes) -> None:
    """Any bytes at all are read whole, or refused with a hint."""
    for start in (b"", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"1) A\nKommune 1: "):
        survey = read(tmp_path, start + data)
        if survey is not None:
            check(survey)


@RELAXED
@given(lines=DOCUMENT)
def test_the_same_bytes_give_the_same_survey(tmp_path: Path, lines: list[str]) -> None:
    """Reading twice gives equal surveys."""
    data = "\n".join(["1) Hva?", "Kommune 1: Ja", *lines]).encode()
    assert read(tmp_path, data) == read(tmp_path, data)


@pytest.mark.parametrize("document", FIXTURES, ids=lambda path: path.stem)
def test_every_fixture_keeps_the_rules(tmp_path: Path, document: Path) -> None:
    """What holds for generated documents holds for those written by hand."""
    survey = read(tmp_path, document.read_bytes())
    assert survey is not None
    check(survey)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_encoding_and_the_line_ends_change_nothing(
    tmp_path: Path, encoding: str, newline: str
) -> None:
    """The sample has the same nodes on the same lines in every encoding and line end."""
    plain = read(tmp_path, SAMPLE.encode())
    # Windows-1252 has no narrow no-break space; an export turns it into a plain one.
    text = SAMPLE.replace("\u202f", " ").replace("\n", newline)
    other = read(tmp_path, text.encode(encoding))
    assert plain is not None
    assert other is not None
    check(other)
    assert outline(other) == outline(plain)


def outline(survey: Survey) -> list[tuple[str, int, str]]:
    """The ids, lines and folded texts of all statements."""
    return [(one.id, one.line, " ".join(one.text.split())) for *_, one in survey.walk()]
