"""Some five hundred planted faults: every post that the site shows is in the ledger, or an issue says why it isn't."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pytest

from crawler.crawl import crawl
from crawler.report import CrawlReport
from indexer.ledger import NotedIssue, open_ledger
from indexer.ledger.coverage import Uncovered
from tests.crawler.crawling import SOURCE, issues, landed, source
from tests.crawler.faulty_forum import HARMLESS, LASTING, PASSING, Forum, served

LIMITS = {
    "RETRY_TIMES": 1,
    "DOWNLOAD_TIMEOUT": 1.5,
    "DOWNLOAD_MAXSIZE": 2 << 20,
    "AUTOTHROTTLE_ENABLED": False,
    "MAXIMUM_RETRY_AFTER": 2,
}


@dataclass
class Crawled:
    forum: Forum
    report: CrawlReport
    texts: dict[int, str]
    issues: list[NotedIssue]
    gaps: list[Uncovered]

    @cached_property
    def missing(self) -> list[int]:
        return [pid for pid in self.forum.posts if pid not in self.texts]

    def kind(self, pid: int) -> str:
        return self.forum.faults.get(self.forum.page_of[pid], "")

    def is_told(self, pid: int) -> bool:
        """Whether an issue or a gap names a page of the post's thread, or the list on the way to it."""
        thread, lists = self.forum.thread(pid), set(self.forum.list_of[pid])
        return any(path.startswith(thread) or path in lists for path in self.told)

    @cached_property
    def told(self) -> set[str]:
        """The paths that issues and the coverage report name, each with a reason."""
        urls = [issue.url for issue in self.issues if issue.detail] + [gap.url for gap in self.gaps if gap.gaps]
        return {"/" + url.partition("//")[2].partition("/")[2] for url in urls}

    def is_untouched(self, pid: int) -> bool:
        """Whether no page on the way to a post, nor one of its thread, has a fault that stays."""
        mild = {"", *HARMLESS, *PASSING}
        thread = [path for path in self.forum.pages if path.startswith(self.forum.thread(pid))]
        return all(self.forum.faults.get(path, "") in mild for path in (*thread, *self.forum.list_of[pid]))


@pytest.fixture(scope="module", params=[20261124])
def crawled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    forum, home = Forum(request.param), tmp_path_factory.mktemp("faults")
    with served(forum) as server:
        entry = source(*(server.url + board for board in forum.boards), concurrency=16, allow_hosts=(server.host,))
        (report,) = crawl([], home=home, register={SOURCE: entry}, scrapy_settings=LIMITS)
        texts = {int(native_id): record.post.text for native_id, record in landed(home).items()}
        with open_ledger(home) as ledger:
            gaps = ledger.coverage.gaps()
        yield Crawled(forum, report, texts, issues(home), gaps)


def test_the_crawl_comes_to_its_end(crawled: Crawled) -> None:
    assert crawled.report.finished
    met = [path for path in crawled.forum.faults if crawled.forum.asked[path]]
    assert len(met) >= 500


def test_every_post_is_in_the_ledger_or_an_issue_says_why(crawled: Crawled) -> None:
    silent = {(crawled.forum.page_of[pid], crawled.kind(pid)) for pid in crawled.missing if not crawled.is_told(pid)}
    assert not silent


def test_nothing_is_lost_to_faults_that_pass(crawled: Crawled) -> None:
    assert not {(pid, crawled.kind(pid)) for pid in crawled.missing if crawled.is_untouched(pid)}


def test_texts_are_as_the_site_shows_them(crawled: Crawled) -> None:
    wrong = {
        (crawled.kind(pid), text, crawled.forum.posts.get(pid))
        for pid, text in crawled.texts.items()
        if text != crawled.forum.posts.get(pid) and not crawled.is_told(pid)
    }
    assert not wrong


def test_no_address_inside_was_asked(crawled: Crawled) -> None:
    refused = {issue.reason for issue in crawled.issues}
    assert {"refused_address", "not_followed", "too_large", "cut_short", "endless_pagination"} <= refused


def test_each_lasting_fault_is_told_or_was_survived(crawled: Crawled) -> None:
    asked, lost = crawled.forum.asked, {crawled.forum.page_of[pid] for pid in crawled.missing}
    lasting = {path for path, kind in crawled.forum.faults.items() if kind in LASTING and asked[path]}
    assert not {(path, crawled.forum.faults[path]) for path in lasting & lost - crawled.told}
