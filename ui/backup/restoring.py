"""Restoring a back-up: every file is compared with the listing beside its place, then all are put there at once."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from indexer.ledger import LEDGER_FILE, open_ledger
from ui.backup.archive import Reader, copied, new_file, opened, reading
from ui.backup.beside import beside
from ui.backup.listing import DUMP_FILE, KEY_FILE, LISTING_FILE, Entry, Listing, read_listing
from ui.errors import BackupDamagedError, BackupError

OnProgress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreOrder:
    """What to restore, where to, by whom. `force` moves what is there aside. `now` is aware."""

    backup: Path
    home: Path
    actor: str
    now: datetime
    force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A restored data folder; `aside` is where the one before it lies now, `has_key` whether a key is in it."""

    home: Path
    listing: Listing
    aside: Path | None
    has_key: bool

    @property
    def dump(self) -> Path | None:
        """The dump that is yet to be loaded into PostgreSQL, where the ledger was kept there."""
        return self.home / DUMP_FILE if self.listing.ledger != "sqlite" else None


def restore(order: RestoreOrder, *, on_progress: OnProgress = lambda *_: None) -> Restored:
    """Make a data folder of a back-up; the search index is yet to be built. `on_progress` gets bytes done and to do.

    Raises:
        BackupDamagedError: a file is missing, changed or not in the listing; the error names it.
        BackupError: there is no back-up, the home is taken, or something can't be written.
        LedgerUnavailableError: the ledger is of a newer version than ours.
    """
    _refuse_taken(order)
    with opened(order.backup) as reader, beside(order.home, work="恢复") as partial:
        listing = _verified_listing(reader)
        _extract(reader, listing, partial, on_progress)
        if listing.ledger == "sqlite":
            _note(partial, order, listing)
        _carry_key(order.home, partial)
        aside = _put(partial, order)
    return Restored(home=order.home, listing=listing, aside=aside, has_key=(order.home / KEY_FILE).is_file())


def _refuse_taken(order: RestoreOrder) -> None:
    taken = any(order.home.iterdir()) if order.home.is_dir() else order.home.exists()
    if taken and not order.force:
        raise BackupError(f"{order.home} 不是空的，没有恢复；请换一个 --home，或加 --force（原来的会改名保留）")


def _verified_listing(reader: Reader) -> Listing:
    with reading(reader, LISTING_FILE) as file:
        listing = read_listing(file.read())
    named, held = Counter([LISTING_FILE, *(entry.name for entry in listing.files)]), Counter(reader.names())
    for name in sorted(named - held):
        raise BackupDamagedError(name, "不在备份里")
    for name in sorted(held - named):
        raise BackupDamagedError(name, "不在清单里，或出现了两次")
    return listing


def _extract(reader: Reader, listing: Listing, folder: Path, on_progress: OnProgress) -> None:
    done, total = 0, listing.size

    def count(size: int) -> None:
        nonlocal done
        done += size
        on_progress(done, total)

    for entry in listing.files:
        mode = 0o600 if entry.name == KEY_FILE else 0o666  # less what the operator's umask takes away
        with reading(reader, entry.name) as source, new_file(folder / entry.name, mode=mode) as target:
            # One byte more than listed, so that a longer file shows.
            found = copied(entry.name, source, target, entry.size + 1, on_bytes=count)
        _compare(found, entry)


def _compare(found: Entry, listed: Entry) -> None:
    if found != listed:
        raise BackupDamagedError(listed.name, "与清单里的 SHA-256 不符")


def _note(home: Path, order: RestoreOrder, listing: Listing) -> None:
    """Open the ledger, which brings it to this version's shape, and keep in its audit log who restored what."""
    if not (home / LEDGER_FILE).is_file():
        raise BackupDamagedError(LEDGER_FILE, "不在备份里")
    detail = json.dumps({"made": listing.made.isoformat(), "files": len(listing.files)}, sort_keys=True)
    with open_ledger(home) as ledger:
        ledger.note_audit(at=order.now, actor=order.actor, action="restore", subject="ledger", detail=detail)


def _carry_key(home: Path, partial: Path) -> None:
    """A back-up without a key keeps the home's own: with a new one no author would be known again."""
    if (home / KEY_FILE).is_file() and not (partial / KEY_FILE).exists():
        with new_file(partial / KEY_FILE, mode=0o600) as file:
            file.write((home / KEY_FILE).read_bytes())


def _put(partial: Path, order: RestoreOrder) -> Path | None:
    home = order.home.resolve()
    if home.is_dir() and not any(home.iterdir()):
        home.rmdir()
    aside = home.with_name(f"{home.name}.before-{order.now:%Y%m%dT%H%M%S}") if home.exists() else None
    if aside:
        home.rename(aside)
    try:
        partial.rename(home)
    except OSError:
        if aside:
            aside.rename(home)
        raise
    return aside
