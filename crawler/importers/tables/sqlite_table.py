"""SQLite databases: each table is a table, read only."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from crawler.errors import PageError
from crawler.importers.opening import Source
from crawler.importers.row import Line, Row


def read_tables(source: Source) -> Iterator[tuple[str, Iterator[Line]]]:
    """Yield the tables that hold anything.

    Raises:
        PageError: it is no database, or a damaged one.
    """
    try:
        with closing(_opened(source)) as connection:
            names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
            for (name,) in names:
                if not str(name).startswith("sqlite_"):
                    yield str(name), _rows(connection, str(name))
    except sqlite3.DatabaseError as error:
        raise PageError(f"{source.path} 不是能读的 SQLite 数据库（{error}）；请换一份完好的文件") from error


def _opened(source: Source) -> sqlite3.Connection:
    # What another program has not written back yet stands beside the file; without that the file can't change.
    is_at_rest = not source.path.with_name(f"{source.name}-wal").exists()
    query = "mode=ro&immutable=1" if is_at_rest else "mode=ro"
    connection = sqlite3.connect(f"{source.path.resolve().as_uri()}?{query}", uri=True)
    connection.text_factory = lambda stored: stored.decode("utf-8", "replace")
    return connection


def _rows(connection: sqlite3.Connection, name: str) -> Iterator[Line]:
    quoted = name.replace('"', '""')
    cursor = connection.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608  # a name out of the database, quoted
    columns = [str(column[0]) for column in cursor.description]
    for number, cells in enumerate(cursor, 1):
        yield Row(values=dict(zip(columns, cells, strict=True)), line=number, place=f"表 {name} 第 {number} 行")
