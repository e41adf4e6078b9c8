"""A pipeline's tokenizer alone, guarded against text that would take it quadratic time."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import TYPE_CHECKING

import spacy
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import get_lang_class, is_compatible_version, registry
from spacy.vocab import create_vocab

from oppsummering.errors import PipelineError
from oppsummering.language.pipeline import damaged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.language import Language
    from spacy.vocab import Vocab

    from oppsummering.language.pipeline import PipelineDescription

LONGEST_RUN = 300
"""The characters without a space that the tokenizer is trusted with; a longer run is one token.

The tokenizer takes one punctuation mark after the other off a run, each time looking at all of
it, so a run of many brackets takes quadratic time.
"""

_LONG_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")


@registry.tokenizers("oppsummering.BareTokenizer.v1")  # type: ignore[untyped-decorator]
def bare_tokenizer() -> Callable[[Language], Tokenizer]:
    """Make a tokenizer without rules, to be filled from a pipeline's folder.

    A pipeline whose config names it loads faster: the rules of the language are not compiled
    only to be replaced.
    """
    return lambda nlp: Tokenizer(nlp.vocab)


class GuardedTokenizer:
    """A tokenizer that takes a run of characters longer than `LONGEST_RUN` as one token.

    Args:
        tokenizer: The tokenizer for everything else.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self.vocab: Vocab = tokenizer.vocab

    def __call__(self, text: str) -> Doc:
        """Divide a text into tokens; `doc.text` is the text."""
        if not _LONG_RUN.search(text):
            doc: Doc = self._tokenizer(text)
            return doc
        words: list[str] = []
        spaces: list[bool] = []
        for piece, is_long in _pieces(text):
            if is_long:
                words.append(piece)
                spaces.append(False)
            elif words and piece.startswith(" "):
                spaces[-1] = True
                self._add(piece[1:], words, spaces)
            else:
                self._add(piece, words, spaces)
        return Doc(self.vocab, words=words, spaces=spaces)

    def _add(self, piece: str, words: list[str], spaces: list[bool]) -> None:
        for token in self._tokenizer(piece):
            words.append(token.text)
            spaces.append(bool(token.whitespace_))


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    start = 0
    for run in _LONG_RUN.finditer(text):
        if start < run.start():
            yield text[start : run.start()], False
        yield run.group(), True
        start = run.end()
    if start < len(text):
        yield text[start:], False


def load_tokenizer(description: PipelineDescription) -> GuardedTokenizer:
    """Load the tokenizer of a pipeline and nothing else of it.

    Raises:
        PipelineError: The pipeline does not work with the installed spaCy, or is damaged.
    """
    if is_compatible_version(spacy.about.__version__, description.spacy_version) is False:
        raise PipelineError(
            f"The pipeline {description.name} {description.version} works with spaCy"
            f" {description.spacy_version}; spaCy {version('spacy')} is installed.",
            hint=f"Install one that fits: python -m spacy download {description.name}",
        )
    try:
        defaults = get_lang_class(description.language).Defaults
        tokenizer = Tokenizer(create_vocab(description.language, defaults))
        tokenizer.from_disk(description.path / "tokenizer", exclude=["vocab"])
    except (OSError, ValueError, KeyError, ImportError) as error:
        raise damaged(description, error) from error
    return GuardedTokenizer(tokenizer)
