"""Finding, describing and loading pipelines, and the guarded tokenizer."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from oppsummering.errors import PipelineError
from oppsummering.language import pipeline as module
from oppsummering.language.pipeline import BUNDLED, Pipeline, available, describe, load_pipeline
from oppsummering.language.tokenizer import LONGEST_RUN, GuardedTokenizer, bare_tokenizer

if TYPE_CHECKING:
    from pathlib import Path


def save_blank(folder: Path, language: str = "nb", **meta: object) -> Path:
    """Write a pipeline without components."""
    nlp = spacy.blank(language)
    nlp.add_pipe("sentencizer")
    nlp.meta.update({"name": "blank", "version": "0.1", **meta})
    nlp.to_disk(folder)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a small pipeline of one's own."""
    return save_blank(tmp_path / "own")


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package of a pipeline, with its entry point, as `spacy package` makes it."""
    package = tmp_path / "site" / "nb_blank"
    package.mkdir(parents=True)
    save_blank(package / "nb_blank-0.1", license="MIT", performance={"pos_acc": 0.9, "n": [1]})
    (package / "meta.json").write_bytes((package / "nb_blank-0.1" / "meta.json").read_bytes())
    (package / "__init__.py").write_text("", encoding="utf-8")
    dist = tmp_path / "site" / "nb_blank-0.1.dist-info"
    dist.mkdir()
    (dist / "METADATA").write_text("Metadata-Version: 2.1\nName: nb-blank\nVersion: 0.1\n")
    (dist / "entry_points.txt").write_text(
        "[spacy_models]\nnb_blank = nb_blank\nen_blank = en_blank\nnb_gone = nb_gone\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    return package


def test_folder_is_a_pipeline(folder: Path) -> None:
    """A folder that holds a pipeline is loaded, whole and by its parts."""
    pipeline = load_pipeline(str(folder))
    assert pipeline.info.name == "nb_blank"
    assert pipeline.info.version == "0.1"
    assert not pipeline.description.bundled
    doc = pipeline.tokenizer("Det er bra. Ja.")
    assert [token.text for token in doc] == ["Det", "er", "bra", ".", "Ja", "."]
    assert len(list(pipeline.nlp(doc).sents)) == 2
    assert pipeline.nlp is pipeline.nlp
    assert pipeline.nlp.tokenizer is pipeline.tokenizer
    assert pipeline.full_nlp("Ja.").vocab is pipeline.tokenizer.vocab


def test_sentences_are_found_without_the_parser(tmp_path: Path) -> None:
    """The sentence component that is switched off beside a parser is switched on without it."""
    nlp = spacy.blank("nb")
    nlp.add_pipe("sentencizer", name="senter")
    nlp.disable_pipe("senter")
    nlp.to_disk(tmp_path / "own")
    doc = load_pipeline(str(tmp_path / "own")).nlp("Det er bra. Ja.")
    assert len(list(doc.sents)) == 2


def test_installed_package_by_name(installed: Path) -> None:
    """A package is found by its name, and its data in the folder named after its version."""
    description = describe("nb_blank")
    assert description.path == installed / "nb_blank-0.1"
    assert description.licence == "MIT"
    assert description.performance == {"pos_acc": 0.9}
    assert len(load_pipeline("nb_blank").nlp("Ja.")) == 2


@pytest.mark.pipeline
@pytest.mark.usefixtures("installed")
def test_available_lists_norwegian_ones_only() -> None:
    """The bundled one is first; other languages and packages that are gone are left out."""
    assert [description.name for description in available()] == [BUNDLED, "nb_blank"]


@pytest.mark.pipeline
def test_default_is_always_the_bundled_one(installed: Path) -> None:
    """What is installed never changes what is used when no pipeline is named."""
    assert installed.is_dir()
    assert load_pipeline().description.bundled
    assert load_pipeline() is not load_pipeline()
    assert load_pipeline(BUNDLED).info == load_pipeline(None).info


@pytest.mark.parametrize("name", ["nb_core_news_sm", "no_such_sm"])
def test_missing_package_names_the_command(name: str) -> None:
    """The message says how to install what is missing."""
    with pytest.raises(PipelineError, match=f"python -m spacy download {name}"):
        load_pipeline(name)


@pytest.mark.parametrize("name", ["none", "en_core_web_sm"])
def test_nothing_to_install(tmp_path: Path, name: str) -> None:
    """A path, and a name of no Norwegian pipeline, cannot be installed by its name."""
    for asked in (name, str(tmp_path / name)):
        with pytest.raises(PipelineError, match="Name a pipeline of `oppsummering model list`"):
            load_pipeline(asked)


def test_folder_without_any_meta(tmp_path: Path) -> None:
    """A folder of something else is told from a damaged pipeline."""
    with pytest.raises(PipelineError, match=r"it has no meta\.json\. Name a pipeline"):
        load_pipeline(str(tmp_path))


def test_missing_bundled_pipeline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken installation of this package is to be installed again."""
    monkeypatch.setattr(module, "_MODELS", tmp_path)
    with pytest.raises(PipelineError, match="pip install --force-reinstall oppsummering"):
        load_pipeline()


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"lang": "nb", "name": "x"}', "{"])
def test_folder_without_a_valid_meta(tmp_path: Path, content: str) -> None:
    """A folder that is no pipeline is named as such."""
    (tmp_path / "meta.json").write_text(content, encoding="utf-8")
    with pytest.raises(PipelineError, match="no spaCy pipeline"):
        load_pipeline(str(tmp_path))


def test_other_language_is_refused(tmp_path: Path) -> None:
    """A pipeline for another language would give nonsense."""
    with pytest.raises(PipelineError, match="for the language 'en', not for Norwegian"):
        load_pipeline(str(save_blank(tmp_path / "own", "en")))


def test_other_spacy_version_is_refused(folder: Path) -> None:
    """The message says which spaCy the pipeline needs and which is there."""
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    meta["spacy_version"] = ">=2.0,<3.0"
    (folder / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    pipeline = load_pipeline(str(folder))
    with pytest.raises(
        PipelineError, match=rf"works with spaCy >=2.0,<3.0; spaCy {version('spacy')}"
    ):
        _ = pipeline.tokenizer
    with pytest.raises(PipelineError, match="python -m spacy download nb_blank"):
        _ = pipeline.nlp


@pytest.mark.parametrize("broken", ["tokenizer", "config.cfg"])
@pytest.mark.parametrize("content", [b"", b"\x00\xff", None])
def test_damaged_folder(folder: Path, broken: str, content: bytes | None) -> None:
    """A file that is damaged or missing gives one message, not a traceback."""
    if content is None:
        (folder / broken).unlink()
    else:
        (folder / broken).write_bytes(content)
    with pytest.raises(PipelineError, match="cannot be loaded"):
        _ = load_pipeline(str(folder)).nlp


def test_info_does_not_import_spacy(folder: Path) -> None:
    """Naming the pipeline costs a small file, not the import of spaCy."""
    code = (
        "import sys; from oppsummering.language.pipeline import load_pipeline;"
        f"print(load_pipeline({str(folder)!r}).info.name, 'spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["nb_blank", "False"]


@pytest.fixture(scope="module")
def tokenizer() -> GuardedTokenizer:
    """Spacy's own tokenizer for Norwegian, guarded."""
    tokenize = spacy.blank("nb").tokenizer
    assert isinstance(tokenize, spacy.tokenizer.Tokenizer)
    return GuardedTokenizer(tokenize)


LONG = LONGEST_RUN + 1
_PIECES = st.sampled_from(
    ["og", " ", "  ", "\n", "(", ".", "a" * LONG, "(" * LONG, "å😀", "\x00", "-"]
)


@settings(max_examples=60, deadline=None)
@given(pieces=st.lists(_PIECES, max_size=12))
def test_text_is_kept(tokenizer: GuardedTokenizer, pieces: list[str]) -> None:
    """Whatever the text, the tokens together are the text."""
    text = "".join(pieces)
    assert tokenizer(text).text == text


def test_long_run_is_one_token(tokenizer: GuardedTokenizer) -> None:
    """A run too long for the tokenizer is one token; the text around it is divided as usual."""
    doc = tokenizer("Ja (" + "a" * 10_000 + " og (ja) " + "(" * LONG)
    assert [token.text for token in doc][2:] == ["og", "(", "ja", ")", "(" * LONG]
    assert len(doc[1].text) == 10_001


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["(", ")", ".", "a", "a/", "http://a.b/", "😀", ":)", "\n", "a\n"])
def test_a_megabyte_takes_seconds(tokenizer: GuardedTokenizer, unit: str) -> None:
    """No text of a megabyte takes quadratic time, which would be minutes."""
    text = unit * (1_000_000 // len(unit))
    start = time.process_time()
    doc = tokenizer(text)
    assert doc.text == text
    assert time.process_time() - start < 20


def test_bare_tokenizer_has_no_rules() -> None:
    """The tokenizer that a folder fills knows nothing by itself."""
    nlp = spacy.blank(
        "nb", config={"nlp": {"tokenizer": {"@tokenizers": "oppsummering.BareTokenizer.v1"}}}
    )
    assert isinstance(bare_tokenizer()(nlp)("f.eks."), Doc)
    assert [token.text for token in nlp("(ja)")] == ["(ja)"]


@pytest.fixture(scope="module")
def bundled() -> Pipeline:
    """The pipeline of the package."""
    return load_pipeline()


@pytest.mark.pipeline
@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Det var i 2007.", ["Det", "var", "i", "2007", "."]),
        (
            "perioden 2005-2006, jf. kap. 3",
            ["perioden", "2005", "-", "2006", ",", "jf.", "kap.", "3"],
        ),
        ("-Det gikk bra", ["-", "Det", "gikk", "bra"]),
        ("planer/-strategi", ["planer/-strategi"]),
        (
            "Han sa «Hero»-spill (SV):",
            ["Han", "sa", "«", "Hero", "»", "-spill", "(", "SV", ")", ":"],
        ),
        ("17. mai", ["17.", "mai"]),
    ],
)
def test_bundled_tokenizer(bundled: Pipeline, text: str, tokens: list[str]) -> None:
    """Text is divided as in the treebank."""
    assert [token.text for token in bundled.tokenizer(text)] == tokens


@pytest.mark.pipeline
def test_bundled_pipeline_reads_both_standards(bundled: Pipeline) -> None:
    """The lemma is of the written standard of the text."""
    nynorsk = bundled.nlp("Vi er ein av dei minste kommunane, og det er ikkje lett å få det til.")
    bokmal = bundled.nlp("Vi er en av de minste kommunene, og det er ikke lett å få det til.")
    assert [token.lemma_ for token in nynorsk][:7] == [
        "vi",
        "vere",
        "ein",
        "av",
        "dei",
        "liten",
        "kommune",
    ]
    assert [token.lemma_ for token in bokmal][:7] == [
        "vi",
        "være",
        "en",
        "av",
        "de",
        "liten",
        "kommune",
    ]
    assert [token.pos_ for token in bokmal][:3] == ["PRON", "AUX", "DET"]
    assert "Definite=Def" in bokmal[6].morph


@pytest.mark.pipeline
def test_bundled_pipeline_leaves_out_what_tagging_does_not_use(bundled: Pipeline) -> None:
    """The entity recogniser is loaded for those who ask for the whole pipeline."""
    assert "ner" not in bundled.nlp.pipe_names
    doc = bundled.full_nlp("Erna Solberg kom til Bergen.")
    assert ("Erna Solberg", "PER") in [(ent.text, ent.label_) for ent in doc.ents]


@pytest.mark.pipeline
def test_bundled_pipeline_gives_the_same_in_any_batch(bundled: Pipeline) -> None:
    """A text is analysed alike alone, in a batch, and twice."""
    texts = ["Vi må ha en plan.", "Kommunane samarbeider godt.", "", "HR!"]
    alone = [_analysis(bundled.nlp(text)) for text in texts]
    together = [_analysis(doc) for doc in bundled.nlp.pipe(texts)]
    assert alone == together == [_analysis(bundled.nlp(text)) for text in texts]


@pytest.mark.pipeline
@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "\x00\x1b[31m",
        "😀" * 50,
        "a" * 10_000,
        "This is English.",
        "مرحبا",
        "9" * 400,
    ],
)
def test_bundled_pipeline_survives_any_text(bundled: Pipeline, text: str) -> None:
    """Text that is not Norwegian is analysed somehow, and kept."""
    doc = bundled.full_nlp(text)
    assert doc.text == text
    assert all(token.lemma_ for token in doc)


@pytest.mark.pipeline
@pytest.mark.slow
def test_bundled_pipeline_takes_a_megabyte(bundled: Pipeline) -> None:
    """A statement longer than spaCy's own limit is analysed."""
    text = "Kommunen skal ha en plan for digitalisering. " * 23_000
    assert len(list(bundled.nlp(text).sents)) > 10_000


@pytest.mark.pipeline
def test_bundled_pipeline_does_not_list_the_treebank(bundled: Pipeline) -> None:
    """The vocabulary has what the parts need, not the words of texts that are not ours."""
    strings = json.loads((bundled.description.path / "vocab" / "strings.json").read_bytes())
    assert len(strings) < 10_000


def _analysis(doc: Doc) -> list[tuple[str, str, str]]:
    return [(token.lemma_, token.pos_, str(token.morph)) for token in doc]
