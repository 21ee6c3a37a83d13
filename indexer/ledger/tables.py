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
    LargeBinary,
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
    # The smallest id among its near-duplicates; null where it has none.
    Column("cluster_id", Id),
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
clustered = posts.c.cluster_id.is_not(None)
Index("posts_cluster", posts.c.cluster_id, sqlite_where=clustered, postgresql_where=clustered)

# What a post's details were until they moved, so that an export as of a past moment stays what it was.
earlier_details = Table(
    "earlier_details",
    metadata,
    Column("id", Id, primary_key=True),
    Column("post_id", Id, ForeignKey("posts.id"), nullable=False, index=True),
    Column("until", UtcTime, nullable=False),
    Column("url", Text, nullable=False),
    *(Column(name, Text) for name in ("thread_id", "parent_id", "author", "region")),
    *(Column(name, UtcTime) for name in ("published", "not_seen_since")),
    *(Column(name, BigInteger) for name in ("likes", "replies", "views", "shares")),
    Column("cluster_id", Id),
)

# MinHash signatures of the current wordings, and which posts share a band of theirs (a part that equals by chance only
# where much of the wording does).
signatures = Table(
    "signatures",
    metadata,
    Column("post_id", Id, ForeignKey("posts.id"), primary_key=True, autoincrement=False),
    Column("signature", LargeBinary, nullable=False),
)
signature_bands = Table(
    "signature_bands",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("post_id", Id, ForeignKey("posts.id"), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

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

# Posts set aside: by the analysis in this version, by the search index in this revision. Either moves, and the row no
# longer counts: the post is tried again.
dead_letters = Table(
    "dead_letters",
    metadata,
    Column("post_id", Id, ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True),
    Column("stage", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("error", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("first_at", UtcTime, nullable=False),
    Column("last_at", UtcTime, nullable=False),
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

# How far each item of a source (a thread, a list page, the total of a list) was read when it was last looked at; `gaps`
# is a JSON object of posts by reason, 0 where their number isn't known.
coverage = Table(
    "coverage",
    metadata,
    Column("source", Text, primary_key=True),
    Column("item", Text, primary_key=True),
    Column("board", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("hour", UtcTime, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("stated", BigInteger),
    Column("got", BigInteger, nullable=False),
    Column("gaps", Text, nullable=False),
)
uncovered = coverage.c.gaps != "{}"
Index("coverage_gaps", coverage.c.source, coverage.c.at, sqlite_where=uncovered, postgresql_where=uncovered)

# The sums of what was looked at in an hour; `outcome` is "got" or the reason of a gap.
coverage_hours = Table(
    "coverage_hours",
    metadata,
    Column("source", Text, primary_key=True),
    Column("board", Text, primary_key=True),
    Column("hour", UtcTime, primary_key=True),
    Column("outcome", Text, primary_key=True),
    Column("posts", BigInteger, nullable=False),
    Column("items", BigInteger, nullable=False),
)

# What came in by the hour, and which fields were missing on it: against its own history a source is judged.
source_hours = Table(
    "source_hours",
    metadata,
    Column("source", Text, primary_key=True),
    Column("hour", UtcTime, primary_key=True),
    Column("posts", BigInteger, nullable=False),
    Column("new", BigInteger, nullable=False),
)

field_hours = Table(
    "field_hours",
    metadata,
    Column("source", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("hour", UtcTime, primary_key=True),
    Column("missing", BigInteger, nullable=False),
    Column("url", Text, nullable=False),
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
