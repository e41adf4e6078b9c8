"""Coding sheets: statements out to people with a spreadsheet, and their codes back in."""
