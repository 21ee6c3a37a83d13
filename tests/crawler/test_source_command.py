"""`fengping source`: what a user sees of a page before anything is stored."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from tests.servers.pages import PageServer, html
from ui.cli import source

PAGES = Path(__file__).parent / "pages"
THREAD, LIST = PAGES / "discuz_x35_last_page" / "page.html", PAGES / "discuz_x35_list" / "page.html"
URL = "http://forum.example/forum.php?mod=viewthread&tid=10441&page=5"
AT = "2026-11-24 19:05:32"


def fengping(*arguments: str | Path) -> Result:
    app = typer.Typer()
    source.register(app)
    app.callback()(lambda: None)
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def checked(*arguments: str | Path) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(fengping("source", "check", *arguments, "--json").stdout)
    return result


def test_posts_as_json() -> None:
    shown = checked("discuz", THREAD, "--url", URL, "--at", AT)
    last = shown["posts"][-1]
    assert set(last) == {"native_id", "kind", "parent_id", "url", "title", "text", "published"}
    assert (last["native_id"], last["kind"], last["parent_id"]) == ("203393", "reply", "203392")
    assert last["published"] == "2026-11-24T10:29:46+00:00"
    assert shown["next"] is None
    assert shown["issues"] == []


def test_threads_as_json() -> None:
    shown = checked("discuz", LIST)
    assert {"native_id", "url", "title", "replies"} <= set(shown["threads"][0])
    assert [thread["replies"] for thread in shown["threads"]] == [2, 1, 44]
    assert shown["next"] == "http://forum.example/forum.php?mod=forumdisplay&fid=42&page=2"


def test_a_table_for_people() -> None:
    result = fengping("source", "check", "discuz", THREAD, "--url", URL, "--at", AT)
    assert result.exit_code == 0
    assert "帖子 3 条" in result.stdout
    assert "203393" in result.stdout


def test_a_page_without_posts_says_why_and_exits_with_1() -> None:
    result = fengping("source", "check", "discuz", PAGES / "discuz_x35_login_wall" / "page.html")
    assert result.exit_code == 1
    assert "尚未登录" in result.stdout


def test_a_page_from_the_web() -> None:
    with PageServer({"/list": html(LIST.read_text(encoding="utf-8")), "/gone": html("no", 404)}) as server:
        assert len(checked("discuz", f"{server.url}/list")["threads"]) == 3
        assert [issue["reason"] for issue in checked("discuz", f"{server.url}/gone")["issues"]] == ["http_status"]


WRONG = {
    "an unknown site": (("nowhere", str(THREAD)), "没有站点"),
    "a missing file": (("discuz", "/nowhere/page.html"), "打不开"),
    "a folder": (("discuz", str(PAGES)), "打不开"),
    "no time": (("discuz", str(THREAD), "--at", "yesterday"), "--at"),
    "an address that does not answer": (("discuz", "http://127.0.0.1:1/"), "访问不到"),
}


@pytest.mark.parametrize("fault", WRONG)
def test_wrong_use_exits_with_2_and_says_what(fault: str) -> None:
    arguments, said = WRONG[fault]
    result = fengping("source", "check", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_listing_names_shipped_site_files(tmp_path: Path) -> None:
    result = fengping("source", "list", "--home", tmp_path, "--json")
    assert set(json.loads(result.stdout)["sites"]) == {"discuz", "discuz_touch", "phpbb"}
