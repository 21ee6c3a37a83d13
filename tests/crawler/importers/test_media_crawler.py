"""MediaCrawler: seven platforms, five containers, the files of 2024 and those without user ids."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.importers.formats import recognised
from crawler.importers.sample import take_sample
from crawler.post import PostKind
from crawler.pseudonym import pseudonym
from tests.crawler.importers.importing import (
    KEY,
    as_csv,
    as_excel,
    as_json,
    as_json_lines,
    as_sqlite,
    imported,
    posts_of,
    table_rows,
)

SECONDS = 1732420800  # 2024-11-24 12:00 in Shanghai
AT = datetime(2024, 11, 24, 4, tzinfo=UTC)
PERSON = {"nickname": "小***豆", "creator_hash": "a1b2c3", "last_modify_ts": 1732500000000}

CONTENTS: dict[str, dict[str, Any]] = {
    "weibo": {
        "note_id": "5104212345678901", "content": "红创催收打给我家人", "create_time": SECONDS, "create_date_time": "x",
        "liked_count": "12", "comments_count": "3", "shared_count": "1", "note_url": "https://m.weibo.cn/detail/1",
    },
    "xiaohongshu": {
        "note_id": "69fe8d4d0000000023015caa", "type": "normal", "title": "红创", "desc": "红创催收打给我家人",
        "time": SECONDS * 1000, "liked_count": "1.2万", "comment_count": "", "share_count": "2", "tag_list": "",
        "note_url": "https://www.xiaohongshu.com/explore/69fe8d4d0000000023015caa?xsec_token=A",
    },
    "douyin": {
        "aweme_id": "7440123456789012345", "aweme_type": "0", "title": "红创催收打给我家人",
        "desc": "红创催收打给我家人", "create_time": SECONDS, "liked_count": "12", "comment_count": "3",
        "share_count": "1", "aweme_url": "https://www.douyin.com/video/7440123456789012345",
    },
    "bilibili": {
        "video_id": "113500000000001", "video_type": "video", "title": "红创", "desc": "红创催收打给我家人",
        "create_time": SECONDS, "liked_count": "12", "video_play_count": "3.4万", "video_share_count": "1",
        "video_comment": "3", "video_url": "https://www.bilibili.com/video/av113500000000001",
    },
    "kuaishou": {
        "video_id": "3xabcdef2345678", "video_type": "1", "title": "红创催收打给我家人", "desc": "红创催收打给我家人",
        "create_time": SECONDS * 1000, "liked_count": "12", "viewd_count": "345",
        "video_url": "https://www.kuaishou.com/short-video/3xabcdef2345678",
    },
    "tieba": {
        "note_id": "9123456789", "title": "红创", "desc": "红创催收打给我家人",
        "note_url": "https://tieba.baidu.com/p/9123456789", "publish_time": "2024-11-24 12:00", "tieba_name": "网贷吧",
        "total_replay_num": 3,
    },
    "zhihu": {
        "content_id": "612345678", "content_type": "answer", "content_text": "红创催收打给我家人", "title": "红创",
        "content_url": "https://www.zhihu.com/question/1/answer/612345678", "question_id": "1", "desc": "",
        "created_time": str(SECONDS), "voteup_count": 12, "comment_count": 3,
    },
}  # fmt: skip
COMMENTS: dict[str, dict[str, Any]] = {
    "weibo": {"note_id": "5104212345678901", "create_date_time": "x", "comment_like_count": "4"},
    "xiaohongshu": {"note_id": "69fe8d4d0000000023015caa", "pictures": "", "like_count": "4"},
    "douyin": {"aweme_id": "7440123456789012345", "like_count": "4", "pictures": ""},
    "bilibili": {"video_id": "113500000000001", "like_count": "4"},
    "kuaishou": {"video_id": "3xabcdef2345678"},
    "tieba": {"note_id": "9123456789", "tieba_name": "网贷吧", "note_url": "https://tieba.baidu.com/p/9123456789"},
    "zhihu": {"content_id": "612345678", "content_type": "answer", "like_count": "4"},
}
THREADS = {"bilibili": "av113500000000001", "zhihu": "answer-612345678"}


def contents(platform: str) -> list[dict[str, Any]]:
    return [CONTENTS[platform] | PERSON]


def comments(platform: str) -> list[dict[str, Any]]:
    time = "publish_time" if platform in {"tieba", "zhihu"} else "create_time"
    common = {**COMMENTS[platform], **PERSON, time: SECONDS, "sub_comment_count": "1"}
    first = {"comment_id": "5104000000000001", "content": "我也是", "parent_comment_id": "0", **common}
    second = {"comment_id": "5104000000000002", "content": "同样", "parent_comment_id": "5104000000000001", **common}
    return [first, second]


@pytest.mark.parametrize("platform", CONTENTS)
def test_contents_of_each_platform(platform: str, tmp_path: Path) -> None:
    (post,) = posts_of(as_json(tmp_path / "search_contents.json", contents(platform)))
    native_id = next(iter(CONTENTS[platform].values()))
    assert post.source == platform
    assert post.native_id == post.thread_id == THREADS.get(platform, native_id)
    assert (post.kind, post.published, post.parent_id) == (PostKind.TOPIC, AT, None)
    assert post.text == "红创催收打给我家人"
    assert post.url.startswith("https://")
    assert post.engagement.likes in {12, 12000} or platform == "tieba"
    assert post.crawled == datetime(2024, 11, 25, 2, tzinfo=UTC)


@pytest.mark.parametrize("platform", COMMENTS)
def test_comments_of_each_platform_keep_whom_they_answer(platform: str, tmp_path: Path) -> None:
    rows = comments(platform)
    if platform == "kuaishou":
        rows = [{name: value for name, value in row.items() if name != "parent_comment_id"} for row in rows]
    first, second = posts_of(as_json_lines(tmp_path / "search_comments.jsonl", rows))
    thread = THREADS.get(platform, next(iter(CONTENTS[platform].values())))
    assert {first.thread_id, second.thread_id} == {thread}
    assert first.parent_id is None
    assert second.parent_id == (None if platform == "kuaishou" else first.native_id)
    assert first.native_id.endswith("5104000000000001")
    assert (first.kind, second.kind) == (
        (PostKind.REPLY, PostKind.COMMENT) if platform == "tieba" else (PostKind.COMMENT, PostKind.COMMENT)
    )


def test_a_comment_of_weibo_names_itself_as_its_root(tmp_path: Path) -> None:
    row = {**comments("weibo")[0], "parent_comment_id": "5104000000000001"}
    (post,) = posts_of(as_json(tmp_path / "comments.json", [row]))
    assert post.parent_id is None
    assert post.url == "https://m.weibo.cn/detail/5104212345678901?cid=5104000000000001"


WRITERS: dict[str, Callable[[Path, list[dict[str, Any]]], Path]] = {
    "csv": as_csv,
    "json": as_json,
    "jsonl": as_json_lines,
    "xlsx": lambda path, rows: as_excel(path, {"Contents": table_rows(rows), "Creators": [["user_id"], ["1"]]}),
    "db": lambda path, rows: as_sqlite(path, {"weibo_note": rows, "xhs_creator": [{"user_id": 1, "nickname": "x"}]}),
}


@pytest.mark.parametrize("suffix", WRITERS)
def test_the_same_posts_in_any_container(suffix: str, tmp_path: Path) -> None:
    path = WRITERS[suffix](tmp_path / f"contents.{suffix}", contents("weibo"))
    assert recognised(take_sample(path)).name == "mediacrawler"
    posts, issues = imported(path)
    assert [(post.native_id, post.engagement.likes) for post in posts] == [("5104212345678901", 12)]
    assert [issue.is_lost for issue in issues] == ([False] if suffix in {"xlsx", "db"} else [])


def test_a_masked_name_stands_for_nobody_else(tmp_path: Path) -> None:
    old = CONTENTS["weibo"] | {"nickname": "小土豆", "user_id": "1234567890", "ip_location": "发布于 河南"}
    masked, named = posts_of(as_json_lines(tmp_path / "contents.jsonl", [*contents("weibo"), old]))
    assert masked.author == pseudonym("weibo", "a1b2c3", KEY)
    assert named.author == pseudonym("weibo", "小土豆", KEY)
    assert (masked.region, named.region) == (None, "河南")


def test_a_field_set_that_changed_under_an_old_header_is_reported(tmp_path: Path) -> None:
    path = as_csv(tmp_path / "contents.csv", contents("weibo"))
    with path.open("a", encoding="utf-8") as file:
        file.write(",".join(["5104212345678902", "新的一行", *["x"] * 30]) + "\n")
    posts, issues = imported(path)
    assert len(posts) == 1
    assert [(issue.line, issue.is_lost) for issue in issues] == [(3, True)]
    assert "32 列" in issues[0].detail


def test_a_row_without_id_or_words_is_named_and_the_rest_kept(tmp_path: Path) -> None:
    rows = [*contents("weibo"), {**contents("weibo")[0], "note_id": ""}, {**contents("weibo")[0], "content": ""}]
    posts, issues = imported(as_json_lines(tmp_path / "contents.jsonl", rows))
    assert len(posts) == 1
    assert [(issue.line, issue.field) for issue in issues] == [(2, "note_id"), (3, "content")]
