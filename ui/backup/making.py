"""Making a back-up: everything is written beside its place, sealed, noted in the audit log, then put there at once."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from ui.backup.archive import ZIP_SUFFIX, Archive, FolderArchive, ZipArchive, copied
from ui.backup.beside import beside
from ui.backup.contents import Item, contents, ledger_url
from ui.backup.listing import KEY_FILE, LISTING_FILE, Entry, Listing
from ui.errors import BackupError
from ui.setup import SetUp

OnProgress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to make: a ZIP file where the target's name ends in .zip, else a folder. `now` is aware."""

    target: Path
    actor: str
    now: datetime
    with_key: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """A finished back-up; `sha256` is that of its listing, which vouches for every file."""

    path: Path
    listing: Listing
    sha256: str

    @property
    def has_key(self) -> bool:
        """Whether the key of the pseudonyms is in it."""
        return any(entry.name == KEY_FILE for entry in self.listing.files)


def back_up(setup: SetUp, order: Order, *, on_progress: OnProgress = lambda *_: None) -> BackedUp:
    """Copy a set-up that may be at work; `on_progress` gets bytes done and bytes to do.

    `BackupError` where the target is there already, or something can't be read or written; nothing is left behind then.
    """
    _refuse_taken(order.target)
    url = ledger_url(setup)
    with beside(order.target, work="备份", mode=0o700) as partial:
        staging, made = partial / "staging", partial / "made"
        staging.mkdir()
        items = contents(setup, staging, with_key=order.with_key)
        files = _write(_archive(made, order), items, order, url.get_backend_name(), on_progress)
        backed_up = BackedUp(path=order.target, listing=files[0], sha256=files[1])
        _note(setup, order, backed_up)
        if order.target.is_dir():
            order.target.rmdir()
        made.replace(order.target)
    return backed_up


def _refuse_taken(target: Path) -> None:
    taken = any(target.iterdir()) if target.is_dir() and target.suffix != ZIP_SUFFIX else target.exists()
    if taken:
        raise BackupError(f"{target} 已经存在，没有备份；请换一个名字，或先移走它")


def _archive(path: Path, order: Order) -> Archive:
    return ZipArchive(path, order.now) if order.target.suffix == ZIP_SUFFIX else FolderArchive(path)


def _write(
    archive: Archive, items: Sequence[Item], order: Order, ledger: str, on_progress: OnProgress
) -> tuple[Listing, str]:
    entries = tuple(_entries(archive, items, on_progress))
    listing = Listing(made=order.now, product=version("fengping"), ledger=ledger, files=entries)
    written = listing.written()
    with archive.begin(LISTING_FILE) as file:
        file.write(written)
    archive.close()
    return listing, hashlib.sha256(written).hexdigest()


def _entries(archive: Archive, items: Sequence[Item], on_progress: OnProgress) -> Iterator[Entry]:
    total, done = sum(item.size for item in items), 0

    def count(size: int) -> None:
        nonlocal done
        done += size
        on_progress(done, total)

    for item in items:
        with item.path.open("rb") as source, archive.begin(item.name) as target:
            entry = copied(item.name, source, target, item.size, on_bytes=count)
        if entry.size != item.size:
            raise BackupError(f"{item.path} 在备份时变短了，没有备份；请再试一次")
        yield entry


def _note(setup: SetUp, order: Order, backed_up: BackedUp) -> None:
    """The audit entry, before the back-up is there: none leaves unnoted, as it holds pages that are not masked."""
    detail = {"files": len(backed_up.listing.files), "with_key": backed_up.has_key, "sha256": backed_up.sha256}
    setup.ledger.note_audit(
        at=order.now, actor=order.actor, action="backup", subject="ledger", detail=json.dumps(detail, sort_keys=True)
    )
