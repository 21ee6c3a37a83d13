"""The ledger's tables, the same on SQLite and PostgreSQL; `migrations/` makes them, this file only reads and writes."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    and_,
)
from sqlalchemy.types import TypeDecorator

metadata = MetaData()
# SQLite numbers rows by itself only in a column of exactly this type.
Id = BigInteger().with_variant(Integer, "sqlite")


class UtcTime(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC; SQLite keeps no zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (the base class's signature)
        """To UTC; a naive time would be a guess, so it is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone can't be stored: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (the base class's signature)
        """From the database, in UTC."""
        if value is None:
            return None
        found: datetime = value
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


posts = Table(
    "posts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source", Text, nullable=False),
    Column("native_id", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("thread_id", Text),
    Column("parent_id", Text),
    Column("author", Text),
    Column("region", Text),
    Column("published", UtcTime),
    Column("likes", BigInteger),
    Column("replies", BigInteger),
    Column("views", BigInteger),
    Column("shares", BigInteger),
    Column("version", Integer, nullable=False),
    Column("first_seen", UtcTime, nullable=False),
    Column("last_seen", UtcTime, nullable=False),
    Column("not_seen_since", UtcTime),
    # The analysis of the current version; both are null while it waits for one.
    Column("model_version", Text),
    Column("dictionary_version", Text),
    Column("decision_id", Id),
    # `revision` counts the record's changes; the index holds `indexed_revision`, 0 where it does not hold the record.
    Column("revision", BigInteger, nullable=False),
    Column("indexed_revision", BigInteger, nullable=False),
    Column("lease_worker", Text),
    Column("lease_until", UtcTime),
    Column("attempts", Integer, nullable=False),
    UniqueConstraint("source", "native_id", name="posts_identity"),
    sqlite_autoincrement=True,  # an id that the audit log names is never given to another post
)
pending = posts.c.model_version.is_(None)
stale = and_(posts.c.model_version.is_not(None), posts.c.revision != posts.c.indexed_revision)
# Partial indexes: what waits is found at once however many posts the ledger holds.
Index("posts_pending", posts.c.id, sqlite_where=pending, postgresql_where=pending)
Index("posts_stale", posts.c.id, sqlite_where=stale, postgresql_where=stale)
Index("posts_thread", posts.c.source, posts.c.thread_id)

versions = Table(
    "versions",
    metadata,
    Column("post_id", Id, ForeignKey("posts.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("crawled", UtcTime, nullable=False),
    Column("first_seen", UtcTime, nullable=False),
    Column("evidence_sha256", Text, nullable=False),
    Column("evidence_file", Text),
    Column("evidence_offset", BigInteger),
)

analyses = Table(
    "analyses",
    metadata,
    Column("post_id", Id, ForeignKey("posts.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("model_version", Text, primary_key=True),
    Column("dictionary_version", Text, primary_key=True),
    Column("analysed", UtcTime, nullable=False),
    Column("analysis", Text, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("post_id", Id, ForeignKey("posts.id"), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("decided", UtcTime, nullable=False),
    Column("kind", Text),
    Column("sentiment", Text),
    Column("issues", Text),
    Column("urgency", Text),
    Column("overdue_complaint", Boolean),
    # The analysis that the reviewer saw; null where the post was judged before it was analysed.
    Column("model_version", Text),
    Column("dictionary_version", Text),
)

audit_log = Table(
    "audit_log",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("detail", Text, nullable=False),
    Column("previous_hash", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("source", Text, primary_key=True),
    Column("posts", BigInteger, nullable=False),
    Column("last_crawled", UtcTime, nullable=False),
    Column("last_published", UtcTime),
)

crawl_issues = Table(
    "crawl_issues",
    metadata,
    Column("source", Text, primary_key=True),
    Column("url", Text, primary_key=True),
    Column("reason", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("detail", Text, nullable=False),
    Column("first_at", UtcTime, nullable=False),
    Column("last_at", UtcTime, nullable=False, index=True),
    Column("times", Integer, nullable=False),
)

crawl_runs = Table(
    "crawl_runs",
    metadata,
    Column("source", Text, primary_key=True),
    Column("started", UtcTime, primary_key=True),
    Column("finished", UtcTime),
    Column("outcome", Text, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("posts", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("issues", Integer, nullable=False),
)

# One row: how often anything changed, and where the audit log's chain ends (a cut tail shows here).
ledger_state = Table(
    "ledger_state",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1", name="one_row"), primary_key=True, autoincrement=False),
    Column("changes", BigInteger, nullable=False),
    Column("audit_entries", BigInteger, nullable=False),
    Column("audit_hash", Text, nullable=False),
    # The model whose analyses become current; null until a worker or a switch said so: any model's do.
    Column("model_version", Text),
)
