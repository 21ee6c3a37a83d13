"""WARC files: every response by the reader that knows it."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

from crawler.evidence.warc import Received, Warc
from tests.crawler.importers.importing import imported, posts_of

PAGES = Path(__file__).parents[1] / "pages"
AT = datetime(2026, 11, 24, 11, 5, tzinfo=UTC)
FORUM = "http://forum.example/forum.php?mod=viewthread&tid=10441&page=5"
NEWS = "https://news.example/2026/11/24/hongchuang.html"
PARAGRAPH = "红创金服的催收公司被多名借款人投诉，有人说家人也接到电话。" * 6
ARTICLE = f"""<html><head><title>催收调查</title><meta property="og:type" content="article">
<meta property="article:published_time" content="2026-11-24T08:00:00+08:00"></head>
<body><article><h1>催收调查</h1><p>{PARAGRAPH}</p></article></body></html>"""
WEIBO = (
    '{"ok":1,"data":{"id":"4673860400318571","mid":"4673860400318571","created_at":"Tue Aug 24 23:23:00 +0800 2021",'
)
WEIBO += '"text":"催收打给家人","user":{"id":1,"screen_name":"小土豆"}}}'


def archive(folder: Path) -> Path:
    warc = Warc(folder, "old")
    forum = (PAGES / "discuz_x35_last_page" / "page.html").read_bytes()
    html = ("Content-Type", "text/html; charset=utf-8")
    packed = (("Content-Type", "application/json"), ("Content-Encoding", "gzip"))
    responses = (
        Received(url=FORUM, status=200, headers=(html,), body=forum, at=AT),
        Received(url=NEWS, status=200, headers=(html,), body=ARTICLE.encode(), at=AT),
        Received(
            url="https://m.weibo.cn/statuses/show?id=1",
            status=200,
            headers=packed,
            body=gzip.compress(WEIBO.encode()),
            at=AT,
        ),
        Received(
            url="http://forum.example/x.png",
            status=200,
            headers=(("Content-Type", "image/png"),),
            body=b"\x89PNG",
            at=AT,
        ),
        Received(url="http://forum.example/gone", status=404, headers=(html,), body=b"<p>no</p>", at=AT),
    )
    for received in responses:
        warc.keep(received)
    warc.close()
    return next(folder.glob("*.warc.gz"))


def test_each_response_by_the_reader_that_knows_it(tmp_path: Path) -> None:
    posts, issues = imported(archive(tmp_path))
    by_source = {post.source: post for post in posts}
    assert set(by_source) == {"forum.example", "news.example", "weibo"}
    assert by_source["forum.example"].native_id == "203393"
    assert by_source["forum.example"].thread_id == "10441"
    assert by_source["news.example"].url == by_source["news.example"].native_id == NEWS
    assert by_source["weibo"].native_id == "4673860400318571"
    assert {post.crawled for post in posts} == {AT}
    assert sorted(str(issue).split("个响应")[1] for issue in issues) == ["不是网页或 JSON，跳过", "的状态是 404，跳过"]


def test_the_registered_source_of_a_host_takes_its_posts(tmp_path: Path) -> None:
    posts, _ = imported(archive(tmp_path), names={"forum.example": "借贷茶馆", "weibo": "微博"})
    assert {post.source for post in posts} == {"借贷茶馆", "news.example", "微博"}


def test_an_archive_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    whole = archive(tmp_path)
    torn = tmp_path / "torn.warc.gz"
    torn.write_bytes(whole.read_bytes()[:-900])
    posts, issues = imported(torn)
    assert posts
    assert any("没写完" in issue.detail for issue in issues)


def test_an_archive_that_is_not_compressed(tmp_path: Path) -> None:
    plain = tmp_path / "plain.warc"
    packed = archive(tmp_path)
    plain.write_bytes(gzip.decompress(packed.read_bytes()))
    assert len(imported(plain)[0]) == len(imported(packed)[0]) == 5


def test_a_saved_page_of_a_forum_is_its_posts(tmp_path: Path) -> None:
    saved = tmp_path / "借贷茶馆.html"
    page = (PAGES / "discuz_x35_last_page" / "page.html").read_text(encoding="utf-8")
    saved.write_text(f"<!-- saved from url=(0062){FORUM} -->\n{page}", encoding="utf-8")
    posts, _ = imported(saved, exported=AT)
    assert [post.source for post in posts] == ["forum.example"] * 3
    assert posts[-1].native_id == "203393"


def test_a_saved_answer_is_read_by_its_engine(tmp_path: Path) -> None:
    saved = tmp_path / "answer.json"
    saved.write_text(WEIBO, encoding="utf-8")
    (post,) = posts_of(saved)
    assert (post.source, post.native_id) == ("weibo", "4673860400318571")


def test_a_saved_article_without_an_address_is_the_file(tmp_path: Path) -> None:
    saved = tmp_path / "文章.html"
    saved.write_text(ARTICLE, encoding="utf-8")
    (post,) = posts_of(saved)
    assert (post.source, post.title, len(post.native_id)) == ("import", "催收调查", 32)
