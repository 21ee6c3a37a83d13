"""Tally: counts what a crawl read, by kind, for its report and its progress."""

from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from crawler.post import CrawlIssue, Post, ThreadRead

POSTS, THREADS, ISSUES = "fengping/posts", "fengping/threads", "fengping/issues/"


class TallyPipeline:
    """Scrapy item pipeline; passes every item on."""

    def __init__(self, stats: StatsCollector) -> None:
        self._stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the pipeline of a crawl."""
        if crawler.stats is None:
            raise RuntimeError("a crawler counts only once it has been set up")
        return cls(crawler.stats)

    def process_item(self, item: Any) -> Any:
        """Count an item."""
        if isinstance(item, Post):
            self._stats.inc_value(POSTS)
        elif isinstance(item, ThreadRead):
            self._stats.inc_value(THREADS)
        elif isinstance(item, CrawlIssue):
            self._stats.inc_value(ISSUES + item.reason)
        return item
