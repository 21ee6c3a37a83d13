"""Recordings of 黑猫投诉 read whole: every complaint that the bytes hold, and never the id behind 「匿名」."""

import json
import re
from datetime import UTC, datetime

from crawler.pages.extraction import Extraction
from crawler.pages.heimao.heimao_page import read_heimao_page
from crawler.pages.page import Page
from tests.shared import SHARED, needs_shared

RECORDED = SHARED / "pages" / "heimao"


def read(name: str) -> Extraction:
    body = (RECORDED / name).read_bytes()
    return read_heimao_page(Page(url="file:///saved", body=body, served=datetime(2020, 10, 17, tzinfo=UTC)))


@needs_shared
def test_the_feed() -> None:
    rows = json.loads((RECORDED / "api_index_feed_2020.json").read_text(encoding="utf-8"))["result"]["data"]["lists"]
    extraction = read("api_index_feed_2020.json")
    posts = {post.native_id: post for post in extraction.posts}
    assert {thread.native_id for thread in extraction.threads} == {row["main"]["sn"] for row in rows}
    for row in rows:
        main, post = row["main"], posts[row["main"]["sn"]]
        assert post.text.startswith(main["summary"].strip()[:20])
        assert f"诉求：{main['appeal']}" in post.text
        assert row["author"]["title"] != "匿名" or main["uid"] not in repr(post)
    comments = sum(len(row["main"].get("comments", [])) for row in rows)
    assert (len(posts) - len(rows), extraction.issues) == (comments, ())


@needs_shared
def test_the_heads_of_complaint_pages() -> None:
    text = (RECORDED / "complaint_view_heads_2020.html").read_text(encoding="utf-8")
    extraction = read("complaint_view_heads_2020.html")
    assert {post.native_id for post in extraction.posts} == set(re.findall(r"投诉编号：</label>\s*(\d+)", text))
    amounts = re.findall(r"涉诉金额：</label>\s*(\S+?)</li>", text)
    assert {line for post in extraction.posts for line in post.text.split("\n") if line.startswith("涉诉金额")} == {
        f"涉诉金额：{amount}" for amount in amounts
    }
    assert all("诉求：" in post.text and "状态：" in post.text and post.published for post in extraction.posts)


@needs_shared
def test_the_home_page() -> None:
    text = (RECORDED / "home_seo_list_2020.html").read_text(encoding="utf-8")
    extraction = read("home_seo_list_2020.html")
    assert {post.native_id for post in extraction.posts} == set(re.findall(r"complaint/view/(\d+)", text))
    assert all(post.title and post.published and "诉求：" in post.text for post in extraction.posts)
