"""The query language: one grammar and one meaning for every back end."""

from indexer.query.parse import parse
from indexer.query.tree import Node

__all__ = ["Node", "parse"]
