"""Coverage: how much of what the sites state was read, and what came in by the hour."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_GAPS = sa.text("gaps != '{}'")


def upgrade() -> None:
    op.create_table(
        "coverage",
        sa.Column("source", sa.Text(), primary_key=True),
        sa.Column("item", sa.Text(), primary_key=True),
        sa.Column("board", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("hour", _TIME, nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("stated", sa.BigInteger()),
        sa.Column("got", sa.BigInteger(), nullable=False),
        sa.Column("gaps", sa.Text(), nullable=False),
    )
    op.create_index("coverage_gaps", "coverage", ["source", "at"], sqlite_where=_GAPS, postgresql_where=_GAPS)
    _by_hour("coverage_hours", keys=("source", "board", "hour", "outcome"), counts=("posts", "items"))
    _by_hour("source_hours", keys=("source", "hour"), counts=("posts", "new"))
    _by_hour("field_hours", keys=("source", "field", "hour"), counts=("missing",))
    op.add_column("field_hours", sa.Column("url", sa.Text(), nullable=False))


def _by_hour(name: str, *, keys: tuple[str, ...], counts: tuple[str, ...]) -> None:
    op.create_table(
        name,
        *(sa.Column(key, _TIME if key == "hour" else sa.Text(), primary_key=True) for key in keys),
        *(sa.Column(count, sa.BigInteger(), nullable=False) for count in counts),
    )


def downgrade() -> None:
    for name in ("field_hours", "source_hours", "coverage_hours", "coverage"):
        op.drop_table(name)
