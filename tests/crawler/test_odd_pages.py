"""Odd pages, served by a real server to a real crawl: each ends in a clear issue, and no post is lost."""

from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.report import CrawlReport
from indexer.ledger import NotedIssue
from indexer.record import Record
from tests.crawler import small_forum as forum
from tests.crawler.crawling import issues, landed, run
from tests.servers.pages import Answer, PageServer, Route, html

DELETED = html(forum.message("抱歉，指定的主题不存在或已被删除或正在被审核"), 404)
LOGIN = html(forum.message("抱歉，您尚未登录，没有权限访问该版块"))
NO_PERMISSION = html(forum.message("抱歉，本帖要求阅读权限高于 20 才能浏览"))
LONG = "逾期" * 850_000
ROBOTS = b"User-agent: *\nDisallow: /member.php\nDisallow: /thread-18-\n"


def path(thread: int, number: int = 1) -> str:
    return f"/thread-{thread}-{number}-1.html"


def routes() -> MutableMapping[str, Route]:
    """A forum in which every thread but the first is odd in its own way."""
    return {
        "/robots.txt": Answer(ROBOTS, content_type="text/plain"),
        "/board": html(forum.board([(thread, 1) for thread in range(1, 25)])),
        "/empty-board": html(forum.empty_board()),
        "/empty-page": html(forum.board([])),
        "/new-design": html(forum.page("<h1>新版首页</h1>")),
        "/endless-1": html(forum.board([(1, 1)], next_page="/endless-2")),
        "/endless-2": html(forum.board([(2, 1)], next_page="/endless-3")),
        "/endless-3": html(forum.board([(2, 1)], next_page="/endless-4")),
        path(1): html(forum.thread([(101, "开头"), (102, "回复")])),
        path(2): DELETED,
        path(3): LOGIN,
        path(4): NO_PERMISSION,
        path(5): Answer(status=302, headers={"Location": "/member.php?mod=logging&action=login"}),
        path(6): html("oops", 404),
        path(7): html("oops", 403),
        path(8): html("oops", 500),
        path(9): html(forum.thread([(901, "开头")], next_page=path(9, 2))),
        path(9, 2): html(forum.thread([(902, "回复")], next_page=path(9), previous=path(9))),
        path(10): Answer(forum.thread([(1001, "红创金服逾期四十七天，催收电话不停")]).encode("gbk")),
        path(11): html(forum.thread([(1101, LONG), (1102, "回复")])),
        path(12): Answer(status=302, headers={"Location": "http://192.0.2.1/steal"}),
        path(13): html(forum.thread([(1301, "开头")]).replace('id="postmessage_1301"', "")),
        path(14): html(forum.thread([(1401, "开头"), (1402, "置顶的回复")], next_page=path(14, 2))),
        path(14, 2): html(forum.thread([(1402, "置顶的回复"), (1403, "末")], previous=path(14))),
        path(15): html(forum.thread([])),
        path(17): html(forum.thread([(1701, "开头")]).replace("发表于 2026-11-1 10:00:00", "很久以前")),
        path(18): html(forum.thread([(1801, "机器人不许读")])),
        path(19): html(forum.thread([(1901, "匿名发言")]).replace("用户4", "匿名")),
        path(20): html(forum.page("<h1>新版主题页</h1>")),
        path(21): html(forum.thread([(2101, "开头")], next_page=path(21, 2))),
        path(21, 2): html("busy", 503),
        path(22): html(forum.thread([(2201, "开头"), (2202, "<b>" * 3000 + "深" + "</b>" * 3000), (2203, "不见了")])),
        path(23): html(""),
        path(24): html(forum.thread([(2401, "开头")], next_page="http://[bad/")),
    }


@dataclass(frozen=True)
class Crawled:
    report: CrawlReport
    server: PageServer
    posts: dict[str, Record]
    issues: list[NotedIssue]

    def issue(self, address: str) -> tuple[str, str]:
        """The one issue of an address: its reason and field."""
        (found,) = [issue for issue in self.issues if issue.url == self.server.url + address]
        return found.reason, found.field


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    home = tmp_path_factory.mktemp("odd")
    with PageServer(routes()) as server:
        empty, full = html(forum.thread([])), html(forum.thread([(1601, "第二次才有")]))
        server.routes[path(16)] = lambda _: empty if server.hits[path(16)] == 1 else full
        boards = ["/board", "/empty-board", "/empty-page", "/new-design", "/endless-1"]
        report = run(home, *(server.url + board for board in boards))
        yield Crawled(report, server, landed(home), issues(home))


def test_the_crawl_comes_to_its_end(crawled: Crawled) -> None:
    assert crawled.report.finished


def test_no_post_is_lost(crawled: Crawled) -> None:
    expected = {101, 102, 901, 902, 1001, 1101, 1102, 1301, 1401, 1402, 1403, 1601, 1701, 1901, 2101, 2201, 2202, 2401}
    assert set(crawled.posts) == {str(pid) for pid in expected}


ISSUES = {
    "/empty-board": ("empty_board", ""),
    "/empty-page": ("empty_page", "item"),
    "/new-design": ("unknown_page", "here"),
    "/endless-3": ("endless_pagination", ""),
    path(2): ("deleted", ""),
    path(3): ("login_required", ""),
    path(4): ("permission", ""),
    path(5): ("login_required", ""),
    path(6): ("http_status", ""),
    path(7): ("http_status", ""),
    path(8): ("http_status", ""),
    path(9, 2): ("endless_pagination", ""),
    path(10): ("wrong_charset", ""),
    path(12): ("not_followed", ""),
    path(13): ("missing_field", "text"),
    path(15): ("empty_page", "item"),
    path(17): ("unreadable_field", "published"),
    path(18): ("robots", ""),
    path(20): ("unknown_page", "here"),
    path(21, 2): ("http_status", ""),
    path(22): ("cut_short", ""),
    path(23): ("empty_page", ""),
    path(24): ("unreadable_field", "next"),
}


@pytest.mark.parametrize("address", ISSUES)
def test_an_odd_page_gives_one_clear_issue(crawled: Crawled, address: str) -> None:
    assert crawled.issue(address) == ISSUES[address]


def test_nothing_else_is_an_issue(crawled: Crawled) -> None:
    assert {issue.url.removeprefix(crawled.server.url) for issue in crawled.issues} == set(ISSUES)


def test_an_empty_page_is_asked_for_once_more(crawled: Crawled) -> None:
    assert [crawled.server.hits[one] for one in ("/empty-board", "/empty-page", path(15))] == [1, 2, 2]


def test_what_may_not_be_read_is_not_asked_for(crawled: Crawled) -> None:
    assert crawled.server.hits[path(18)] == 0
    assert crawled.server.hits["/member.php?mod=logging&action=login"] == 0
    assert crawled.server.hits["/endless-4"] == 0


def test_texts_survive_charset_and_size(crawled: Crawled) -> None:
    assert crawled.posts["1001"].post.text == "红创金服逾期四十七天，催收电话不停"
    assert len(crawled.posts["1101"].post.text) == len(LONG)


def test_authors_are_pseudonyms_and_anonymous_ones_nobody(crawled: Crawled) -> None:
    author = crawled.posts["101"].post.author
    assert author is not None
    assert author.startswith("u-")
    assert crawled.posts["1901"].post.author is None


@pytest.fixture
def site() -> Iterator[PageServer]:
    with PageServer(routes()) as server:
        server.routes["/board"] = html(forum.board([(1, 1), (2, 1)]))
        server.routes[path(2)] = html(forum.thread([(201, "另一个主题")]))
        yield server


def test_a_deleted_thread_is_no_longer_seen_and_a_walled_one_stays(site: PageServer, tmp_path: Path) -> None:
    run(tmp_path, site.url + "/board")
    site.routes["/board"] = html(forum.board([(2, 1)]))
    site.routes[path(1)], site.routes[path(2)] = DELETED, LOGIN
    run(tmp_path, site.url + "/board", revisit=True)
    gone = {native_id for native_id, record in landed(tmp_path).items() if record.not_seen_since}
    assert gone == {"101", "102"}


def test_a_failed_thread_is_read_in_the_next_run_and_a_walled_one_later(site: PageServer, tmp_path: Path) -> None:
    good, site.routes[path(1)], site.routes[path(2)] = site.routes[path(1)], html("busy", 503), NO_PERMISSION
    run(tmp_path, site.url + "/board")
    site.routes[path(1)] = good
    run(tmp_path, site.url + "/board")
    assert set(landed(tmp_path)) == {"101", "102"}
    assert [site.hits[path(1)], site.hits[path(2)]] == [2, 1]


def test_addresses_inside_are_refused_unless_allowed(site: PageServer, tmp_path: Path) -> None:
    run(tmp_path, site.url + "/board", allow_hosts=())
    assert [issue.reason for issue in issues(tmp_path)] == ["refused_address"]
    assert not site.hits


def test_a_site_that_does_not_answer(tmp_path: Path) -> None:
    assert run(tmp_path, "http://127.0.0.1:1/forum.php").finished
    assert [issue.reason for issue in issues(tmp_path)] == ["unreachable"]
