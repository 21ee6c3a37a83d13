"""The two queues of a ledger: posts that wait for analysis, records that wait for the index, and who left them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, or_, select

from indexer.ledger.batches import parts
from indexer.ledger.tables import dead_letters, pending, posts, stale, versions

# The oldest of what waits is looked for among so many that are next: all of a long queue would be read on every look.
_LOOKED_AT = 1000


class Stage(StrEnum):
    """A step that a post goes through; it may be set aside by either."""

    ANALYSIS = "analysis"
    INDEXING = "indexing"


def _holds(stage: Stage) -> ColumnElement[bool]:
    """Of a dead letter beside its post: whether the post is still what the step failed on."""
    present = {Stage.ANALYSIS: posts.c.version, Stage.INDEXING: posts.c.revision}[stage]
    kept = {Stage.ANALYSIS: dead_letters.c.version, Stage.INDEXING: dead_letters.c.revision}[stage]
    return and_(dead_letters.c.stage == stage.value, kept == present)


def _is_set_aside(stage: Stage) -> ColumnElement[bool]:
    return exists().where(dead_letters.c.post_id == posts.c.id, _holds(stage))


waiting = and_(pending, ~_is_set_aside(Stage.ANALYSIS))
unindexed = and_(stale, ~_is_set_aside(Stage.INDEXING))
set_aside = or_(and_(pending, _holds(Stage.ANALYSIS)), and_(stale, _holds(Stage.INDEXING)))


def count_set_aside(connection: Connection) -> dict[Stage, int]:
    """How many posts are set aside, by the step."""
    query = (
        select(dead_letters.c.stage, func.count())
        .join(posts, posts.c.id == dead_letters.c.post_id)
        .where(set_aside)
        .group_by(dead_letters.c.stage)
    )
    found = {Stage(stage): int(number) for stage, number in connection.execute(query)}
    return {stage: found.get(stage, 0) for stage in Stage}


def stale_ids(*, after_id: int, limit: int) -> Select[tuple[int]]:
    """Analysed posts whose latest revision the index does not hold, those that are set aside too, by id."""
    return select(posts.c.id).where(stale, posts.c.id > after_id).order_by(posts.c.id).limit(limit)


def oldest_waiting(connection: Connection) -> datetime | None:
    """When the oldest of the posts that are next landed; `None` where none waits."""
    following = select(posts.c.id, posts.c.version).where(waiting).order_by(posts.c.id).limit(_LOOKED_AT).subquery()
    landed = select(func.min(versions.c.first_seen)).join(
        following, and_(versions.c.post_id == following.c.id, versions.c.version == following.c.version)
    )
    oldest: datetime | None = connection.scalar(landed)
    return oldest


def never_indexed(connection: Connection, record_ids: list[int]) -> list[datetime]:
    """When those records landed that the index has never held."""
    landed: list[datetime] = []
    for part in parts(record_ids):
        query = select(posts.c.first_seen).where(posts.c.id.in_(part), posts.c.indexed_revision == 0)
        landed.extend(connection.scalars(query))
    return landed
