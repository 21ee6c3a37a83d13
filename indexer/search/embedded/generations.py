"""The index folder: generations of the index side by side, one of them current, and the right to write.

index/CURRENT            the name of the generation that is searched
index/v1-000003/         a generation: tantivy's files
index/writer.lock        held by the one process that writes, with its number inside
"""

import fcntl
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from indexer.errors import IndexLockedError, IndexUnusableError
from indexer.search.document import SCHEMA_VERSION

_POLL_SECONDS = 0.05


class Generations:
    """The generations of the index in a folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._current = root / "CURRENT"

    def current(self) -> Path | None:
        """The generation to search, `None` before anything was indexed; `IndexUnusableError` for another schema's."""
        try:
            name = self._current.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        if not name.startswith(f"v{SCHEMA_VERSION}-"):
            raise IndexUnusableError("搜索索引由另一个版本的风评写成；请运行 fengping index rebuild（台账不受影响）")
        return self._root / name

    def stamp(self) -> tuple[int, int]:
        """Changes whenever another generation becomes current."""
        try:
            found = self._current.stat()
        except FileNotFoundError:
            return (0, 0)
        return (found.st_mtime_ns, found.st_ino)

    def unfinished(self) -> Path | None:
        """The generation that a rebuild was filling when it was broken off: it is later than the current one."""
        later = [
            path for path in self._root.glob(f"v{SCHEMA_VERSION}-*") if _number(path.name) > self._current_number()
        ]
        return max(later, key=lambda path: _number(path.name), default=None)

    def make(self) -> Path:
        """A new, empty generation that is not current yet."""
        taken = [_number(path.name) for path in self._root.glob("v*-*")]
        generation = self._root / f"v{SCHEMA_VERSION}-{max(taken, default=0) + 1:06d}"
        generation.mkdir(parents=True)
        return generation

    def switch(self, generation: Path) -> None:
        """Make a generation the current one, at once for every reader."""
        fresh = self._current.with_suffix(".new")
        fresh.write_text(generation.name + "\n", encoding="utf-8")
        fresh.replace(self._current)

    def remove_others(self) -> None:
        """Remove generations that are not current; readers that still have one open keep its files."""
        current = self.current()
        for path in self._root.glob("v*-*"):
            if path != current:
                shutil.rmtree(path)

    def _current_number(self) -> int:
        try:
            return _number(self._current.read_text(encoding="utf-8").strip())
        except FileNotFoundError:
            return 0


class WriterLock:
    """The right to write an index, held by one process at a time; the system gives it back when the process dies."""

    def __init__(self, root: Path) -> None:
        self._file = root / "writer.lock"
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        """Whether this lock is held here."""
        return self._descriptor is not None

    def acquire(self, *, wait: float = 0, sleep: Callable[[float], None] = time.sleep) -> None:
        """Take the lock, waiting up to `wait` seconds; `IndexLockedError` names the process that holds it."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o644)
        deadline = time.monotonic() + wait
        while not _lock(descriptor):
            if time.monotonic() >= deadline:
                holder = os.read(descriptor, 32).decode(errors="replace").strip()
                os.close(descriptor)
                raise IndexLockedError(
                    f"搜索索引正由进程 {holder or '未知'} 写入，同一时间只能有一个；请等它结束或先停掉它"
                )
            sleep(_POLL_SECONDS)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        self._descriptor = descriptor

    def release(self) -> None:
        """Give the lock back."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def _number(name: str) -> int:
    number = name.rpartition("-")[2]
    return int(number) if number.isdigit() else 0


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
