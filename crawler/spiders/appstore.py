"""App Store: the reviews of an app in one country, by Apple's public feed."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from crawler.pages.appstore_page import PAGES, app_of, feed_address, read_appstore_page
from crawler.pages.extraction import Extraction
from crawler.post import IssueReason
from crawler.source_spider import Output, SourceSpider, reporting_faults
from crawler.turning import ThreadReading


class AppstoreSpider(SourceSpider):
    """Spider of App Store reviews; its start addresses are apps as people open them, one a country.

    The newest come first, so a run ends at the page that shows the newest review of the last whole reading; as often
    as a thread would be read again it reads all pages, and notices edited and vanished reviews.
    """

    name = "appstore"

    async def start(self) -> AsyncIterator[Request]:
        """Yield the first page of each app."""
        for url in map(feed_address, self.assignment.settings.urls):
            yield self._page(ThreadReading(app_of(url) or url, url), url)

    def is_inside(self, url: str) -> bool:
        """Whether an address belongs to the source; an app's page and its feed lie on two hosts of Apple's."""
        own = any(_is_apple(host) for host in self.hosts)
        return super().is_inside(url) or (own and _is_apple(urlsplit(url).hostname or ""))

    @reporting_faults
    def parse_page(self, response: Response, reading: ThreadReading) -> Iterator[Output]:
        """Read a page of reviews; the last one of a whole reading yields the `ThreadRead`."""
        extraction = read_appstore_page(self.page(response))
        if reading.should_retry(response.url, extraction):
            yield self._page(reading, response.url)
            return
        yield from self.issues(response.url, extraction)
        if extraction.posts:
            evidence = self.keep(response)
            reading.signature = reading.signature or extraction.posts[0].native_id
            for shown in reading.fresh(extraction.posts):
                yield self.post(shown, evidence=evidence, thread_id=reading.thread_id)
            yield from self._after_page(response.url, extraction, reading)

    def _after_page(self, url: str, extraction: Extraction, reading: ThreadReading) -> Iterator[Output]:
        trouble = reading.turn(url, extraction, limit=PAGES + 1)
        reading.blame(issue.reason for issue in extraction.issues)
        if trouble:
            yield self.issue(url, *trouble)
            reading.blame([trouble[0]])
            yield reading.covered(self.source, at=self.assignment.clock())
        elif self._knows_the_rest(extraction, reading):
            self.logger.info("no newer reviews beyond %s", url)
        elif extraction.next:
            yield self._page(reading, extraction.next)
        else:
            is_capped = any(issue.reason is IssueReason.SITE_CAP for issue in extraction.issues)
            # What a later review pushed over the cap isn't gone.
            yield replace(reading.finished(self.source, at=self.assignment.clock()), is_whole=not is_capped)
            yield reading.covered(self.source, at=self.assignment.clock())

    def _knows_the_rest(self, extraction: Extraction, reading: ThreadReading) -> bool:
        visit = self.visits.visit(self.source, reading.thread_id)
        minimum = timedelta(seconds=self.assignment.settings.revisit_minimum)
        if self.assignment.revisit or visit is None or visit.is_due(self.assignment.clock(), minimum):
            return False
        return any(post.native_id == visit.signature for post in extraction.posts)

    def _page(self, reading: ThreadReading, url: str) -> Request:
        return Request(url, callback=self.parse_page, errback=self.failed, cb_kwargs={"reading": reading})


def _is_apple(host: str) -> bool:
    return host == "apple.com" or host.endswith(".apple.com")
