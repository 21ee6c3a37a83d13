"""Writing records into a generation: each held once, among its month's, in its latest revision."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple, Protocol, TypeVar

from indexer.errors import IndexUnavailableError, RecordRefusedError
from indexer.record import Record
from indexer.search.document import document
from indexer.search.elasticsearch.bulk import MAX_BYTES, MAX_CHANGES, Change, Outcome, send
from indexer.search.elasticsearch.connection import Connection
from indexer.search.elasticsearch.documents import as_source, month_of
from indexer.search.elasticsearch.generations import LENIENT, Generations, place_of

_MOST_FOUND = 10_000
_Item = TypeVar("_Item")


class Held(NamedTuple):
    """A record as it is held: among which month's, in which revision."""

    record_id: int
    month: str
    revision: int


class Target(Protocol):
    """Which generation is written."""

    scope: str
    to_aliases: bool

    def index(self, month: str) -> str:
        """Where a month's records go."""
        ...

    def make(self, month: str) -> None:
        """Make the month's index where it is missing."""
        ...


class SearchedTarget:
    """The generation that is searched, whichever it is: by aliases, which a rebuild moves."""

    to_aliases = True

    def __init__(self, generations: Generations) -> None:
        self.scope = generations.alias
        self.index = generations.write_alias
        self.make = generations.make_searched


class NewTarget:
    """A generation that is not searched yet."""

    to_aliases = False

    def __init__(self, generations: Generations, number: int) -> None:
        self._generations = generations
        self._number = number
        self._made: set[str] = set()
        self.scope = generations.pattern(number)

    def index(self, month: str) -> str:
        """See `Target.index`; made here, as nobody would be told that it is missing."""
        self.make(month)
        return self._generations.index(self._number, month)

    def make(self, month: str) -> None:
        """See `Target.make`."""
        if month not in self._made:
            self._generations.make(self._number, month)
            self._made.add(month)


class Writer:
    """Puts and deletes at once, shows it with `commit`. Any number of writers, here and on other machines, get along.

    A record whose month changes is removed from the old one: what is known of by a search is removed with the change,
    and what two writers put at the same time into two months is found by whoever commits last.
    """

    def __init__(self, connection: Connection, target: Target, *, max_bytes: int = MAX_BYTES) -> None:
        self._connection = connection
        self._target = target
        self._max_bytes = max_bytes
        # What was put since the last commit: searches do not show it yet.
        self._put: dict[int, dict[str, int]] = defaultdict(dict)
        self._changed = False

    def put(self, records: Iterable[Record]) -> None:
        """Hold the records; `RecordRefusedError`, once the others are held, for those that the node does not take."""
        refused: dict[int, str] = {}
        for chunk in _chunks(records, MAX_CHANGES):
            refused |= self._put_chunk(chunk)
        if refused:
            raise RecordRefusedError(refused)

    def delete(self, record_ids: Iterable[int]) -> None:
        """Hold the records no longer."""
        for chunk in _chunks(record_ids, MAX_CHANGES):
            self._remove(self._held(dict.fromkeys(chunk)))

    def commit(self) -> None:
        """Show what was changed."""
        if not self._changed:
            return
        self._refresh()
        extra = [held for chunk in _chunks(self._put, MAX_CHANGES) for held in self._twice(chunk)]
        self._put.clear()
        if extra:
            self._remove(extra)
            self._refresh()
        self._changed = False

    def _put_chunk(self, records: Sequence[Record]) -> dict[int, str]:
        latest = {record.id: record for record in sorted(records, key=lambda record: record.revision)}
        months = {record.id: month_of(record) for record in latest.values()}
        elsewhere = self._held(months)
        outdated = {held.record_id for held in elsewhere if held.revision > latest[held.record_id].revision}
        refused = self._send(
            Change(months[record.id], record.id, record.revision, as_source(document(record), months[record.id]))
            for record in latest.values()
            if record.id not in outdated
        )
        for record in latest.values():
            if record.id not in outdated and record.id not in refused:
                self._put[record.id][months[record.id]] = record.revision
        self._remove([held for held in elsewhere if held.record_id not in outdated | refused.keys()])
        return refused

    def _remove(self, held: Sequence[Held]) -> None:
        if held:
            self._send(Change(one.month, one.record_id, one.revision, None) for one in held)
        for one in held:
            self._put.get(one.record_id, {}).pop(one.month, None)

    def _send(self, changes: Iterable[Change]) -> dict[int, str]:
        """Send changes whose targets are months; those without an index once more, when it is made."""
        self._changed = True
        outcome = self._send_once(changes)
        if outcome.without_index:
            for target in {change.target for change in outcome.without_index}:
                self._target.make(target[-6:])
            again = send(
                self._connection,
                outcome.without_index,
                to_aliases=self._target.to_aliases,
                max_bytes=self._max_bytes,
            )
            if again.without_index:  # a rebuild replaced the generation in this very moment
                raise IndexUnavailableError("搜索索引正在换代；请稍后再试。帖子都在台账里，随后自动补上")
            outcome.refused.update(again.refused)
        return outcome.refused

    def _send_once(self, changes: Iterable[Change]) -> Outcome:
        located = (change._replace(target=self._target.index(change.target)) for change in changes)
        return send(self._connection, located, to_aliases=self._target.to_aliases, max_bytes=self._max_bytes)

    def _twice(self, record_ids: Iterable[int]) -> Iterator[Held]:
        """Of records that are held in two months, all but the latest revision."""
        mine = {record_id: self._put[record_id] for record_id in record_ids if self._put[record_id]}
        for other in self._found({record_id: next(iter(months)) for record_id, months in mine.items()}):
            ((month, revision),) = list(mine[other.record_id].items())[:1]
            yield other if other.revision <= revision else Held(other.record_id, month, revision)

    def _held(self, months: Mapping[int, str | None]) -> list[Held]:
        """Where these records are held, but for the month given with each."""
        known = [
            Held(record_id, month, revision)
            for record_id, own in months.items()
            for month, revision in self._put.get(record_id, {}).items()
            if month != own
        ]
        places = {(held.record_id, held.month) for held in known}
        return known + [held for held in self._found(months) if (held.record_id, held.month) not in places]

    def _found(self, months: Mapping[int, str | None]) -> list[Held]:
        """As `_held`, as far as searches show it."""
        by_month: dict[str | None, list[int]] = defaultdict(list)
        for record_id, month in months.items():
            by_month[month].append(record_id)
        if not by_month:
            return []
        query = {"bool": {"should": [_elsewhere(ids, month) for month, ids in by_month.items()]}}
        with self._connection.asking() as client:
            answer = client.search(
                index=self._target.scope,
                query=query,
                size=_MOST_FOUND,
                version=True,
                source=False,
                track_total_hits=False,
                allow_partial_search_results=False,
                **LENIENT,
            )
        return [
            Held(int(hit["_id"]), place_of(hit["_index"]).month, int(hit["_version"])) for hit in answer["hits"]["hits"]
        ]

    def _refresh(self) -> None:
        with self._connection.asking() as client:
            client.indices.refresh(index=self._target.scope, **LENIENT)


def _elsewhere(record_ids: Sequence[int], month: str | None) -> dict[str, Any]:
    held: dict[str, Any] = {"filter": [{"terms": {"id": list(record_ids)}}]}
    return {"bool": held if month is None else {**held, "must_not": [{"term": {"month": month}}]}}


def _chunks(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    source = iter(items)
    while chunk := list(islice(source, size)):
        yield chunk
