"""Importers: one format a file, a file in, `Post` objects out."""
