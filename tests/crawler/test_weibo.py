"""微博: a real crawl of a small server that answers as it does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from crawler.post import IssueReason, PostKind
from crawler.report import CrawlReport
from indexer.ledger import NotedIssue
from indexer.record import Record
from tests.crawler.crawling import issues, landed, run
from tests.crawler.small_weibo import (
    LOG_IN,
    SmallComment,
    SmallStatus,
    SmallWeibo,
    WeiboServer,
    hits_page,
    mid,
    teahouse,
)
from tests.servers.pages import Answer

SEARCH = "/search?q=红创"
FIRST = "/api/container/getIndex?containerid=100103type%3D61%26q%3D%E7%BA%A2%E5%88%9B%26t%3D0&page_type=searchall"


def show(number: int) -> str:
    return f"/statuses/show?id={mid(number)}"


def extend(number: int) -> str:
    return f"/statuses/extend?id={mid(number)}"


def hotflow(number: int) -> str:
    return f"/comments/hotflow?id={mid(number)}&mid={mid(number)}&max_id_type=0"


def crawl(home: Path, server: WeiboServer, start: str = SEARCH) -> CrawlReport:
    return run(home, server.url + start, spider="weibo", site="")


@pytest.fixture
def server() -> Iterator[WeiboServer]:
    with WeiboServer(teahouse()) as running:
        yield running


def reasons(home: Path) -> list[IssueReason]:
    return sorted(IssueReason(issue.reason) for issue in issues(home))


@dataclass(frozen=True)
class Crawled:
    """A small 微博 after one crawl."""

    records: dict[str, Record]
    issues: list[NotedIssue]
    report: CrawlReport
    hits: Mapping[str, int]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    home = tmp_path_factory.mktemp("weibo")
    with WeiboServer(teahouse()) as server:
        report = crawl(home, server)
        return Crawled(landed(home), issues(home), report, server.hits)


def test_posts_comments_and_nested_replies_land_once(crawled: Crawled) -> None:
    report, records = crawled.report, crawled.records
    assert (report.finished, report.new, len(records)) == (True, 7 + 1 + 5 + 3, 16)
    comment, reply = records["101"].post, records["502"].post
    assert (comment.kind, comment.parent_id, comment.thread_id) == (PostKind.COMMENT, None, mid(4))
    assert (reply.text, reply.parent_id, reply.region) == ("追问 2", "101", "广东")
    assert crawled.issues == []


def test_a_long_post_lands_in_full(crawled: Crawled) -> None:
    long = crawled.records[mid(2)].post
    assert (long.text, long.region) == ("开头\n接着说利息太高", "北京")
    assert None not in {long.author, long.published}


def test_a_post_that_passes_on_another_names_it(crawled: Crawled) -> None:
    passed_on, original = (crawled.records[mid(number)].post for number in (3, 90))
    assert (passed_on.text, passed_on.parent_id, passed_on.thread_id) == ("骗人的[怒]", mid(90), mid(3))
    assert (original.text, original.thread_id, original.kind) == ("公告\n全文在此", mid(90), PostKind.TOPIC)
    assert passed_on.engagement.likes == 12_000


def test_nothing_tells_the_account(crawled: Crawled) -> None:
    posts = [record.post for record in crawled.records.values()]
    assert all(post.author and post.author.startswith("u-") and post.evidence.file for post in posts)
    assert not any("1234567890" in str(post) for post in posts)


def test_only_what_has_more_to_it_is_opened(crawled: Crawled) -> None:
    opened = {path for path in crawled.hits if path.startswith("/statuses/show")}
    assert opened == {show(2), show(3), show(4)}


def test_the_next_run_reads_what_changed(server: WeiboServer, tmp_path: Path) -> None:
    crawl(tmp_path, server)
    quiet = crawl(tmp_path, server)
    server.weibo.statuses[8] = SmallStatus(8, "用户8", "新的")
    server.weibo.statuses[7] = SmallStatus(7, "用户7", "改过了", edits=1)
    server.weibo.statuses[4].comments[4].text = "改过的评论"
    server.weibo.statuses[4].comments[0:1] = []
    server.weibo.statuses[4].comments.append(SmallComment(110, "用户9", "新评论"))
    server.weibo.statuses[4].edits = 1
    server.hits.clear()
    report = crawl(tmp_path, server)
    records = landed(tmp_path)
    assert (quiet.new, quiet.changed, report.new, report.changed) == (0, 0, 2, 2)
    assert [native_id for native_id, record in records.items() if record.not_seen_since] == ["100"]
    assert show(2) not in server.hits
    assert records[mid(2)].version == 1  # the list shows it cut, which is no edit


def test_a_deleted_post_is_not_seen_any_more(server: WeiboServer, tmp_path: Path) -> None:
    crawl(tmp_path, server)
    del server.weibo.statuses[5]
    run(tmp_path, server.url + SEARCH, spider="weibo", site="", revisit=True)
    assert [native_id for native_id, record in landed(tmp_path).items() if record.not_seen_since] == [mid(5)]
    assert reasons(tmp_path) == [IssueReason.DELETED]


def test_comments_that_the_site_counts_and_hides_are_its_cap(server: WeiboServer, tmp_path: Path) -> None:
    server.weibo.hidden_comments = 100
    crawl(tmp_path, server)
    server.weibo.statuses[4].comments[0:1] = []
    run(tmp_path, server.url + SEARCH, spider="weibo", site="", revisit=True)
    assert all(issue.detail.startswith("网站说有 10") for issue in issues(tmp_path))
    assert set(reasons(tmp_path)) == {IssueReason.SITE_CAP}
    assert landed(tmp_path)["100"].not_seen_since is None  # what is hidden isn't gone


def test_hits_that_the_site_counts_and_does_not_give_are_its_cap(server: WeiboServer, tmp_path: Path) -> None:
    server.weibo.claimed = 1000
    crawl(tmp_path, server)
    (issue,) = issues(tmp_path)
    assert (issue.reason, issue.detail) == ("site_cap", "网站说有 1000 条微博，翻到尽头只给出 7 条（未登录的上限）")
    assert server.hits[f"{FIRST}&page=4"] == 2  # an empty page is asked for once more


def test_a_log_in_wall_is_reported_and_costs_nothing_else(server: WeiboServer, tmp_path: Path) -> None:
    server.weibo.odd = {hotflow(4): LOG_IN, extend(2): LOG_IN}
    report = crawl(tmp_path, server)
    records = landed(tmp_path)
    assert (report.finished, report.new) == (True, 8)
    assert reasons(tmp_path) == [IssueReason.CUT_SHORT, IssueReason.LOGIN_REQUIRED, IssueReason.LOGIN_REQUIRED]
    assert records[mid(2)].post.text == "开头"  # as far as the list shows it


def test_a_whole_text_that_landed_is_not_overwritten_by_a_cut_one(server: WeiboServer, tmp_path: Path) -> None:
    crawl(tmp_path, server)
    server.weibo.odd = {extend(2): Answer(b"bad gateway", 502)}
    run(tmp_path, server.url + SEARCH, spider="weibo", site="", revisit=True)
    assert landed(tmp_path)[mid(2)].post.text == "开头\n接着说利息太高"
    assert reasons(tmp_path) == [IssueReason.CUT_SHORT, IssueReason.HTTP_STATUS]


def test_a_search_behind_a_log_in_wall_is_no_empty_search(tmp_path: Path) -> None:
    with WeiboServer(SmallWeibo(odd={FIRST: LOG_IN})) as server:
        report = crawl(tmp_path, server)
    assert (report.finished, report.posts, reasons(tmp_path)) == (True, 0, [IssueReason.LOGIN_REQUIRED])


def test_no_hits_are_said_by_the_site(tmp_path: Path) -> None:
    with WeiboServer(SmallWeibo()) as server:
        assert crawl(tmp_path, server).posts == 0
    assert reasons(tmp_path) == [IssueReason.EMPTY_BOARD]


def test_a_single_post_as_people_open_it(server: WeiboServer, tmp_path: Path) -> None:
    report = crawl(tmp_path, server, f"/detail/{mid(4)}")
    assert (report.threads, report.new) == (1, 9)


def scope(start: str, end: str) -> str:
    return f"timescope=custom%3A{start}%3A{end}"


def test_a_window_that_reaches_the_cap_is_split_until_it_fits(tmp_path: Path) -> None:
    whole = f"/weibo?q=a&{scope('2026-11-19-0', '2026-11-21-0')}"
    first, second = (f"/weibo?q=a&{scope(f'2026-11-{day}-0', f'2026-11-{day + 1}-0')}&page=1" for day in (19, 20))
    hours = [
        f"/weibo?q=a&{scope(f'2026-11-20-{hour}', f'2026-11-20-{hour + 1}' if hour < 23 else '2026-11-21-0')}&page=1"
        for hour in range(24)
    ]
    odd = {path: hits_page(range(hour + 100, hour + 101), pages=1) for hour, path in enumerate(hours)}
    odd[hours[3]] = hits_page(range(103, 104), pages=50)  # an hour can't be split any more
    odd |= {whole: hits_page(range(1, 3), pages=50, next_page="/weibo?page=2")}
    odd |= {first: hits_page(range(0), pages=0), second: hits_page(range(1, 3), pages=50)}
    with WeiboServer(SmallWeibo(odd=odd)) as server:
        report = crawl(tmp_path, server, whole)
        assert server.hits["/weibo?page=2"] == 0
    assert (report.finished, report.new) == (True, 2 + 24)
    assert reasons(tmp_path) == [IssueReason.EMPTY_BOARD, IssueReason.SITE_CAP]


def test_a_search_without_a_window_says_how_to_get_the_rest(tmp_path: Path) -> None:
    path = f"/weibo?{urlencode({'q': '红创'})}"
    with WeiboServer(SmallWeibo(odd={path: hits_page(range(1, 4), pages=50)})) as server:
        assert crawl(tmp_path, server, path).new == 3
    assert "timescope" in issues(tmp_path)[0].detail
