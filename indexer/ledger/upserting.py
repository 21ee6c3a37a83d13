"""Insert, or change what is there already: the same on SQLite and PostgreSQL."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def upsert(
    connection: Connection,
    table: Table,
    rows: Iterable[Mapping[str, Any]],
    *,
    replaced: Sequence[str] = (),
    added: Sequence[str] = (),
) -> None:
    """Insert rows; where one is there already, replace these columns and add to those."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(table)
    changes: dict[str, Any] = {name: statement.excluded[name] for name in replaced}
    changes |= {name: table.c[name] + statement.excluded[name] for name in added}
    keys = list(table.primary_key)
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changes), list(rows))
