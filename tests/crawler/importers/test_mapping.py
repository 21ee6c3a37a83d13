"""Tables of no known tool: guessed, mapped, found again."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.errors import MappingError
from crawler.importers.guessing import guess, mapped_by
from crawler.importers.mapping import Mapped, find_mapping, load_mapping, save_mapping
from crawler.importers.sample import take_sample
from crawler.post import PostKind
from crawler.pseudonym import pseudonym
from crawler.reading.dates import SHANGHAI
from tests.crawler.importers.importing import (
    KEY,
    as_csv,
    as_excel,
    as_json_lines,
    as_parquet,
    imported,
    mapped,
    posts_of,
    table_rows,
)

VENDOR: list[dict[str, Any]] = [
    {
        "序号": number,
        "标题": "红创金服",
        "内容摘要": f"第 {number} 天，红创金服的催收还在打给我家人",
        "发布时间": "2024/11/24 12:00",
        "原文链接": f"https://weibo.com/7449457602/{bid}",
        "来源平台": "微博",
        "作者": "小土豆",
        "阅读量": "1.2万",
        "点赞数": 3,
        "IP属地": "河南", "情感": "负面",
    }
    for number, bid in enumerate(("KuZrG1kSf", "KuXciBN5O"), 1)
]  # fmt: skip


def guessed(path: Path) -> Mapped:
    (table,) = take_sample(path).tables
    return mapped_by(guess(table), table)


def test_columns_by_their_names(tmp_path: Path) -> None:
    assert guessed(as_csv(tmp_path / "a.csv", VENDOR)).columns == {
        "title": "标题",
        "text": "内容摘要",
        "url": "原文链接",
        "author": "作者",
        "published": "发布时间",
        "platform": "来源平台",
        "region": "IP属地",
        "likes": "点赞数",
        "views": "阅读量",
    }


def test_columns_by_what_is_in_them(tmp_path: Path) -> None:
    rows = [
        {"a": row["内容摘要"], "b": row["发布时间"], "c": row["原文链接"], "d": row["来源平台"], "e": 1}
        for row in VENDOR
    ]
    (table,) = take_sample(as_csv(tmp_path / "a.csv", rows)).tables
    guesses = {one.field: (one.column, one.by_name) for one in guess(table)}
    assert guesses == {"text": ("a", False), "published": ("b", False), "url": ("c", False), "platform": ("d", False)}


def test_a_name_that_its_content_contradicts_is_no_guess(tmp_path: Path) -> None:
    rows = [{"内容": "红创金服的催收还在打给我家人", "时间": "不详", "链接": "无", "点赞数": "很多"}]
    assert guessed(as_csv(tmp_path / "a.csv", rows)).columns == {"text": "内容"}


def test_complaints_and_comments_by_their_columns(tmp_path: Path) -> None:
    assert (
        guessed(as_csv(tmp_path / "a.csv", [{"投诉平台": "x", "投诉经过正文": "红创金服一直打电话"}])).kind
        is PostKind.COMPLAINT
    )
    assert guessed(as_csv(tmp_path / "b.csv", [{"评论内容": "红创金服一直打电话", "x": "y"}])).kind is PostKind.COMMENT


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "jsonl", "parquet"])
def test_a_vendors_rows_are_the_posts_of_their_platform(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"舆情.{suffix}"
    if suffix == "xlsx":
        as_excel(path, {"数据": [["舆情日报"], *table_rows(VENDOR)]})
    else:
        {"csv": as_csv, "jsonl": as_json_lines, "parquet": as_parquet}[suffix](path, VENDOR)
    first, second = posts_of(path, mapping=guessed(path))
    assert (first.source, first.native_id, second.native_id) == ("weibo", "4673860400318571", "4673773989006852")
    assert first.url == "https://m.weibo.cn/detail/4673860400318571"
    assert first.author == pseudonym("weibo", "小土豆", KEY)
    assert (first.engagement.views, first.engagement.likes, first.region) == (12000, 3, "河南")
    assert str(first.published and first.published.astimezone(SHANGHAI).isoformat()) == "2024-11-24T12:00:00+08:00"


def test_rows_of_many_platforms_land_in_many_sources(tmp_path: Path) -> None:
    rows = [
        {"内容": "一", "链接": "https://tousu.sina.com.cn/complaint/view/17390396995/?sld=1", "平台": "黑猫投诉"},
        {"内容": "二", "链接": "https://www.xiaohongshu.com/explore/69fe8d4d0000000023015caa", "平台": "小红书"},
        {"内容": "三", "链接": "https://bbs.example/t/1", "平台": "某论坛"},
        {"内容": "四", "链接": "", "平台": "百度贴吧"},
    ]
    path = as_csv(tmp_path / "a.csv", rows)
    posts = posts_of(path, mapping=mapped(text="内容", url="链接", platform="平台"))
    assert [(post.source, post.native_id) for post in posts[:2]] == [
        ("heimao", "17390396995"),
        ("xiaohongshu", "69fe8d4d0000000023015caa"),
    ]
    assert [post.source for post in posts[2:]] == ["某论坛", "tieba"]
    assert len({post.native_id for post in posts}) == 4
    assert {post.source for post in posts_of(path, mapping=mapped(text="内容"), source="存档")} == {"存档"}


def test_doubtful_fields_keep_the_post(tmp_path: Path) -> None:
    path = as_csv(tmp_path / "a.csv", [{"内容": "催收", "时间": "不详", "点赞": "3月5日 12:00"}])
    posts, issues = imported(path, mapping=mapped(text="内容", published="时间", likes="点赞"))
    assert [(post.published, post.engagement.likes) for post in posts] == [(None, None)]
    assert [(issue.line, issue.field, issue.is_lost) for issue in issues] == [(2, "时间", False), (2, "点赞", False)]


def test_another_time_zone(tmp_path: Path) -> None:
    mapping = tmp_path / "a.toml"
    mapping.write_text('timezone = "UTC"\n[columns]\ntext = "内容"\npublished = "时间"\n', encoding="utf-8")
    path = as_csv(tmp_path / "a.csv", [{"内容": "催收", "时间": "2024-11-24 04:00"}])
    (post,) = posts_of(path, mapping=load_mapping(mapping))
    assert str(post.published and post.published.isoformat()) == "2024-11-24T04:00:00+00:00"


def test_a_saved_mapping_is_found_by_the_columns(tmp_path: Path) -> None:
    path = as_csv(tmp_path / "一月.csv", VENDOR)
    wanted = guessed(path)
    saved = save_mapping(wanted, path, tmp_path / "home")
    turned = as_csv(tmp_path / "二月.csv", [dict(reversed(row.items())) for row in VENDOR])
    assert find_mapping(turned, take_sample(turned).columns, tmp_path / "home") == (wanted, saved)
    other = as_csv(tmp_path / "别的.csv", [{"内容": "x", "时间": "y"}])
    assert find_mapping(other, take_sample(other).columns, tmp_path / "home") is None
    beside = other.with_name("别的.csv.mapping.toml")
    beside.write_text('[columns]\ntext = "内容"\n', encoding="utf-8")
    assert find_mapping(other, take_sample(other).columns, tmp_path / "home") == (load_mapping(beside), beside)


WRONG = {
    "[columns": "TOML",
    'kind = "topic"': r"\[columns\]",
    '[columns]\nbody = "内容"': "columns.body",
    '[columns]\nlikes = "赞"': "text",
    'kind = "x"\n[columns]\ntext = "a"': "kind",
    'timezone = "Mars/Phobos"\n[columns]\ntext = "a"': "timezone",
}


@pytest.mark.parametrize("content", WRONG)
def test_a_wrong_mapping_says_what(content: str, tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(MappingError, match=WRONG[content]):
        load_mapping(path)


def test_a_mapping_of_columns_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="没有这些列：正文"):
        imported(as_csv(tmp_path / "a.csv", [{"内容": "催收", "b": 1}]), mapping=mapped(text="正文"))


YEARS = datetime(1992, 1, 1), datetime(2099, 1, 1)  # noqa: DTZ001  # Hypothesis adds the zone
WORDS = st.text(st.sampled_from("红创催收打给家人，。\n,;\"'\t|=#@<>&%😡a1 ")).map(lambda text: f"催{text}收")
POSTS = st.lists(
    st.fixed_dictionaries(
        {
            "编号": st.integers(1, 10**18).map(lambda number: f"{number}7"),  # not rounded
            "内容": WORDS,
            "时间": st.datetimes(*YEARS, timezones=st.just(SHANGHAI)),
            "赞": st.integers(0, 10**9),
        }
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda row: row["编号"],
)


@given(
    rows=POSTS,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    delimiter=st.sampled_from(",;\t|"),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_read(rows: list[dict[str, Any]], encoding: str, delimiter: str, tmp_path: Path) -> None:
    written = [row | {"时间": f"{row['时间']:%Y-%m-%d %H:%M:%S}"} for row in rows]
    path = as_csv(tmp_path / "a.csv", written, encoding=encoding, delimiter=delimiter)
    posts = posts_of(
        path, mapping=mapped(native_id="编号", text="内容", published="时间", likes="赞"), format_name="table"
    )
    assert [(post.native_id, post.text, post.engagement.likes) for post in posts] == [
        (row["编号"], row["内容"], row["赞"]) for row in rows
    ]
    assert [post.published for post in posts] == [row["时间"].replace(microsecond=0) for row in rows]
