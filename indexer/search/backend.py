"""SearchIndex: the seam between those who search and what holds the words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

from indexer.query.tree import Node
from indexer.record import Record


class Sort(StrEnum):
    """In which order hits come; equal ones by id."""

    NEWEST = "newest"
    OLDEST = "oldest"
    RELEVANCE = "relevance"


class Interval(StrEnum):
    """How wide a bucket of a histogram is; days and weeks (from Monday) begin at midnight in Asia/Shanghai."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"


class Field(StrEnum):
    """Fields that can be counted by value."""

    SOURCE = "source"
    KIND = "kind"
    SENTIMENT = "sentiment"
    ISSUE = "issue"
    URGENCY = "urgency"
    STATUS = "status"
    OVERDUE = "overdue"
    DELETED = "deleted"
    BRAND = "brand"
    DOUBT = "doubt"
    REGION = "region"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class Hit:
    """A found record; `score` grows with relevance and is 0 in other orders."""

    record_id: int
    score: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """A page of hits; `total` is exact, `cursor` asks for the page after and is `None` on the last."""

    total: int
    hits: tuple[Hit, ...]
    cursor: str | None = None

    @property
    def record_ids(self) -> list[int]:
        """The ids of the hits in their order, for `Ledger.records`."""
        return [hit.record_id for hit in self.hits]


@dataclass(frozen=True, slots=True)
class Bucket:
    """Records of one hour, day or week; `start` is in Asia/Shanghai, `groups` counts by the grouping field's values."""

    start: datetime
    count: int
    groups: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexState:
    """What an index is made of: `backend` its engine, `place` its folder or address, `generation` the one searched.

    `unfinished` is the generation that a broken-off rebuild left, with the records that it holds so far. `parts` are
    the records by month where the index is kept by month (`YYYYMM`), else empty. `size` is in bytes.
    """

    backend: str
    place: str
    generation: str | None
    records: int
    size: int
    unfinished: tuple[str, int] | None = None
    parts: Mapping[str, int] = field(default_factory=dict)


class Generation(Protocol):
    """An index that is filled beside the one that is searched, and takes its place at once for every reader."""

    @property
    def shared(self) -> bool:
        """Whether others may write the searched index meanwhile."""
        ...

    def put(self, records: Iterable[Record]) -> None:
        """See `SearchIndex.put`; fastest in the order of the ids."""
        ...

    def delete(self, record_ids: Iterable[int]) -> None:
        """See `SearchIndex.delete`."""
        ...

    def commit(self) -> None:
        """Make the changes durable: whoever continues this generation finds them."""
        ...

    def count(self) -> int:
        """How many records are committed."""
        ...

    def last_id(self) -> int:
        """The highest committed record id; 0 where nothing is."""
        ...

    def held(self, *, after_id: int, limit: int) -> list[tuple[int, int]]:
        """See `SearchIndex.held`."""
        ...

    def switch(self) -> None:
        """Make this the generation that is searched, at once for every reader and writer."""
        ...

    def remove_others(self) -> None:
        """Remove the generations before this one."""
        ...

    def close(self) -> None:
        """Give up the right to write; what is committed stays for the next who continues."""
        ...


class SearchIndex(Protocol):
    """Finds records by a query tree. Derived from the ledger: it may be thrown away and rebuilt at any time.

    A record is held once, in its latest revision, with the effective labels. Changes show after `commit`. Where the
    index can't be reached, `IndexUnavailableError`: nothing is lost, the ledger knows what the index lacks.
    """

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def acquire(self) -> None:
        """Take the right to write now, rather than with the first change; where many may write, nothing happens.

        `IndexLockedError` where only one may write and another process does.
        """
        ...

    def put(self, records: Iterable[Record]) -> None:
        """Hold these records (analysed ones only) in place of whatever was held of them."""
        ...

    def delete(self, record_ids: Iterable[int]) -> None:
        """Hold these records no longer."""
        ...

    def commit(self) -> None:
        """Make the changes durable and let every reader, in any process, see them."""
        ...

    def close(self) -> None:
        """Give up the right to write and connections; changes that were not committed are lost or may still show."""
        ...

    def fresh(self) -> Generation:
        """A generation to fill beside this one: the one that a broken-off rebuild left, or a new one.

        `IndexLockedError` where only one may write and another does.
        """
        ...

    def state(self) -> IndexState:
        """What the index is made of, for its operator."""
        ...

    def explain(self, tree: Node) -> str:
        """The tree in the engine's own words."""
        ...

    def count(self) -> int:
        """How many records are held."""
        ...

    def search(
        self, tree: Node, *, sort: Sort = Sort.NEWEST, limit: int = 20, offset: int = 0, cursor: str | None = None
    ) -> SearchResult:
        """A page of hits. Any page by `offset`; with `cursor` the page after the one that gave it, however deep."""
        ...

    def facets(self, tree: Node, fields: Sequence[Field], *, limit: int = 200) -> Mapping[Field, Mapping[str, int]]:
        """For each field, how many of the found records have each value, most first (`limit` values at most)."""
        ...

    def histogram(
        self,
        tree: Node,
        *,
        interval: Interval,
        group_by: Field | None = None,
        start: datetime | None = None,
        end: datetime | None = None,
    ) -> list[Bucket]:
        """How many of the found records each hour, day or week has, empty ones included.

        From the bucket of `start` to that of `end` (exclusive; aware), or of the first and last record found.
        """
        ...

    def held(self, *, after_id: int, limit: int) -> list[tuple[int, int]]:
        """The (record id, revision) held, by id, for comparing with the ledger."""
        ...
