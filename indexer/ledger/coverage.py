"""Coverage in the ledger: `ledger.coverage` takes what crawls report, and tells what was read and what was not."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select, tuple_

from crawler.coverage import Coverage
from indexer.ledger.batches import parts
from indexer.ledger.covering import GOT, Counted, count, counted_of
from indexer.ledger.part import LedgerPart
from indexer.ledger.tables import coverage as item_table
from indexer.ledger.tables import coverage_hours, field_hours, source_hours, uncovered
from indexer.ledger.upserting import upsert

_Key = tuple[str, str]
_SMALL = 400  # two parameters a key: below SQLite's limit in one comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """One source, one of its boards, or an hour of one (UTC): posts `got` of those `stated`, and the gaps by reason.

    `unknown` counts the places (pages, threads) by reason of which nobody says how many posts they hold.
    """

    source: str
    board: str = ""
    hour: datetime | None = None
    items: int = 0
    got: int = 0
    gaps: Mapping[str, int]
    unknown: Mapping[str, int]

    @property
    def stated(self) -> int:
        """How many posts there are by the site's own account, as far as it gives one."""
        return self.got + sum(self.gaps.values())

    @property
    def share(self) -> float | None:
        """Got ÷ stated; `None` where nothing was looked at."""
        return self.got / self.stated if self.stated else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncovered:
    """An item with a gap, as it was when last looked at (`at`, UTC)."""

    source: str
    board: str
    url: str
    at: datetime
    stated: int | None
    got: int
    gaps: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHour:
    """What came from a source in an hour (UTC): posts read, and those among them that were new."""

    source: str
    hour: datetime
    posts: int
    new: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldHour:
    """How often a field was missing at a source in an hour (UTC); `url` is the last page that lacked it."""

    source: str
    field: str
    hour: datetime
    missing: int
    url: str


class Coverages(LedgerPart):
    """The coverage that a ledger keeps. Every method is one transaction; times are in UTC."""

    def note(self, records: Sequence[Coverage]) -> None:
        """Keep what is known of items now; the same item looked at again within the hour counts once."""
        latest = {(record.source, record.item): record for record in records}
        if not latest:
            return
        with self._write() as connection:
            for part in parts(sorted(latest)):
                _note(connection, {key: latest[key] for key in part})

    def by_source(self, *, source: str | None = None, since: datetime | None = None) -> list[Covered]:
        """Each source as it stands: every item as it was when last looked at."""
        return self._standing(source, since, has_board=False)

    def by_board(self, *, source: str | None = None, since: datetime | None = None) -> list[Covered]:
        """Each board (or search) as it stands."""
        return self._standing(source, since, has_board=True)

    def by_hour(self, *, source: str | None = None, since: datetime | None = None) -> list[Covered]:
        """What was looked at in each hour, by source and board, the latest hour first."""
        table = coverage_hours
        query = select(table).where(*_chosen(table, "hour", source, since))
        found: dict[tuple[str, str, datetime], _Sum] = {}
        with self._read() as connection:
            for row in connection.execute(query):
                found.setdefault((row.source, row.board, row.hour), _Sum()).add(row.outcome, row.posts, row.items)
        ordered = sorted(sorted(found), key=lambda key: key[2], reverse=True)
        return [found[key].covered(*key) for key in ordered]

    def gaps(self, *, source: str | None = None, since: datetime | None = None, limit: int = 1000) -> list[Uncovered]:
        """The items with gaps, the latest first."""
        chosen = _chosen(item_table, "at", source, since)
        query = select(item_table).where(uncovered, *chosen).order_by(item_table.c.at.desc(), item_table.c.item)
        with self._read() as connection:
            return [_uncovered(row) for row in connection.execute(query.limit(limit))]

    def source_hours(self, *, since: datetime) -> list[SourceHour]:
        """What came in by the hour."""
        query = select(source_hours).where(source_hours.c.hour >= since).order_by(source_hours.c.hour)
        with self._read() as connection:
            return [SourceHour(**row) for row in connection.execute(query).mappings()]

    def field_hours(self, *, since: datetime) -> list[FieldHour]:
        """Which fields were missing by the hour."""
        query = select(field_hours).where(field_hours.c.hour >= since).order_by(field_hours.c.hour)
        with self._read() as connection:
            return [FieldHour(**row) for row in connection.execute(query).mappings()]

    def _standing(self, source: str | None, since: datetime | None, *, has_board: bool) -> list[Covered]:
        board = item_table.c.board if has_board else func.max("")
        columns = (item_table.c.source, board.label("board"), item_table.c.gaps)
        keys = (item_table.c.source, item_table.c.gaps, *((item_table.c.board,) if has_board else ()))
        query = select(*columns, func.sum(item_table.c.got).label("got"), func.count().label("items"))
        query = query.where(*_chosen(item_table, "at", source, since)).group_by(*keys)
        found: dict[_Key, _Sum] = {}
        with self._read() as connection:
            for row in connection.execute(query):
                total = found.setdefault((row.source, row.board), _Sum())
                total.add(GOT, int(row.got), row.items)
                for reason, posts in json.loads(row.gaps).items():
                    total.add(reason, posts * row.items, row.items)
        return [found[key].covered(*key) for key in sorted(found)]


class _Sum:
    def __init__(self) -> None:
        self.items, self.got = 0, 0
        self.gaps: Counter[str] = Counter()
        self.unknown: Counter[str] = Counter()

    def add(self, outcome: str, posts: int, items: int) -> None:
        if outcome == GOT:
            self.items += items
            self.got += posts
        elif posts:
            self.gaps[outcome] += posts
        else:
            self.unknown[outcome] += items

    def covered(self, source: str, board: str = "", hour: datetime | None = None) -> Covered:
        return Covered(
            source=source,
            board=board,
            hour=hour,
            items=self.items,
            got=self.got,
            gaps=dict(sorted(self.gaps.items())),
            unknown=dict(sorted(self.unknown.items())),
        )


def _chosen(table: Table, time: str, source: str | None, since: datetime | None) -> list[ColumnElement[bool]]:
    found = [] if source is None else [table.c.source == source]
    return found if since is None else [*found, table.c[time] >= since]


def _uncovered(row: Any) -> Uncovered:
    kept = counted_of(row)
    return Uncovered(
        source=row.source,
        board=kept.board,
        url=kept.url,
        at=kept.at,
        stated=kept.stated,
        got=kept.got,
        gaps=kept.gaps,
    )


def _note(connection: Connection, records: Mapping[_Key, Coverage]) -> None:
    known = _known(connection, list(records))
    now = {key: count(record, known.get(key)) for key, record in records.items()}
    kept = {key: item for key, item in now.items() if not item.is_nothing}
    gone = [key for key in now.keys() & known.keys() if now[key].is_nothing]
    for part in parts(gone, most=_SMALL):
        connection.execute(delete(item_table).where(_key_of(item_table).in_(part)))
    if kept:
        rows = [_row(key, item) for key, item in kept.items()]
        upsert(connection, item_table, rows, replaced=("board", "url", "hour", "at", "stated", "got", "gaps"))
    _note_hours(connection, now, known)


def _note_hours(connection: Connection, now: Mapping[_Key, Counted], known: Mapping[_Key, Counted]) -> None:
    """Add what was looked at to the sums of the hour; an item that was in them already is taken out first."""
    posts: Counter[tuple[str, str, datetime, str]] = Counter()
    items: Counter[tuple[str, str, datetime, str]] = Counter()
    for (source, _), item, sign in _moves(now, known):
        for outcome, number in item.outcomes.items():
            posts[source, item.board, item.hour, outcome] += sign * number
            items[source, item.board, item.hour, outcome] += sign
    names = ("source", "board", "hour", "outcome")
    changed = [key for key in items if posts[key] or items[key]]
    rows = [{**dict(zip(names, key, strict=True)), "posts": posts[key], "items": items[key]} for key in sorted(changed)]
    if rows:
        upsert(connection, coverage_hours, rows, added=("posts", "items"))


def _moves(now: Mapping[_Key, Counted], known: Mapping[_Key, Counted]) -> Iterator[tuple[_Key, Counted, int]]:
    for key, item in now.items():
        before = known.get(key)
        if before is not None and before.hour == item.hour:
            yield key, before, -1
        if not item.is_nothing:
            yield key, item, 1


def _known(connection: Connection, keys: Sequence[_Key]) -> dict[_Key, Counted]:
    found: dict[_Key, Counted] = {}
    for part in parts(keys, most=_SMALL):
        query = select(item_table).where(_key_of(item_table).in_(part)).with_for_update()
        found |= {(row.source, row.item): counted_of(row) for row in connection.execute(query)}
    return found


def _key_of(table: Table) -> Any:
    return tuple_(table.c.source, table.c.item)


def _row(key: _Key, item: Counted) -> dict[str, Any]:
    names = ("board", "url", "hour", "at", "stated", "got")
    kept = {name: getattr(item, name) for name in names}
    return {"source": key[0], "item": key[1], **kept, "gaps": item.gaps_as_json}
