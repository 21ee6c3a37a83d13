"""Collect: spiders, importers and evidence; hands over `Post` and knows nothing above it."""
