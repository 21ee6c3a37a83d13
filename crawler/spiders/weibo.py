"""微博: the hits of a search, the posts of an account or topic page, or single posts, with comments at every level."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.board_spider import BoardSpider
from crawler.long_posts import CutPost, LongPosts
from crawler.pages.extraction import Extraction, PageKind, ShownPost, ShownThread
from crawler.pages.page import Page
from crawler.pages.weibo.addresses import api_address, is_weibo
from crawler.pages.weibo.walls import is_login
from crawler.pages.weibo.weibo_page import read_weibo_page
from crawler.post import CrawlIssue, Evidence, IssueReason, Post, PostKind, ThreadRead
from crawler.source_spider import Assignment, Output, request_of
from crawler.turning import BoardReading, ThreadReading


class WeiboSpider(BoardSpider):
    """Spider of 微博; lists show posts in full, so these land from there, and only what has more to it is opened.

    Without a log-in the site shows a part of most things: what it states and doesn't give is reported as its cap.
    """

    name = "weibo"

    def __init__(self, *, assignment: Assignment, **more: Any) -> None:
        super().__init__(assignment=assignment, **more)
        self._long = LongPosts()
        self._stated: dict[str, int] = {}
        self._listed: Counter[str] = Counter()
        self._statuses: set[str] = set()

    def read(self, page: Page, _numbers: Mapping[int, str], /) -> Extraction:
        """Read a page or an answer, whose posts name what they answer or pass on by its id."""
        return self._long.without_known(read_weibo_page(page))

    def address(self, url: str) -> str:
        """Return the address of the answer that stands for a page."""
        return api_address(url)

    def is_login(self, url: str) -> bool:
        """Whether an address is the log-in or the visitor check."""
        return is_login(url)

    def is_inside(self, url: str) -> bool:
        """Whether an address belongs to the source; all of 微博's hosts are one site."""
        own = any(is_weibo(host) for host in self.hosts)
        return super().is_inside(url) or (own and is_weibo(urlsplit(url).hostname or ""))

    def keep(self, response: Response) -> Evidence:
        """Archive a response once, whether posts land from it now or wait for their whole text."""
        evidence: Evidence = response.meta.get("evidence") or super().keep(response)
        response.meta["evidence"] = evidence
        return evidence

    def post(self, shown: ShownPost, *, evidence: Evidence, thread_id: str | None) -> Post:
        """Return a post as it is kept; a post that another passes on is a thread of its own."""
        own = shown.native_id if shown.kind is PostKind.TOPIC else thread_id
        return super().post(shown, evidence=evidence, thread_id=own)

    def issues(self, url: str, extraction: Extraction) -> Iterator[CrawlIssue]:
        """Yield what was odd; a list that stays empty after a retry has ended, and is weighed when it has."""
        for issue in super().issues(url, extraction):
            if extraction.kind is not PageKind.LIST or issue.reason is not IssueReason.EMPTY_PAGE:
                yield issue

    def land_listed(self, response: Response, extraction: Extraction, board: BoardReading) -> Iterator[Output]:
        """Land the posts that a list shows whole; those without comments are read with that."""
        if not extraction.posts:
            return
        evidence = self.keep(response)
        asked_by = {post.parent_id: post.native_id for post in extraction.posts}
        for shown in extraction.posts:
            if shown.native_id in extraction.cut:
                asking = asked_by.get(shown.native_id, shown.native_id)
                self._long.hold(CutPost(shown, evidence, asking))
            else:
                yield self.post(shown, evidence=evidence, thread_id=None)
        yield from self._read_already(extraction, board.url)

    def _read_already(self, extraction: Extraction, board: str) -> Iterator[Output]:
        parents = {post.native_id: post.parent_id for post in extraction.posts}
        for thread in extraction.threads:
            is_cut = {thread.native_id, parents.get(thread.native_id)} & extraction.cut.keys()
            if thread.replies == 0 and not is_cut and thread.native_id not in self._requested:
                self._requested.add(thread.native_id)
                reading = ThreadReading.of(thread, board=board)
                reading.post_ids[thread.native_id] = None
                yield reading.finished(self.source, at=self.assignment.clock())
                yield reading.covered(self.source, at=self.assignment.clock())

    def _after_list_page(
        self, url: str, extraction: Extraction, board: BoardReading, wanted: list[ShownThread]
    ) -> Iterator[Output]:
        self._listed[board.url] += len(extraction.threads)
        self._stated[board.url] = max(extraction.stated or 0, self._stated.get(board.url, 0))
        yield from super()._after_list_page(url, extraction, board, wanted)
        if extraction.next is None and not extraction.boards:
            self.visits.complete_board(self.source, board.url, at=self.assignment.clock())
            yield from self._gap(url, board.url, self._listed[board.url], "微博")

    def _gap(self, url: str, key: str, got: int, what: str) -> Iterator[CrawlIssue]:
        stated = self._stated.get(key, 0)
        if stated > got:
            detail = f"网站说有 {stated} 条{what}，翻到尽头只给出 {got} 条（未登录的上限）"
            yield self.issue(url, IssueReason.SITE_CAP, detail)

    def _posts(self, response: Response, extraction: Extraction, reading: ThreadReading) -> Iterator[Output]:
        if extraction.stated is not None:
            self._stated.setdefault(reading.thread_id, extraction.stated)
        for shown in extraction.posts:
            if shown.kind is PostKind.TOPIC:
                self._statuses.add(shown.native_id)
            if shown.native_id in extraction.cut:
                self._long.hold(CutPost(shown, self.keep(response), reading.thread_id))
        whole = (self._long.completed(post) for post in extraction.posts if post.native_id not in extraction.cut)
        yield from super()._posts(response, replace(extraction, posts=tuple(filter(None, whole))), reading)

    def _after_thread_page(self, url: str, extraction: Extraction, reading: ThreadReading) -> Iterator[Output]:
        for output in super()._after_thread_page(url, extraction, reading):
            if not isinstance(output, ThreadRead):
                yield output
                continue
            comments = len(reading.post_ids.keys() - self._statuses)
            hidden = list(self._gap(url, reading.thread_id, comments, "评论"))
            yield from hidden
            reading.blame(issue.reason for issue in hidden)
            # Which comments are shown changes from day to day where not all of them are.
            yield replace(output, is_whole=not hidden)

    def _refused(self, response: Response, extraction: Extraction, reading: ThreadReading) -> Iterator[Output]:
        yield from self._land_cut(reading)
        yield from super()._refused(response, extraction, reading)

    def failed(self, failure: Failure) -> Iterator[Output]:
        """Errback of every request; a post whose whole text can't be had lands as far as it was shown."""
        request: Request = request_of(failure)
        reading: ThreadReading | None = request.cb_kwargs.get("reading")
        yield from self._land_cut(reading) if reading else ()
        yield from super().failed(failure)

    def _land_cut(self, reading: ThreadReading) -> Iterator[Output]:
        visit = self.visits.visit(self.source, reading.thread_id)
        reading.is_whole = False
        for cut in self._long.given_up(reading.thread_id):
            detail = f"微博 {cut.shown.native_id} 的全文没有读到，只有列表上的前半段"
            yield self.issue(cut.shown.url, IssueReason.CUT_SHORT, detail, "text")
            if not (visit and visit.signature):  # else its whole text landed earlier
                yield self.post(cut.shown, evidence=cut.evidence, thread_id=None)
