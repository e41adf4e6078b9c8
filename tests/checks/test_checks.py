"""Each check: a document that triggers it, and one that does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from oppsummering.checks import CHECKS, Check, Context, Remark, run_checks
from oppsummering.codebook import load_codebook
from oppsummering.config import Level, Limits
from oppsummering.corrections.applying import apply_corrections
from oppsummering.corrections.model import Action, Correction, Corrections
from oppsummering.readers import read_survey
from oppsummering.rounds import Round, round_of
from oppsummering.tagging import Tagger
from support.words import FakeLexicon, FakePipeline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from oppsummering.tagged import TaggedSurvey

TREES = Path(__file__).parents[1] / "codebooks" / "trees.yaml"

SOUND = """OPPSUMMERING

1) Hvilke trær vokser i kommunen deres?
Kommune 1: Vi har mye gran og litt furu i skogen her.
Kommune 2: Vi har mest eik, og noen gamle furu ved elva.
Kommune 3: Vi har ingen trær, men mye fisk i vannet.

2) Hva gjør dere med dem?
Kommune 1: Vi hogger gran om vinteren og planter om våren.
Kommune 2: Vi lar dem stå, for de er eldre enn oss.
Kommune 3: Vi fisker, og vi selger fisk på torget hver lørdag.
"""


class Bench:
    """Builds what a check sees from the text of a survey."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.codebook = load_codebook(TREES)
        self.tagger = Tagger(FakePipeline(), self.codebook, FakeLexicon())  # type: ignore[arg-type]

    def tagged(self, text: str) -> TaggedSurvey:
        """The survey of a text, tagged."""
        path = self._folder / "runde.txt"
        path.write_text(text, encoding="utf-8")
        return self.tagger.tag(read_survey(path))

    def context(self, text: str = SOUND, **changes: object) -> Context:
        """What a check sees of a text."""
        context = Context("runde.txt", self.tagged(text), self.codebook, "trees.yaml", self.tagger)
        return replace(context, **changes)  # type: ignore[arg-type]

    def round(self, text: str) -> Round:
        """An earlier round."""
        return round_of(self.tagged(text))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """A bench with a folder of its own."""
    return Bench(tmp_path)


def remarks(check_id: str, context: Context) -> list[Remark]:
    """What one check says."""
    (check,) = [check for check in CHECKS if check.id == check_id]
    return list(check.run(context))


def lines(check_id: str, context: Context) -> list[int | None]:
    """The lines that one check names."""
    return [remark.line for remark in remarks(check_id, context)]


QUIET_OF_SOUND = [check.id for check in CHECKS if check.id not in {"dead-term", "single-term"}]


@pytest.mark.parametrize("check_id", QUIET_OF_SOUND)
def test_sound_survey_triggers_no_check(bench: Bench, check_id: str) -> None:
    """No check says anything of a sound survey against an equal round."""
    context = bench.context(baseline=bench.round(SOUND), limits=Limits(short_statement=1))
    assert remarks(check_id, context) == []


TRIGGERS = {
    "unplaced-text": (
        "1) Hva?\n\nNoen løse ord uten svar over seg.\n\nKommune 1: Gran.\nKommune 2: Furu.\n",
        [3],
    ),
    "repaired-heading": ("1) Hva?\nKommune: 2: Gran.\n", [2]),
    "repeated-municipality": ("1) Hva?\nKommune 2: Gran.\nKommune 2: Furu.\n", [3]),
    "question-numbering": ("1) Hva?\nKommune 1: Gran.\n3) Hvor?\nKommune 1: Furu.\n", [3]),
    "empty-response": ("1) Hva?\nKommune 1:\nKommune 2: Furu.\n", [2]),
    "empty-question": ("1) Hva?\n\n2) Hvor?\nKommune 1: Furu.\n", [1]),
    "lone-municipality": (
        "1) Hva?\nKommune 1: Gran.\nKommune 7: Furu.\n2) Hvor?\nKommune 1: Eik.\n",
        [3],
    ),
    "broken-encoding": ("1) Hva?\nKommune 1: Vi hÃ¥per pÃ¥ gran.\nKommune 2: Vi fisker.\n", [2]),
    "statement-length": (
        "1) Hva?\n"
        + "".join(f"Kommune {n}: Vi har mye gran her.\n" for n in range(1, 6))
        + "Kommune 6: "
        + "gran og furu " * 40
        + "\nKommune 7: Gran\n",
        [7, 8],
    ),
    "written-standard": (
        "1) Hva?\nKommune 2: We have learned that the leaders will use it in their daily work.\n",
        [2],
    ),
}


@pytest.mark.parametrize("check_id", sorted(TRIGGERS))
def test_survey_checks_name_the_line(bench: Bench, check_id: str) -> None:
    """A check of the survey names the line that it speaks of."""
    text, expected = TRIGGERS[check_id]
    assert lines(check_id, bench.context(text)) == expected


@pytest.mark.parametrize(
    "line",
    ["Vi kj?rer buss.", "Vi m\ufffdter dere.", "Det er â€œfintâ€\u009d.", "Bl\u00c3\u00a5 skog."],
)
def test_traces_of_a_wrong_encoding_are_seen(bench: Bench, line: str) -> None:
    """Lost letters and letters read twice are found, whatever their kind."""
    assert lines("broken-encoding", bench.context(f"1) Hva?\nKommune 1: {line}\n")) == [2]


@pytest.mark.parametrize(
    "line", ["Se https://a.no/side?id=3&b=c", "Hva? Ingenting.", "Ærlig talt: «å»", "Hva nå?"]
)
def test_question_marks_and_letters_in_order_are_left_alone(bench: Bench, line: str) -> None:
    """Addresses, questions and Norwegian letters are no traces of a wrong encoding."""
    assert lines("broken-encoding", bench.context(f"1) Hva?\nKommune 1: {line}\n")) == []


def test_length_needs_a_usual_length(bench: Bench) -> None:
    """With few statements none is far from the rest."""
    text = "1) Hva?\nKommune 1: Gran\nKommune 2: " + "furu " * 200 + "\n"
    assert remarks("statement-length", bench.context(text)) == []


def test_labels_of_each_question_alone_say_nothing(bench: Bench) -> None:
    """Where every label is under one question only, none of them stands out."""
    text = "1) Hva?\nKommune 1: Gran.\n2) Hvor?\nKommune 2: Eik.\n"
    assert remarks("lone-municipality", bench.context(text)) == []


def test_unplaced_corrections_are_found(bench: Bench) -> None:
    """A correction whose statement is gone is a finding."""
    entry = Correction("q1.r1.s1", "0" * 16, "skog", Action.ADD, line=3)
    corrections = Corrections("runde.corrections.yaml", "1" * 64, (entry,))
    tagged, _ = apply_corrections(bench.tagged(SOUND), corrections)
    (remark,) = remarks("unplaced-correction", bench.context(tagged=tagged))
    assert "runde.corrections.yaml:3" in remark.message


def test_dead_terms_are_counted_for_each_theme(bench: Bench) -> None:
    """A theme's dead terms are one remark, at its line in the codebook, with all of them."""
    (remark,) = remarks("dead-term", bench.context("1) Hva?\nKommune 1: Gran og fisk.\n"))
    assert (remark.file, remark.details) == ("trees.yaml", ("furu", "eik"))
    assert "skog: 2 of 3 terms" in remark.message
    assert remarks("dead-term", bench.context()) == []


def test_theme_that_hangs_on_one_term_is_told(bench: Bench) -> None:
    """From three statements on it is said that one term carries a theme."""
    text = "1) Hva?\n" + "".join(f"Kommune {n}: Gran.\n" for n in range(1, 4))
    (remark,) = remarks("single-term", bench.context(text))
    assert "all 3 statements hang on the one term 'gran'" in remark.message
    several = text.replace("3: Gran", "3: Furu")
    assert remarks("single-term", bench.context(several)) == []


def test_words_of_several_themes_are_told(bench: Bench, tmp_path: Path) -> None:
    """The same words under two themes are one remark with the number of times."""
    text = TREES.read_text(encoding="utf-8").replace("lemma: fisk", "lemma: gran")
    path = tmp_path / "shared.yaml"
    path.write_text(text, encoding="utf-8")
    shared = load_codebook(path)
    bench.tagger = Tagger(FakePipeline(), shared, FakeLexicon())  # type: ignore[arg-type]
    (remark,) = remarks("shared-term", bench.context())
    assert "'gran' (hav) and 'gran' (skog), 2 time(s)" in remark.message


def test_failing_examples_are_errors(bench: Bench, tmp_path: Path) -> None:
    """An example that does not come out is named with its line in the codebook."""
    text = TREES.read_text(encoding="utf-8").replace("Ei gran.", "Ei bjørk.")
    path = tmp_path / "failing.yaml"
    path.write_text(text, encoding="utf-8")
    failing = load_codebook(path)
    tagger = Tagger(FakePipeline(), failing, FakeLexicon())  # type: ignore[arg-type]
    (remark,) = remarks("failing-example", bench.context(codebook=failing, tagger=tagger))
    assert (remark.line, remark.message) == (11, "The example must have skog: Ei bjørk.")


MUCH_UNTAGGED = SOUND.replace("gran", "mose").replace("furu", "lav").replace("fisk ", "bær ")


def test_untagged_statements_beyond_the_limit_are_told(bench: Bench) -> None:
    """The share without a theme is judged in all and under each question, by the limits."""
    context = bench.context(MUCH_UNTAGGED, limits=Limits(untagged=0.5, untagged_question=0.5))
    (whole,) = remarks("untagged", context)
    assert "5 of 6 (83 %) of the statements have no theme; the limit is 50 %" in whole.message
    assert lines("untagged-question", context) == [3, 8]
    within = replace(context, limits=Limits(untagged=0.9, untagged_question=1.0))
    assert remarks("untagged", within) == []
    assert remarks("untagged-question", within) == []


def test_absent_themes_are_told(bench: Bench) -> None:
    """A theme that no statement has is named."""
    (remark,) = remarks("absent-theme", bench.context(MUCH_UNTAGGED))
    assert "hav (Hav)" in remark.message


BASELINE_CHECKS = ("different-tools", "changed-question", "response-count", "theme-shift")


@pytest.mark.parametrize("check_id", BASELINE_CHECKS)
def test_without_a_baseline_nothing_is_compared(bench: Bench, check_id: str) -> None:
    """Checks against a baseline need one."""
    assert remarks(check_id, bench.context()) == []


def test_another_codebook_stops_the_comparison_unless_told_otherwise(bench: Bench) -> None:
    """A baseline of another codebook is an error; its shares are compared only when allowed."""
    baseline = bench.round(many("gran", 20))
    other = replace(baseline, codebook=replace(baseline.codebook, sha256="f" * 64))
    context = bench.context(many("mose", 20), baseline=other)
    (remark,) = remarks("different-tools", context)
    assert "codebooks differ" in remark.message
    assert remarks("theme-shift", context) == []
    allowed = replace(context, allow_differences=True)
    assert remarks("different-tools", allowed) == []
    assert len(remarks("theme-shift", allowed)) == 1


def test_changed_questions_are_told_with_their_lines(bench: Bench) -> None:
    """New and reworded questions have a line, a question that is gone has none."""
    text = SOUND.replace("Hva gjør dere med dem?", "Hvem eier skogen, og hvor lenge?").replace(
        "Hvilke trær vokser i kommunen deres?", "Hvilke trær vokser hos dere i kommunen?"
    )
    found = remarks("changed-question", bench.context(text, baseline=bench.round(SOUND)))
    assert [(r.line, r.message.split(":")[0].split(" (")[0]) for r in found] == [
        (3, "A question has another wording"),
        (8, "A new question"),
        (None, "A question of runde.txt is gone"),
    ]


def many(word: str, times: int) -> str:
    """A survey of one question with so many answers of one word."""
    return "1) Hva?\n" + "".join(f"Kommune {n}: Vi har {word}.\n" for n in range(1, times + 1))


def test_number_of_responses_is_judged_by_its_limit(bench: Bench) -> None:
    """More responses than the limit allows are told, fewer are not."""
    baseline = bench.round(many("gran", 10))
    assert remarks("response-count", bench.context(many("gran", 12), baseline=baseline)) == []
    (remark,) = remarks("response-count", bench.context(many("gran", 13), baseline=baseline))
    assert "13 responses, 10 in runde.txt; the limit is 20 %" in remark.message


def test_shift_must_be_beyond_the_limit_and_beyond_chance(bench: Bench) -> None:
    """A large difference in tiny rounds is no finding; in larger rounds it is."""
    tiny = bench.context(many("mose", 2), baseline=bench.round(many("gran", 2)))
    assert remarks("theme-shift", tiny) == []
    large = bench.context(many("mose", 20), baseline=bench.round(many("gran", 20)))
    (remark,) = remarks("theme-shift", large)
    assert "skog: 0 of 20 statements, 20 of 20 in runde.txt: -100 percentage points" in (
        remark.message
    )
    small_shift = replace(large, limits=Limits(theme_change=1.0))
    assert remarks("theme-shift", small_shift) == []


def test_round_without_statements_is_no_shift(bench: Bench) -> None:
    """Where a round has no statements there is no share to have moved."""
    context = bench.context("1) Hva?\nKommune 1:\n", baseline=bench.round(many("gran", 20)))
    assert remarks("theme-shift", context) == []


def fails(_: Context) -> Iterable[Remark]:
    """A check with a bug."""
    raise ZeroDivisionError("division by zero")


def speaks(_: Context) -> Iterable[Remark]:
    """A check that always finds something, twice the same."""
    return [Remark("Noe", 3), Remark("Noe", 3), Remark("Mer")]


def test_check_that_fails_does_not_hide_the_others(bench: Bench) -> None:
    """A bug in one check is reported with its error, and the others' findings stand."""
    checks = (
        Check("bug", Level.ERROR, "a bug", fails),
        Check("talk", Level.WARNING, "talk", speaks),
    )
    run = run_checks([bench.context()], {}, checks)
    assert [(f.check, type(f.error)) for f in run.failures] == [("bug", ZeroDivisionError)]
    assert [(f.line, f.message) for f in run.findings] == [(None, "Mer"), (3, "Noe")]


def test_levels_can_be_changed_and_checks_switched_off(bench: Bench) -> None:
    """A severity replaces a check's own level; `off` leaves the check out."""
    checks = (
        Check("talk", Level.WARNING, "talk", speaks),
        Check("bug", Level.ERROR, "a bug", fails),
    )
    run = run_checks([bench.context()], {"talk": Level.INFO, "bug": Level.OFF}, checks)
    assert [check.id for check, _ in run.checks] == ["talk"]
    assert {f.level for f in run.findings} == {Level.INFO}
    assert run.at_least(Level.WARNING) == ()
    assert len(run.at_least(Level.INFO)) == 2
    assert run.at_least(Level.OFF) == ()
    assert run.failures == ()


def test_every_check_is_documented() -> None:
    """`docs/checks.md` has a section on each check, with its level, and on no other."""
    page = (Path(__file__).parents[2] / "docs" / "checks.md").read_text(encoding="utf-8")
    headings = [line.removeprefix("### ") for line in page.splitlines() if line[:4] == "### "]
    assert headings == [f"`{check.id}` ({check.level})" for check in CHECKS]
