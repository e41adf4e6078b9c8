"""Codes that people gave: reading them from JSONL, CSV and XLSX, all problems at once."""

from oppsummering.gold.codes import CodedStatement, Codes, StatementKey
from oppsummering.gold.reading import CODE_SUFFIXES, read_codes

__all__ = ["CODE_SUFFIXES", "CodedStatement", "Codes", "StatementKey", "read_codes"]
