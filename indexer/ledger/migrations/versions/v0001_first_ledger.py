"""The first ledger: posts, versions, analyses, decisions, audit log, sources, crawl runs and issues."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)
_AUDIT = "GENESIS"


def upgrade() -> None:
    _posts()
    _versions()
    _analyses()
    _decisions()
    _audit_log()
    _sources()
    _crawls()
    _state()
    _append_only()


def _posts() -> None:
    op.create_table(
        "posts",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("native_id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text()) for name in ("thread_id", "parent_id", "author", "region")),
        sa.Column("published", _TIME),
        *(sa.Column(name, sa.BigInteger()) for name in ("likes", "replies", "views", "shares")),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("first_seen", _TIME, nullable=False),
        sa.Column("last_seen", _TIME, nullable=False),
        sa.Column("not_seen_since", _TIME),
        sa.Column("model_version", sa.Text()),
        sa.Column("dictionary_version", sa.Text()),
        sa.Column("decision_id", _ID),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("indexed_revision", sa.BigInteger(), nullable=False),
        sa.Column("lease_worker", sa.Text()),
        sa.Column("lease_until", _TIME),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.UniqueConstraint("source", "native_id", name="posts_identity"),
        sqlite_autoincrement=True,
    )
    _partial_index("posts_pending", "model_version IS NULL")
    _partial_index("posts_stale", "model_version IS NOT NULL AND revision != indexed_revision")
    op.create_index("posts_thread", "posts", ["source", "thread_id"])


def _partial_index(name: str, where: str) -> None:
    op.create_index(name, "posts", ["id"], sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _versions() -> None:
    op.create_table(
        "versions",
        sa.Column("post_id", _ID, sa.ForeignKey("posts.id"), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("title", "text", "digest")),
        sa.Column("crawled", _TIME, nullable=False),
        sa.Column("first_seen", _TIME, nullable=False),
        sa.Column("evidence_sha256", sa.Text(), nullable=False),
        sa.Column("evidence_file", sa.Text()),
        sa.Column("evidence_offset", sa.BigInteger()),
    )


def _analyses() -> None:
    op.create_table(
        "analyses",
        sa.Column("post_id", _ID, sa.ForeignKey("posts.id"), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True),
        sa.Column("model_version", sa.Text(), primary_key=True),
        sa.Column("dictionary_version", sa.Text(), primary_key=True),
        sa.Column("analysed", _TIME, nullable=False),
        sa.Column("analysis", sa.Text(), nullable=False),
    )


def _decisions() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("post_id", _ID, sa.ForeignKey("posts.id"), nullable=False, index=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided", _TIME, nullable=False),
        *(sa.Column(name, sa.Text()) for name in ("kind", "sentiment", "issues", "urgency")),
        sa.Column("overdue_complaint", sa.Boolean()),
    )


def _audit_log() -> None:
    op.create_table(
        "audit_log",
        sa.Column("id", _ID, primary_key=True, autoincrement=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False, index=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("detail", "previous_hash", "hash")),
    )


def _sources() -> None:
    op.create_table(
        "sources",
        sa.Column("source", sa.Text(), primary_key=True),
        sa.Column("posts", sa.BigInteger(), nullable=False),
        sa.Column("last_crawled", _TIME, nullable=False),
        sa.Column("last_published", _TIME),
    )


def _crawls() -> None:
    op.create_table(
        "crawl_issues",
        *(sa.Column(name, sa.Text(), primary_key=True) for name in ("source", "url", "reason", "field")),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("first_at", _TIME, nullable=False),
        sa.Column("last_at", _TIME, nullable=False, index=True),
        sa.Column("times", sa.Integer(), nullable=False),
    )
    op.create_table(
        "crawl_runs",
        sa.Column("source", sa.Text(), primary_key=True),
        sa.Column("started", _TIME, primary_key=True),
        sa.Column("finished", _TIME),
        sa.Column("outcome", sa.Text(), nullable=False),
        *(sa.Column(n, sa.Integer(), nullable=False) for n in ("pages", "posts", "new", "changed", "issues")),
    )


def _state() -> None:
    state = op.create_table(
        "ledger_state",
        sa.Column(
            "id", sa.Integer(), sa.CheckConstraint("id = 1", name="one_row"), primary_key=True, autoincrement=False
        ),
        sa.Column("changes", sa.BigInteger(), nullable=False),
        sa.Column("audit_entries", sa.BigInteger(), nullable=False),
        sa.Column("audit_hash", sa.Text(), nullable=False),
    )
    op.bulk_insert(state, [{"id": 1, "changes": 0, "audit_entries": 0, "audit_hash": _AUDIT}])


def _append_only() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION audit_log_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'audit_log is append-only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_log_append_only()"
        )
        return
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_log_no_{event.lower()} BEFORE {event} ON audit_log "
            "BEGIN SELECT RAISE(ABORT, 'audit_log is append-only'); END"
        )


def downgrade() -> None:
    raise NotImplementedError("the first ledger is not taken back: restore a backup")
