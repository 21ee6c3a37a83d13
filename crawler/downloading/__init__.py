"""Downloading: how requests are connected and what of the answers is taken in."""
