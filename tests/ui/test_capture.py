"""A link that somebody hands over is fetched, kept, analysed and found, or the reason is told."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crawler.capture import target_of
from crawler.errors import RegisterError
from tests.crawler import small_forum
from tests.crawler.crawling import source
from tests.servers.pages import Answer, PageServer, html
from ui.cli import app
from ui.setup import SetUp

ARTICLE = (
    "<html><head><meta charset='utf-8'><title>红创金服催收乱象</title>"
    "<meta property='og:type' content='article'></head><body><article><h1>红创金服催收乱象</h1>"
    f"<p>{'红创金服逾期三天，催收就把我的通讯录打了一遍，还说要上门。' * 6}</p></article></body></html>"
)
PAGES = {
    "/robots.txt": Answer(b"User-agent: *\nDisallow: /secret", content_type="text/plain"),
    "/thread-1-1-1.html": html(small_forum.thread([(11, "逾期三天催收爆我通讯录"), (12, "我也是，13800138000")])),
    "/thread-2-1-1.html": html(small_forum.message("您需要登录才可以浏览")),
    "/news/1": html(ARTICLE),
}
CONFIGURATION = """
[brand]
name = "红创金服"
[sources."茶馆"]
spider = "forum"
site = "discuz"
urls = ["{url}/board"]
purpose = "测试"
allow_hosts = ["127.0.0.1"]
delay = 0
"""


@pytest.fixture(scope="module")
def server() -> Iterator[PageServer]:
    with PageServer(dict(PAGES)) as pages:
        yield pages


@pytest.fixture
def home(tmp_path: Path, server: PageServer) -> Path:
    (tmp_path / "fengping.toml").write_text(CONFIGURATION.format(url=server.url), encoding="utf-8")
    return tmp_path


def captured(home: Path, url: str, *more: str) -> tuple[int, dict[str, object]]:
    options = ["--home", str(home), "--config", str(home / "fengping.toml"), "--who", "张三", "--json"]
    result = CliRunner().invoke(app, ["capture", url, *more, *options])
    return result.exit_code, json.loads(result.stdout)


def test_a_thread_of_a_registered_site_lands_and_is_found(home: Path, server: PageServer) -> None:
    url = f"{server.url}/thread-1-1-1.html"
    code, report = captured(home, url)
    assert (code, report["source"], report["new"], report["is_searchable"]) == (0, "茶馆", 2, True)
    first, second = report["posts"]  # type: ignore[misc]
    assert (first["native_id"], first["kind"]) == ("11", "complaint")
    assert "13800138000" not in second["text"]
    assert (home / "evidence" / first["evidence"]["file"]).is_file()
    setup = SetUp.open(home, home / "fengping.toml")
    (entry,) = setup.ledger.audit_log()
    assert (entry.actor, entry.action, entry.subject) == ("张三", "capture", f"url:{url}")
    found = CliRunner().invoke(app, ["search", "催收", "--home", str(home), "--json"])
    assert "逾期三天" in found.stdout
    setup.ledger.close()


def test_a_wall_and_robots_are_told(home: Path, server: PageServer) -> None:
    code, report = captured(home, f"{server.url}/thread-2-1-1.html")
    assert (code, report["posts"]) == (1, [])
    assert [issue["reason"] for issue in report["issues"]] == ["login_required"]  # type: ignore[index,attr-defined]
    code, report = captured(home, f"{server.url}/secret")
    assert code == 1
    assert "robots" in [issue["reason"] for issue in report["issues"]]  # type: ignore[index,attr-defined]


def test_an_address_inside_is_refused_unless_registered(home: Path, server: PageServer) -> None:
    code, report = captured(home, server.url.replace("127.0.0.1", "localhost") + "/news/1")
    assert (code, report["source"], report["is_registered"]) == (1, "localhost", False)
    assert [issue["reason"] for issue in report["issues"]] == ["refused_address"]  # type: ignore[index,attr-defined]


@pytest.mark.parametrize(
    ("url", "name", "spider"),
    [
        ("https://tieba.baidu.com/p/123", "tieba", "tieba"),
        ("https://m.weibo.cn/detail/4673860400318571", "weibo", "weibo"),
        ("https://tousu.sina.com.cn/complaint/view/17350000000/", "heimao", "heimao"),
        ("https://apps.apple.com/cn/app/id1", "apps.apple.com", "appstore"),
        ("https://news.example/a.html", "news.example", "article"),
        ("https://news.example/feed", "news.example", "feed"),
        ("https://bbs.forum.example/thread-1-1-1.html", "论坛", "forum"),
    ],
)
def test_an_address_goes_to_the_spider_of_its_site(url: str, name: str, spider: str) -> None:
    register = {"论坛": source("https://www.forum.example/board")}
    target = target_of(url, register)
    assert (target.source, target.settings.spider) == (name, spider)
    assert target.settings.urls == (url,)
    assert target.is_registered is (name == "论坛")


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "tieba.baidu.com/p/1", "javascript:alert(1)"])
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(RegisterError):
        target_of(url, {})
