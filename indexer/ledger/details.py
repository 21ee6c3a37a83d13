"""What posts' details were until they moved: counts, address, first-known facts, whether they were missing."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from indexer.ledger.batches import parts
from indexer.ledger.tables import earlier_details, posts

DETAILS = tuple(name for name in earlier_details.c.keys() if name not in ("id", "post_id", "until"))  # noqa: SIM118 (a collection of columns, not a mapping)


def keep_details(connection: Connection, record_ids: Sequence[int], *, until: datetime) -> None:
    """Keep the posts' details as they are; called right before they move, at `until` (UTC)."""
    for part in parts(sorted(record_ids)):
        connection.execute(_KEEP, {"ids": part, "until": until})


_KEEP = insert(earlier_details).from_select(
    ["post_id", "until", *DETAILS],
    select(
        posts.c.id,
        bindparam("until", type_=earlier_details.c.until.type),
        *(posts.c[name] for name in DETAILS),
    ).where(posts.c.id.in_(bindparam("ids", expanding=True))),
)
