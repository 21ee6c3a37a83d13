"""Feeds, read from text and fetched over HTTP."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.checking import check
from crawler.pages.extraction import Extraction, ShownPost
from crawler.pages.feed_page import read_feed_page
from crawler.pages.page import Page
from crawler.post import IssueReason, PostKind
from tests.crawler.crawling import issues, landed, run
from tests.servers.pages import Answer, PageServer
from tests.shared import SHARED, needs_shared

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


def feed(*items: str) -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{"".join(items)}</channel></rss>'


def item(title: str, html: str, link: str = "https://weibo.com/1234567890/M2yZDcqrZ", author: str = "用户甲") -> str:
    date = "<pubDate>Fri, 04 Jul 2025 07:51:28 GMT</pubDate>"
    return (
        f"<item><title>{title}</title><description><![CDATA[{html}]]></description><link>{link}</link>"
        f'<guid isPermaLink="false">{link}</guid>{date}<author>{author}</author></item>'
    )


def rsshub(title: str, html: str, **more: str) -> tuple[ShownPost, ...]:
    return read(feed(item(title, html, **more)), kind=PostKind.TOPIC).posts


def test_a_feed_of_weibo_gives_the_words_once_and_no_account() -> None:
    html = '红创催收太凶<img src="e.png" alt="[怒]"><br><br><a href="https://m.weibo.cn/x">#红创#</a> <img src="a.jpg">'
    (post,) = rsshub("红创催收太凶[怒]#红创# [图片]", html)
    assert (post.title, post.text) == ("", "红创催收太凶[怒]\n#红创#")
    assert (post.native_id, post.url) == ("4806111732961615", "https://m.weibo.cn/detail/4806111732961615")
    assert post.author == "用户甲"


def test_a_feed_of_a_word_puts_the_name_before_the_words() -> None:
    html = '<a href="https://weibo.com/1234567890" target="_blank">用户甲</a>:&ensp;利息太高'
    (post,) = rsshub("用户甲: 利息太高", html)
    assert "用户甲" not in post.title + post.text


PASSED_ON = """别信<br><blockquote> - 转发 <a href="https://weibo.com/2222222222">@红创金服</a>:&ensp;合规公告<br>一、公开利率
<br><small>原博：<a href="https://weibo.com/2222222222/M2yZivdWK">https://weibo.com/2222222222/M2yZivdWK</a></small></blockquote>"""


def test_what_an_entry_passes_on_is_a_post_of_its_own() -> None:
    post, original = rsshub("别信 - 转发 @红创金服: 合规公告 一、公开利率", PASSED_ON)
    assert (post.text, post.parent_id, original.native_id) == ("别信", "4806111527441782", "4806111527441782")
    assert (original.author, original.text) == ("红创金服", "合规公告\n一、公开利率")
    assert not any(number in f"{post}{original}" for number in ("1234567890", "2222222222"))


def test_what_is_passed_on_without_an_address_is_the_same_post_in_every_entry() -> None:
    quote = '<br><blockquote> - 转发 <a href="https://weibo.com/2">@红创金服</a>:&ensp;合规公告</blockquote>'
    posts = read(feed(item("a", f"一{quote}", link="http://a/1"), item("b", f"二{quote}", link="http://a/2"))).posts
    assert [post.text for post in posts] == ["一", "合规公告", "二"]
    assert posts[0].parent_id == posts[2].parent_id == posts[1].native_id


def test_a_quotation_in_an_article_stays_part_of_it() -> None:
    (post,) = rsshub("新闻", "<p>他说：</p><blockquote>利率合规</blockquote>", link="http://news.example/1")
    assert (post.title, post.text) == ("新闻", "他说：\n利率合规")


def test_counts_and_comments_that_a_feed_writes_out_are_not_the_authors_words() -> None:
    html = """正文<div><span>转发 1.2万</span><span> 评论 0</span><span> 赞 8</span></div>
    <div><a href="x">查看原文</a></div>
    <div><h3>热门评论</h3><p><a href="https://weibo.com/3">用户乙</a>: 支持</p></div>"""
    (post,) = rsshub("标题", html)
    assert post.text == "正文"
    assert (post.engagement.shares, post.engagement.replies, post.engagement.likes) == (12_000, 0, 8)


@pytest.mark.parametrize(
    ("title", "html", "text"),
    [  # 知乎, 小红书, 抖音, bilibili
        (
            "用户甲回答了：红创靠谱吗？",
            '<p>不靠谱</p><figure><img src="x" alt="合同截图"></figure>',
            "不靠谱\n合同截图",
        ),
        ("避雷红创", '<img src="a.jpg"><br>利息高<br>#避雷#', "利息高\n#避雷#"),
        ("投诉教程", '<img src="cover.jpeg" alt="封面.jpeg"><br><video src="v"></video>', "投诉教程"),
        ("新视频", '讲讲网贷<br><br><img src="b.jpg" alt="图片1"><iframe src="//player.example"></iframe>', "讲讲网贷"),
    ],
)
def test_feeds_of_other_sites(title: str, html: str, text: str) -> None:
    (post,) = rsshub(title, html, link="https://www.example.com/p/1")
    assert (post.title, post.text) == (title, text)


def test_a_text_that_the_feed_cuts_is_reported() -> None:
    extraction = read(feed(item("标题", '前半段 ...<span class="expand">展开</span>')))
    assert extraction.posts[0].text == "前半段 ..."
    assert [(issue.reason, issue.field) for issue in extraction.issues] == [(IssueReason.CUT_SHORT, "text")]


def test_an_entry_without_words_is_reported_and_not_kept() -> None:
    extraction = read(feed(item("", '<p class="loading"></p>'), item("真的", "正文")))
    assert [post.text for post in extraction.posts] == ["正文"]
    assert [(issue.reason, issue.field) for issue in extraction.issues] == [(IssueReason.MISSING_FIELD, "text")]


ERROR = """<!DOCTYPE html><html><body><h1>Looks like something went wrong</h1><p class="message">Error Message:<br>
<code class="details">{}</code></p><p class="message">Route: <code>/weibo/user/:uid</code></p></body></html>"""


@pytest.mark.parametrize(
    ("said", "status", "reason"),
    [
        ("Error: Cookies expired. Please update WEIBO_COOKIES", 503, IssueReason.LOGIN_REQUIRED),
        ("ConfigNotFoundError: ZHIHU_COOKIES is missing", 503, IssueReason.LOGIN_REQUIRED),
        ("CaptchaError: Access blocked", 503, IssueReason.MESSAGE),
        ("this route is empty, please check the original site", 503, IssueReason.EMPTY_PAGE),
        ("NotFoundError: wrong path", 404, IssueReason.HTTP_STATUS),
        ("FetchError: 502 Bad Gateway", 200, IssueReason.MESSAGE),
    ],
)
def test_a_page_of_errors_of_rsshub_says_what_went_wrong(said: str, status: int, reason: IssueReason) -> None:
    page = Page(url="http://hub.example/weibo/user/1", body=ERROR.format(said).encode(), served=SERVED, status=status)
    (issue,) = read_feed_page(page).issues
    assert issue.reason is reason
    assert said in issue.detail


@needs_shared
@pytest.mark.parametrize(
    ("name", "posts", "reasons"),
    [
        ("weibo_user_2025.xml", 1, []),
        ("weibo-rss_user_2026.xml", 1, [IssueReason.CUT_SHORT]),
        ("fetchrss_weibo_super_broken.xml", 0, [IssueReason.MISSING_FIELD]),
    ],
)
def test_a_feed_as_it_was_recorded(name: str, posts: int, reasons: list[IssueReason]) -> None:
    extraction = check("feed", str(SHARED / "pages/rsshub" / name), clock=lambda: SERVED)
    assert (len(extraction.posts), [issue.reason for issue in extraction.issues]) == (posts, reasons)
    assert all(post.author == "用户甲" and post.title == "" and post.native_id.isdecimal() for post in extraction.posts)
