"""What belongs to a back-up, in an order that keeps it consistent while crawls and workers go on.

Each part is taken before what it refers to: crawl state and import list name posts that the ledger must hold, the
ledger names evidence, manifests and journals name records of WARC files. WARC files only grow, so that their length at
the listing is enough. The search index is left out: it is built anew from the ledger.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL

from crawler.evidence.seal import WARC_PATTERN, locked
from indexer.ledger import LEDGER_FILE
from indexer.ledger.engine import make_engine
from ui import evidence
from ui.backup.databases import copy_sqlite, dump_postgresql
from ui.backup.listing import DUMP_FILE, KEY_FILE
from ui.backup.secrets import without_secrets
from ui.configuration import FILE_NAME, find_file
from ui.errors import BackupError
from ui.setup import SetUp

_COPIED = ("mappings", "models")
_LEFT_OUT = {".log", ".part", ".sqlite-wal", ".sqlite-shm", ".sqlite-journal"}


@dataclass(frozen=True, slots=True)
class Item:
    """A file to back up: `name` in the back-up, where its bytes lie, and how many of them belong to it."""

    name: str
    path: Path
    size: int


def ledger_url(setup: SetUp) -> URL:
    """Where the ledger is kept; `BackupError` where there is none."""
    if not setup.home.is_dir():
        raise BackupError(f"没有数据目录 {setup.home}；请检查 --home")
    written = setup.configuration.indexer.ledger_url
    engine = make_engine(written.get_secret_value() if written else setup.home)
    engine.dispose()
    url = engine.url
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise BackupError(f"{setup.home} 里没有台账 {LEDGER_FILE}，没有可备份的；请检查 --home")
    return url


def contents(setup: SetUp, staging: Path, *, with_key: bool) -> list[Item]:
    """Every file of a back-up; databases and what may change under the copy are copied to `staging` first."""
    home = setup.home
    return [
        *_crawl_state(home, staging),
        *_listed(home, home / "imports"),
        _ledger(ledger_url(setup), staging),
        *_evidence(setup, staging),
        *(item for name in _COPIED for item in _listed(home, home / name)),
        *_configuration(setup, staging),
        *(_key(home) if with_key else ()),
    ]


def _crawl_state(home: Path, staging: Path) -> Iterator[Item]:
    for item in _listed(home, home / "crawl"):
        if item.path.suffix == ".sqlite":
            copy_sqlite(item.path, staging / item.name)
            yield _item(item.name, staging / item.name)
        else:
            yield item


def _ledger(url: URL, staging: Path) -> Item:
    if url.get_backend_name() == "sqlite":
        copy_sqlite(Path(url.database or ""), staging / LEDGER_FILE)
        return _item(LEDGER_FILE, staging / LEDGER_FILE)
    dump_postgresql(url, staging / DUMP_FILE)
    return _item(DUMP_FILE, staging / DUMP_FILE)


def _evidence(setup: SetUp, staging: Path) -> Iterator[Item]:
    """Manifests and journals are taken while nobody seals, for a journal ends where a manifest takes over."""
    folder = evidence.folder_of(setup)
    if not folder.is_dir():
        return
    with locked(folder):
        before = list(_listed(setup.home, folder))
        large = {item.path for item in before if _is_kept_for_good(folder, item.path)}
        for item in before:
            if item.path not in large:
                kept = staging / item.name
                kept.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(item.path, kept)
                yield _item(item.name, kept)
        # Measured after the journals were copied, so that every record they name is within the length; files begun
        # meanwhile are left to the next back-up, as their journals are.
        grown = [item for item in _listed(setup.home, folder) if item.path in large]
    yield from grown


def _is_kept_for_good(folder: Path, path: Path) -> bool:
    """Whether a file is only ever added to: a WARC file or a picture, the large part of the evidence."""
    return path.match(WARC_PATTERN) or path.is_relative_to(folder / "images")


def _configuration(setup: SetUp, staging: Path) -> Iterator[Item]:
    """The file in use, wherever it lies, and other TOML files beside the ledger, such as descriptions of sites."""
    used = find_file(setup.config, setup.home)
    if used is not None:
        kept = staging / FILE_NAME
        kept.write_text(without_secrets(used), encoding="utf-8")
        yield _item(FILE_NAME, kept)
    for path in sorted(setup.home.glob("[!.]*.toml")):
        if path.name != FILE_NAME:
            yield _item(path.name, path)


def _key(home: Path) -> Iterator[Item]:
    if (home / KEY_FILE).is_file():
        yield _item(KEY_FILE, home / KEY_FILE)


def _listed(home: Path, folder: Path) -> Iterator[Item]:
    """The files below a folder that hold something; sorted, without logs, locks and half-written ones."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(home)
        hidden = any(part.startswith(".") for part in name.parts)
        if path.is_file() and not hidden and path.name != "lock" and path.suffix not in _LEFT_OUT:
            yield _item(name.as_posix(), path)


def _item(name: str, path: Path) -> Item:
    return Item(name, path, path.stat().st_size)
