"""Progress: a crawl process tells its parent how far it is, a JSON line twice a second."""

import asyncio
import dataclasses
import json
import sys
import time
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from crawler.report import report_of

_SECONDS = 0.5


class Progress:
    """Scrapy extension; the last line of a source is its report."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._began = time.monotonic()
        self._task: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect the extension to a crawl."""
        progress = cls(crawler)
        crawler.signals.connect(progress.begin, signal=signals.spider_opened)
        crawler.signals.connect(progress.end, signal=signals.spider_closed)
        return progress

    def begin(self) -> None:
        """Start telling."""
        self._task = asyncio.get_running_loop().create_task(self._keep_telling())

    def end(self) -> None:
        """Stop telling; pipelines may still be landing, so the report itself comes from the process."""
        if self._task:
            self._task.cancel()

    async def _keep_telling(self) -> None:
        while True:
            await asyncio.sleep(_SECONDS)
            self.tell()

    def tell(self) -> None:
        """Write one line: the report as it stands."""
        source = getattr(self._crawler.spider, "source", "")
        tell_report(source, self._crawler, seconds=time.monotonic() - self._began)


def tell_report(source: str, crawler: Crawler, *, seconds: float, reason: str = "") -> None:
    """Write the report of a crawl as one JSON line to standard output, which is the parent's pipe."""
    stats = crawler.stats.get_stats() if crawler.stats else {}
    report = report_of(source, stats, seconds=seconds, reason=reason)
    sys.stdout.write(json.dumps(dataclasses.asdict(report), ensure_ascii=False) + "\n")
    sys.stdout.flush()
