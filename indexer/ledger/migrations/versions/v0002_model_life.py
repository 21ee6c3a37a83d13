"""Model life: whose labels a reviewer saw when deciding, and the model whose analyses are the ledger's current ones."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_VERSIONS = ("model_version", "dictionary_version")


def upgrade() -> None:
    op.add_column("ledger_state", sa.Column("model_version", sa.Text()))
    for name in _VERSIONS:
        op.add_column("decisions", sa.Column(name, sa.Text()))
    for name in _VERSIONS:
        op.execute(_fill(name))


def _fill(name: str) -> str:
    """Earlier decisions were made on the latest analysis of the wording that was judged."""
    return (
        f"UPDATE decisions SET {name} = (SELECT seen.{name} FROM analyses AS seen "  # noqa: S608 (fixed names)
        "WHERE seen.post_id = decisions.post_id AND seen.version = decisions.version "
        "AND seen.analysed <= decisions.decided "
        "ORDER BY seen.analysed DESC, seen.model_version, seen.dictionary_version LIMIT 1)"
    )


def downgrade() -> None:
    for name in _VERSIONS:
        op.drop_column("decisions", name)
    op.drop_column("ledger_state", "model_version")
