"""Corrections: what a person decided about a statement's themes, kept beside the survey.

The modules are imported by name, so that the command line's help loads none but the model.
"""
