"""Readers: one kind of field a file, text in, typed value out, no network and no clock of their own."""
