"""百度贴吧: a real crawl of a small board, with nested replies on their own pages, walls and threads that are gone."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.post import IssueReason, PostKind
from crawler.report import CrawlReport
from indexer.record import Record
from tests.crawler.crawling import issues, landed, run
from tests.crawler.small_tieba import SmallFloor, SmallTieba, TiebaServer, gone, star_sea
from tests.servers.pages import Answer, html

POSTS = 3 * 2 + 7
NESTED = 12 + 2
LONG = 9100000002
VERIFY = html("<title>百度安全验证</title><p>网络不给力，请稍后重试</p>")


def crawl(home: Path, server: TiebaServer, start: str = "/f?kw=x") -> CrawlReport:
    return run(home, server.url + start, spider="tieba", site="")


@dataclass(frozen=True)
class Crawled:
    server: TiebaServer
    home: Path
    report: CrawlReport
    records: dict[str, Record]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    home = tmp_path_factory.mktemp("tieba")
    with TiebaServer(star_sea()) as server:
        report = crawl(home, server)
        yield Crawled(server, home, report, landed(home))


def test_every_thread_post_and_nested_reply_lands_once(crawled: Crawled) -> None:
    assert (crawled.report.threads, crawled.report.new) == (4, POSTS + NESTED)
    assert crawled.report.finished
    assert issues(crawled.home) == []


def test_nested_replies_beyond_the_first_ten_belong_to_their_post(crawled: Crawled) -> None:
    floor = crawled.server.site.threads[LONG].floors[1]
    last = crawled.records[str(floor.spid(12))].post
    assert (last.kind, last.text, last.parent_id, last.thread_id) == (
        PostKind.COMMENT,
        "楼中楼 12",
        str(floor.pid),
        str(LONG),
    )


def test_whom_a_nested_reply_answers_is_no_part_of_its_text(crawled: Crawled) -> None:
    floor = crawled.server.site.threads[LONG].floors[6]
    assert crawled.records[str(floor.spid(2))].post.text == "对"


def test_authors_are_pseudonyms_and_posts_have_times_and_evidence(crawled: Crawled) -> None:
    posts = [record.post for record in crawled.records.values()]
    assert {len(post.author or "") for post in posts} == {18}
    assert all(post.published and post.evidence.file for post in posts)


def test_the_next_run_reads_what_changed(crawled: Crawled) -> None:
    server, long = crawled.server, crawled.server.site.threads[LONG]
    quiet = crawl(crawled.home, server)
    long.floors[6].nested.append("又来一句")
    del long.floors[3]
    long.floors.append(SmallFloor(long.tid * 10 + 8, "新的一楼"))
    server.hits.clear()
    report, records = crawl(crawled.home, server), landed(crawled.home)
    assert (quiet.posts, report.new, report.threads) == (0, 2, 1)
    assert [native_id for native_id, record in records.items() if record.not_seen_since] == [str(long.tid * 10 + 4)]
    assert "/p/9100000001" not in server.hits


def test_walls_and_deleted_threads_are_reported_and_what_the_list_showed_is_kept(tmp_path: Path) -> None:
    site = star_sea()
    login = html("<script>location.replace('https:\\/\\/passport.baidu.com\\/v2Jump.html?error=100023')</script>")
    site.odd = {"/p/9100000001": gone(), "/p/9100000003": login, "/p/9100000004": VERIFY}
    with TiebaServer(site) as server:
        report = crawl(tmp_path, server)
        found = {issue.url.removeprefix(server.url): issue.reason for issue in issues(tmp_path)}
    records = landed(tmp_path)
    assert found == {
        "/p/9100000001": IssueReason.DELETED,
        "/p/9100000003": IssueReason.LOGIN_REQUIRED,
        "/p/9100000004": IssueReason.MESSAGE,
    }
    assert report.finished
    assert records["91000000031"].post.text == "主题 3 的"  # as much as the list shows
    assert "91000000011" not in records


def test_a_board_behind_a_wall_is_no_empty_board(tmp_path: Path) -> None:
    with TiebaServer(SmallTieba(odd={"/f": VERIFY})) as server:
        report = crawl(tmp_path, server)
    assert (report.posts, [issue.reason for issue in issues(tmp_path)]) == (0, [IssueReason.MESSAGE])


def test_the_shells_of_today_lead_to_where_the_content_is(tmp_path: Path) -> None:
    shell = html("<title>百度贴吧</title><div id='app'></div><script src='/app.js'></script>")
    row = (
        '<li class="tl_shadow" data-tid="11050000002"><a href="/p/11050000002"><div class="ti_title"><span>耳机</span>'
    )
    posts = [{"id": 5, "floor": 1, "time": 1777000000, "author": {"name": "茶客甲"}, "content": [{"text": "没声音"}]}]
    data = {"errno": "0", "data": {"thread": {"id": 11050000002, "title": "耳机"}, "post_list": posts, "page": {}}}
    site = SmallTieba(
        odd={
            "/f": shell,
            "/mo/q/m": html(f"<title>星海手机吧</title><ul>{row}</div></a></li></ul>"),
            "/p/11050000002": shell,
            "/mg/p/getPbData": Answer(json.dumps(data).encode(), content_type="application/json"),
        }
    )
    with TiebaServer(site) as server:
        report = crawl(tmp_path, server)
    assert (report.threads, report.new) == (1, 1)
    assert landed(tmp_path)["5"].post.title == "耳机"


def test_nested_replies_that_are_counted_and_not_given_are_reported(tmp_path: Path) -> None:
    site = star_sea()
    site.odd = {"/p/comment": html("<li class='lzl_li_pager'></li>")}
    with TiebaServer(site) as server:
        report = crawl(tmp_path, server)
    assert report.new == POSTS + NESTED - 2
    assert [issue.reason for issue in issues(tmp_path)] == [IssueReason.EMPTY_PAGE]
