"""Corrections: what a person decided about a statement's themes, kept beside the survey."""

from oppsummering.corrections.applying import Outcome, Placed, apply_corrections
from oppsummering.corrections.editing import add_correction
from oppsummering.corrections.model import Action, Correction, Corrections, fingerprint
from oppsummering.corrections.reading import corrections_path, read_corrections

__all__ = [
    "Action",
    "Correction",
    "Corrections",
    "Outcome",
    "Placed",
    "add_correction",
    "apply_corrections",
    "corrections_path",
    "fingerprint",
    "read_corrections",
]
