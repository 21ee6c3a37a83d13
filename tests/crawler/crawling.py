"""Crawling in tests: the real process with the real ledger, without politeness towards the test's own server."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from crawler.crawl import crawl
from crawler.register import SourceSettings
from crawler.report import CrawlReport
from indexer.ledger import NotedIssue, open_ledger
from indexer.record import Record

SOURCE = "茶馆"
FAST: Mapping[str, Any] = {"RETRY_TIMES": 0, "DOWNLOAD_TIMEOUT": 20}


def source(*urls: str, **more: Any) -> SourceSettings:
    settings: dict[str, Any] = {
        "spider": "forum",
        "site": "discuz",
        "urls": urls,
        "purpose": "测试",
        "allow_hosts": ("127.0.0.1",),
        "delay": 0,
    }
    return SourceSettings(**(settings | more))


def run(home: Path, *urls: str, revisit: bool = False, **more: Any) -> CrawlReport:
    """Crawl `urls` into the ledger of `home` and return the report."""
    (report,) = crawl([], home=home, register={SOURCE: source(*urls, **more)}, revisit=revisit, scrapy_settings=FAST)
    return report


def landed(home: Path) -> dict[str, Record]:
    """Return what the ledger holds, by native id (ledgers of tests are small)."""
    with open_ledger(home) as ledger:
        records = ledger.records(range(1, 1 + 2 * ledger.counts().posts))
    return {record.post.native_id: record for record in records}


def issues(home: Path) -> list[NotedIssue]:
    with open_ledger(home) as ledger:
        return ledger.issues(limit=1000)
