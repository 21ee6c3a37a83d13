"""ListedSpider: for platforms whose lists show a part of each thread, which is all there is when a thread is walled."""

from collections.abc import Iterator
from typing import Any

from scrapy.http import Response

from crawler.board_spider import BoardSpider
from crawler.pages.extraction import Extraction
from crawler.post import CrawlIssue, IssueReason, Post
from crawler.source_spider import Assignment, Output
from crawler.turning import BoardReading, ThreadReading

_WALLS = {IssueReason.LOGIN_REQUIRED, IssueReason.PERMISSION, IssueReason.MESSAGE}


class ListedSpider(BoardSpider):
    """Base of such spiders: what a list shows of a thread lands when its own page asks for a log-in or a verification.

    What a thread's own page shows is whole and lands instead of it, so a post never wavers between the two.
    """

    def __init__(self, *, assignment: Assignment, **more: Any) -> None:
        super().__init__(assignment=assignment, **more)
        self._listed: dict[str, Post] = {}

    def land_listed(self, response: Response, extraction: Extraction, _board: BoardReading) -> Iterator[Output]:
        """Note what a list shows, with its evidence, until the threads were asked for."""
        threads = {thread.url: thread.native_id for thread in extraction.threads}
        if threads and extraction.posts:
            evidence = self.keep(response)
            for shown in extraction.posts:
                thread_id = threads.get(shown.url.partition("?pid=")[0])
                if thread_id and shown.parent_id is None:
                    self._listed[thread_id] = self.post(shown, evidence=evidence, thread_id=thread_id)
        yield from ()

    def parse_thread(self, response: Response, reading: ThreadReading) -> Iterator[Output]:
        """Read a page of a thread; behind a wall, what its list showed lands."""
        listed = self._listed.get(reading.thread_id)
        for output in super().parse_thread(response, reading):
            yield output
            is_walled = isinstance(output, CrawlIssue) and output.reason in _WALLS
            if is_walled and listed and not reading.post_ids:
                yield listed
                listed = None
        if reading.post_ids:
            self._listed.pop(reading.thread_id, None)
