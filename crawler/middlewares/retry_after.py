"""Retry-After: waits as long as a site asks for (RFC 9110, 10.2.3) before anything more is asked of it."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

_BUSY = {429, 503}


class RetryAfter:
    """Scrapy downloader middleware, nearer to the downloader than the retries.

    A site that asks for more than `longest` seconds isn't asked for that page again in this crawl.
    """

    def __init__(self, longest: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._longest, self._clock = longest, clock
        self._until: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the middleware of a crawl from the setting MAXIMUM_RETRY_AFTER (seconds)."""
        return cls(crawler.settings.getfloat("MAXIMUM_RETRY_AFTER"))

    async def process_request(self, request: Request) -> None:
        """Let the request wait while its site has asked for patience."""
        while (seconds := self._until.get(urlsplit(request.url).netloc, 0.0) - self._clock()) > 0:
            await asyncio.sleep(seconds)

    def process_response(self, request: Request, response: Response) -> Response:
        """Note how long the site wants to be left alone."""
        header = response.headers.get("Retry-After") if response.status in _BUSY else None
        seconds = seconds_of(header.decode("latin-1"), now=datetime.now(UTC)) if header else None
        if seconds is not None and seconds > self._longest:
            request.meta["dont_retry"] = True
        elif seconds is not None:
            netloc = urlsplit(request.url).netloc
            self._until[netloc] = max(self._until.get(netloc, 0.0), self._clock() + seconds)
        return response


def seconds_of(header: str, *, now: datetime) -> float | None:
    """Return the seconds that a header asks for, as a number or a date; `None` where it can't be read."""
    if header.strip().isdecimal():
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())
