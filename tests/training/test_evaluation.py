"""The adapted tokenizer, the measuring and the model card, without a trained pipeline."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import spacy
from spacy.tokens import Doc, DocBin

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SCORES = {
    "nb": {"pos_acc": 0.9765, "morph_acc": 0.95, "lemma_acc": 0.9, "sents_f": 0.8, "ents_f": 0.7},
    "nn": {"pos_acc": 0.5},
}


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("I 2007.", ["I", "2007", "."]),
        ("3,5.", ["3,5", "."]),
        ("av CO2.", ["av", "CO2", "."]),
        ("17. mai", ["17.", "mai"]),
        ("2005-2006", ["2005", "-", "2006"]),
        ("IT-drift", ["IT-drift"]),
        ("-Det", ["-", "Det"]),
        ("planer/-strategi", ["planer/-strategi"]),
        ("«Hero»-spill", ["«", "Hero", "»", "-spill"]),
        ("jf. kap. 3", ["jf.", "kap.", "3"]),
        ("den tek vi i.", ["den", "tek", "vi", "i", "."]),
        ("(punkt 8)", ["(", "punkt", "8", ")"]),
        ("f.eks. slik", ["f.eks.", "slik"]),
    ],
)
def test_tokenizer_divides_as_the_treebank(
    script: Callable[[str], Any], text: str, tokens: list[str]
) -> None:
    """Years, ranges, dashes and abbreviations are divided as the treebank divides them."""
    nlp = spacy.blank("nb")
    script("tokenizer").fit_tokenizer()(nlp)
    assert [token.text for token in nlp(text)] == tokens


def test_scores_are_those_of_raw_text(script: Callable[[str], Any], tmp_path: Path) -> None:
    """The pipeline is given the text alone; what it does not do is not scored."""
    nlp = spacy.blank("nb")
    nlp.add_pipe("sentencizer")
    doc = Doc(
        nlp.vocab,
        words=["Ja", ".", "Nei", "."],
        spaces=[False, True, False, False],
        sent_starts=[True, False, True, False],
    )
    DocBin(docs=[doc]).to_disk(tmp_path / "dev.spacy")
    scores = script("evaluate").measure(nlp, tmp_path / "dev.spacy")
    assert scores["token_f"] == 1.0
    assert scores["sents_f"] == 1.0
    assert "pos_acc" not in scores


def test_table_shows_ours_beside_the_published(script: Callable[[str], Any]) -> None:
    """Each pipeline is a line with what it was measured on; the size is in megabytes."""
    lines = script("evaluate").table(SCORES, 16.6).splitlines()
    assert (
        lines[2]
        == "| no_core_ndt_sm | Bokmål dev | 0.977 | 0.950 | 0.900 | 0.800 | 0.700 | 17 MB |"
    )
    assert "Nynorsk dev | 0.500 | 0.000" in lines[3]
    assert "nb_core_news_lg 3.8 | Bokmål test | 0.974" in lines[-1]


def test_megabytes_counts_files_and_folders(script: Callable[[str], Any], tmp_path: Path) -> None:
    """The size is the sum of the files, however deep."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "c").write_bytes(b"0" * 1_500_000)
    (tmp_path / "d").write_bytes(b"0" * 500_000)
    assert script("evaluate").megabytes(tmp_path / "a", tmp_path / "d") == pytest.approx(2.0)


def test_speed_is_measured(script: Callable[[str], Any], tmp_path: Path) -> None:
    """The speed is in words a second, a whole number above zero."""
    nlp = spacy.blank("nb")
    nlp.to_disk(tmp_path / "blank")
    DocBin(docs=[nlp("Ja og nei. " * 50)]).to_disk(tmp_path / "dev.spacy")
    speed = script("evaluate").words_per_second(tmp_path / "blank", tmp_path / "dev.spacy")
    assert isinstance(speed, int)
    assert speed > 0


def test_figures_go_into_meta_and_card(
    script: Callable[[str], Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bokmål's scores have spaCy's names, Nynorsk's are beside them; the card has the table."""
    train = script("train")
    monkeypatch.setattr(train, "PIPELINE", tmp_path)
    monkeypatch.setattr(train, "TABLE", tmp_path / "meta.json")
    (tmp_path / "meta.json").write_text('{"lang": "nb", "performance": {}}', encoding="utf-8")
    train.record(SCORES)
    meta = json.loads((tmp_path / "meta.json").read_text(encoding="utf-8"))
    assert meta["performance"]["pos_acc"] == 0.9765
    assert meta["performance"]["nn_pos_acc"] == 0.5
    train.write_card(SCORES)
    card = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "| no_core_ndt_sm | Bokmål dev | 0.977 |" in card
    assert "$" not in card
