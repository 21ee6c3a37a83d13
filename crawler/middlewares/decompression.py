"""Decompression: undoes gzip, deflate, Brotli and Zstandard bit by bit, and stops at a bomb or a torn stream.

Scrapy's own middleware keeps what comes before the tear, so that half a page would pass for a whole one.
"""

import sys
import zlib
from collections.abc import Callable, Generator, Iterator
from typing import Self

import brotli
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd  # Scrapy brings it

_CHUNK = 1 << 16
_ACCEPTED = b"gzip, deflate, br, zstd"
_LAYERS = 3
_GZIP, _RAW = 31, -15


class TooLargeError(IgnoreRequest):
    """The answer is larger than may be taken in; the spider's errback turns this into an issue."""


class TornBodyError(IgnoreRequest):
    """The answer's body can't be decompressed to its end; the spider's errback turns this into an issue."""


class Decompression:
    """Scrapy downloader middleware, in the place of HttpCompressionMiddleware; `limit` in bytes, decompressed."""

    def __init__(self, limit: int) -> None:
        self._limit = limit

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware of a crawl from the setting DOWNLOAD_MAXSIZE."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        """Say what may come."""
        request.headers.setdefault("Accept-Encoding", _ACCEPTED)

    def process_response(self, request: Request, response: Response) -> Response:  # noqa: ARG002 (Scrapy's signature)
        """Return the response with its body as it was before it was compressed."""
        named = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1").lower()
        encodings = [name.strip() for name in named.split(",") if name.strip() not in {"", "identity"}]
        if not encodings or not response.body:
            return response
        body = decompressed(response.body, encodings, limit=self._limit)
        headers = response.headers.copy()
        del headers["Content-Encoding"]
        kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
        return response.replace(cls=kind, headers=headers, body=body)


def decompressed(body: bytes, encodings: list[str], *, limit: int) -> bytes:
    """Undo the encodings, the last one first.

    Raises:
        TooLargeError: more than `limit` bytes come out; no more than that was held.
        TornBodyError: the body is torn, damaged, or of an unknown encoding.
    """
    if len(encodings) > _LAYERS:
        raise TooLargeError(f"响应压缩了 {len(encodings)} 层，没有解开")
    for name in reversed(encodings):
        if name not in _DECODERS:
            raise TornBodyError(f"不认得响应的压缩方式 {name[:40]}，没有读")
        body = _bounded(_DECODERS[name], body, name, limit)
    return body


def _bounded(decode: "Callable[[bytes], Iterator[bytes]]", body: bytes, name: str, limit: int) -> bytes:
    parts, size = [], 0
    try:
        for part in decode(body):
            size += len(part)
            if size > limit:
                raise TooLargeError(f"响应解压后超过 {limit // 1024 // 1024} MB（压缩时 {len(body):,} 字节），没有读")
            parts.append(part)
    except (zlib.error, brotli.error, zstd.ZstdError, EOFError) as error:
        raise TornBodyError(f"响应的 {name} 压缩没有完整到达或已损坏，没有读；下次采集会再取") from error
    return b"".join(parts)


def _gzip(body: bytes) -> Iterator[bytes]:
    while body:
        rest = yield from _inflated(zlib.decompressobj(_GZIP), body)
        # What follows the last member without being one is padding, which browsers pass over.
        body = rest if rest.startswith(b"\x1f\x8b") else b""


def _deflate(body: bytes) -> Iterator[bytes]:
    # Some servers send it without the header that RFC 9110 asks for.
    is_wrapped = len(body) > 1 and body[0] & 15 == zlib.DEFLATED and int.from_bytes(body[:2], "big") % 31 == 0
    yield from _inflated(zlib.decompressobj() if is_wrapped else zlib.decompressobj(_RAW), body)


def _inflated(inflating: "zlib._Decompress", body: bytes) -> Generator[bytes, None, bytes]:
    """Yield what comes out, in small parts; return what follows the end of the stream."""
    for start in range(0, len(body), _CHUNK):  # zlib copies what it hasn't used yet at every step
        waiting = body[start : start + _CHUNK]
        while True:
            part = inflating.decompress(waiting, _CHUNK)
            yield part
            waiting = inflating.unconsumed_tail
            if inflating.eof:
                return inflating.unused_data + body[start + _CHUNK :]
            if len(part) < _CHUNK and not waiting:
                break
    raise EOFError


def _brotli(body: bytes) -> Iterator[bytes]:
    decoder = brotli.Decompressor()
    part = decoder.process(body, output_buffer_limit=_CHUNK)
    while part or not decoder.is_finished():
        yield part
        if decoder.is_finished():
            return
        part = decoder.process(b"", output_buffer_limit=_CHUNK)
        if not part and not decoder.is_finished():
            raise EOFError


def _zstd(body: bytes) -> Iterator[bytes]:
    while body:
        decoder = zstd.ZstdDecompressor()
        yield decoder.decompress(body, _CHUNK)
        while not decoder.eof:
            if decoder.needs_input:
                raise EOFError
            yield decoder.decompress(b"", _CHUNK)
        body = decoder.unused_data


_DECODERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
