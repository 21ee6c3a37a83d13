"""Which revision of which record the search index holds."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select, update

from indexer.ledger.queues import unindexed as waits_for_index
from indexer.ledger.reading import RECORDS, as_record
from indexer.ledger.tables import pending, posts
from indexer.record import Record


def unindexed(connection: Connection, limit: int) -> list[Record]:
    """Analysed records that the index holds not at all or in an older revision."""
    return [
        as_record(row) for row in connection.execute(RECORDS.where(waits_for_index).order_by(posts.c.id).limit(limit))
    ]


def mark_indexed(connection: Connection, revisions: Sequence[tuple[int, int]]) -> None:
    """Keep what the index has committed."""
    rows = [{"record_id": record_id, "held": revision} for record_id, revision in sorted(revisions)]
    connection.execute(_MARK, rows)


def indexed(connection: Connection, *, after_id: int, limit: int) -> list[tuple[int, int]]:
    """What the index should hold."""
    held = select(posts.c.id, posts.c.indexed_revision).where(posts.c.indexed_revision > 0, posts.c.id > after_id)
    return [(row.id, row.indexed_revision) for row in connection.execute(held.order_by(posts.c.id).limit(limit))]


def analysed(connection: Connection, *, after_id: int, limit: int) -> list[tuple[int, int]]:
    """The latest revision of every analysed record, whatever any index holds."""
    page = select(posts.c.id, posts.c.revision).where(posts.c.model_version.is_not(None), posts.c.id > after_id)
    return [(row.id, row.revision) for row in connection.execute(page.order_by(posts.c.id).limit(limit))]


def all_records(connection: Connection, *, after_id: int, limit: int) -> list[Record]:
    """A page of all analysed records."""
    page = RECORDS.where(posts.c.id > after_id, posts.c.model_version.is_not(None)).order_by(posts.c.id).limit(limit)
    return [as_record(row) for row in connection.execute(page)]


def forget_unanalysed(connection: Connection) -> int:
    """Posts that wait for analysis are not in a rebuilt index."""
    statement = update(posts).where(pending, posts.c.indexed_revision > 0).values(indexed_revision=0)
    return connection.execute(statement).rowcount


_MARK = (
    update(posts)
    .where(
        posts.c.id == bindparam("record_id"),
        # Never backwards: another process may have indexed a later revision meanwhile.
        posts.c.indexed_revision < bindparam("held"),
    )
    .values(indexed_revision=bindparam("held"))
)
