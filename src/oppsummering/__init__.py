"""Themes, frequencies and quotes in Norwegian survey summaries."""

__version__ = "0.1.0"
