"""Opening the ledger's database: SQLite in a folder, or any PostgreSQL by its URL."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from indexer.errors import LedgerInterruptedError, LedgerUnavailableError

LEDGER_FILE = "ledger.sqlite"
_BUSY_MILLISECONDS = 30_000
_RETRY_SECONDS = 0.02
# What a database says when it can't go on, and what its owner can do about it.
_ADVICE = (
    ("locked", "台账正被另一个进程长时间占用；请稍后再试，或停掉占用它的进程"),
    ("disk is full", "磁盘已满，台账无法写入；请腾出空间后重试，已写入的数据不会丢失"),
    ("No space left", "数据库的磁盘已满，台账无法写入；请腾出空间后重试，已写入的数据不会丢失"),
    ("disk I/O error", "台账文件读写出错，磁盘可能已满或损坏；请检查磁盘空间，已写入的数据不会丢失"),
    ("deadlock", "台账里两个进程互相等待，这一步没有做；请重试"),
    ("readonly", "台账文件是只读的；请检查文件和目录的写权限"),
    ("not a database", "台账文件已损坏或不是 SQLite 数据库；请从备份恢复"),
    ("malformed", "台账文件已损坏；请从备份恢复"),
    ("unable to open", "无法打开台账文件；请检查目录是否存在、是否可写"),
    ("connection", "连不上台账数据库；请检查地址、账号以及数据库是否在运行"),
)

# Causes that lie outside and go by: a worker that stays does again what it had begun.
_PASSING = frozenset({"locked", "disk is full", "No space left", "disk I/O error", "deadlock", "connection"})


def make_engine(where: str | Path) -> Engine:
    """An engine for a database URL or for the folder that holds the SQLite ledger (made when missing)."""
    url = _url(where)
    try:
        engine = create_engine(url, pool_pre_ping=url.get_backend_name() != "sqlite", hide_parameters=True)
    except ModuleNotFoundError as error:
        raise LedgerUnavailableError("缺少 PostgreSQL 驱动；请运行 pip install 'fengping[cluster]'") from error
    except (ArgumentError, NoSuchModuleError) as error:
        raise LedgerUnavailableError(
            f"不支持的台账地址 {url.render_as_string()}；请用目录或 postgresql:// 地址"
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection for reading one consistent state."""
    with mapped_errors(), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes: all of it or nothing."""
    with mapped_errors(), engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def mapped_errors() -> Iterator[None]:
    """The database's own errors, as ours with advice."""
    try:
        yield
    except DBAPIError as error:
        raise _mapped(error) from error


def _url(where: str | Path) -> URL:
    if isinstance(where, Path) or "://" not in where:
        folder = Path(where)
        folder.mkdir(parents=True, exist_ok=True)
        return URL.create("sqlite", database=str(folder / LEDGER_FILE))
    url = make_url(where)
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url


def _mapped(error: DBAPIError) -> LedgerUnavailableError:
    # The first line only: PostgreSQL's details below it quote the row, that is the post.
    text = str(error.orig).strip().partition("\n")[0]
    for sign, advice in _ADVICE:
        if sign in text:
            kind = LedgerInterruptedError if sign in _PASSING else LedgerUnavailableError
            return kind(f"{advice}（{text}）")
    if error.connection_invalidated:
        return LedgerInterruptedError(f"台账数据库的连接中断；请检查数据库是否在运行（{text}）")
    return LedgerUnavailableError(f"台账数据库报错：{text}")


def _prepare_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # the driver would begin transactions by itself, too late for a write lock
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
    _use_wal(cursor)
    cursor.execute("PRAGMA synchronous = FULL")  # a decision that was confirmed to its reviewer survives a power cut
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA cache_size = -65536")
    cursor.close()


def _use_wal(cursor: sqlite3.Cursor) -> None:
    """Switch to write-ahead logging, which the file then keeps.

    SQLite does not wait for its lock here as it does elsewhere: where several open a new ledger at once, all but one
    are told at once that it is locked (https://sqlite.org/wal.html).
    """
    deadline = monotonic() + _BUSY_MILLISECONDS / 1000
    while cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or monotonic() > deadline:
                raise
            sleep(_RETRY_SECONDS)


def _begin_sqlite(connection: Connection) -> None:
    # A write takes the lock at its beginning: two that read first and write later would fail each other.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
