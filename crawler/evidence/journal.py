"""Journal: notes each record as it is written, beside its WARC file, so that a killed crawl leaves a sealable state.

A journal is locked for as long as its file is being written; the kernel lets go of the lock however a process ends.
"""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Self, TextIO

from crawler.evidence.entry import Entry

FOLDER = "journal"
_SUFFIX = ".jsonl"


class Journal:
    """The journal of one WARC file that is being written."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    @classmethod
    def begin(cls, folder: Path, warc: str) -> Self:
        """Begin the journal of a new file of the evidence folder; it is locked before anyone sees it."""
        path = journal_path(folder, warc)
        path.parent.mkdir(parents=True, exist_ok=True)
        hidden = path.with_suffix(".begun")
        file = hidden.open("w", encoding="utf-8")
        fcntl.flock(file, fcntl.LOCK_EX)
        hidden.rename(path)
        return cls(file)

    def note(self, entry: Entry) -> None:
        """Note a record that has been written."""
        self._file.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")
        self._file.flush()

    def close(self) -> None:
        """End: the file is whole, and its lock is let go of."""
        self._file.close()


def journal_path(folder: Path, warc: str) -> Path:
    """Return where the journal of a WARC file lies."""
    return folder / FOLDER / f"{warc}{_SUFFIX}"


def journals(folder: Path) -> list[str]:
    """Return the names of the WARC files that have a journal, in order."""
    return sorted(path.name.removesuffix(_SUFFIX) for path in (folder / FOLDER).glob(f"*{_SUFFIX}"))


def noted(folder: Path, warc: str) -> list[Entry]:
    """Return what the journal of a file noted; a line that was torn by a crash, and what follows it, is passed over."""
    entries: list[Entry] = []
    for line in journal_path(folder, warc).read_text(encoding="utf-8", errors="replace").splitlines(keepends=True):
        try:
            entries.append(Entry(**json.loads(line)))
        except (ValueError, TypeError):
            break
    return entries


@contextmanager
def at_rest(folder: Path, warc: str) -> Iterator[bool]:
    """Hold a journal; whether nobody writes its file any more."""
    with journal_path(folder, warc).open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
