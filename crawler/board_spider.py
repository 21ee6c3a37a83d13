"""BoardSpider: what spiders of forums share: boards → list pages → threads → all their pages → posts."""

from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.coverage import Coverage, Gap
from crawler.pages.extraction import Extraction, PageKind, ShownThread
from crawler.pages.page import Page
from crawler.post import IssueReason
from crawler.source_spider import Assignment, Output, SourceSpider, asked_for, reporting_faults, request_of
from crawler.turning import BoardReading, ThreadReading

_THREAD_FIRST, _THREAD_NEXT = 10, 20
"""Priorities: a thread that was begun is finished first, then new threads, then further list pages."""
_GONE_STATUS = {404, 410}
_BROKEN = 500
_WALLS = {IssueReason.LOGIN_REQUIRED, IssueReason.PERMISSION}


class BoardSpider(SourceSpider):
    """Base of the spiders of forums; a platform says how a page is `read` and under which `address` it is asked for.

    Start addresses are boards, an index of boards, or single threads.
    """

    list_limit = 500
    thread_limit = 2000
    """Pages of one board or thread that are read at most."""

    def __init__(self, *, assignment: Assignment, **more: Any) -> None:
        super().__init__(assignment=assignment, **more)
        self._requested: set[str] = set()
        self._begun: set[str] = set()
        self._minimum = timedelta(seconds=assignment.settings.revisit_minimum)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make the spider, which looks after due threads when the lists are done."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.read_due_threads, signal=signals.spider_idle)
        return spider

    def read(self, page: Page, numbers: Mapping[int, str], /) -> Extraction:
        """Read any page of the forum; `numbers` are the ids of the posts on earlier pages of its thread."""
        raise NotImplementedError

    def address(self, url: str) -> str:
        """Return what is fetched for a start address of the register."""
        return url

    def is_login(self, url: str) -> bool:
        """Whether an address is the forum's log-in page."""
        return urlsplit(url).path.rstrip("/").endswith("/login")

    async def start(self) -> AsyncIterator[Request]:
        """Yield the start addresses of the register."""
        for url in map(self.address, self.assignment.settings.urls):
            yield self._board(BoardReading(url=url), url)

    def read_due_threads(self) -> None:
        """Fetch threads that are due and that no list showed in this run (moved down, or deleted)."""
        if self.assignment.is_capture:
            return
        now = self.assignment.clock()
        due = self.visits.due(self.source, now=now, minimum=self._minimum, everything=self.assignment.revisit)
        waiting = [visit for visit in due if visit.thread_id not in self._requested]
        for visit in waiting:
            self._requested.add(visit.thread_id)
            reading = ThreadReading(visit.thread_id, visit.url, signature=visit.listed, active=visit.active)
            self.crawler.engine.crawl(self._thread(reading, visit.url, _THREAD_FIRST))
        if waiting:
            raise DontCloseSpider

    @reporting_faults
    def parse_board(self, response: Response, board: BoardReading) -> Iterator[Output]:
        """Read a list page, or whatever page a start address turned out to be."""
        extraction = self.read(self.page(response), {})
        if board.should_retry(response.url, extraction):
            yield self._board(board, response.url)
            return
        yield self._list_coverage(response, extraction, board)
        if extraction.kind is PageKind.THREAD:
            yield from self._start_at_thread(response, extraction)
            return
        yield from self.issues(response.url, extraction)
        if self.assignment.is_capture:
            yield from self._capture_list(response, extraction, board)
            return
        for url in extraction.boards:
            if url not in self._begun:
                self._begun.add(url)
                yield self._board(BoardReading(url=url), url)
        if extraction.kind is PageKind.LIST:
            yield from self.land_listed(response, extraction, board)
            yield from self._list_page(response.url, extraction, board)

    def _capture_list(self, response: Response, extraction: Extraction, board: BoardReading) -> Iterator[Output]:
        """Land what a list shows; to read all that it leads to is for a registered source."""
        if extraction.kind is PageKind.LIST:
            yield from self.land_listed(response, extraction, board)
        if not extraction.is_empty:
            detail = "这是列表页，没有跟进其中的主题；请粘贴具体帖子的链接，或登记为来源后采集"
            yield self.issue(response.url, IssueReason.NOT_FOLLOWED, detail)

    def land_listed(self, _response: Response, _extraction: Extraction, _board: BoardReading) -> Iterator[Output]:
        """Land what a list page shows in full already; boards of forums show titles only."""
        yield from ()

    def _list_page(self, url: str, extraction: Extraction, board: BoardReading) -> Iterator[Output]:
        inside = [thread for thread in extraction.threads if self.is_inside(thread.url)]
        for thread in extraction.threads:
            if thread not in inside:
                yield self.issue(thread.url, IssueReason.NOT_FOLLOWED, "主题的网址不在登记的网站里，没有跟过去")
                reading = ThreadReading.of(thread, board=board.url)
                yield self._unread(reading, Gap.OUTSIDE)
        self.visits.want(self.source, inside)
        wanted = [thread for thread in inside if self._is_wanted(thread)]
        for thread in wanted:
            if thread.native_id not in self._requested:
                self._requested.add(thread.native_id)
                reading = ThreadReading.of(thread, board=board.url)
                yield self._unread(reading, Gap.NOT_REVISITED)
                yield self._thread(reading, thread.url, _THREAD_FIRST)
        yield from self._after_list_page(url, extraction, board, wanted)

    def _after_list_page(
        self, url: str, extraction: Extraction, board: BoardReading, wanted: list[ShownThread]
    ) -> Iterator[Output]:
        board.note(extraction)
        trouble = board.turn(url, extraction, limit=self.list_limit)
        if trouble or extraction.next is None:
            yield board.covered(self.source, at=self.assignment.clock(), trouble=trouble)
        if trouble:
            yield self.issue(url, *trouble)
        elif extraction.next is None:
            if not board.is_cut and (extraction.threads or board.is_known_empty(extraction)):
                self.visits.complete_board(self.source, board.url, at=self.assignment.clock())
        elif not self._may_stop(extraction, board, wanted):
            yield self._board(board, extraction.next)

    def _may_stop(self, extraction: Extraction, board: BoardReading, wanted: list[ShownThread]) -> bool:
        """Whether all further list pages are known: this page has only threads that were read, none changed or due."""
        if self.assignment.revisit or not self.visits.is_complete(self.source, board.url):
            return False
        normal = [thread for thread in extraction.threads if not thread.is_sticky]
        return bool(normal) and not any(thread in wanted for thread in normal)

    def _is_wanted(self, thread: ShownThread) -> bool:
        visit = self.visits.visit(self.source, thread.native_id)
        if self.assignment.revisit or visit is None or visit.read is None:
            return True
        is_changed = bool(visit.signature) and visit.signature != thread.signature
        return is_changed or visit.is_due(self.assignment.clock(), self._minimum)

    def _start_at_thread(self, response: Response, extraction: Extraction) -> Iterator[Output]:
        thread_id = extraction.thread_id or response.url
        if thread_id not in self._requested:
            self._requested.add(thread_id)
            self.visits.want(self.source, [ShownThread(native_id=thread_id, url=response.url, title="")])
            yield from self.parse_thread(response, ThreadReading(thread_id, response.url))

    @reporting_faults
    def parse_thread(self, response: Response, reading: ThreadReading) -> Iterator[Output]:
        """Read a page of a thread; the last one yields the `ThreadRead`."""
        extraction = self.read(self.page(response), reading.numbers)
        if reading.should_retry(response.url, extraction):
            yield self._thread(reading, response.url, _THREAD_NEXT)
            return
        yield from self.issues(response.url, extraction)
        is_read = extraction.posts or extraction.left_out or extraction.next or not extraction.issues
        if extraction.kind is PageKind.THREAD and is_read:
            yield from self._posts(response, extraction, reading)
        elif extraction.kind in {PageKind.MESSAGE, PageKind.UNKNOWN}:
            yield from self._refused(response, extraction, reading)

    def _posts(self, response: Response, extraction: Extraction, reading: ThreadReading) -> Iterator[Output]:
        if extraction.posts:
            evidence = self.keep(response)
            for shown in reading.fresh(extraction.posts):
                yield self.post(shown, evidence=evidence, thread_id=reading.thread_id)
        yield from self._after_thread_page(response.url, reading.note(extraction), reading)

    def _after_thread_page(self, url: str, extraction: Extraction, reading: ThreadReading) -> Iterator[Output]:
        trouble = reading.turn(url, extraction, limit=self.thread_limit)
        if not trouble and extraction.next:
            yield self._thread(reading, extraction.next, _THREAD_NEXT)
            return
        trouble = trouble or reading.shortfall()
        if trouble:
            reading.is_whole = False
            reading.blame([trouble[0]])
        yield reading.covered(self.source, at=self.assignment.clock())
        if trouble:
            yield self.issue(url, *trouble)
        elif reading.is_whole:
            yield reading.finished(self.source, at=self.assignment.clock())

    def _refused(self, response: Response, extraction: Extraction, reading: ThreadReading) -> Iterator[Output]:
        """A thread that shows a message: gone, or behind a wall. Behind a wall its posts still exist."""
        reasons = {issue.reason for issue in extraction.issues}
        reading.blame(reasons)
        yield self._unread(reading)
        is_gone = IssueReason.DELETED in reasons or response.status in _GONE_STATUS
        if is_gone and not reading.post_ids:
            yield reading.finished(self.source, at=self.assignment.clock())
        elif reasons & _WALLS:
            self.visits.mark([reading.walled(self.source, at=self.assignment.clock())])
        elif response.status >= _BROKEN:
            yield from self._go_on(reading)

    def _go_on(self, reading: ThreadReading) -> Iterator[Request]:
        """After a page that could not be had, read the others that the site named; the thread isn't whole."""
        reading.is_whole = False
        following = reading.skip()
        if following:
            yield self._thread(reading, following, _THREAD_NEXT)

    def failed(self, failure: Failure) -> Iterator[Output]:
        """Errback of every request; a redirect to the log-in page is a wall, whatever robots.txt says of that page."""
        request = request_of(failure)
        reading: ThreadReading | None = request.cb_kwargs.get("reading")
        if not self.is_login(request.url):
            yield from super().failed(failure)
            yield from self._go_on(reading) if reading else ()
            return
        if reading:
            self.visits.mark([reading.walled(self.source, at=self.assignment.clock())])
        yield self.issue(asked_for(request), IssueReason.LOGIN_REQUIRED, "网站转到登录页：要登录才能看")
        yield self.uncovered(failure, IssueReason.LOGIN_REQUIRED)

    def uncovered(self, failure: Failure, reason: IssueReason) -> Coverage:
        """Return how much of the thread whose page couldn't be fetched was read, or that a list wasn't."""
        arguments = request_of(failure).cb_kwargs
        reading: ThreadReading | None = arguments.get("reading")
        if reading is None:
            board: BoardReading | None = arguments.get("board")
            return self.page_coverage(
                asked_for(request_of(failure)), board=board.url if board else "", reasons=[reason]
            )
        reading.blame([reason])
        return self._unread(reading)

    def _unread(self, reading: ThreadReading, gap: Gap | None = None) -> Coverage:
        """Return how much of a thread was read that isn't read, or not to its end."""
        coverage = reading.covered(self.source, at=self.assignment.clock())
        return replace(coverage, gap=gap or coverage.gap, is_whole=False)

    def _list_coverage(self, response: Response, extraction: Extraction, board: BoardReading) -> Coverage:
        is_cut = any(issue.reason is IssueReason.CUT_SHORT for issue in extraction.issues)
        is_read = not is_cut and bool(not extraction.is_empty or extraction.next or board.is_known_empty(extraction))
        reasons = () if is_read else [issue.reason for issue in extraction.issues]
        asked: list[str] = response.meta.get("redirect_urls", [response.url])
        return self.page_coverage(asked[0], board=board.url, reasons=reasons)

    def _board(self, board: BoardReading, url: str) -> Request:
        return Request(url, callback=self.parse_board, errback=self.failed, cb_kwargs={"board": board})

    def _thread(self, reading: ThreadReading, url: str, priority: int) -> Request:
        arguments = {"reading": reading}
        return Request(url, callback=self.parse_thread, errback=self.failed, cb_kwargs=arguments, priority=priority)
