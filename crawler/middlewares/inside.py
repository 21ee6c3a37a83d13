"""Inside guard: a crawl stays on the hosts of its register entry, redirects included.

Scrapy's own offsite filter drops redirected requests without a word to the spider; here the spider's errback hears.
"""

from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest


class OutsideError(IgnoreRequest):
    """The request isn't sent; the spider's errback turns this into an issue."""


class InsideGuard:
    """Scrapy downloader middleware; asks the spider's `is_inside`."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the guard of a crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Refuse the request, or let it pass."""
        is_inside = getattr(self._crawler.spider, "is_inside", None)
        if is_inside and not is_inside(request.url):
            raise OutsideError(f"{urlsplit(request.url).hostname} 不在该来源登记的网站之内")
