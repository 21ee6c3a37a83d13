"""Posts that their thread no longer shows."""

from sqlalchemy import Connection, bindparam, select, update

from crawler.post import ThreadRead
from indexer.ledger.batches import parts
from indexer.ledger.details import keep_details
from indexer.ledger.tables import posts


def note_thread(connection: Connection, thread_read: ThreadRead) -> int:
    """Mark the thread's known posts that were not among those read; see `Ledger.note_thread`."""
    if not thread_read.is_whole:
        return 0
    shown = frozenset(thread_read.post_ids)
    rows = connection.execute(
        _PRESENT, {"thread_source": thread_read.source, "thread": thread_read.thread_id, "read": thread_read.read}
    )
    missing = sorted(row.id for row in rows if row.native_id not in shown)
    keep_details(connection, missing, until=thread_read.read)
    for part in parts(missing):
        connection.execute(_MISS, {"ids": part, "read": thread_read.read})
    return len(missing)


_PRESENT = select(posts.c.id, posts.c.native_id).where(
    posts.c.source == bindparam("thread_source"),
    posts.c.thread_id == bindparam("thread"),
    posts.c.not_seen_since.is_(None),
    # A post that landed after the thread was read is not missing from it.
    posts.c.first_seen <= bindparam("read", type_=posts.c.first_seen.type),
)
_MISS = (
    update(posts)
    .where(posts.c.id.in_(bindparam("ids", expanding=True)))
    .values(not_seen_since=bindparam("read"), revision=posts.c.revision + 1)
)
