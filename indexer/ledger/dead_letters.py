"""Dead letters: posts that can't be analysed or indexed, set aside with the reason until somebody puts them back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from indexer.ledger.batches import parts
from indexer.ledger.part import LedgerPart
from indexer.ledger.queues import Stage, count_set_aside, set_aside
from indexer.ledger.tables import dead_letters, pending, posts
from indexer.ledger.upserting import upsert


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A post of one version and revision that a step failed on `attempts` times.

    `error` is the type of the last error and `reason` its message: neither may quote the post.
    """

    record_id: int
    stage: Stage
    error: str
    reason: str
    version: int = 0
    revision: int = 0
    attempts: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A post that is set aside; times are in UTC, `attempts` counts over every time that it was put back."""

    record_id: int
    source: str
    stage: Stage
    error: str
    reason: str
    attempts: int
    first_at: datetime
    last_at: datetime


class DeadLetters(LedgerPart):
    """The dead letters of a ledger: `ledger.dead_letters`. Every method is one transaction."""

    def set_aside(self, failures: Sequence[Failure], *, now: datetime) -> None:
        """Keep posts out of the way, and end their leases; edited meanwhile, they wait again all the same."""
        if not failures:
            return
        rows = [_row(failure, now) for failure in sorted(failures, key=lambda failure: failure.record_id)]
        with self._write() as connection:
            changing = ("version", "revision", "error", "reason", "last_at")
            upsert(connection, dead_letters, rows, replaced=changing, added=("attempts",))
            for part in parts([row["post_id"] for row in rows if row["stage"] == Stage.ANALYSIS.value]):
                connection.execute(_GIVE_BACK, {"ids": part})

    def listed(self, *, limit: int = 1000) -> list[DeadLetter]:
        """The posts that are set aside, the latest first."""
        names = ("error", "reason", "attempts", "first_at", "last_at")
        query = (
            select(posts.c.id, posts.c.source, dead_letters.c.stage, *(dead_letters.c[name] for name in names))
            .join(posts, posts.c.id == dead_letters.c.post_id)
            .where(set_aside)
            .order_by(dead_letters.c.last_at.desc(), posts.c.id)
            .limit(limit)
        )
        with self._read() as connection:
            return [_letter(row) for row in connection.execute(query).mappings()]

    def counts(self) -> dict[Stage, int]:
        """How many posts are set aside, by the step."""
        with self._read() as connection:
            return count_set_aside(connection)

    def unknown(self, record_ids: Sequence[int]) -> list[int]:
        """Those of the records that are not set aside."""
        with self._read() as connection:
            held = _held(connection)
        return [record_id for record_id in record_ids if record_id not in held]

    def retry(self, record_ids: Sequence[int] | None = None) -> int:
        """Put posts back in their queues, all of them without ids; how many were set aside."""
        with self._write() as connection:
            held = _held(connection)
            back = sorted(held if record_ids is None else held & set(record_ids))
            for part in parts(back):
                connection.execute(_FORGET, {"ids": part})
                connection.execute(_AFRESH, {"ids": part})
        return len(back)


def _held(connection: Connection) -> set[int]:
    joined = select(dead_letters.c.post_id).join(posts, posts.c.id == dead_letters.c.post_id)
    return set(connection.scalars(joined.where(set_aside)))


def _row(failure: Failure, now: datetime) -> dict[str, Any]:
    names = ("version", "revision", "error", "reason", "attempts")
    kept = {name: getattr(failure, name) for name in names}
    return {**kept, "post_id": failure.record_id, "stage": failure.stage.value, "first_at": now, "last_at": now}


def _letter(row: Any) -> DeadLetter:
    kept = {name: row[name] for name in ("source", "error", "reason", "attempts", "first_at", "last_at")}
    return DeadLetter(record_id=row["id"], stage=Stage(row["stage"]), **kept)


_GIVE_BACK = (
    update(posts)
    .where(posts.c.id.in_(bindparam("ids", expanding=True)), pending)
    .values(lease_worker=None, lease_until=None)
)
_AFRESH = update(posts).where(posts.c.id.in_(bindparam("ids", expanding=True)), pending).values(attempts=0)
_FORGET = delete(dead_letters).where(dead_letters.c.post_id.in_(bindparam("ids", expanding=True)))
