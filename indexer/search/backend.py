"""SearchIndex: the seam between those who search and what holds the words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

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


class SearchIndex(Protocol):
    """Finds records by a query tree. Derived from the ledger: it may be thrown away and rebuilt at any time.

    A record is held once, in its latest revision, with the effective labels. Changes show after `commit`.
    """

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
        """Give up the right to write; changes that were not committed are lost."""
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
