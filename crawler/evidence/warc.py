"""Warc: responses as they came over the wire, appended to gzipped WARC 1.1 files."""

import hashlib
import io
import logging
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.errors import EvidenceError
from crawler.evidence.entry import Entry, stamp
from crawler.evidence.journal import Journal
from crawler.evidence.seal import seal
from crawler.post import Evidence

logger = logging.getLogger(__name__)
ROTATE_BYTES = 64 * 1024 * 1024
_PER_TRANSFER = {"transfer-encoding", "connection", "keep-alive"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A response as received: `body` after transfer decoding, still in its content encoding (gzip and so on)."""

    url: str
    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes
    at: datetime

    @property
    def sha256(self) -> str:
        """Hex digest of the body."""
        return hashlib.sha256(self.body).hexdigest()


class Warc:
    """Appends records for one source below `folder`; a new file at every start, so that a torn end harms no other.

    A journal notes each record. A file that has become large, or whose day (UTC, by `clock`) is over, is finished and
    sealed into the manifests.
    """

    def __init__(
        self,
        folder: Path,
        source: str,
        *,
        rotate_bytes: int = ROTATE_BYTES,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._folder, self._rotate_bytes, self._clock = folder, rotate_bytes, clock
        self._source = re.sub(r"[^\w.-]", "_", source)  # a source may be named with signs that no file name has
        self._file: BinaryIO | None = None
        self._journal: Journal | None = None
        self._name = self._day = ""
        self._serial = 0

    def keep(self, received: Received) -> Evidence:
        """Append a response; it is on its way to the disk when this returns, before any post of it lands."""
        headers = [(name, value) for name, value in received.headers if name.lower() not in _PER_TRANSFER]
        status = StatusAndHeaders(str(received.status), headers, protocol="HTTP/1.1")
        return self._append(received, "response", http_headers=status)

    def keep_file(self, received: Received, *, content_type: str) -> Evidence:
        """Append the bytes of an imported file."""
        return self._append(received, "resource", warc_content_type=content_type)

    def close(self) -> None:
        """Close the file being written and its journal."""
        if self._file:
            self._file.close()
        if self._journal:
            self._journal.close()
        self._file = self._journal = None

    def _append(self, received: Received, record_type: str, **more: object) -> Evidence:
        now = stamp(self._clock())
        file, journal = self._open(now)
        offset, record = file.tell(), _compressed(received, record_type, **more)
        file.write(record)
        file.flush()
        entry = Entry(
            file=self._name,
            offset=offset,
            length=len(record),
            sha256=hashlib.sha256(record).hexdigest(),
            payload_sha256=received.sha256,
            uri=received.url,
            date=stamp(received.at),
            kept=now,
        )
        journal.note(entry)
        return Evidence(sha256=entry.payload_sha256, file=entry.file, offset=offset)

    def _open(self, now: str) -> tuple[BinaryIO, Journal]:
        """Return the file to append to and its journal; a new one where the last is full or of another day."""
        if self._file and (self._file.tell() >= self._rotate_bytes or self._day != now[:10]):
            self._finish()
        if self._file is None or self._journal is None:
            self._day, self._name = now[:10], self._free_name(now)
            self._folder.mkdir(parents=True, exist_ok=True)
            self._journal = Journal.begin(self._folder, self._name)
            self._file = (self._folder / self._name).open("ab")
        return self._file, self._journal

    def _finish(self) -> None:
        """Close and seal the file; where sealing fails, the crawl goes on and its end says so."""
        self.close()
        try:
            seal(self._folder, at=self._clock())
        except EvidenceError:
            logger.exception("could not seal %s", self._name)

    def _free_name(self, now: str) -> str:
        """Return the name of a new file: one that is finished is never written to again."""
        begin = f"{self._source}-{re.sub(r'[^0-9]', '', now)}-{os.getpid()}"
        while True:
            self._serial += 1
            name = f"{begin}-{self._serial:04}.warc.gz"
            if not (self._folder / name).exists():
                return name


def _compressed(received: Received, record_type: str, **more: object) -> bytes:
    """Return a WARC record as one gzip member."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
    record = writer.create_warc_record(
        received.url,
        record_type,
        payload=io.BytesIO(received.body),
        length=len(received.body),
        warc_headers_dict={"WARC-Date": stamp(received.at)},
        **more,
    )
    writer.write_record(record)
    return buffer.getvalue()
