"""The search index on an Elasticsearch cluster, fed with the same words as the embedded one."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import Self

from indexer.query.tree import Node, Published, both
from indexer.record import Record
from indexer.search.aggregations import PartSize, buckets, facet_request, facet_values, histogram_request
from indexer.search.backend import Bucket, Field, IndexState, Interval, SearchResult, Sort
from indexer.search.elasticsearch.bulk import MAX_BYTES
from indexer.search.elasticsearch.connection import Connection
from indexer.search.elasticsearch.generation import ElasticsearchGeneration
from indexer.search.elasticsearch.generations import Generations
from indexer.search.elasticsearch.queries import as_query
from indexer.search.elasticsearch.reading import Reading
from indexer.search.elasticsearch.writer import SearchedTarget, Writer


class ElasticsearchIndex:
    """A `SearchIndex` on a cluster: any number of processes on any machines read and write it.

    `name` tells set-ups on one cluster apart (lower case letters, digits, `_`). Nothing is asked of the cluster before
    the first call. `max_bytes` bounds a request for writing.
    """

    def __init__(self, connection: Connection, *, name: str = "fengping", max_bytes: int = MAX_BYTES) -> None:
        self._connection = connection
        self._generations = Generations(connection, name)
        self._reading = Reading(connection, self._generations.alias)
        self._writer = Writer(connection, SearchedTarget(self._generations), max_bytes=max_bytes)
        self._is_checked = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- writing -------------------------------------------------------------------------------------------------

    def acquire(self) -> None:
        """See `SearchIndex.acquire`: many may write."""

    def put(self, records: Iterable[Record]) -> None:
        """See `SearchIndex.put`."""
        self._check()
        self._writer.put(records)

    def delete(self, record_ids: Iterable[int]) -> None:
        """See `SearchIndex.delete`."""
        self._check()
        self._writer.delete(record_ids)

    def commit(self) -> None:
        """See `SearchIndex.commit`."""
        self._writer.commit()

    def close(self) -> None:
        """See `SearchIndex.close`."""
        self._connection.close()
        self._is_checked = False

    def fresh(self) -> ElasticsearchGeneration:
        """See `SearchIndex.fresh`."""
        number = self._generations.unfinished() or self._generations.next_number()
        return ElasticsearchGeneration(self._connection, self._generations, number)

    # --- reading -------------------------------------------------------------------------------------------------

    def count(self) -> int:
        """See `SearchIndex.count`."""
        return self._checked().count()

    def search(
        self, tree: Node, *, sort: Sort = Sort.NEWEST, limit: int = 20, offset: int = 0, cursor: str | None = None
    ) -> SearchResult:
        """See `SearchIndex.search`."""
        return self._checked().search(as_query(tree), sort=sort, limit=limit, offset=offset, cursor=cursor)

    def facets(self, tree: Node, fields: Sequence[Field], *, limit: int = 200) -> Mapping[Field, Mapping[str, int]]:
        """See `SearchIndex.facets`."""
        request = facet_request(fields, limit, PartSize.ELASTICSEARCH)
        answer = self._checked().aggregate(as_query(tree), request)
        return {field: facet_values(answer[field.value]) if answer else {} for field in fields}

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
        within = as_query(both(tree, Published(start, end)))
        request = histogram_request(interval, group_by, PartSize.ELASTICSEARCH)
        answer = self._checked().aggregate(within, request)
        return buckets(answer or None, interval, start=start, end=end)

    def held(self, *, after_id: int, limit: int) -> list[tuple[int, int]]:
        """See `SearchIndex.held`."""
        return self._checked().held(after_id=after_id, limit=limit)

    def state(self) -> IndexState:
        """See `SearchIndex.state`."""
        months, size = self._generations.months()
        current, unfinished = self._generations.current(), self._generations.unfinished()
        return IndexState(
            backend="elasticsearch",
            place="、".join(self._connection.addresses),
            generation=None if current is None else self._generations.pattern(current),
            records=self.count(),
            size=size,
            unfinished=None if unfinished is None else self._filled(unfinished),
            parts=months,
        )

    def explain(self, tree: Node) -> str:
        """See `SearchIndex.explain`."""
        return json.dumps(as_query(tree), ensure_ascii=False, indent=2)

    def _filled(self, number: int) -> tuple[str, int]:
        pattern = self._generations.pattern(number)
        return pattern, Reading(self._connection, pattern).count()

    def _checked(self) -> Reading:
        self._check()
        return self._reading

    def _check(self) -> None:
        """Refuse an index of another version of the product; asked once a connection."""
        if not self._is_checked:
            self._generations.current()
            self._is_checked = True
