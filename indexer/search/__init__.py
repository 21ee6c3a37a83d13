"""Finding records: the seam, the embedded index, highlighting, rebuild and check."""

from pathlib import Path

from indexer.search.backend import Bucket, Field, Hit, Interval, SearchIndex, SearchResult, Sort
from indexer.search.check import Fault, IndexDifference, check
from indexer.search.embedded import EmbeddedIndex
from indexer.search.highlight import Snippet, Span, highlight, snippet
from indexer.search.rebuild import rebuild

INDEX_FOLDER = "index"

__all__ = [
    "Bucket",
    "EmbeddedIndex",
    "Fault",
    "Field",
    "Hit",
    "IndexDifference",
    "Interval",
    "SearchIndex",
    "SearchResult",
    "Snippet",
    "Sort",
    "Span",
    "check",
    "highlight",
    "open_index",
    "rebuild",
    "snippet",
]


def open_index(home: Path, *, wait: float = 0) -> EmbeddedIndex:
    """The search index of a home folder; `wait` is how many seconds to wait for another process that writes."""
    return EmbeddedIndex(home / INDEX_FOLDER, wait=wait)
