from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from scrapy.http import HtmlResponse, Response

from crawler.evidence.warc import Warc
from crawler.frontier import Visits
from crawler.post import CrawlIssue, IssueReason
from crawler.source_spider import Assignment, Output, SourceSpider, reporting_faults
from tests.crawler.crawling import source

NOW = datetime(2026, 11, 24, 11, tzinfo=UTC)


class BrokenSpider(SourceSpider):
    name = "broken"

    @reporting_faults
    def parse_page(self, response: Response) -> Iterator[Output]:
        yield self.issue(response.url, IssueReason.MESSAGE, "到这里还好")
        raise KeyError(response.url)


@pytest.fixture
def spider(tmp_path: Path) -> Iterator[BrokenSpider]:
    visits = Visits(tmp_path / "visits.sqlite")
    settings = source("http://forum.example/board", "http://www.other.example/")
    yield BrokenSpider(
        assignment=Assignment(
            name="茶馆",
            settings=settings,
            site=None,
            key=b"k" * 32,
            visits=visits,
            warc=Warc(tmp_path, "s"),
            clock=lambda: NOW,
        )
    )
    visits.close()


def test_a_page_that_the_program_breaks_on_becomes_an_issue(spider: BrokenSpider) -> None:
    *_, last = spider.parse_page(HtmlResponse("http://forum.example/t"))
    assert isinstance(last, CrawlIssue)
    assert (last.reason, last.url, last.at) == (IssueReason.FAULT, "http://forum.example/t", NOW)
    assert "KeyError" in last.detail


@pytest.mark.parametrize(
    ("url", "is_inside"),
    [
        ("http://forum.example/t", True),
        ("https://FORUM.example/t", True),
        ("http://img.forum.example/t", True),
        ("http://evilforum.example/t", False),
        ("http://other.example/", False),
        ("http://forum.example@evil.example/", False),
    ],
)
def test_a_source_is_its_own_hosts(spider: BrokenSpider, url: str, is_inside: bool) -> None:
    assert spider.is_inside(url) is is_inside
