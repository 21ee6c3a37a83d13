"""Near-duplicates, and what a post's details (counts, its cluster of near-duplicates) were until they moved."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_TIME = sa.DateTime(timezone=True)
_CLUSTERED = sa.text("cluster_id IS NOT NULL")
_TEXTS = ("thread_id", "parent_id", "author", "region")
_COUNTS = ("likes", "replies", "views", "shares")


def upgrade() -> None:
    op.add_column("posts", sa.Column("cluster_id", _ID))
    op.create_index("posts_cluster", "posts", ["cluster_id"], sqlite_where=_CLUSTERED, postgresql_where=_CLUSTERED)
    op.create_table(
        "earlier_details",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("post_id", _ID, sa.ForeignKey("posts.id"), nullable=False),
        sa.Column("until", _TIME, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text()) for name in _TEXTS),
        sa.Column("published", _TIME),
        *(sa.Column(name, sa.BigInteger()) for name in _COUNTS),
        sa.Column("not_seen_since", _TIME),
        sa.Column("cluster_id", _ID),
    )
    op.create_index("ix_earlier_details_post_id", "earlier_details", ["post_id"])
    op.create_table(
        "signatures",
        sa.Column("post_id", _ID, sa.ForeignKey("posts.id"), primary_key=True, autoincrement=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "signature_bands",
        sa.Column("band", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("post_id", _ID, sa.ForeignKey("posts.id"), primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for name in ("signature_bands", "signatures", "earlier_details"):
        op.drop_table(name)
    op.drop_index("posts_cluster", "posts")
    op.drop_column("posts", "cluster_id")
