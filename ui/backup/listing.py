"""The listing of a back-up (`backup.json`): what is in it, with the SHA-256 of each file."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from ui.errors import BackupError

LISTING_FILE = "backup.json"
KEY_FILE = "secret.key"
DUMP_FILE = "ledger.pgdump"
_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file of a back-up: its name with `/`, its size in bytes, and the hex digest of its bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a back-up holds; `made` is aware, `ledger` is "sqlite" or "postgresql"."""

    made: datetime
    product: str
    ledger: str
    files: tuple[Entry, ...]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(entry.size for entry in self.files)

    def written(self) -> bytes:
        """The content of `backup.json`."""
        fields = {"format": _FORMAT, **asdict(self), "made": self.made.isoformat()}
        return json.dumps(fields, ensure_ascii=False, indent=1).encode()


def read_listing(written: bytes) -> Listing:
    """Read `backup.json`; `BackupError` where it is none of ours or names a file outside of the data folder."""
    try:
        fields = json.loads(written)
        known = fields["format"] == _FORMAT
        listing = _listing(fields) if known else None
    except (ValueError, KeyError, TypeError) as error:
        raise BackupError(f"备份的清单 {LISTING_FILE} 读不出来，没有恢复；请换一份备份") from error
    if listing is None:
        raise BackupError("备份由更新版本的风评写成，没有恢复；请升级风评")
    for entry in listing.files:
        _refuse_outside(entry.name)
    return listing


def _listing(fields: Mapping[str, Any]) -> Listing:
    return Listing(
        made=datetime.fromisoformat(fields["made"]),
        product=str(fields["product"]),
        ledger=str(fields["ledger"]),
        files=tuple(Entry(**entry) for entry in fields["files"]),
    )


def _refuse_outside(name: str) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or path.as_posix() != name or name == ".":
        raise BackupError(f"备份里的 {name} 指向数据目录之外，没有恢复；请不要用这份备份")
