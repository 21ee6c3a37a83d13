"""Discourse, Flarum and NodeBB: a real crawl of a small forum that answers as each of them does."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.post import IssueReason, PostKind
from crawler.report import CrawlReport
from indexer.ledger import NotedIssue
from indexer.record import Record
from tests.crawler.crawling import issues, landed, run
from tests.crawler.small_api_forums import BEGAN, ForumServer, SmallForum, answered, discourse, flarum, nodebb, teahouse
from tests.servers.pages import Answer, html

PLATFORMS = {"discourse": discourse, "flarum": flarum, "nodebb": nodebb}
POSTS = 3 * 2 + 44
THREAD = {"discourse": "/t/{}.json", "flarum": "/api/discussions/{}", "nodebb": "/api/topic/{0}/title-{0}"}


def crawl(home: Path, server: ForumServer, platform: str, start: str = "/") -> CrawlReport:
    return run(home, server.url + start, spider=platform, site="")


@dataclass(frozen=True)
class Crawled:
    platform: str
    server: ForumServer
    home: Path
    report: CrawlReport
    records: dict[str, Record]
    issues: list[NotedIssue]


@pytest.fixture(scope="module", params=PLATFORMS)
def crawled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    platform: str = request.param
    home = tmp_path_factory.mktemp(platform)
    with ForumServer(teahouse(), PLATFORMS[platform]) as server:
        report = crawl(home, server, platform)
        yield Crawled(platform, server, home, report, landed(home), issues(home))


def test_every_thread_and_post_lands_once(crawled: Crawled) -> None:
    assert (crawled.report.threads, crawled.report.new, len(crawled.records)) == (4, POSTS, POSTS)
    assert crawled.report.finished


def test_topics_carry_the_title_and_replies_what_they_answer(crawled: Crawled) -> None:
    topic, reply, late = (crawled.records[native_id].post for native_id in ("2001", "2002", "2041"))
    assert (topic.kind, topic.title, topic.text) == (PostKind.TOPIC, "主题 2", "主题 2 的开头")
    assert (reply.kind, reply.title, reply.text, reply.parent_id) == (PostKind.REPLY, "", "同问", "2001")
    assert late.parent_id == "2003"  # two pages earlier
    assert {record.post.thread_id for record in crawled.records.values()} == {"1", "2", "3", "4"}


def test_times_authors_and_evidence(crawled: Crawled) -> None:
    posts = [record.post for record in crawled.records.values()]
    assert min(post.published for post in posts if post.published) > BEGAN
    assert all(post.published and post.evidence.file for post in posts)
    assert len({post.author for post in posts}) == 7
    assert not any("用户" in (post.author or "") for post in posts)


def test_only_what_the_site_says_is_deleted_is_missing(crawled: Crawled) -> None:
    assert "2007" not in crawled.records
    said = [(issue.reason, "2007" in issue.detail) for issue in crawled.issues]
    assert said == ([(IssueReason.DELETED, True)] if crawled.platform == "nodebb" else [])  # others leave a gap


def test_the_next_run_reads_what_changed(crawled: Crawled) -> None:
    forum, server = crawled.server.forum, crawled.server
    quiet = crawl(crawled.home, server, crawled.platform)
    forum.threads[2].change(3, html="<p>改过了：已经协商延期</p>")
    forum.threads[2].change(4, is_deleted=True)
    forum.threads[2].reply("路过", "<p>后来怎么样了？</p>", answers=41)
    server.hits.clear()
    report = crawl(crawled.home, server, crawled.platform)
    records = landed(crawled.home)
    assert (quiet.posts, report.new, report.changed, report.threads) == (0, 1, 1, 1)
    assert records["2046"].post.parent_id == "2041"
    assert (records["2003"].version, records["2003"].post.text) == (2, "改过了：已经协商延期")
    assert [native_id for native_id, record in records.items() if record.not_seen_since] == ["2004"]
    assert THREAD[crawled.platform].format(1) not in server.hits


@pytest.mark.parametrize("platform", PLATFORMS)
def test_odd_answers_end_in_issues_and_cost_no_other_thread(platform: str, tmp_path: Path) -> None:
    forum, own = teahouse(), PLATFORMS[platform]
    deleted, walled, busy, no_json = (THREAD[platform].format(number) for number in (1, 3, 4, 5))
    forum.threads[5] = type(forum.threads[4])(5, "主题 5", forum.threads[4].posts)
    forum.odd = {
        deleted: own(SmallForum(), deleted, {}),
        walled: answered({"errors": [{"code": "not_authenticated"}], "error_type": "not_logged_in"}, 401),
        busy: answered({"errors": ["太快了"]}, 429),
        no_json: html("<title>Just a moment...</title>"),
    }
    with ForumServer(forum, own) as server:
        report = crawl(tmp_path, server, platform)
        found = {issue.url.removeprefix(server.url): issue.reason for issue in issues(tmp_path)}
        again = crawl(tmp_path, server, platform)
        assert server.hits[busy] == server.hits[no_json] == 2  # not marked as read
    assert (report.finished, report.new, again.new) == (True, 44, 0)
    assert found[deleted] == IssueReason.DELETED
    assert found[walled] == IssueReason.LOGIN_REQUIRED
    assert found[busy] == IssueReason.HTTP_STATUS
    assert found[no_json] == IssueReason.MESSAGE


WALLS = {
    "discourse": answered({"errors": ["您需要登录才能执行此操作。"], "error_type": "not_logged_in"}, 403),
    "flarum": answered({"errors": [{"status": "401", "code": "not_authenticated"}]}, 401),
    "nodebb": answered("not-authorized", 401),
}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_forum_behind_a_log_in_wall_is_no_empty_forum(platform: str, tmp_path: Path) -> None:
    def walled(_forum: SmallForum, path: str, _query: object) -> Answer:
        return html("nothing here", 404) if path == "/robots.txt" else WALLS[platform]

    with ForumServer(SmallForum(), walled) as server:
        report = crawl(tmp_path, server, platform)
    assert (report.finished, report.posts) == (True, 0)
    assert [issue.reason for issue in issues(tmp_path)] == [IssueReason.LOGIN_REQUIRED]


STARTS = {"discourse": "/t/some-title/2/14", "flarum": "/d/2-some-title/14", "nodebb": "/topic/2/old-title/14"}


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_thread_as_people_open_it_is_read_whole(platform: str, tmp_path: Path) -> None:
    with ForumServer(teahouse(), PLATFORMS[platform]) as server:
        report = crawl(tmp_path, server, platform, STARTS[platform])
    assert (report.threads, report.new) == (1, 44)
    assert {record.post.thread_id for record in landed(tmp_path).values()} == {"2"}


def test_posts_that_discourse_announces_and_does_not_give_are_reported(tmp_path: Path) -> None:
    with ForumServer(teahouse(), discourse) as server:
        rest = [path for path in paths_of(server, tmp_path) if "posts.json" in path]
        server.forum.odd = {rest[0]: Answer(b"oops", 500)}
        home = tmp_path / "again"
        report = crawl(home, server, "discourse")
        assert report.new == POSTS - 20
        assert (report.threads, {issue.reason for issue in issues(home)}) == (
            3,
            {IssueReason.HTTP_STATUS, IssueReason.CUT_SHORT},
        )
        server.forum.odd = {}
        assert crawl(home, server, "discourse").new == 20


def paths_of(server: ForumServer, home: Path) -> list[str]:
    """Crawl once and return what was asked for, in order."""
    crawl(home, server, "discourse")
    return list(server.hits)
