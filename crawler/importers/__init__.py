"""Importers: one format a file, a file in, `Post` and `ImportIssue` objects out; `formats` lists them."""
