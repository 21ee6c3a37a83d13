"""Feed: the entries of RSS and Atom feeds, fetched only when the server says that they changed."""

import json
from collections.abc import AsyncIterator, Iterator

from scrapy import Request
from scrapy.http import Response

from crawler.pages.feed_page import read_feed_page
from crawler.post import ThreadRead
from crawler.source_spider import Output, SourceSpider, reporting_faults

_VALIDATORS = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}


class FeedSpider(SourceSpider):
    """Spider of RSS and Atom; needs no site file, its start addresses are feeds."""

    name = "feed"

    async def start(self) -> AsyncIterator[Request]:
        """Yield the feeds, each with what its server gave to recognise an unchanged one."""
        for url in self.assignment.settings.urls:
            visit = None if self.assignment.revisit else self.visits.visit(self.source, url)
            headers = json.loads(visit.signature) if visit and visit.signature else {}
            yield Request(url, headers=headers, callback=self.parse_feed, errback=self.failed, cb_kwargs={"feed": url})

    @reporting_faults
    def parse_feed(self, response: Response, feed: str) -> Iterator[Output]:
        """Read a feed; the `ThreadRead` that follows carries its validators, kept once the posts have landed.

        Entries have no thread: that an old one leaves the feed doesn't mean that it is gone from the site.
        """
        if response.status == 304:
            self.logger.info("feed unchanged: %s", feed)
            return
        extraction = read_feed_page(self.page(response), self.assignment.settings.post_kind)
        yield from self.issues(response.url, extraction)
        if extraction.posts:
            evidence = self.keep(response)
            for shown in extraction.posts:
                yield self.post(shown, evidence=evidence, thread_id=None)
            yield self._read(response, feed)

    def _read(self, response: Response, feed: str) -> ThreadRead:
        validators = {
            ask: value.decode("latin-1") for name, ask in _VALIDATORS.items() if (value := response.headers.get(name))
        }
        return ThreadRead(
            source=self.source,
            thread_id=feed,
            post_ids=(),
            signature=json.dumps(validators),
            read=self.assignment.clock(),
            url=feed,
        )
