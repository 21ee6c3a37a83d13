"""Exports of 微博 tools, landing as the posts that its spider reads."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.pages.page import Page
from crawler.pages.weibo.weibo_page import read_weibo_page
from crawler.post import PostKind
from crawler.pseudonym import pseudonym
from tests.crawler.importers.importing import KEY, as_csv, as_excel, as_json, as_sqlite, imported, posts_of, table_rows

SEARCHED: dict[str, Any] = {
    "id": "4673860400318571",
    "bid": "KuZrG1kSf",
    "user_id": "7449457602",
    "用户昵称": "小土豆",
    "微博正文": "红创催收打给我家人",
    "头条文章url": "",
    "发布位置": "",
    "艾特用户": "",
    "话题": "",
    "转发数": 0,
    "评论数": 1,
    "点赞数": "1.2万",
    "发布时间": "2021-08-24 23:23",
    "发布工具": "iPhone",
    "微博图片url": "",
    "微博视频url": "",
    "retweet_id": "",
}
COMMENTED = {
    "ip": "河南",
    "user_authentication": "普通用户",
    "评论人ID": "6495297106",
    "评论人昵称": "用户乙",
    "评论时间": "Sun Mar 03 00:00:39 +0800 2024",
    "评论内容": "同样<img alt=[怒] src='x'>",
    "点赞次数": "2",
}


def test_a_result_of_weibo_search(tmp_path: Path) -> None:
    (post,) = posts_of(as_csv(tmp_path / "红创.csv", [SEARCHED]))
    assert (post.source, post.native_id, post.thread_id) == ("weibo", "4673860400318571", "4673860400318571")
    assert post.url == "https://m.weibo.cn/detail/4673860400318571"
    assert post.published == datetime(2021, 8, 24, 15, 23, tzinfo=UTC)
    assert (post.engagement.likes, post.engagement.replies, post.parent_id) == (12000, 1, None)
    assert post.author == pseudonym("weibo", "小土豆", KEY)


def test_a_line_a_comment_gives_the_post_and_its_comment(tmp_path: Path) -> None:
    posts = posts_of(
        as_csv(tmp_path / "红创.csv", [SEARCHED | COMMENTED, SEARCHED | COMMENTED | {"评论内容": "另一条"}])
    )
    post, comment, again, other = posts
    assert post == again
    assert (post.region, comment.kind, comment.text) == ("河南", PostKind.COMMENT, "同样[怒]")
    assert comment.thread_id == post.native_id
    assert comment.published == datetime(2024, 3, 2, 16, 0, 39, tzinfo=UTC)
    assert len({comment.native_id, other.native_id, post.native_id}) == 3


def test_the_short_number_is_the_long_one(tmp_path: Path) -> None:
    (post,) = posts_of(as_csv(tmp_path / "a.csv", [SEARCHED | {"id": ""}]))
    assert post.native_id == "4673860400318571"


def test_ids_in_scientific_notation_name_line_and_field(tmp_path: Path) -> None:
    posts, issues = imported(as_csv(tmp_path / "a.csv", [SEARCHED | {"id": "4.67E+15"}, SEARCHED]))
    assert len(posts) == 1
    assert [(issue.line, issue.field) for issue in issues] == [(2, "id")]
    assert "科学计数法" in issues[0].detail


CRAWLED = {
    "id": "4410340013663515",
    "bid": "I4uMh2xYZ",
    "正文": "红创催收打给我家人",
    "日期": "2019-08-28",
    "点赞数": 7,
    "评论数": 3,
    "转发数": "100万+",
    "是否原创": "True",
    "源微博id": "",
}


def test_weibo_crawler_in_several_containers(tmp_path: Path) -> None:
    paths = (
        as_csv(tmp_path / "a.csv", [CRAWLED]),
        as_excel(tmp_path / "a.xlsx", {"weibo": table_rows([CRAWLED])}),
        as_sqlite(tmp_path / "a.db", {"weibo": [CRAWLED]}),
    )
    for path in paths:
        (post,) = posts_of(path)
        assert (post.native_id, post.engagement.shares) == ("4410340013663515", 1_000_000)
        assert post.published == datetime(2019, 8, 27, 16, tzinfo=UTC)


def test_weibo_crawler_as_json_with_the_post_that_is_passed_on(tmp_path: Path) -> None:
    weibo = {
        "id": 4410340013663515,
        "bid": "I4uMh2xYZ",
        "user_id": 1669879400,
        "screen_name": "小土豆",
        "text": "说得对//@别人:原话",
        "created_at": "2019-08-28",
        "full_created_at": "2019-08-28 12:00:00",
        "attitudes_count": 7,
        "comments_count": 3,
        "reposts_count": 1,
        "retweet": {"id": 4410340013000000, "text": "原话"},
    }
    path = tmp_path / "1669879400.json"
    path.write_text(
        json.dumps({"user": {"id": "1669879400"}, "weibo": [weibo, weibo]}, ensure_ascii=False), encoding="utf-8"
    )
    post, _ = posts_of(path)
    assert (post.native_id, post.parent_id, post.text) == ("4410340013663515", "4410340013000000", "说得对")
    assert post.author == pseudonym("weibo", "小土豆", KEY)


def test_the_numbered_texts_of_2017_have_no_id_and_keep_theirs(tmp_path: Path) -> None:
    row = {
        "微博": "1:红创催收打给我家人 全文\n",
        "翻译": "",
        "点赞数": 7,
        "转发数": 1,
        "评论数": 3,
        "发布时间": "2017-12-15 23:11\n",
    }
    (post,) = posts_of(as_csv(tmp_path / "a.csv", [row]))
    (again,) = posts_of(as_csv(tmp_path / "b.csv", [row | {"微博": row["微博"].replace("1:", "7:"), "点赞数": 9}]))
    assert post.text == "红创催收打给我家人"
    assert post.native_id == again.native_id


MBLOG = {
    "id": "4673860400318571",
    "mid": "4673860400318571",
    "bid": "KuZrG1kSf",
    "created_at": "Tue Aug 24 23:23:00 +0800 2021",
    "text": '红创催收<br />打给我家人<span class="url-icon"><img alt="[怒]" src="x"></span>',
    "region_name": "发布于 河南",
    "reposts_count": 0,
    "comments_count": 1,
    "attitudes_count": 12000,
    "user": {"id": 7449457602, "screen_name": "小土豆"},
}


def test_spider_and_import_read_one_post(tmp_path: Path) -> None:
    answer = json.dumps({"ok": 1, "data": MBLOG}, ensure_ascii=False).encode()
    page = Page(url="https://m.weibo.cn/statuses/show?id=4673860400318571", body=answer, served=datetime.now(UTC))
    (shown,) = read_weibo_page(page).posts
    exported = SEARCHED | {"微博正文": "红创催收\n打给我家人[怒]", "ip": "发布于 河南"}
    (post,) = posts_of(as_json(tmp_path / "a.json", [exported]))
    assert (post.native_id, post.url, post.kind) == (shown.native_id, shown.url, shown.kind)
    assert (post.title, post.text, post.published) == (shown.title, shown.text, shown.published)
    assert (post.region, post.engagement) == (shown.region, shown.engagement)
    assert post.author == pseudonym("weibo", shown.author or "", KEY)
