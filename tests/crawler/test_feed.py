"""Feeds, read from text and fetched over HTTP."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.pages.extraction import Extraction
from crawler.pages.feed_page import read_feed_page
from crawler.pages.page import Page
from crawler.post import IssueReason, PostKind
from tests.crawler.crawling import issues, landed, run
from tests.servers.pages import Answer, PageServer

SERVED = datetime(2026, 11, 24, 11, tzinfo=UTC)
RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>公告</title>
<item><title>关于红创金服逾期的说明</title><link>/news/1</link><guid>news-1</guid><author>编辑部</author>
<pubDate>Tue, 24 Nov 2026 18:23:16 +0800</pubDate>
<description><![CDATA[<p>一、情况</p><p>利率 <b>5.2%</b></p>]]></description></item>
<item><title>第二条</title><link>http://news.example/2</link><pubDate>2026-11-23 08:00:00</pubDate><description>纯文本
两行</description></item></channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>
<entry><id>tag:a,1</id><title>标题</title><link href="http://a.example/1"/><updated>2026-11-24T10:23:16Z</updated>
<summary>短的</summary><content type="html">&lt;p&gt;长的正文，比摘要长&lt;/p&gt;</content></entry></feed>"""


def read(text: str, *, encoding: str = "utf-8", kind: PostKind = PostKind.ARTICLE) -> Extraction:
    page = Page(url="http://news.example/feed", body=text.encode(encoding), served=SERVED)
    return read_feed_page(page, kind)


def test_entries_of_rss_become_posts() -> None:
    first, second = read(RSS).posts
    assert (first.native_id, first.url, first.author) == ("news-1", "http://news.example/news/1", "编辑部")
    assert (first.title, first.text) == ("关于红创金服逾期的说明", "一、情况\n利率 5.2%")
    assert first.published == datetime(2026, 11, 24, 10, 23, 16, tzinfo=UTC)
    assert (second.native_id, second.text) == ("http://news.example/2", "纯文本\n两行")


def test_a_time_without_zone_is_shanghais() -> None:
    assert read(RSS).posts[1].published == datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


def test_entries_of_atom_give_their_longest_text() -> None:
    (post,) = read(ATOM, kind=PostKind.TOPIC).posts
    assert (post.native_id, post.text, post.kind) == ("tag:a,1", "长的正文，比摘要长", PostKind.TOPIC)


def test_a_feed_in_gbk() -> None:
    assert read(RSS.replace("utf-8", "gbk"), encoding="gbk").posts[0].title == "关于红创金服逾期的说明"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<html><body>请登录</body></html>", IssueReason.BROKEN_FEED),
        ("", IssueReason.BROKEN_FEED),
        ('<rss version="2.0"><channel><title>空</title></channel></rss>', IssueReason.EMPTY_PAGE),
    ],
)
def test_what_is_no_feed_says_so(text: str, reason: IssueReason) -> None:
    assert [issue.reason for issue in read(text).issues] == [reason]


def test_an_entry_without_a_time_is_kept_and_reported() -> None:
    extraction = read(RSS.replace("2026-11-23 08:00:00", "不久以前"))
    assert len(extraction.posts) == 2
    assert [(issue.reason, issue.field) for issue in extraction.issues] == [(IssueReason.UNREADABLE_FIELD, "published")]


@pytest.fixture
def site() -> Iterator[PageServer]:
    def feed(headers: Mapping[str, str]) -> Answer:
        if headers.get("If-None-Match") == '"v1"':
            return Answer(status=304)
        return Answer(RSS.encode(), content_type="application/rss+xml", headers={"ETag": '"v1"'})

    with PageServer({"/feed": feed}) as server:
        yield server


def test_a_feed_is_fetched_again_only_when_it_changed(site: PageServer, tmp_path: Path) -> None:
    first = run(tmp_path, f"{site.url}/feed", spider="feed", site="")
    assert (first.new, set(landed(tmp_path))) == (2, {"news-1", "http://news.example/2"})
    again = run(tmp_path, f"{site.url}/feed", spider="feed", site="")
    assert (again.finished, again.posts, site.hits["/feed"]) == (True, 0, 2)
    assert issues(tmp_path) == []
