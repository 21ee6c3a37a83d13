"""Handler: Scrapy's HTTP/1.1 download handler, which connects to checked addresses only."""

from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response

from crawler.downloading.headers import LimitedFactory
from crawler.downloading.resolver import looking_up
from crawler.middlewares.address import RefusedAddressError, is_allowed


class CheckedHandler(HTTP11DownloadHandler):
    """Download handler of http and https; `ALLOW_HOSTS` of the crawl are the hosts that may be inside."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._allow_hosts = frozenset(host.lower() for host in crawler.settings.getlist("ALLOW_HOSTS"))
        self._pool._factory = LimitedFactory

    async def download_request(self, request: Request) -> Response:
        """Fetch; `RefusedAddressError` where the host turns out to be inside."""
        with looking_up(is_allowed=is_allowed(urlsplit(request.url), self._allow_hosts)) as lookup:
            try:
                return await super().download_request(request)
            except CannotResolveHostError as error:
                if lookup.refused:
                    raise RefusedAddressError(lookup.refused) from error
                raise
