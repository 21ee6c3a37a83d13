"""The embedded search index: tantivy in a folder, fed with jieba's words."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import tantivy
from tantivy import FieldType, Order, Query

from indexer.errors import SearchIndexError
from indexer.query.tree import Node, Published, both
from indexer.record import Record
from indexer.search.aggregations import PartSize, buckets, facet_request, facet_values, histogram_request
from indexer.search.backend import Bucket, Field, Hit, IndexState, Interval, SearchResult, Sort
from indexer.search.cursor import read_cursor, write_cursor
from indexer.search.document import document
from indexer.search.embedded.document import as_tantivy, make_schema
from indexer.search.embedded.generation import EmbeddedGeneration
from indexer.search.embedded.generations import Generations, WriterLock
from indexer.search.embedded.reader import Reader, held
from indexer.search.embedded.translation import Translation

_HEAP_BYTES = 128_000_000
_DIRECTION = {Sort.NEWEST: Order.Desc, Sort.OLDEST: Order.Asc}


class EmbeddedIndex:
    """A `SearchIndex` in a folder of this machine: many processes read it, one at a time writes.

    The right to write is taken by the first `put` or `delete` (or `acquire`) and kept until `close`. `wait` is how many
    seconds to wait for it before `IndexLockedError`. A folder that is missing or empty is an empty index.
    """

    def __init__(self, root: Path, *, wait: float = 0) -> None:
        self.root = root
        self._generations = Generations(root)
        self._lock = WriterLock(root)
        self._reader = Reader(self._generations)
        self._writer: tantivy.IndexWriter | None = None
        self._schema = make_schema()
        self._translate = Translation(self._schema).query
        self._wait = wait

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- writing -------------------------------------------------------------------------------------------------

    def acquire(self) -> None:
        """See `SearchIndex.acquire`."""
        self._writing()

    def put(self, records: Iterable[Record]) -> None:
        """See `SearchIndex.put`."""
        writer = self._writing()
        for record in records:
            made = as_tantivy(document(record))  # first: of a record that can't be made, the old one stays
            writer.delete_documents_by_term("id", record.id)
            writer.add_document(made)

    def delete(self, record_ids: Iterable[int]) -> None:
        """See `SearchIndex.delete`."""
        writer = self._writing()
        for record_id in record_ids:
            writer.delete_documents_by_term("id", record_id)

    def commit(self) -> None:
        """See `SearchIndex.commit`."""
        if self._writer is not None:
            self._writer.commit()

    def close(self) -> None:
        """See `SearchIndex.close`."""
        if self._writer is not None:
            self._writer.rollback()
            self._writer.wait_merging_threads()
            self._writer = None
        self._lock.release()

    def fresh(self) -> EmbeddedGeneration:
        """See `SearchIndex.fresh`."""
        lock = WriterLock(self.root)
        lock.acquire(wait=self._wait)
        try:
            return EmbeddedGeneration.opened(self._generations, lock)
        except BaseException:
            lock.release()
            raise

    def _writing(self) -> tantivy.IndexWriter:
        if self._writer is None:
            self._lock.acquire(wait=self._wait)
            try:
                self._writer = self._open_writer()
            except BaseException:
                self._lock.release()
                raise
        return self._writer

    def _open_writer(self) -> tantivy.IndexWriter:
        if self._generations.current() is None:
            generation = self._generations.make()
            tantivy.Index(self._schema, path=str(generation))
            self._generations.switch(generation)
        index = self._reader.index()
        if index is None:
            raise SearchIndexError("搜索索引的目录被别的程序删除了；请运行 fengping index rebuild")
        writer = index.writer(_HEAP_BYTES, 1)
        # A writer killed in the middle of a commit leaves files under the very names that the next commit will use.
        writer.garbage_collect_files()
        return writer

    # --- reading -------------------------------------------------------------------------------------------------

    def count(self) -> int:
        """See `SearchIndex.count`."""
        searcher = self._reader.searcher()
        return searcher.num_docs if searcher else 0

    def search(
        self, tree: Node, *, sort: Sort = Sort.NEWEST, limit: int = 20, offset: int = 0, cursor: str | None = None
    ) -> SearchResult:
        """See `SearchIndex.search`."""
        searcher = self._reader.searcher()
        if searcher is None:
            return SearchResult(total=0, hits=())
        query = self._translate(tree)
        if sort is Sort.RELEVANCE:
            return _by_relevance(
                searcher, query, limit, offset if cursor is None else int(read_cursor(cursor, sort)[0])
            )
        return self._by_time(searcher, query, sort, limit, offset, cursor)

    def facets(self, tree: Node, fields: Sequence[Field], *, limit: int = 200) -> Mapping[Field, Mapping[str, int]]:
        """See `SearchIndex.facets`."""
        searcher = self._reader.searcher()
        if searcher is None:
            return {field: {} for field in fields}
        answer = searcher.aggregate(self._translate(tree), facet_request(fields, limit, PartSize.TANTIVY))
        return {field: facet_values(answer[field.value]) for field in fields}

    def histogram(
        self,
        tree: Node,
        *,
        interval: Interval,
        group_by: Field | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
    ) -> list[Bucket]:
        """See `SearchIndex.histogram`."""
        searcher = self._reader.searcher()
        within = self._translate(both(tree, Published(start, end)))
        answer = (
            searcher.aggregate(within, histogram_request(interval, group_by, PartSize.TANTIVY)) if searcher else None
        )
        return buckets(answer, interval, start=start, end=end)

    def held(self, *, after_id: int, limit: int) -> list[tuple[int, int]]:
        """See `SearchIndex.held`."""
        searcher = self._reader.searcher()
        if searcher is None:
            return []
        return held(searcher, self._schema, after_id=after_id, limit=limit)

    def state(self) -> IndexState:
        """See `SearchIndex.state`."""
        current, unfinished = self._generations.current(), self._generations.unfinished()
        return IndexState(
            backend="embedded",
            place=str(self.root),
            generation=current.name if current else None,
            records=self.count(),
            size=sum(path.stat().st_size for path in current.iterdir()) if current else 0,
            unfinished=(unfinished.name, _records(unfinished)) if unfinished else None,
        )

    def explain(self, tree: Node) -> str:
        """See `SearchIndex.explain`."""
        return str(self._translate(tree))

    def _by_time(
        self, searcher: tantivy.Searcher, query: Query, sort: Sort, limit: int, offset: int, cursor: str | None
    ) -> SearchResult:
        page, skip = query, offset
        if cursor is not None:
            page, skip = query.and_must_match(self._beyond(int(read_cursor(cursor, sort)[0]), sort)), 0
        found = searcher.search(page, limit, order_by_field="order", offset=skip, order=_DIRECTION[sort])
        total = _total(found if cursor is None else searcher.search(query, 1))
        ids = searcher.fast_field_values("id", [address for _, address in found.hits])
        more = skip + len(found.hits) < _total(found)
        last = write_cursor(sort, int(found.hits[-1][0])) if found.hits and more else None
        return SearchResult(total=total, hits=tuple(Hit(int(record_id or 0)) for record_id in ids), cursor=last)

    def _beyond(self, last: int, sort: Sort) -> Query:
        if sort is Sort.NEWEST:
            return Query.range_query(self._schema, "order", FieldType.Integer, None, last, include_upper=False)
        return Query.range_query(self._schema, "order", FieldType.Integer, last, None, include_lower=False)


def _total(found: tantivy.SearchResult) -> int:
    return int(found.count or 0)  # type: ignore[attr-defined]  # the library's stub forgets it


def _by_relevance(searcher: tantivy.Searcher, query: Query, limit: int, offset: int) -> SearchResult:
    found = searcher.search(query, limit, offset=offset)
    ids = searcher.fast_field_values("id", [address for _, address in found.hits])
    hits = tuple(Hit(int(i or 0), float(score)) for i, (score, _) in zip(ids, found.hits, strict=True))
    end = offset + len(hits)
    cursor = write_cursor(Sort.RELEVANCE, end) if end < _total(found) else None
    return SearchResult(total=_total(found), hits=hits, cursor=cursor)


def _records(generation: Path) -> int:
    """What a generation that nobody reads yet holds; one that was killed at its first breath holds nothing."""
    try:
        return int(tantivy.Index.open(str(generation)).searcher().num_docs)
    except ValueError:
        return 0
