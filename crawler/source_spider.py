"""SourceSpider: what spiders of all platforms share: pages, posts, evidence and issues of one registered source."""

import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.coverage import Coverage, gap_of
from crawler.evidence.warc import Received, Warc
from crawler.frontier import Visits
from crawler.middlewares.address import RefusedAddressError
from crawler.middlewares.decompression import TooLargeError, TornBodyError
from crawler.middlewares.inside import OutsideError
from crawler.middlewares.received import META
from crawler.pages.extraction import Extraction, ShownPost
from crawler.pages.page import Page
from crawler.post import CrawlIssue, Evidence, IssueReason, Post, ThreadRead
from crawler.pseudonym import pseudonym
from crawler.register import SourceSettings
from crawler.site import Site

Item = Post | ThreadRead | CrawlIssue | Coverage
Output = Item | Request
_Self = TypeVar("_Self", bound="SourceSpider")
_Arguments = ParamSpec("_Arguments")


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """What a spider is given: the source `name` with its register entry, its site file, and the parts it works with.

    `key` makes the authors' pseudonyms; `revisit` reads every known thread again; `is_capture` reads
    the start addresses only; `clock` gives the time in UTC.
    """

    name: str
    settings: SourceSettings
    site: Site | None
    key: bytes
    visits: Visits
    warc: Warc
    revisit: bool = False
    is_capture: bool = False
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)


def reporting_faults(
    read: "Callable[Concatenate[_Self, Response, _Arguments], Iterator[Output]]",
) -> "Callable[Concatenate[_Self, Response, _Arguments], Iterator[Output]]":
    """Make a callback report a page that it breaks on as an issue, beside the log: no page ends in silence."""

    @functools.wraps(read)
    def guarded(
        self: _Self, response: Response, /, *arguments: _Arguments.args, **named: _Arguments.kwargs
    ) -> Iterator[Output]:
        try:
            yield from read(self, response, *arguments, **named)
        except Exception as error:
            self.logger.exception("could not read %s", response.url)
            if "reading" not in named:  # a thread stands as not read since its list showed it
                yield self.page_coverage(response.url, reasons=[IssueReason.FAULT])
            detail = f"读这一页时程序出错（{type(error).__name__}），页面没有读完；详情见采集日志，请报告给开发者"
            yield self.issue(response.url, IssueReason.FAULT, detail)

    return guarded


class SourceSpider(Spider):
    """Base of the spiders: reads one source and yields `Post`, `ThreadRead`, `CrawlIssue` and `Coverage`."""

    def __init__(self, *, assignment: Assignment, **more: Any) -> None:
        super().__init__(**more)
        self.assignment = assignment
        self.source = assignment.name
        self.visits = assignment.visits
        self.hosts = assignment.settings.hosts

    def page(self, response: Response) -> Page:
        """Return the page of a response, served when it came."""
        site = self.assignment.site
        received: Received | None = response.meta.get(META)
        return Page(
            url=response.url,
            body=response.body,
            served=received.at if received else self.assignment.clock(),
            status=response.status,
            content_type=_header(response, "Content-Type"),
            encoding=site.encoding if site else None,
        )

    def keep(self, response: Response) -> Evidence:
        """Archive the response that posts come from."""
        received: Received = response.meta[META]
        return self.assignment.warc.keep(received)

    def post(self, shown: ShownPost, *, evidence: Evidence, thread_id: str | None) -> Post:
        """Return a shown post as it is kept: the author as a pseudonym, with its evidence."""
        author = pseudonym(self.source, shown.author, self.assignment.key) if shown.author else None
        at = self.assignment.clock()
        return shown.kept(source=self.source, author=author, thread_id=thread_id, crawled=at, evidence=evidence)

    def issue(self, url: str, reason: IssueReason, detail: str, field: str = "") -> CrawlIssue:
        """Return an issue of this source."""
        at = self.assignment.clock()
        return CrawlIssue(source=self.source, url=url, reason=reason, detail=detail, at=at, field=field)

    def issues(self, url: str, extraction: Extraction) -> Iterator[CrawlIssue]:
        """Yield what was odd on a page."""
        for found in extraction.issues:
            yield self.issue(url, found.reason, found.detail, found.field)

    def failed(self, failure: Failure) -> Iterator[Output]:
        """Errback of every request: what couldn't be fetched becomes an issue, never silence."""
        request = request_of(failure)
        reason, detail = explained(failure)
        yield self.issue(asked_for(request), reason, detail)
        yield self.uncovered(failure, reason)

    def uncovered(self, failure: Failure, reason: IssueReason) -> Coverage:
        """Return how much of a page that couldn't be fetched was read."""
        return self.page_coverage(asked_for(request_of(failure)), reasons=[reason])

    def page_coverage(self, url: str, *, board: str = "", reasons: Iterable[IssueReason] = ()) -> Coverage:
        """Return that a page was not read for some reasons; without any, that it was."""
        gap, at = gap_of(reasons), self.assignment.clock()
        whole = gap is None
        return Coverage(source=self.source, item=f"page:{url}", board=board, url=url, at=at, gap=gap, is_whole=whole)

    def is_inside(self, url: str) -> bool:
        """Whether an address belongs to the hosts of the source."""
        host = (urlsplit(url).hostname or "").lower()
        return any(host == own or host.endswith(f".{own}") for own in self.hosts)


_FAILURES: dict[type, str] = {
    CannotResolveHostError: "域名解析不到",
    DownloadConnectionRefusedError: "连接被拒绝",
    DownloadFailedError: "连接中断，或网站的回答不是合格的 HTTP",
    DownloadTimeoutError: "网站没有在限时内答完",
    ResponseDataLossError: "响应没有传完连接就断了",
}


def _header(response: Response, name: str) -> str:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else ""


def request_of(failure: Failure) -> Request:
    """Return the request that failed."""
    request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it on the failure
    return request


def asked_for(request: Request) -> str:
    """Return the address that was asked for before any redirects."""
    asked: list[str] = request.meta.get("redirect_urls", [request.url])
    return asked[0]


def explained(failure: Failure) -> tuple[IssueReason, str]:
    """Return why a request failed, as a reason and one sentence."""
    error = failure.value
    if isinstance(error, RefusedAddressError):
        return IssueReason.REFUSED_ADDRESS, str(error)
    if isinstance(error, TooLargeError | DownloadCancelledError):
        detail = str(error) if isinstance(error, TooLargeError) else "响应太大，超过 DOWNLOAD_MAXSIZE，没有读完"
        return IssueReason.TOO_LARGE, detail
    if isinstance(error, TornBodyError):
        return IssueReason.CUT_SHORT, str(error)
    if "robots.txt" in str(error):
        return IssueReason.ROBOTS, "网站的 robots.txt 不允许访问这个网址，已跳过"
    if isinstance(error, OutsideError):
        return IssueReason.NOT_FOLLOWED, f"网址转到登记之外的网站，没有跟过去（{error}）；需要时写进该来源的 urls"
    words = _FAILURES.get(type(error), str(error)[:160])
    return IssueReason.UNREACHABLE, f"访问不到：{type(error).__name__} {words}".strip()
