"""Find and load a Norwegian spaCy pipeline: the bundled one, an installed one, or a folder.

This is the only module that loads a pipeline. It reads `meta.json` first and imports spaCy only
when a text is to be divided or analysed.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oppsummering.errors import PipelineError
from oppsummering.tagged import PipelineInfo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.language import Language

    from oppsummering.language.tokenizer import GuardedTokenizer

BUNDLED = "no_core_ndt_sm"
"""The pipeline that comes with the package and that is used unless another one is named."""

LANGUAGES = frozenset({"nb", "nn", "no"})
"""The languages that a pipeline may declare: Bokmål, Nynorsk, or Norwegian without saying which."""

_NAME_ANOTHER = (
    "Name a pipeline of `oppsummering model list` or the folder of one,"
    f" or leave --model out to use {BUNDLED}."
)
_PACKAGE_NAME = re.compile(rf"(?:{'|'.join(sorted(LANGUAGES))})(?:_[a-z0-9]+){{2,}}")

UNUSED_COMPONENTS = ("ner", "parser")
"""Components that tagging does not use, and that cost more than all the others together."""

SENTENCE_COMPONENT = "senter"
"""Finds sentences where no parser does; spaCy's own pipelines have it, but switched off."""

_MODELS = Path(__file__).parent.parent / "models"
_INSTALLED_GROUP = "spacy_models"


@dataclass(frozen=True, slots=True)
class PipelineSource:
    """Data that a pipeline was made of: its name, licence and address, as far as given."""

    name: str
    licence: str
    url: str


@dataclass(frozen=True, slots=True)
class PipelineDescription:
    """What a pipeline says about itself in its `meta.json`.

    Attributes:
        name: Its full name, language first: `nb_core_news_sm`.
        version: Its version.
        language: The language that it declares.
        spacy_version: The versions of spaCy that it works with, as a specifier.
        licence: Its licence, as it names it.
        source: Who made it, or where it comes from.
        description: What it is, in a sentence or two.
        path: The folder that holds it.
        bundled: Whether it comes with this package.
        components: Its components, in their order.
        sources: The data that it was made of.
        performance: Its measured accuracy by spaCy's names (`pos_acc`, `ents_f` …), 0 to 1.
    """

    name: str
    version: str
    language: str
    spacy_version: str
    licence: str
    source: str
    description: str
    path: Path
    bundled: bool
    components: tuple[str, ...]
    sources: tuple[PipelineSource, ...] = ()
    performance: Mapping[str, float] = field(default_factory=dict)


class Pipeline:
    """A pipeline that loads no more of itself than is asked for.

    Args:
        description: What is known from its `meta.json`.
    """

    def __init__(self, description: PipelineDescription) -> None:
        self.description = description

    @property
    def info(self) -> PipelineInfo:
        """Its name and version, for the outputs."""
        return PipelineInfo(self.description.name, self.description.version)

    @cached_property
    def tokenizer(self) -> GuardedTokenizer:
        """The tokenizer alone, without any trained weights: `tokenizer(text)` gives a `Doc`.

        Raises:
            PipelineError: The pipeline does not work with the installed spaCy, or is damaged.
        """
        from oppsummering.language.tokenizer import load_tokenizer  # noqa: PLC0415 - loads spaCy

        return load_tokenizer(self.description)

    @cached_property
    def nlp(self) -> Language:
        """The pipeline without the components that tagging does not use.

        It shares its vocabulary and its tokenizer with `tokenizer`.

        Raises:
            PipelineError: The pipeline does not work with the installed spaCy, or is damaged.
        """
        return self._load(exclude=UNUSED_COMPONENTS)

    @cached_property
    def full_nlp(self) -> Language:
        """The whole pipeline, the entity recogniser included.

        Raises:
            PipelineError: The pipeline does not work with the installed spaCy, or is damaged.
        """
        return self._load(exclude=())

    def _load(self, *, exclude: tuple[str, ...]) -> Language:
        import spacy  # noqa: PLC0415 - takes most of a second

        tokenizer = self.tokenizer
        try:
            nlp = spacy.load(
                self.description.path, vocab=tokenizer.vocab, exclude=["tokenizer", *exclude]
            )
        except (OSError, ValueError, KeyError, TypeError, ImportError) as error:
            raise damaged(self.description, error) from error
        if SENTENCE_COMPONENT in nlp.disabled and "parser" not in nlp.pipe_names:
            nlp.enable_pipe(SENTENCE_COMPONENT)
        nlp.tokenizer = tokenizer
        # The limit of spaCy is about the memory of a parser, and a statement may be long.
        nlp.max_length = sys.maxsize
        return nlp


def load_pipeline(name: str | None = None) -> Pipeline:
    """Find a pipeline; nothing but its `meta.json` is read yet.

    Args:
        name: The name of an installed pipeline or the path of a folder. None is always the
            bundled one, whatever else is installed.

    Returns:
        The pipeline.

    Raises:
        PipelineError: There is none of that name, it is not Norwegian, or its folder is broken.
    """
    description = describe(name or BUNDLED)
    if description.language not in LANGUAGES:
        raise PipelineError(
            f"The pipeline {description.name} is for the language {description.language!r},"
            " not for Norwegian.",
            hint=f"Leave --model out to use {BUNDLED}, which comes with oppsummering.",
        )
    return Pipeline(description)


def describe(name: str) -> PipelineDescription:
    """Describe a pipeline by its name or path.

    Raises:
        PipelineError: There is none, or its `meta.json` cannot be read.
    """
    if name == BUNDLED:
        return _read_description(_MODELS / BUNDLED, bundled=True)
    folder = _installed_folder(name) or Path(name)
    if not folder.is_dir():
        raise PipelineError(f"There is no pipeline {name!r}.", hint=_how_to_install(name))
    return _read_description(folder, bundled=False)


def available() -> tuple[PipelineDescription, ...]:
    """Describe the bundled pipeline and then the installed Norwegian ones, by name.

    Raises:
        PipelineError: One of them is broken.
    """
    names = sorted({entry.name for entry in entry_points(group=_INSTALLED_GROUP)} - {BUNDLED})
    norwegian = (name for name in names if name.partition("_")[0] in LANGUAGES)
    return (describe(BUNDLED), *(describe(name) for name in norwegian if _installed_folder(name)))


def damaged(description: PipelineDescription, error: Exception) -> PipelineError:
    """Make the error for a pipeline that spaCy cannot load."""
    return PipelineError(
        f"The pipeline {description.name} {description.version} cannot be loaded: "
        f"{' '.join(str(error).split())}",
        path=description.path,
        hint=_how_to_install(description.name),
    )


def _how_to_install(name: str) -> str:
    if name == BUNDLED:
        return "Install oppsummering again: pip install --force-reinstall oppsummering"
    if _PACKAGE_NAME.fullmatch(name):
        return f"Install it: python -m spacy download {name}"
    return _NAME_ANOTHER


def _installed_folder(name: str) -> Path | None:
    """Find the folder of an installed package, the one that holds `meta.json`."""
    if not name.isidentifier():
        return None
    spec = find_spec(name)
    locations = spec.submodule_search_locations if spec else None
    folder = Path(locations[0]) if locations else None
    return folder if folder and (folder / "meta.json").is_file() else None


def _read_description(folder: Path, *, bundled: bool) -> PipelineDescription:
    path = folder / "meta.json"
    try:
        meta: Any = json.loads(path.read_text(encoding="utf-8"))
        name = f"{meta['lang']}_{meta['name']}"
        description = PipelineDescription(
            name=BUNDLED if bundled else name,
            version=str(meta["version"]),
            language=str(meta["lang"]),
            spacy_version=str(meta.get("spacy_version", "")),
            licence=str(meta.get("license", "")),
            source=str(meta.get("url") or meta.get("author", "")),
            description=str(meta.get("description", "")),
            path=_data_folder(folder, name, str(meta["version"])),
            bundled=bundled,
            components=tuple(meta.get("pipeline", meta.get("components", ()))),
            sources=tuple(map(_source, meta.get("sources") or ())),
            performance=_scores(meta.get("performance", {})),
        )
    except FileNotFoundError as error:
        raise PipelineError(
            "The folder is no spaCy pipeline: it has no meta.json.",
            path=folder,
            hint=_how_to_install(BUNDLED) if bundled else _NAME_ANOTHER,
        ) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PipelineError(
            f"The folder is no spaCy pipeline: its meta.json cannot be read ({error!r}).",
            path=folder,
            hint=_how_to_install(folder.name),
        ) from error
    return description


def _data_folder(folder: Path, name: str, version: str) -> Path:
    """An installed package holds its data in a folder named after the version."""
    inner = folder / f"{name}-{version}"
    return inner if inner.is_dir() else folder


def _source(entry: Mapping[str, Any]) -> PipelineSource:
    return PipelineSource(
        name=str(entry.get("name", "")),
        licence=str(entry.get("license", "")),
        url=str(entry.get("url", "")),
    )


def _scores(performance: Mapping[str, Any]) -> dict[str, float]:
    return {key: value for key, value in performance.items() if isinstance(value, float)}
