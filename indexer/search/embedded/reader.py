"""Reading the current generation, always as it was last committed by whichever process writes."""

from pathlib import Path
from threading import Lock

import tantivy
from tantivy import FieldType, Order, Query

from indexer.errors import IndexUnusableError
from indexer.search.embedded.generations import Generations


class Reader:
    """Opens the current generation and follows its commits and its replacement; may be shared between threads."""

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._index: tantivy.Index | None = None
        self._folder: Path | None = None
        self._stamp: tuple[int, int] | None = None
        self._commit: tuple[int, int] | None = None
        self._lock = Lock()

    def index(self) -> tantivy.Index | None:
        """The current generation; `None` before anything was indexed."""
        with self._lock:
            return self._follow()

    def searcher(self) -> tantivy.Searcher | None:
        """A searcher on the last commit; `None` before anything was indexed."""
        with self._lock:
            index = self._follow()
            return index.searcher() if index else None

    def _follow(self) -> tantivy.Index | None:
        stamp = self._generations.stamp()
        try:
            if stamp != self._stamp:
                self._open()
                self._stamp = stamp
            self._reload()
        except (ValueError, OSError) as error:
            self._stamp = None
            raise IndexUnusableError(f"搜索索引打不开，可能已损坏；请运行 fengping index rebuild（{error}）") from error
        return self._index

    def _open(self) -> None:
        self._folder = self._generations.current()
        self._index = tantivy.Index.open(str(self._folder)) if self._folder else None
        self._commit = None
        if self._index:
            self._index.config_reader("manual")

    def _reload(self) -> None:
        """Load a commit that is newer than the one loaded; asking the file is far cheaper than loading again."""
        if self._index is None or self._folder is None:
            return
        found = (self._folder / "meta.json").stat()
        if (found.st_mtime_ns, found.st_ino) != self._commit:
            self._index.reload()
            self._commit = (found.st_mtime_ns, found.st_ino)


def held(searcher: tantivy.Searcher, schema: tantivy.Schema, *, after_id: int, limit: int) -> list[tuple[int, int]]:
    """See `SearchIndex.held`."""
    query = Query.range_query(schema, "id", FieldType.Integer, after_id + 1)
    found = searcher.search(query, limit, count=False, order_by_field="id", order=Order.Asc)
    addresses = [address for _, address in found.hits]
    ids = searcher.fast_field_values("id", addresses)
    revisions = searcher.fast_field_values("revision", addresses)
    return [(int(i or 0), int(revision or 0)) for i, revision in zip(ids, revisions, strict=True)]
