"""Entry: what journals and manifests say of one WARC record."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from crawler.evidence.verify import read_record


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One record: its place (`file`, `offset` and `length` in bytes), digests, address and times.

    `sha256` is over the compressed bytes as they lie in the file, `payload_sha256` over the body as received. `date` is
    the record's WARC-Date, `kept` when it was written (both UTC, ISO 8601). `is_found` says that no journal vouches for
    when it was written: it was there when its manifest was made.
    """

    file: str
    offset: int
    length: int
    sha256: str
    payload_sha256: str
    uri: str
    date: str
    kept: str
    is_found: bool = False

    @property
    def end(self) -> int:
        """Where the record ends in its file, in bytes."""
        return self.offset + self.length

    @property
    def day(self) -> str:
        """The day (UTC) in whose manifest it belongs."""
        return self.kept[:10]


def entry_found(file: str, offset: int, compressed: bytes, *, kept: str) -> Entry | None:
    """Return the entry of a record that is in a file without having been noted; `None` where it is no record."""
    try:
        record = read_record(compressed)
    except ValueError:
        return None
    return Entry(
        file=file,
        offset=offset,
        length=len(compressed),
        sha256=hashlib.sha256(compressed).hexdigest(),
        payload_sha256=hashlib.sha256(record.payload).hexdigest(),
        uri=record.uri,
        date=record.date,
        kept=kept,
        is_found=True,
    )


def stamp(at: datetime) -> str:
    """Return an aware time as WARC records and manifests write it: UTC, whole seconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
