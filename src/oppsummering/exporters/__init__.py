"""Exporters: tables in, files for other tools out."""
