"""Handing posts to workers and taking their analyses back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, bindparam, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from crawler.post import PostKind
from indexer.ledger.batches import parts
from indexer.ledger.clustering import alone, cluster
from indexer.ledger.queues import waiting
from indexer.ledger.tables import analyses, ledger_state, pending, posts, versions
from indexer.record import Pending
from nlp.analysis import Analysis

_MODEL_LOCK = 5_390_018  # any number, the same in all our processes


def lease(connection: Connection, worker: str, *, limit: int, now: datetime, until: datetime) -> list[Pending]:
    """Take posts that wait and that nobody holds; see `Ledger.lease`."""
    chosen = (
        select(posts.c.id)
        .where(waiting, _free(now))
        .order_by(posts.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=posts)
    )
    ids = list(connection.scalars(chosen))
    leased: list[Pending] = []
    for part in parts(ids):
        connection.execute(_LEASE, {"ids": part, "worker": worker, "until": until})
        leased.extend(
            Pending(record_id=row.id, version=row.version, kind=PostKind(row.kind), title=row.title, text=row.text)
            for row in connection.execute(_WORDING, {"ids": part})
        )
    return leased


def waits(connection: Connection, *, now: datetime) -> bool:
    """Whether any post waits that nobody holds; a worker with nothing to do asks this without writing."""
    return connection.scalar(select(posts.c.id).where(waiting, _free(now)).limit(1)) is not None


def extend(connection: Connection, worker: str, record_ids: Sequence[int], *, until: datetime) -> int:
    """Move the end of a worker's leases of these posts; how many it still holds.

    What is locked is passed over: on PostgreSQL it is being stored at this moment, and to wait for it could block both.
    """
    held = 0
    for part in parts(sorted(record_ids)):
        mine = select(posts.c.id).where(posts.c.id.in_(part), pending, posts.c.lease_worker == worker)
        ids = list(connection.scalars(mine.order_by(posts.c.id).with_for_update(skip_locked=True)))
        connection.execute(_EXTEND, {"ids": ids, "until": until})
        held += len(ids)
    return held


def holders(connection: Connection, *, now: datetime) -> list[str]:
    """Who holds posts."""
    held = select(posts.c.lease_worker).where(pending, posts.c.lease_until > now).distinct()
    return sorted(worker for worker in connection.scalars(held) if worker)


def release(connection: Connection, workers: Sequence[str]) -> int:
    """Take posts back from workers."""
    held = update(posts).where(pending, posts.c.lease_worker.in_(workers))
    return connection.execute(held.values(lease_worker=None, lease_until=None)).rowcount


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(posts.c.lease_until.is_(None), posts.c.lease_until <= now)


def store(connection: Connection, results: Sequence[tuple[Pending, Analysis]], *, now: datetime) -> int:
    """Keep analyses and put their posts into clusters; what is outdated, or by a model not in use, is history only."""
    if not results:
        return 0
    ordered = sorted(results, key=lambda result: result[0].record_id)
    in_use = _model_in_use(connection)
    alone(connection)
    keep(connection, ordered, now=now)
    refused = [leased.record_id for leased, analysis in ordered if in_use not in (None, analysis.model_version)]
    for part in parts(refused):
        connection.execute(_GIVE_BACK, {"ids": part})
    current = [(leased, analysis) for leased, analysis in ordered if in_use in (None, analysis.model_version)]
    finished = [leased for leased, analysis in current if _finish(connection, leased, analysis)]
    # Here and not at landing, where it would take four times as long as all else: whoever is found has its cluster.
    cluster(connection, [(leased.record_id, leased.analysed_text) for leased in finished], now=now)
    return len(finished)


def keep(connection: Connection, results: Sequence[tuple[Pending, Analysis]], *, now: datetime) -> None:
    """Keep analyses beside those that there are, each once."""
    ordered = sorted(results, key=lambda result: result[0].record_id)
    connection.execute(_keep(connection), [_row(leased, analysis, now) for leased, analysis in ordered])


def allow_model(connection: Connection, model_version: str) -> None:
    """From now on only this model's analyses become current; no `store` that began before goes on meanwhile."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_MODEL_LOCK)))
    connection.execute(update(ledger_state).values(model_version=model_version))


def _model_in_use(connection: Connection) -> str | None:
    # SQLite has one writer anyway; PostgreSQL's writers share this lock, which a switch takes alone.
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock_shared(_MODEL_LOCK)))
    return connection.scalar(select(ledger_state.c.model_version))


def _row(leased: Pending, analysis: Analysis, now: datetime) -> dict[str, object]:
    return {
        "post_id": leased.record_id,
        "version": leased.version,
        "model_version": analysis.model_version,
        "dictionary_version": analysis.dictionary_version,
        "analysed": now,
        "analysis": analysis.to_json(),
    }


def _keep(connection: Connection) -> sqlite.Insert | postgresql.Insert:
    # Two workers may both have analysed a post whose first lease ran out: it is kept once.
    if connection.dialect.name == "postgresql":
        return postgresql.insert(analyses).on_conflict_do_nothing()
    return sqlite.insert(analyses).on_conflict_do_nothing()


def _finish(connection: Connection, leased: Pending, analysis: Analysis) -> int:
    values = {
        "record_id": leased.record_id,
        "analysed_version": leased.version,
        "model": analysis.model_version,
        "dictionary": analysis.dictionary_version,
    }
    return connection.execute(_FINISH, values).rowcount


_LEASE = (
    update(posts)
    .where(posts.c.id.in_(bindparam("ids", expanding=True)))
    .values(lease_worker=bindparam("worker"), lease_until=bindparam("until"), attempts=posts.c.attempts + 1)
)
_EXTEND = update(posts).where(posts.c.id.in_(bindparam("ids", expanding=True))).values(lease_until=bindparam("until"))
_GIVE_BACK = (
    update(posts)
    .where(posts.c.id.in_(bindparam("ids", expanding=True)), pending)
    .values(lease_worker=None, lease_until=None)
)
_WORDING = (
    select(posts.c.id, posts.c.version, posts.c.kind, versions.c.title, versions.c.text)
    .join(versions, (versions.c.post_id == posts.c.id) & (versions.c.version == posts.c.version))
    .where(posts.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(posts.c.id)
)
_FINISH = (
    update(posts)
    .where(posts.c.id == bindparam("record_id"), posts.c.version == bindparam("analysed_version"), pending)
    .values(
        model_version=bindparam("model"),
        dictionary_version=bindparam("dictionary"),
        revision=posts.c.revision + 1,
        lease_worker=None,
        lease_until=None,
    )
)
