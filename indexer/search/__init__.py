"""Finding records: the seam, the two back ends, highlighting, rebuild and check."""

from pathlib import Path

from indexer.errors import IndexUnusableError
from indexer.search.backend import Bucket, Field, Hit, IndexState, Interval, SearchIndex, SearchResult, Sort
from indexer.search.check import Fault, IndexDifference, check
from indexer.search.embedded import EmbeddedIndex
from indexer.search.explain import Explanation, explain
from indexer.search.highlight import Snippet, Span, highlight, snippet
from indexer.search.rebuild import rebuild
from indexer.settings import IndexerSettings

INDEX_FOLDER = "index"

__all__ = [
    "Bucket",
    "EmbeddedIndex",
    "Explanation",
    "Fault",
    "Field",
    "Hit",
    "IndexDifference",
    "IndexState",
    "Interval",
    "SearchIndex",
    "SearchResult",
    "Snippet",
    "Sort",
    "Span",
    "check",
    "explain",
    "highlight",
    "open_index",
    "rebuild",
    "snippet",
]


def open_index(home: Path, settings: IndexerSettings | None = None, *, wait: float = 0) -> SearchIndex:
    """The search index of a set-up: in its home folder, or where the settings say.

    `wait` is how many seconds to wait for another process that writes the embedded one. `IndexUnusableError` where
    what the settings name can't be used; whether a cluster is there shows with the first call.
    """
    if settings is None or settings.is_embedded:
        return EmbeddedIndex(home / INDEX_FOLDER, wait=wait)
    try:
        from indexer.search.elasticsearch import ElasticsearchIndex, connect
    except ModuleNotFoundError as error:
        raise IndexUnusableError("用 Elasticsearch 检索要多装一部分：pip install 'fengping[cluster]'") from error
    return ElasticsearchIndex(connect(settings), name=settings.search_name)
