"""Members: the gzip members of a WARC file, each one record, found again where the file was damaged or cut off."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_CHUNK = 1 << 18
_MAGIC = b"\x1f\x8b\x08"
_GZIP = 31


@dataclass(frozen=True, slots=True)
class Member:
    """One whole gzip member: where it begins (bytes) and its bytes as they lie in the file."""

    offset: int
    compressed: bytes


def members(path: Path, *, start: int = 0) -> Iterator[Member]:
    """Yield the whole members from `start` on; over bytes that are none it goes on at the next that is."""
    with path.open("rb") as file:
        offset: int | None = start
        while offset is not None:
            compressed = _member(file, offset)
            if compressed is not None:
                yield Member(offset, compressed)
                offset += len(compressed)
                file.seek(offset)
                offset = offset if file.read(1) else None
            else:
                offset = _next_magic(file, offset + 1)


def _member(file: BinaryIO, offset: int) -> bytes | None:
    """Return the member that begins at an offset; `None` where none does, or not a whole one."""
    file.seek(offset)
    inflating, parts, begun = zlib.decompressobj(_GZIP), list[bytes](), b""
    while not inflating.eof:
        chunk = file.read(_CHUNK)
        if not chunk:
            return None
        parts.append(chunk)
        try:
            inflated = _inflated(inflating, chunk)
            begun = begun or inflated
        except zlib.error:
            return None
        if not begun.startswith(b"WARC/"):
            return None
    whole = b"".join(parts)
    return whole[: len(whole) - len(inflating.unused_data)]


def _inflated(inflating: "zlib._Decompress", chunk: bytes) -> bytes:
    """Inflate a chunk without holding what comes of it; return how it begins."""
    begun = inflating.decompress(chunk, _CHUNK)
    while inflating.unconsumed_tail and not inflating.eof:
        inflating.decompress(inflating.unconsumed_tail, _CHUNK)
    return begun


def _next_magic(file: BinaryIO, start: int) -> int | None:
    file.seek(start)
    held = b""
    while chunk := file.read(_CHUNK):
        held += chunk
        place = held.find(_MAGIC)
        if place >= 0:
            return start + place
        start += len(held) - len(_MAGIC) + 1
        held = held[-len(_MAGIC) + 1 :]
    return None
