"""Warc: responses as they came over the wire, appended to gzipped WARC 1.1 files."""

import hashlib
import io
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from crawler.post import Evidence

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
    """Appends records for one source below `folder`; a new file at every start, so that a torn end harms no other."""

    def __init__(self, folder: Path, source: str, *, rotate_bytes: int = ROTATE_BYTES) -> None:
        self._folder, self._rotate_bytes = folder, rotate_bytes
        self._source = re.sub(r"[^\w.-]", "_", source)  # a source may be named with signs that no file name has
        self._file: BinaryIO | None = None
        self._name = ""
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
        """Close the file being written."""
        if self._file:
            self._file.close()
        self._file = None

    def _append(self, received: Received, record_type: str, **more: object) -> Evidence:
        file = self._open_file(received.at)
        offset = file.tell()
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        date = received.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        record = writer.create_warc_record(
            received.url,
            record_type,
            payload=io.BytesIO(received.body),
            length=len(received.body),
            warc_headers_dict={"WARC-Date": date},
            **more,
        )
        writer.write_record(record)
        file.flush()
        return Evidence(sha256=received.sha256, file=self._name, offset=offset)

    def _open_file(self, at: datetime) -> BinaryIO:
        if self._file and self._file.tell() >= self._rotate_bytes:
            self.close()
        if self._file is None:
            self._serial += 1
            stamp = at.astimezone(UTC).strftime("%Y%m%d%H%M%S")
            self._name = f"{self._source}-{stamp}-{os.getpid()}-{self._serial:04}.warc.gz"
            self._folder.mkdir(parents=True, exist_ok=True)
            self._file = (self._folder / self._name).open("ab")
        return self._file
