"""Seal: puts what journals noted, and what a killed crawl left in its WARC files, into the manifests of its days."""

import fcntl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crawler.errors import EvidenceError
from crawler.evidence import journal, manifest
from crawler.evidence.entry import Entry, entry_found, stamp
from crawler.evidence.manifest import Manifest
from crawler.evidence.members import members
from crawler.evidence.verify import GENESIS

WARC_PATTERN = "*.warc.gz"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiting:
    """A WARC file with what is to be sealed of it; `size` in bytes is `None` while it is being written."""

    file: str
    before: int
    entries: tuple[Entry, ...]
    size: int | None


def seal(folder: Path, *, at: datetime, adopt: bool = False) -> tuple[Manifest, ...]:
    """Seal what is not sealed yet; the new manifests, none where nothing was new.

    Files that are being written are sealed as far as they are. With `adopt`, files that no journal and no manifest
    knows (made before there were manifests, or put there by hand) are taken in as found; the first seal does so anyway.

    Raises:
        EvidenceError: the last manifest can't be read, so that there is nothing to chain to.
    """
    if not folder.is_dir():
        return ()
    with locked(folder), ExitStack() as held:
        last = _latest(folder)
        orphans = _orphans(folder) if adopt or last is None else []
        waiting = [*_noted(folder, last, at, held), *(_found(folder, name, at) for name in orphans)]
        made = tuple(_manifests(folder, waiting, last, at))
        for one in waiting:
            if one.size is not None:
                journal.journal_path(folder, one.file).unlink(missing_ok=True)
        return made


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the manifests of an evidence folder: nobody seals meanwhile."""
    (folder / manifest.FOLDER).mkdir(exist_ok=True)
    with (folder / manifest.FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _latest(folder: Path) -> Manifest | None:
    try:
        return manifest.latest(folder)
    except (OSError, ValueError) as error:
        name = manifest.names(folder)[-1]
        raise EvidenceError(f"证据清单 {manifest.path_of(folder, name)} 读不出来，没有封存；请从备份恢复它") from error


def _orphans(folder: Path) -> list[str]:
    there = sorted(path.name for path in folder.glob(WARC_PATTERN))  # first: a journal is begun before its file
    known = {*journal.journals(folder)}
    for name in manifest.names(folder):
        sealed = manifest.read(folder, name)
        known.update(sealed.closed, sealed.written)
    return [name for name in there if name not in known]


def _noted(folder: Path, last: Manifest | None, at: datetime, held: ExitStack) -> Iterator[_Waiting]:
    for file in journal.journals(folder):
        is_over = held.enter_context(journal.at_rest(folder, file))
        before = last.written.get(file, 0) if last else 0
        if last and file in last.closed:  # a seal was killed between writing its manifest and tidying up
            yield _Waiting(file=file, before=0, entries=(), size=last.closed[file])
            continue
        entries = journal.noted(folder, file)
        size = _size(folder / file) if is_over else None
        if is_over and (not entries or entries[-1].end != size):
            entries += _unnoted(folder, file, start=entries[-1].end if entries else 0, at=at)
        yield _Waiting(file=file, before=before, entries=tuple(entries[before:]), size=size)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _unnoted(folder: Path, file: str, *, start: int, at: datetime) -> Iterator[Entry]:
    if (folder / file).exists():
        for member in members(folder / file, start=start):
            found = entry_found(file, member.offset, member.compressed, kept=stamp(at))
            if found:
                yield found


def _found(folder: Path, file: str, at: datetime) -> _Waiting:
    entries = tuple(_unnoted(folder, file, start=0, at=at))
    return _Waiting(file=file, before=0, entries=entries, size=_size(folder / file))


def _manifests(folder: Path, waiting: Sequence[_Waiting], last: Manifest | None, at: datetime) -> Iterator[Manifest]:
    """Make a manifest for each day; the last one says which files are finished."""
    earliest = last.day if last else ""
    days = sorted({max(entry.day, earliest) for one in waiting for entry in one.entries})
    known = last.closed if last else {}
    closed = {one.file: one.size for one in waiting if one.size is not None and one.file not in known}
    if closed and not days:
        days = [max(stamp(at)[:10], earliest)]
    for day in days:
        is_last = day == days[-1]
        records = [entry for one in waiting for entry in one.entries if max(entry.day, earliest) == day]
        fresh = Manifest(
            name=manifest.free_name(folder, day),
            number=last.number + 1 if last else 1,
            day=day,
            sealed=stamp(at),
            previous=last.sha256 if last else GENESIS,
            closed=closed if is_last else {},
            written=_written(waiting, day, earliest, but=closed if is_last else {}),
            records=tuple(records),
        )
        last = manifest.write(folder, fresh)
        yield last


def _written(waiting: Sequence[_Waiting], day: str, earliest: str, *, but: Mapping[str, int]) -> dict[str, int]:
    """How many records of each unfinished file are sealed with the manifest of a day."""
    counts: dict[str, int] = {}
    for one in waiting:
        if one.file not in but:
            counts[one.file] = one.before + sum(max(entry.day, earliest) <= day for entry in one.entries)
    return {file: count for file, count in counts.items() if count}
