"""The search index in a folder of this machine: tantivy."""

from indexer.search.embedded.index import EmbeddedIndex

__all__ = ["EmbeddedIndex"]
