"""Frontier: which threads were read when, so that a run fetches only what is new, changed or due."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.pages.extraction import ShownThread
from crawler.post import ThreadRead

LONGEST = timedelta(days=30)
"""A thread is looked at again after this at the latest: late edits and deletions matter too."""
_AGE_SHARE = 10

_SCHEMA = """
CREATE TABLE IF NOT EXISTS threads (
    source TEXT NOT NULL, thread_id TEXT NOT NULL, url TEXT NOT NULL, listed TEXT NOT NULL DEFAULT '',
    signature TEXT NOT NULL DEFAULT '', active REAL, read REAL, PRIMARY KEY (source, thread_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS boards (source TEXT NOT NULL, url TEXT NOT NULL, completed REAL NOT NULL,
    PRIMARY KEY (source, url)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What is remembered of a thread: when it was read (UTC; None until it was) and what its list said.

    `listed` is the signature that a list showed last, `signature` the one that the thread had when it was read (empty
    when it was not readable).
    """

    thread_id: str
    url: str
    listed: str
    signature: str
    active: datetime | None
    read: datetime | None

    def is_due(self, now: datetime, minimum: timedelta) -> bool:
        """Whether the thread is to be read again: after a tenth of the time that it has been quiet."""
        if self.read is None:
            return True
        quiet = now - (self.active or self.read)
        return now - self.read >= min(max(minimum, quiet / _AGE_SHARE), LONGEST)


class Visits:
    """The visit memory, a small SQLite file (`HOME/crawl/visits.sqlite`); survives being killed at any moment.

    A thread that a list shows is first wanted, then marked once its posts have landed: what was wanted and not marked
    when a run ended is due in the next one.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(path, timeout=30, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=NORMAL")
        self._database.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def visit(self, source: str, thread_id: str) -> Visit | None:
        """Return what is remembered of a thread."""
        rows = self._database.execute(f"{_SELECT} AND thread_id = ?", (source, thread_id))
        return next((_visit(row) for row in rows), None)

    def due(self, source: str, *, now: datetime, minimum: timedelta, everything: bool = False) -> list[Visit]:
        """Return the threads of a source that are to be read (again), or all of them; those never read first."""
        rows = self._database.execute(f"{_SELECT} ORDER BY read IS NOT NULL, active DESC", (source,))
        return [visit for row in rows if (visit := _visit(row)).is_due(now, minimum) or everything]

    def want(self, source: str, threads: Iterable[ShownThread]) -> None:
        """Remember threads that a list shows, before they are fetched."""
        rows = [(source, thread.native_id, thread.url, thread.signature, _seconds(thread.active)) for thread in threads]
        with self._database:
            self._database.executemany(_WANT, rows)

    def mark(self, thread_reads: Sequence[ThreadRead]) -> None:
        """Remember threads whose posts have landed."""
        with self._database:
            self._database.executemany(_MARK, [_row(thread_read) for thread_read in thread_reads])

    def complete_board(self, source: str, url: str, *, at: datetime) -> None:
        """Remember that all list pages of a board were read once, so that later runs may stop early."""
        with self._database:
            self._database.execute("INSERT OR REPLACE INTO boards VALUES (?, ?, ?)", (source, url, at.timestamp()))

    def is_complete(self, source: str, url: str) -> bool:
        """Whether a former run read all list pages of a board."""
        found = self._database.execute("SELECT 1 FROM boards WHERE source = ? AND url = ?", (source, url))
        return found.fetchone() is not None


_SELECT = "SELECT thread_id, url, listed, signature, active, read FROM threads WHERE source = ?"
_WANT = """
INSERT INTO threads (source, thread_id, url, listed, active) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (source, thread_id) DO UPDATE
    SET listed = excluded.listed, url = excluded.url, active = coalesce(excluded.active, active)
"""
_MARK = """
INSERT INTO threads (source, thread_id, url, signature, active, read) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (source, thread_id) DO UPDATE SET signature = excluded.signature, read = excluded.read,
    url = CASE excluded.url WHEN '' THEN url ELSE excluded.url END, active = coalesce(excluded.active, active)
"""


def _row(read: ThreadRead) -> tuple[str, str, str, str, float | None, float]:
    return (
        read.source,
        read.thread_id,
        read.url,
        read.signature,
        _seconds(read.active),
        read.read.timestamp(),
    )


def _visit(row: tuple[str, str, str, str, float | None, float | None]) -> Visit:
    thread_id, url, listed, signature, active, read = row
    return Visit(
        thread_id=thread_id,
        url=url,
        listed=listed,
        signature=signature,
        active=_time(active),
        read=_time(read),
    )


def _seconds(at: datetime | None) -> float | None:
    return at.timestamp() if at else None


def _time(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
