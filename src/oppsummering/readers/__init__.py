"""Readers: a file in, a survey out."""
