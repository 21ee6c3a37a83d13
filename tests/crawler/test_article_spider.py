"""Plain articles: told from lists, read, and crawled from a small news site."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.pages.article_page import plain_address, read_article_page
from crawler.pages.extraction import Extraction, PageKind
from crawler.pages.page import Page
from crawler.post import IssueReason, PostKind
from crawler.reading.article import read_article_html
from tests.crawler.crawling import issues, landed, run
from tests.servers.pages import Answer, PageServer, html

SERVED = datetime(2026, 11, 24, 11, tzinfo=UTC)
PARAGRAPHS = (
    "红创金服的一位用户告诉记者，她在逾期三天之后，单位的同事陆续接到了催收电话，对方自称法务人员，要求代为转告还款。",
    "该公司回应称，已经终止与相关外包机构的合作，并会退还多收的服务费；律师认为，向第三方透露欠款情况涉嫌侵犯个人信息。",
    "监管部门今年以来多次要求消费金融公司公开综合年化利率，规范贷后催收，不得骚扰与债务无关的人。",
)


def article(title: str, *paragraphs: str, head: str = "", shown: str = "2026-11-20 09:30 来源：某报") -> str:
    body = "".join(f"<p>{text}</p>" for text in paragraphs or PARAGRAPHS)
    nav = '<nav><a href="/">首页</a><a href="/list">消费金融频道新闻列表</a></nav>'
    return f"""<html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{nav}
    <article><h1>{title}</h1><div class="info">{shown}</div>{body}</article><footer>版权所有</footer></body></html>"""


def listing(*links: tuple[str, str], following: str = "") -> str:
    rows = "".join(f'<li><a href="{href}">{words}</a> 2026-11-20</li>' for href, words in links)
    more = f'<a href="{following}">下一页</a>' if following else ""
    nav = '<nav><a href="/about">关于我们的一切说明</a></nav>'
    return f"<html><head><title>频道</title></head><body>{nav}<ul>{rows}</ul>{more}</body></html>"


def read(text: str, *, url: str = "http://news.example/a/1.html", status: int = 200) -> Extraction:
    return read_article_page(Page(url=url, body=text.encode(), served=SERVED, status=status))


def test_an_article_is_one_post() -> None:
    extraction = read(article("催收打到单位"), url="http://news.example/a/1.html?utm_source=x#top")
    (post,) = extraction.posts
    assert (extraction.kind, post.kind, post.title) == (PageKind.THREAD, PostKind.ARTICLE, "催收打到单位")
    assert post.native_id == post.url == "http://news.example/a/1.html"
    assert all(paragraph in post.text for paragraph in PARAGRAPHS)
    assert "版权所有" not in post.text
    assert post.published == datetime(2026, 11, 20, 1, 30, tzinfo=UTC)


def test_a_list_gives_the_articles_of_its_own_host() -> None:
    page = listing(
        ("/a/1.html?spm=1", "催收电话打到单位，用户投诉"),
        ("/a/1.html", "催收电话打到单位，用户投诉"),
        ("http://news.example/a/2.html", "年化利率必须公开：监管通知"),
        ("http://other.example/ad", "别的网站上的一条长长的广告"),
        ("/report.pdf", "二零二六年行业报告下载地址"),
        ("/c", "更多"),
        following="/list?page=2",
    )
    extraction = read(page, url="http://news.example/list")
    assert [thread.url for thread in extraction.threads] == [
        "http://news.example/a/1.html",
        "http://news.example/a/2.html",
    ]
    assert (extraction.kind, extraction.next) == (PageKind.LIST, "http://news.example/list?page=2")


@pytest.mark.parametrize(
    ("head", "shown", "at"),
    [
        ('<meta property="article:published_time" content="2026-11-20T09:30:00+08:00">', "", (1, 30)),
        (
            '<script type="application/ld+json">{"@graph":[{"datePublished":"2026-11-20T02:00:00Z"}]}</script>',
            "",
            (2, 0),
        ),
        ('<meta name="PubDate" content="2026-11-20 10:15:00">', "", (2, 15)),
        ('<meta name="publishdate" content="2026-11-20">', "2026年11月20日 18:05", (10, 5)),
    ],
)
def test_the_time_down_to_the_minute(head: str, shown: str, at: tuple[int, int]) -> None:
    published = read_article_html(article("题目", head=head, shown=shown), served=SERVED).published
    assert published == datetime(2026, 11, 20, *at, tzinfo=UTC)


@pytest.mark.parametrize(
    ("page", "status", "reason"),
    [
        ("<html><body><div id=app></div></body></html>", 200, IssueReason.UNKNOWN_PAGE),
        ("<html><body>请登录后阅读</body></html>", 200, IssueReason.LOGIN_REQUIRED),
        ("<html><title>Just a moment...</title><body></body></html>", 200, IssueReason.MESSAGE),
        ("", 200, IssueReason.EMPTY_PAGE),
        ("<html>没有这一页</html>", 404, IssueReason.DELETED),
        ("<html>forbidden</html>", 403, IssueReason.PERMISSION),
        ("<html>busy</html>", 503, IssueReason.HTTP_STATUS),
    ],
)
def test_what_is_no_article_says_why(page: str, status: int, reason: IssueReason) -> None:
    extraction = read(page, status=status)
    assert extraction.is_empty
    assert [issue.reason for issue in extraction.issues] == [reason]


def test_an_article_in_several_pages_says_that_it_is_cut() -> None:
    page = article("长文").replace("</article>", '<a href="1_2.html">下一页</a></article>')
    assert [issue.reason for issue in read(page).issues] == [IssueReason.CUT_SHORT]


def test_only_what_tracks_readers_leaves_an_address() -> None:
    assert plain_address("http://a.example/n?id=7&utm_source=x&spm=1#c") == "http://a.example/n?id=7"
    assert plain_address("http://a.example/n?q=%E7%BA%A2") == "http://a.example/n?q=%E7%BA%A2"


@pytest.fixture
def site() -> Iterator[PageServer]:
    first = listing(
        ("/a/1.html", "催收电话打到单位，用户投诉"), ("/a/2.html", "年化利率必须公开：监管通知"), following="/list/2"
    )
    routes = {
        "/list": html(first),
        "/list/2": html(listing(("/a/3.html", "一家公司公布了它的年度报告"), ("/login", "请登录之后再看这个页面"))),
        "/a/1.html": html(article("催收打到单位")),
        "/a/2.html": html(article("利率公开", *reversed(PARAGRAPHS))),
        "/a/3.html": html(article("年报", *PARAGRAPHS[1:], PARAGRAPHS[0])),
        "/login": html("<form>请登录</form>"),
        "/single": html(article("单篇", PARAGRAPHS[2], *PARAGRAPHS[:2])),
    }
    with PageServer(dict(routes)) as server:
        yield server


def test_a_site_is_read_from_its_list_and_again_only_where_it_is_new(site: PageServer, tmp_path: Path) -> None:
    urls = (f"{site.url}/list", f"{site.url}/single")
    first = run(tmp_path, *urls, spider="article", site="")
    again = run(tmp_path, *urls, spider="article", site="")
    assert (first.finished, first.new, again.new) == (True, 4, 0)
    assert site.hits["/a/1.html"] == site.hits["/a/3.html"] == 1
    assert {record.post.kind for record in landed(tmp_path).values()} == {PostKind.ARTICLE}
    assert {issue.url for issue in issues(tmp_path)} == {f"{site.url}/login"}


def test_an_article_that_is_gone_or_changed_is_noticed(site: PageServer, tmp_path: Path) -> None:
    run(tmp_path, f"{site.url}/list", spider="article", site="")
    site.routes["/a/1.html"] = Answer(b"gone", 404)
    site.routes["/a/2.html"] = html(article("利率公开（更正）", *reversed(PARAGRAPHS)))
    report = run(tmp_path, f"{site.url}/list", spider="article", site="", revisit=True)
    records = landed(tmp_path)
    assert report.changed == 1
    assert [native_id for native_id, record in records.items() if record.not_seen_since] == [f"{site.url}/a/1.html"]
