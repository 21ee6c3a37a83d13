"""Rows of the ledger as records."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, select

from crawler.post import Engagement, Evidence, Post, PostKind
from indexer.errors import RecordNotFoundError
from indexer.ledger import tables
from indexer.ledger.batches import parts
from indexer.ledger.tables import analyses, decisions, posts
from indexer.record import Decision, Record, Version
from nlp.analysis import Analysis

RECORDS: Select[Any] = (
    select(
        posts,
        *(tables.versions.c[name].label(name) for name in ("title", "text", "crawled")),
        *(tables.versions.c[name] for name in ("evidence_sha256", "evidence_file", "evidence_offset")),
        analyses.c.analysis,
        *(decisions.c[name].label(f"decided_{name}") for name in decisions.c.keys() if name != "post_id"),  # noqa: SIM118 (a collection of columns, not a mapping)
    )
    .join(
        tables.versions,
        and_(tables.versions.c.post_id == posts.c.id, tables.versions.c.version == posts.c.version),
    )
    .outerjoin(
        analyses,
        and_(
            analyses.c.post_id == posts.c.id,
            analyses.c.version == posts.c.version,
            analyses.c.model_version == posts.c.model_version,
            analyses.c.dictionary_version == posts.c.dictionary_version,
        ),
    )
    .outerjoin(decisions, decisions.c.id == posts.c.decision_id)
)


def record(connection: Connection, record_id: int) -> Record:
    """One record, or `RecordNotFoundError`."""
    row = connection.execute(RECORDS.where(posts.c.id == record_id)).one_or_none()
    if row is None:
        raise RecordNotFoundError(record_id)
    return as_record(row)


def records(connection: Connection, record_ids: Sequence[int]) -> list[Record]:
    """Records in the order of the ids."""
    found: dict[int, Record] = {}
    for part in parts(record_ids):
        rows = connection.execute(RECORDS.where(posts.c.id.in_(part)))
        found.update((row.id, as_record(row)) for row in rows)
    return [found[record_id] for record_id in record_ids if record_id in found]


def find(connection: Connection, source: str, native_id: str) -> Record | None:
    """The record of a post at its source."""
    row = connection.execute(RECORDS.where(posts.c.source == source, posts.c.native_id == native_id)).one_or_none()
    return None if row is None else as_record(row)


def thread(connection: Connection, source: str, thread_id: str, *, limit: int) -> list[Record]:
    """The records of a thread."""
    order = (func.coalesce(posts.c.published, posts.c.first_seen), posts.c.id)
    query = RECORDS.where(posts.c.source == source, posts.c.thread_id == thread_id).order_by(*order).limit(limit)
    return [as_record(row) for row in connection.execute(query)]


def versions(connection: Connection, record_id: int) -> list[Version]:
    """Every wording of a post."""
    table = tables.versions
    columns = (table.c.version, table.c.title, table.c.text, table.c.first_seen, table.c.evidence_sha256)
    query = select(*columns).where(table.c.post_id == record_id).order_by(table.c.version)
    return [Version(**row) for row in connection.execute(query).mappings()]


def as_record(row: Row[Any]) -> Record:
    """A row of `RECORDS` as the record that it is."""
    return Record(
        id=row.id,
        post=_post(row),
        version=row.version,
        revision=row.revision,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        not_seen_since=row.not_seen_since,
        cluster_id=row.cluster_id,
        analysis=Analysis.from_json(row.analysis) if row.analysis else None,
        decision=_decision(row) if row.decided_id is not None else None,
    )


def _post(row: Row[Any]) -> Post:
    return Post(
        source=row.source,
        native_id=row.native_id,
        url=row.url,
        kind=PostKind(row.kind),
        title=row.title,
        text=row.text,
        published=row.published,
        crawled=row.crawled,
        evidence=Evidence(sha256=row.evidence_sha256, file=row.evidence_file, offset=row.evidence_offset),
        thread_id=row.thread_id,
        parent_id=row.parent_id,
        author=row.author,
        region=row.region,
        engagement=Engagement(likes=row.likes, replies=row.replies, views=row.views, shares=row.shares),
    )


def _decision(row: Row[Any]) -> Decision:
    return Decision(
        record_id=row.id,
        reviewer=row.decided_reviewer,
        reason=row.decided_reason,
        decided=row.decided_decided,
        kind=row.decided_kind,
        sentiment=row.decided_sentiment,
        issues=as_issues(row.decided_issues),
        urgency=row.decided_urgency,
        overdue_complaint=row.decided_overdue_complaint,
        version=row.decided_version,
        model_version=row.decided_model_version,
    )


def as_issues(text: str | None) -> tuple[str, ...] | None:
    """Issues as a decision keeps them."""
    return None if text is None else tuple(json.loads(text))
