"""Bodies come out whole or not at all, and never larger than may be."""

import gzip
import random
import tracemalloc
import zlib

import brotli
import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response

from crawler.middlewares.decompression import Decompression, TooLargeError, TornBodyError, decompressed, zstd

TEXT = ("".join(random.Random(7).choices("逾期催收罚息征信协商还款", k=90_000)) + "完").encode()
LIMIT = 1 << 20
ENCODED = {
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT[:1000]) + gzip.compress(TEXT[1000:]),
    "deflate": zlib.compress(TEXT),
    "br": brotli.compress(TEXT, quality=3),
    "zstd": zstd.compress(TEXT),
}
RAW_DEFLATE = zlib.compress(TEXT)[2:-4]


@pytest.mark.parametrize("name", ENCODED)
def test_whole_bodies_come_out(name: str) -> None:
    assert decompressed(ENCODED[name], [name], limit=LIMIT) == TEXT


def test_deflate_without_its_header_and_two_layers_and_padding() -> None:
    assert decompressed(RAW_DEFLATE, ["deflate"], limit=LIMIT) == TEXT
    assert decompressed(gzip.compress(ENCODED["br"]), ["br", "gzip"], limit=LIMIT) == TEXT
    assert decompressed(ENCODED["gzip"] + b"\0" * 100, ["gzip"], limit=LIMIT) == TEXT


@pytest.mark.parametrize("name", ENCODED)
@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_torn_bodies_do_not_pass_for_whole_ones(name: str, share: float) -> None:
    torn = ENCODED[name][: max(1, int(len(ENCODED[name]) * share))]
    with pytest.raises(TornBodyError, match=name):
        decompressed(torn, [name], limit=LIMIT)


@pytest.mark.parametrize("name", ENCODED)
def test_what_is_not_compressed_at_all_is_told(name: str) -> None:
    with pytest.raises(TornBodyError):
        decompressed(b"<html>plain after all</html>", [name], limit=LIMIT)


def bomb(name: str, size: int) -> bytes:
    zeros = bytes(size)
    return {
        "gzip": lambda: gzip.compress(zeros),
        "x-gzip": lambda: gzip.compress(zeros),
        "deflate": lambda: zlib.compress(zeros),
        "br": lambda: brotli.compress(zeros, quality=5),
        "zstd": lambda: zstd.compress(zeros),
    }[name]()


@pytest.mark.parametrize("name", ENCODED)
def test_bombs_are_stopped_before_they_fill_the_memory(name: str) -> None:
    small = bomb(name, 64 << 20)
    tracemalloc.start()
    with pytest.raises(TooLargeError, match="1 MB"):
        decompressed(small, [name], limit=LIMIT)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 << 20


def test_bombs_in_many_layers_and_unknown_encodings_are_told() -> None:
    with pytest.raises(TooLargeError, match="4 层"):
        decompressed(b"x", ["gzip"] * 4, limit=LIMIT)
    with pytest.raises(TornBodyError, match="compress"):
        decompressed(b"x", ["compress"], limit=LIMIT)


def test_the_response_is_html_again() -> None:
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Encoding": "gzip"}
    page = "<html>催收</html>".encode()
    response = Response("http://f.example/", headers=headers, body=gzip.compress(page))
    out = Decompression(LIMIT).process_response(Request("http://f.example/"), response)
    assert isinstance(out, HtmlResponse)
    assert (out.body, out.headers.get("Content-Encoding")) == (page, None)
