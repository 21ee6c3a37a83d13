"""Landing: the last step of a crawl, which puts what was read into the ledger."""

import asyncio
import logging
import time
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from crawler.coverage import Coverage
from crawler.post import CrawlIssue, Post, ThreadRead
from crawler.report import CHANGED, NEW, RECORDS, UNCHANGED
from indexer.errors import LedgerError
from indexer.ledger import Ledger, open_ledger
from indexer.ledger.landing import Landing

logger = logging.getLogger(__name__)
_POSTS = 200
_SECONDS = 1.0


class LandingPipeline:
    """Scrapy item pipeline: lands posts in batches of up to 200 or a second, in the order in which they were read.

    A thread is marked as read (in the spider's `visits`) only when its posts are in the ledger, so that a crawl killed
    at any moment reads again what it lost. Issues are kept at once.
    """

    def __init__(self, crawler: Crawler, ledger: Ledger) -> None:
        self._crawler = crawler
        self._ledger = ledger
        self._posts: list[Post] = []
        self._reads: list[ThreadRead] = []
        self._coverage: list[Coverage] = []
        self._timer: asyncio.Task[None] | None = None
        self._closing: set[asyncio.Task[None]] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Open the ledger that the setting FENGPING_LEDGER_URL or FENGPING_HOME names."""
        where = crawler.settings.get("FENGPING_LEDGER_URL") or crawler.settings.get("FENGPING_HOME")
        if not where:
            raise NotConfigured("neither FENGPING_HOME nor FENGPING_LEDGER_URL is set")
        return cls(crawler, open_ledger(where if "://" in where else Path(where)))

    def open_spider(self) -> None:
        """Begin to land what waits every second."""
        self._timer = asyncio.get_running_loop().create_task(self._keep_flushing())

    def process_item(self, item: Any) -> Any:
        """Take an item; it is in the ledger a second later at the latest."""
        if isinstance(item, Post):
            self._posts.append(item)
        elif isinstance(item, ThreadRead):
            self._reads.append(item)
        elif isinstance(item, CrawlIssue):
            self._ledger.note_issue(item)
        elif isinstance(item, Coverage):
            self._coverage.append(item)
        if len(self._posts) >= _POSTS:
            self._flush_or_stop()
        return item

    def close_spider(self) -> None:
        """Land what is left; an error here fails the crawl, and what was not landed is read again."""
        if self._timer:
            self._timer.cancel()
        try:
            self._flush()
        finally:
            self._ledger.close()

    async def _keep_flushing(self) -> None:
        while True:
            await asyncio.sleep(_SECONDS)
            self._flush_or_stop()

    def _flush_or_stop(self) -> None:
        """Land, or end the crawl: fetching on with nowhere to put it would only trouble the site."""
        try:
            self._flush()
        except LedgerError as error:
            logger.error("采集停止，没有入账的主题下次会重新读取：%s", error)  # noqa: TRY400 (the message says it all)
            if self._crawler.engine and not self._closing:
                self._start(self._crawler.engine.close_spider_async(reason="ledger_unavailable"))

    def _start(self, closing: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(closing)
        self._closing.add(task)

    def _flush(self) -> None:
        if self._posts:
            begun = time.monotonic()
            self._count(self._ledger.land(self._posts, now=datetime.now(UTC)))
            logger.debug("landed %d posts in %.3f s", len(self._posts), time.monotonic() - begun)
            self._posts = []
        if self._coverage:
            self._ledger.coverage.note(self._coverage)
            self._coverage = []
        if self._reads:
            for thread_read in self._reads:
                self._ledger.note_thread(thread_read)
            self._mark(self._reads)
            self._reads = []

    def _mark(self, reads: list[ThreadRead]) -> None:
        visits = getattr(self._crawler.spider, "visits", None)
        if visits is not None:  # spiders without a memory (one page, a feed) read everything every time
            visits.mark(reads)

    def _count(self, landing: Landing) -> None:
        if self._crawler.stats:
            if self._crawler.settings.getbool("FENGPING_CAPTURE"):
                told = self._crawler.stats.get_value(RECORDS, [])
                self._crawler.stats.set_value(RECORDS, [*dict.fromkeys((*told, *landing.record_ids))])
            for name, count in ((NEW, landing.new), (CHANGED, landing.changed), (UNCHANGED, landing.unchanged)):
                self._crawler.stats.inc_value(name, count)
