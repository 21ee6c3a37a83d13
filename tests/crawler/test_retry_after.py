import asyncio
import time
from datetime import UTC, datetime

import pytest
from scrapy import Request
from scrapy.http import Response

from crawler.middlewares.retry_after import RetryAfter, seconds_of

NOW = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        ("Tue, 24 Nov 2026 11:00:30 GMT", 30),
        ("Tue, 24 Nov 2026 10:00:00 GMT", 0),
        ("soon", None),
        ("-5", None),
    ],
)
def test_the_header_is_a_number_or_a_date(header: str, seconds: float | None) -> None:
    assert seconds_of(header, now=NOW) == seconds


def answered(after: str, *, longest: float, status: int = 429) -> tuple[RetryAfter, Request]:
    middleware, request = RetryAfter(longest), Request("http://f.example/a")
    headers = {"Retry-After": after}
    middleware.process_response(request, Response(request.url, status=status, headers=headers))
    return middleware, request


def waited(middleware: RetryAfter, url: str) -> float:
    begun = time.monotonic()
    asyncio.run(middleware.process_request(Request(url)))
    return time.monotonic() - begun


def test_the_site_is_left_alone_for_as_long_and_others_are_not() -> None:
    middleware, request = answered("1", longest=5)
    assert waited(middleware, "http://other.example/") < 0.5
    assert waited(middleware, "http://f.example/b") > 0.5
    assert not request.meta


def test_a_site_that_asks_for_more_is_not_asked_again() -> None:
    middleware, request = answered("86400", longest=5)
    assert waited(middleware, "http://f.example/b") < 0.5
    assert request.meta["dont_retry"]


def test_only_a_busy_site_is_meant() -> None:
    middleware, _ = answered("3", longest=5, status=200)
    assert waited(middleware, "http://f.example/b") < 0.5
