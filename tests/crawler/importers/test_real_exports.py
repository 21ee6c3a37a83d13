"""Real export files of other tools: every row is a post or a named fault."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from crawler.importers.formats import TABLE, recognised
from crawler.importers.guessing import guess, mapped_by
from crawler.importers.sample import take_sample
from crawler.post import Post
from tests.crawler.importers.importing import imported
from tests.shared import SHARED, needs_shared

EXPORTS = SHARED / "pages" / "exports"
READ: Mapping[str, tuple[str, int, int]] = {
    "HeimaoData_example.json": ("heimao", 2, 0),
    "HeimaoData_example_structured.csv": ("heimao", 2, 0),
    "MediaCrawler_xhs_comments_2026.jsonl": ("mediacrawler", 2, 0),
    "MediaCrawler_xhs_contents_2026.json": ("mediacrawler", 2, 0),
    "go-tieba-tools_threads_2015.json": ("page", 60, 0),
    "heimao_spider_2020.jsonl": ("heimao", 65, 0),
    "heimao_spider_2020_mojibake.csv": ("heimao", 39, 0),
    "monitor_weibo_2025.json": ("table", 40, 0),
    "tiebaSpider_thread.html": ("page", 1, 0),
    "weibo-crawler_2019.csv": ("weibo-crawler", 59, 1),
    "weibo-search_17_columns_2021.csv": ("weibo-search", 120, 0),
    "weibo-search_24_columns_2024.csv": ("weibo-search", 90, 0),
    "weiboSpider_2017.csv": ("weibo-crawler", 30, 0),
    "weibo_text_dateTime.json": ("table", 18, 0),
}
"""Format, posts and lost rows; the lost row of weibo-crawler is a post of pictures only."""


def posts_in(name: str) -> list[Post]:
    return imported(EXPORTS / name, **_mapping(EXPORTS / name))[0]


def _mapping(path: Path) -> dict[str, Any]:
    sample = take_sample(path)
    is_table = recognised(sample).name == TABLE
    return {"mapping": mapped_by(guess(sample.tables[0]), sample.tables[0])} if is_table else {}


@needs_shared
def test_every_export_is_known_here() -> None:
    assert {path.name for path in EXPORTS.iterdir()} == set(READ)


@needs_shared
@pytest.mark.parametrize("name", READ)
def test_every_row_is_a_post_or_a_named_fault(name: str) -> None:
    path = EXPORTS / name
    posts, issues = imported(path, **_mapping(path))
    assert (recognised(take_sample(path)).name, len(posts), sum(issue.is_lost for issue in issues)) == READ[name]
    assert all(post.text or post.title for post in posts)


@needs_shared
def test_the_mojibake_of_a_file_is_the_same_complaints() -> None:
    right, mended = posts_in("heimao_spider_2020.jsonl"), posts_in("heimao_spider_2020_mojibake.csv")
    assert {post.native_id for post in mended} <= {post.native_id for post in right}


@needs_shared
def test_two_tables_of_one_tool_are_the_same_complaints() -> None:
    whole, structured = posts_in("HeimaoData_example.json"), posts_in("HeimaoData_example_structured.csv")
    assert [post.native_id for post in whole] == [post.native_id for post in structured]
    assert [post.title for post in whole] == [post.title for post in structured]
    assert [post.published for post in whole] == [post.published for post in structured]


@needs_shared
def test_short_and_long_numbers_of_weibo_agree() -> None:
    from crawler.importers.identity import identity_of

    (first, *_) = posts_in("monitor_weibo_2025.json")
    identity = identity_of("https://weibo.com/5261845556/P7Gl55nA3")
    assert identity is not None
    assert identity.native_id == first.native_id == "5118310511282287"


@needs_shared
def test_comments_belong_to_the_post_of_their_line() -> None:
    posts = posts_in("weibo-search_24_columns_2024.csv")
    threads = {post.native_id for post in posts if post.kind == "topic"}
    comments = [post for post in posts if post.kind == "comment"]
    assert len(comments) == 45
    assert {comment.thread_id for comment in comments} <= threads
    assert not [comment for comment in comments if "<" in comment.text]
