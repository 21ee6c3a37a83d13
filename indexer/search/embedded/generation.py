"""A generation of the embedded index that a rebuild fills."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Self

import tantivy
from tantivy import Order, Query

from indexer.record import Record
from indexer.search.document import document
from indexer.search.embedded.document import as_tantivy, make_schema
from indexer.search.embedded.generations import Generations, WriterLock
from indexer.search.embedded.reader import held

_HEAP_BYTES = 256_000_000


class EmbeddedGeneration:
    """See `Generation`; holds the right to write the whole index until `close`."""

    shared = False

    def __init__(self, generations: Generations, folder: Path, lock: WriterLock, index: tantivy.Index) -> None:
        self._generations = generations
        self._folder = folder
        self._lock = lock
        self._index = index
        self._schema = make_schema()
        self._writer = index.writer(_HEAP_BYTES, 1)
        # A writer killed in the middle of a commit leaves files under the very names that the next commit will use.
        self._writer.garbage_collect_files()
        self._highest = self.last_id()

    @classmethod
    def opened(cls, generations: Generations, lock: WriterLock) -> Self:
        """The unfinished generation, or a new one where there is none that can be read."""
        folder = generations.unfinished()
        if folder is not None:
            try:
                return cls(generations, folder, lock, tantivy.Index.open(str(folder)))
            except (ValueError, OSError):  # killed before its first commit, or damaged: nothing that is worth keeping
                shutil.rmtree(folder)
        folder = generations.make()
        return cls(generations, folder, lock, tantivy.Index(make_schema(), path=str(folder)))

    def put(self, records: Iterable[Record]) -> None:
        """See `SearchIndex.put`."""
        for record in records:
            # Records come by id, so that only those of before can be held already.
            if record.id <= self._highest:
                self._writer.delete_documents_by_term("id", record.id)
            self._writer.add_document(as_tantivy(document(record)))
            self._highest = max(self._highest, record.id)

    def delete(self, record_ids: Iterable[int]) -> None:
        """See `SearchIndex.delete`."""
        for record_id in record_ids:
            self._writer.delete_documents_by_term("id", record_id)

    def commit(self) -> None:
        """See `Generation.commit`."""
        self._writer.commit()
        self._index.reload()

    def count(self) -> int:
        """See `Generation.count`."""
        return int(self._index.searcher().num_docs)

    def last_id(self) -> int:
        """See `Generation.last_id`."""
        searcher = self._index.searcher()
        found = searcher.search(Query.all_query(), 1, count=False, order_by_field="id", order=Order.Desc)
        return int(found.hits[0][0]) if found.hits else 0

    def held(self, *, after_id: int, limit: int) -> list[tuple[int, int]]:
        """See `SearchIndex.held`."""
        return held(self._index.searcher(), self._schema, after_id=after_id, limit=limit)

    def switch(self) -> None:
        """See `Generation.switch`."""
        self._writer.wait_merging_threads()  # the writer is spent by this
        self._generations.switch(self._folder)

    def remove_others(self) -> None:
        """See `Generation.remove_others`."""
        self._generations.remove_others()

    def close(self) -> None:
        """See `Generation.close`."""
        self._lock.release()
