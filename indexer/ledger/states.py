"""What the ledger holds in numbers, and whether anything changed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, func, select, update

from indexer.ledger.queues import Stage, count_set_aside, oldest_waiting
from indexer.ledger.tables import crawl_issues, decisions, ledger_state, pending, posts, stale
from indexer.ledger.tables import sources as source_table


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerCounts:
    """How many posts the ledger holds and how far they have come.

    `analysed` and `indexed` count posts whose latest wording is analysed, whose latest revision is searchable;
    `issues` counts oddities of sources. `dead_letters` were set aside by either step; `pending` leaves them out.
    """

    posts: int
    pending: int
    analysed: int
    indexed: int
    decided: int
    issues: int
    dead_letters: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """What waits, cheap to ask for: posts for analysis, records for the index, and what each step has set aside.

    `oldest` is when the oldest of the posts that are next in line landed (UTC), `None` where none waits.
    """

    posts: int
    pending: int
    unindexed: int
    dead_letters: dict[Stage, int]
    oldest: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """How many posts a source has given and how fresh they are; times are in UTC."""

    source: str
    posts: int
    last_crawled: datetime
    last_published: datetime | None


def counts(connection: Connection) -> LedgerCounts:
    """Count what is held."""
    total, without, behind = _total(connection), _without(connection), _behind(connection)
    aside = count_set_aside(connection)
    decided = select(func.count(func.distinct(decisions.c.post_id)))
    return LedgerCounts(
        posts=total,
        pending=without - aside[Stage.ANALYSIS],
        analysed=total - without,
        indexed=total - without - behind,
        decided=_count(connection, decided),
        issues=_count(connection, select(func.count()).select_from(crawl_issues)),
        dead_letters=sum(aside.values()),
    )


def backlog(connection: Connection) -> Backlog:
    """Count what waits."""
    aside = count_set_aside(connection)
    return Backlog(
        posts=_total(connection),
        pending=_without(connection) - aside[Stage.ANALYSIS],
        unindexed=_behind(connection) - aside[Stage.INDEXING],
        dead_letters=aside,
        oldest=oldest_waiting(connection),
    )


def sources(connection: Connection) -> list[SourceState]:
    """All sources that ever gave a post."""
    rows = connection.execute(select(source_table).order_by(source_table.c.source)).mappings()
    return [SourceState(**row) for row in rows]


def version_key(connection: Connection) -> str:
    """The number of changes so far."""
    return str(connection.scalar(select(ledger_state.c.changes)))


def note_change(connection: Connection) -> None:
    """Count a change; last in its transaction, so that PostgreSQL's writers meet at this row only to commit."""
    connection.execute(update(ledger_state).values(changes=ledger_state.c.changes + 1))


def _total(connection: Connection) -> int:
    return _count(connection, select(func.coalesce(func.sum(source_table.c.posts), 0)))


def _without(connection: Connection) -> int:
    """Posts without a current analysis."""
    return _count(connection, select(func.count()).select_from(posts).where(pending))


def _behind(connection: Connection) -> int:
    """Records that the index does not hold in their latest revision."""
    return _count(connection, select(func.count()).select_from(posts).where(stale))


def _count(connection: Connection, query: Select[int]) -> int:
    return int(connection.scalar(query) or 0)
