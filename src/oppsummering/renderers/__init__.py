"""Renderers: a report in, text for a person out."""
