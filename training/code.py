"""What `spacy train --code` has to import: the tokenizer's callback and the embedding layer."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import tokenizer

import oppsummering.language.components

__all__ = ["oppsummering", "tokenizer"]
