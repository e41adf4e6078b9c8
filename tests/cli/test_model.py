"""`oppsummering model list` and `model info`."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from oppsummering.cli.app import app
from oppsummering.errors import PipelineError

if TYPE_CHECKING:
    from pathlib import Path

META = {
    "lang": "nb",
    "name": "own",
    "version": "2.1",
    "spacy_version": ">=3.8.0,<3.9.0",
    "license": "MIT",
    "author": "Kari \x1b[31mNordmann",
    "description": "A pipeline of our own.",
    "pipeline": ["tok2vec", "ner"],
    "sources": [{"name": "A corpus", "license": "CC0", "url": "https://example.org"}, {}],
    "performance": {"ents_f": 0.75, "speed": 12.5, "ents_per_type": {}},
}

runner = CliRunner()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a pipeline of one's own."""
    (tmp_path / "meta.json").write_text(json.dumps(META), encoding="utf-8")
    return tmp_path


@pytest.mark.pipeline
def test_list_shows_the_bundled_pipeline() -> None:
    """The bundled pipeline is listed with its version, licence, source and accuracy."""
    result = runner.invoke(app, ["model", "list"])
    assert result.exit_code == 0
    line = next(line for line in result.output.splitlines() if "no_core_ndt_sm" in line)
    assert "CC BY 4.0" in line
    assert "bundled" in line
    assert " 0.9" in line


@pytest.mark.pipeline
def test_list_as_json() -> None:
    """JSON holds a list with everything that is known, the sources of the data included."""
    result = runner.invoke(app, ["model", "list", "--format", "json"])
    bundled = json.loads(result.output)[0]
    assert bundled["name"] == "no_core_ndt_sm"
    assert bundled["bundled"] is True
    assert any("NorNE" in source["name"] for source in bundled["sources"])
    assert bundled["accuracy"]["pos_acc"] > 0.9
    assert bundled["accuracy"]["nn_pos_acc"] > 0.9


@pytest.mark.pipeline
def test_info_is_about_the_bundled_pipeline_by_default() -> None:
    """Without a name, the bundled pipeline is shown."""
    result = runner.invoke(app, ["model", "info"])
    assert result.exit_code == 0
    assert "no_core_ndt_sm" in result.output
    assert "Norsk Ordbank" in result.output
    assert "POS, Nynorsk" in result.output


def test_info_of_a_folder(folder: Path) -> None:
    """A folder is described by its meta.json; what a terminal would obey is made visible."""
    result = runner.invoke(app, ["model", "info", str(folder)])
    assert result.exit_code == 0
    for text in ("nb_own", "2.1", "MIT", "tok2vec, ner", "A corpus (CC0)", "ENTS", "0.750"):
        assert text in result.output
    assert "\x1b" not in result.output


def test_info_as_json(folder: Path) -> None:
    """JSON gives the same facts to programs."""
    result = runner.invoke(app, ["model", "info", str(folder), "--format", "json"])
    described = json.loads(result.output)
    assert described["name"] == "nb_own"
    assert described["bundled"] is False
    assert described["components"] == ["tok2vec", "ner"]
    assert described["sources"][0] == {
        "name": "A corpus",
        "licence": "CC0",
        "url": "https://example.org",
    }
    assert described["accuracy"] == {"ents_f": 0.75, "speed": 12.5}
    assert str(folder) not in result.output


def test_missing_pipeline_is_an_error() -> None:
    """The error says how to install the pipeline that was named."""
    result = runner.invoke(app, ["model", "info", "nb_core_news_xx"])
    assert isinstance(result.exception, PipelineError)
    assert "python -m spacy download nb_core_news_xx" in str(result.exception)


def test_missing_pipeline_exits_with_2() -> None:
    """The command line shows one line on standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "oppsummering", "model", "info", "nb_core_news_xx"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("oppsummering: There is no pipeline 'nb_core_news_xx'.")
    assert done.stderr.count("\n") == 1


def test_listing_does_not_import_spacy(folder: Path) -> None:
    """What a pipeline says about itself is read without spaCy."""
    code = (
        "import sys; from typer.testing import CliRunner; from oppsummering.cli.app import app;"
        f"result = CliRunner().invoke(app, ['model', 'info', {str(folder)!r}]);"
        "print(result.exit_code, 'spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "False"]
