"""Exports of 黑猫 tools, landing as the complaints that its spider reads."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.pages.heimao.heimao_page import read_heimao_page
from crawler.pages.page import Page
from crawler.post import PostKind
from tests.crawler.importers.importing import as_csv, as_json, as_json_lines, posts_of

ENTRY: dict[str, Any] = {
    "title": "2025-11-23 于黑猫投诉平台发起\n红创金服暴力催收\n\n打给我家人\n一天二十多个\n\n"
    "[投诉对象]红创金服App\n[投诉要求]道歉,退息费",
    "content": "打给我家人\n一天二十多个",
    "time": "",
    "keyword": "红创",
    "href": "https://tousu.sina.com.cn/complaint/view/17390396995/?sld=1d3d6cfaf9d2ade0cbc839a8ce3deb0c",
}


def test_the_whole_entry_in_one_text(tmp_path: Path) -> None:
    (post,) = posts_of(as_json(tmp_path / "data.json", [ENTRY]))
    assert (post.source, post.native_id, post.kind) == ("heimao", "17390396995", PostKind.COMPLAINT)
    assert post.title == "红创金服暴力催收"
    assert post.text == "打给我家人\n一天二十多个\n投诉对象：红创金服App\n诉求：道歉,退息费"
    assert post.published == datetime(2025, 11, 22, 16, tzinfo=UTC)
    assert post.url == ENTRY["href"]


def test_the_structured_table_is_the_same_complaint(tmp_path: Path) -> None:
    row = {
        "date": "2025-11-23",
        "title": "红创金服暴力催收",
        "summary": "打给我家人\n一天二十多个",
        "object": "红创金服App",
        "demands": "道歉,退息费",
        "href": ENTRY["href"],
    }
    (structured,) = posts_of(as_csv(tmp_path / "a.csv", [row]))
    (whole,) = posts_of(as_json(tmp_path / "a.json", [ENTRY]))
    assert (structured.native_id, structured.content_digest) == (whole.native_id, whole.content_digest)


def test_complaints_without_number_or_time(tmp_path: Path) -> None:
    row = {
        "投诉标题": "暴力催收",
        "投诉详情": "打给我家人",
        "投诉对象": "红创金服",
        "投诉问题": " 催收",
        "投诉要求": " 道歉,赔偿",
    }
    (post,) = posts_of(as_json_lines(tmp_path / "a.jsonl", [row]))
    (again,) = posts_of(as_csv(tmp_path / "b.csv", [row]))
    assert post.native_id == again.native_id
    assert post.text == "打给我家人\n投诉对象：红创金服\n投诉问题：催收\n诉求：道歉,赔偿"


MAIN = {
    "sn": "17351050542",
    "title": "暴力催收",
    "uid": "3842386202",
    "cotitle": "红创金服",
    "appeal": "道歉",
    "timestamp": "1602654723",
    "status": 4,
    "upvote_amount": 5,
    "share_amount": 0,
    "summary": "打给我家人",
    "comment_amount": 2,
    "id": "3843809",
    "url": "//tousu.sina.com.cn/complaint/view/17351050542/",
}
NOBODY = {"uid": 0, "title": "匿名"}


def test_spider_and_import_read_one_complaint(tmp_path: Path) -> None:
    lists = {"result": {"status": {"code": 0}, "data": {"lists": [{"main": MAIN, "author": NOBODY}], "pager": {}}}}
    page = Page(
        url="https://tousu.sina.com.cn/api/index/feed", body=json.dumps(lists).encode(), served=datetime.now(UTC)
    )
    (shown,) = read_heimao_page(page).posts
    (post,) = posts_of(as_json_lines(tmp_path / "a.jsonl", [{"main": MAIN, "author": NOBODY}]))
    assert (post.native_id, post.url, post.kind) == (shown.native_id, shown.url, shown.kind)
    assert (post.title, post.published, post.engagement) == (shown.title, shown.published, shown.engagement)
    assert post.text == shown.text
    assert post.author is None


def test_the_hidden_person_behind_nobody_is_in_no_field(tmp_path: Path) -> None:
    (post,) = posts_of(as_json_lines(tmp_path / "a.jsonl", [{"main": MAIN, "author": NOBODY}]))
    assert "3842386202" not in repr(post)
