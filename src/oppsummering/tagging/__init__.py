"""Tagging: statements in, themes with the words behind them out."""

from oppsummering.tagging.tagger import Tagger
from oppsummering.tagging.trace import Evidence, Outcome, ThemeScore, TokenTrace, Trace

__all__ = ["Evidence", "Outcome", "Tagger", "ThemeScore", "TokenTrace", "Trace"]
