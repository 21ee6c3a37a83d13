"""Downloader middlewares, one rule a file."""
