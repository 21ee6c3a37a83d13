"""CrawlReport: what a crawl did, while it runs and when it is done."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from crawler.pipelines.tally import ISSUES, POSTS, THREADS

NEW, CHANGED, UNCHANGED = "fengping/new", "fengping/changed", "fengping/unchanged"
RECORDS = "fengping/records"
"""Where the landing pipeline counts; a pipeline that lands nothing leaves them out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlReport:
    """One source in one crawl: `requested` requests sent, `pages` answers, `posts` and `threads` read.

    `new`, `changed` and `unchanged` are what landing made of the posts; `issues` counts by reason; `finished` is False
    while it runs and when it was stopped before its end (`reason` then says why). Only captures tell `record_ids`.
    """

    source: str
    requested: int = 0
    pages: int = 0
    posts: int = 0
    threads: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    issues: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    finished: bool = False
    reason: str = ""
    record_ids: tuple[int, ...] = ()


def report_of(source: str, stats: Mapping[str, Any], *, seconds: float, reason: str = "") -> CrawlReport:
    """Return the report that Scrapy's statistics of a crawl amount to; `reason` is Scrapy's finish reason."""
    issues = {name.removeprefix(ISSUES): count for name, count in stats.items() if name.startswith(ISSUES)}
    return CrawlReport(
        source=source,
        requested=stats.get("downloader/request_count", 0),
        pages=stats.get("downloader/response_count", 0),
        posts=stats.get(POSTS, 0),
        threads=stats.get(THREADS, 0),
        new=stats.get(NEW, 0),
        changed=stats.get(CHANGED, 0),
        unchanged=stats.get(UNCHANGED, 0),
        issues=issues,
        seconds=round(seconds, 3),
        finished=reason == "finished",
        reason=reason,
        record_ids=tuple(stats.get(RECORDS, ())),
    )
