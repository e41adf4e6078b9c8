"""The JSON document: the contract, key by key."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oppsummering.errors import OutputError
from oppsummering.exporters import json_document
from oppsummering.exporters.json_document import JsonExporter, document, dump
from oppsummering.exporters.order import Order
from oppsummering.report import create_view
from oppsummering.selection import choose
from oppsummering.tagged import CorrectionsInfo, TaggedSurvey
from support.surveys import Answer, Asked, Said, build, small


def parsed(tagged: TaggedSurvey, **options: Any) -> Any:
    """The document as a reader of the file gets it."""
    return json.loads(dump(document(create_view(tagged, **options))))


def test_keys_follow_the_contract() -> None:
    """Keys and their order are a promise to every program that reads the file."""
    content = parsed(small())

    assert list(content) == [
        "schema_version", "tool", "pipeline", "codebook", "source", "questions", "responses",
        "statements", "frequencies", "diagnostics",
    ]  # fmt: skip
    assert content["schema_version"] == 1
    assert list(content["tool"]) == list(content["pipeline"]) == ["name", "version"]
    assert list(content["codebook"]) == ["name", "sha256"]
    assert list(content["source"]) == ["name", "sha256", "encoding", "characters"]
    expected = {
        "questions": ["id", "number", "title", "parents", "line", "responses"],
        "responses": [
            "id", "question", "municipality", "note", "occurrence", "line", "statements",
        ],
        "statements": [
            "id", "question", "municipality", "response", "kind", "line", "end_line", "start",
            "end", "text", "written_standard", "themes", "lead_in",
        ],
        "frequencies": [
            "theme", "label", "statements", "share_of_statements", "responses",
            "share_of_responses",
        ],
        "diagnostics": ["code", "severity", "line", "message"],
    }  # fmt: skip
    for name, keys in expected.items():
        assert [list(each) for each in content[name]] == [keys] * len(content[name])
    tag = content["statements"][1]["themes"][0]
    assert list(tag) == ["theme", "source", "matches", "decision"]
    keys = ["term", "text", "start", "end", "negated", "strength", "words"]
    assert [list(match) for match in tag["matches"]] == [keys]


def test_document_holds_every_question_response_and_statement() -> None:
    """Questions without responses, responses without statements and lead-ins are there too."""
    content = parsed(small())

    assert [each["responses"] for each in content["questions"]] == [3, 3, 0]
    assert [each["occurrence"] for each in content["responses"]] == [1, 1, 2, 1, 1, 1]
    assert content["responses"][0]["statements"] == ["q1.r1.s1", "q1.r1.s2", "q1.r1.s3"]
    assert [each["kind"] for each in content["statements"]][:2] == ["lead_in", "item"]
    assert content["statements"][1]["lead_in"] == "q1.r1.s1"
    assert content["diagnostics"][1]["line"] is None


def test_places_quote_the_source() -> None:
    """Statements, matches and words are stretches of the decoded text."""
    tagged = small()
    text = tagged.survey.source.text

    for statement in parsed(tagged)["statements"]:
        assert text[statement["start"] : statement["end"]] == statement["text"]
        for tag in statement["themes"]:
            for match in tag["matches"]:
                assert text[match["start"] : match["end"]] == match["text"]
                assert all(text[start:end] for start, end in match["words"])


def test_shares_are_fractions_and_null_where_undefined() -> None:
    """0.5 is half; of nothing there is no share."""
    assert parsed(small())["frequencies"][3]["share_of_responses"] == pytest.approx(1 / 6)
    assert parsed(build())["frequencies"][0]["share_of_statements"] is None


def test_respondents_are_added_when_stated() -> None:
    """The two keys stand at the end of each row."""
    row = parsed(small(), same_respondents=True)["frequencies"][2]

    assert list(row)[-2:] == ["respondents", "share_of_respondents"]
    assert (row["respondents"], row["share_of_respondents"]) == (3, 0.75)


def test_selection_narrows_the_document_and_is_named() -> None:
    """Source and diagnostics stay those of the whole file."""
    tagged = small()
    content = parsed(tagged, selection=choose(tagged, themes=["hr_rollen"], questions=["h1"]))

    assert list(content)[-1] == "selection"
    assert content["selection"]["questions"] == ["h1.1"]
    assert [each["id"] for each in content["questions"]] == ["h1.1"]
    assert [each["theme"] for each in content["frequencies"]] == ["hr_rollen"]
    assert len(content["diagnostics"]) == 2
    assert content["source"]["characters"] == len(tagged.survey.source.text)


def test_corrections_are_named() -> None:
    """A document that people have corrected says so."""
    info = CorrectionsInfo("a.corrections.yaml", "0", 2, 1)

    content = parsed(replace(small(), corrections=info))

    assert content["corrections"] == {
        "name": "a.corrections.yaml",
        "sha256": "0",
        "applied": 2,
        "unplaced": 1,
    }


def test_bytes_are_utf_8_with_a_line_end() -> None:
    """Norwegian letters stay letters; the same survey gives the same bytes."""
    data = JsonExporter().file(Order((small(),)))

    assert "Økosystemtenkning".encode() in data
    assert data.endswith(b"\n}\n")
    assert data == JsonExporter().file(Order((small(),)))


HOSTILE = st.text(st.characters(exclude_categories=()), min_size=1).filter(str.strip)


@given(HOSTILE)
def test_text_comes_back_exactly_and_acts_on_nothing(text: str) -> None:
    """Control characters and direction marks are escapes in the file, and text when parsed."""
    tagged = build(Asked("q1", text, (Answer(text, (Said(text),)),), number=1))
    data = dump(document(create_view(tagged)))

    assert json.loads(data)["statements"][0]["text"] == text
    assert not set(data.decode()) & set("\x1b\x7f\x9b\u202e\u2066\u2028")


def test_folder_has_a_document_for_each_survey() -> None:
    """Each is named after its survey, without folders and with standard input by a name."""
    surveys = (small(), build(name="2024/b.txt"), build(name="-"))

    assert list(JsonExporter().folder(Order(surveys))) == [
        "summary.json",
        "2024_b.json",
        "stdin.json",
    ]


def test_surveys_that_differ_in_suffix_keep_it() -> None:
    """No document takes the place of another one."""
    surveys = (build(name="a.txt"), build(name="a.md"))

    assert list(JsonExporter().folder(Order(surveys))) == ["a.txt.json", "a.md.json"]


def test_file_holds_one_survey() -> None:
    """Two surveys need a folder."""
    with pytest.raises(OutputError, match="one survey, and 2"):
        JsonExporter().file(Order((small(), build(name="b.txt"))))


def test_bytes_do_not_depend_on_how_many_pieces_are_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document is written piece by piece, so that a long one is not held as text as well."""
    content: dict[str, object] = {"a": [1, {"b": "æ\u202e"}, []], "c": {}, "d": None}
    whole = dump(content)
    monkeypatch.setattr(json_document, "PIECES", 1)

    assert dump(content) == whole
    assert json.loads(whole) == content
    assert whole.endswith(b"}\n")
