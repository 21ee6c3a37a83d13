"""Opening: the bytes and text of a file, plain or gzipped, read along with a meter of what is done."""

import gzip
import io
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, cast

from crawler.errors import PageError

Meter = Callable[[int], None]
"""Is told how many bytes of the file were just read."""
TORN = (EOFError, gzip.BadGzipFile, zlib.error)
"""What reading a packed file that breaks off raises."""
_GZIP = b"\x1f\x8b"


def _unmetered(_count: int) -> None:
    pass


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file as it was recognised, before its records are read.

    `charset` and `delimiter` are for text; `records` is where in a JSON document the list of records stands, in
    ijson's notation (`item` for a list, `data.list.item` inside an object).
    """

    path: Path
    charset: str = "utf-8"
    delimiter: str = ","
    records: str = "item"
    meter: Meter = field(default=_unmetered)

    @property
    def name(self) -> str:
        """The file's name, as issues show it."""
        return self.path.name


class _Metered(io.FileIO):
    def __init__(self, path: Path, meter: Meter) -> None:
        super().__init__(path)
        self._meter = meter

    def readinto(self, buffer: Any, /) -> int:
        count = super().readinto(buffer) or 0
        self._meter(count)
        return count


def open_bytes(source: Source) -> BinaryIO:
    """Open for reading; what is gzipped comes unpacked.

    Raises:
        PageError: the file can't be opened.
    """
    try:
        raw = io.BufferedReader(_Metered(source.path, source.meter), 1 << 18)
        packed = raw.peek(2)[:2] == _GZIP
    except OSError as error:
        raise PageError(f"文件 {source.path} 打不开：{error.strerror}；请检查路径和权限") from error
    return cast("BinaryIO", _Unpacked(raw)) if packed else raw


class _Unpacked(gzip.GzipFile):
    """Closes the file below too, which gzip leaves open where it was given one."""

    def __init__(self, packed: BinaryIO) -> None:
        super().__init__(fileobj=packed, mode="rb")
        self._packed = packed

    def close(self) -> None:
        super().close()
        self._packed.close()


def open_text(source: Source) -> io.TextIOWrapper:
    """Open as text with the line ends as they are; bytes that the charset doesn't have become U+FFFD."""
    return io.TextIOWrapper(open_bytes(source), encoding=source.charset, errors="replace", newline="")
