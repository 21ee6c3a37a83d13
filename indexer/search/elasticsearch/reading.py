"""Asking what an alias or a pattern of indices holds."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from indexer.search.backend import Hit, SearchResult, Sort
from indexer.search.cursor import read_cursor, write_cursor
from indexer.search.elasticsearch.connection import Connection
from indexer.search.elasticsearch.generations import LENIENT
from indexer.search.elasticsearch.queries import Query

# A node gives no more hits at a time (index.max_result_window), counted from the first; beyond it goes by search_after.
_WINDOW = 10_000
_ORDERS: Mapping[Sort, Sequence[Mapping[str, str]]] = {
    Sort.NEWEST: ({"order": "desc"},),
    Sort.OLDEST: ({"order": "asc"},),
    Sort.RELEVANCE: ({"_score": "desc"}, {"id": "asc"}),
}


class _Page(NamedTuple):
    hits: list[Mapping[str, Any]]
    total: int


class Reading:
    """Reads what `index` names; months that are missing hold nothing, months that do not answer are an error."""

    def __init__(self, connection: Connection, index: str) -> None:
        self._connection = connection
        self._index = index

    def count(self) -> int:
        """How many records are held."""
        return _total(self._ask(size=0, track_total_hits=True))

    def last_id(self) -> int:
        """The highest record id that is held; 0 where none is."""
        hits = self._ask(size=1, sort=[{"id": "desc"}])["hits"]["hits"]
        return int(hits[0]["sort"][0]) if hits else 0

    def held(self, *, after_id: int, limit: int) -> list[tuple[int, int]]:
        """See `SearchIndex.held`."""
        answer = self._ask(
            query={"range": {"id": {"gt": after_id}}},
            size=min(limit, _WINDOW),
            sort=[{"id": "asc"}],
            track_total_hits=False,
            docvalue_fields=["revision"],
        )
        return [(int(hit["sort"][0]), int(hit["fields"]["revision"][0])) for hit in answer["hits"]["hits"]]

    def aggregate(self, query: Query, aggregations: Mapping[str, Any]) -> Mapping[str, Any]:
        """The aggregations over what the query finds; empty where there is no index at all."""
        answer = self._ask(query=query, size=0, aggregations=aggregations, track_total_hits=False)
        found: Mapping[str, Any] = answer.get("aggregations") or {}
        return found

    def search(self, query: Query, *, sort: Sort, limit: int, offset: int, cursor: str | None) -> SearchResult:
        """See `SearchIndex.search`."""
        after = None if cursor is None else read_cursor(cursor, sort, positions=len(_ORDERS[sort]))
        skip = offset if cursor is None else 0
        page = self._page(query, sort, skip=skip, limit=limit + 1, after=after)  # one more: is there another page?
        shown = page.hits[:limit]
        more = write_cursor(sort, *shown[-1]["sort"]) if shown and len(page.hits) > limit else None
        return SearchResult(total=page.total, hits=tuple(_hit(hit, sort) for hit in shown), cursor=more)

    def _page(self, query: Query, sort: Sort, *, skip: int, limit: int, after: Sequence[float] | None) -> _Page:
        if after is None and skip + limit <= _WINDOW:
            return self._hits(query, sort, size=limit, start=skip, count=True)
        hits: list[Mapping[str, Any]] = []
        passed = total = 0
        while passed < skip + limit:
            size = min(_WINDOW, skip + limit - passed)
            part = self._hits(query, sort, size=size, after=after, count=passed == 0)
            total = part.total if passed == 0 else total
            hits += part.hits[max(skip - passed, 0) :]
            passed += len(part.hits)
            if len(part.hits) < size:
                break
            after = part.hits[-1]["sort"]
        return _Page(hits, total)

    def _hits(
        self,
        query: Query,
        sort: Sort,
        *,
        size: int,
        count: bool,
        start: int = 0,
        after: Sequence[float] | None = None,
    ) -> _Page:
        answer = self._ask(
            query=query,
            size=size,
            sort=list(_ORDERS[sort]),
            track_total_hits=count,
            docvalue_fields=["id"],
            # Months differ in how rare a word is; only counted over all of them its weight is one.
            search_type="dfs_query_then_fetch" if sort is Sort.RELEVANCE else None,
            preference=self._index,  # always the same copies, whose scores pages by cursor rely on
            **({"from_": start} if after is None else {"search_after": list(after)}),
        )
        return _Page(answer["hits"]["hits"], _total(answer) if count else 0)

    def _ask(self, **request: Any) -> Mapping[str, Any]:
        with self._connection.asking() as client:
            answer: Mapping[str, Any] = client.search(
                index=self._index, stored_fields="_none_", allow_partial_search_results=False, **LENIENT, **request
            ).body
        return answer


def _total(answer: Mapping[str, Any]) -> int:
    return int(answer["hits"]["total"]["value"])


def _hit(hit: Mapping[str, Any], sort: Sort) -> Hit:
    score = float(hit["sort"][0]) if sort is Sort.RELEVANCE else 0.0
    return Hit(int(hit["fields"]["id"][0]), score)
