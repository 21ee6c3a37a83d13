"""The query language as people write it, with a Chinese keyboard."""

from datetime import UTC, datetime

import pytest

from indexer.errors import QueryError
from indexer.query import parse
from indexer.query.tree import (
    And,
    Comparison,
    Everything,
    FieldCompares,
    FieldIs,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Published,
    Word,
)
from tests.indexer.builders import NOW

OVERDUE, COLLECTION, LAWSUIT = Word("逾期"), Word("催收"), Word("起诉")


def phrase(text: str) -> Phrase:
    return Phrase(tuple(text))


def shanghai_midnight(month: int, day: int) -> datetime:
    """Midnight of a day of 2024 in Asia/Shanghai, in UTC: eight hours earlier."""
    return datetime.fromtimestamp(datetime(2024, month, day, tzinfo=UTC).timestamp() - 8 * 3600, UTC)


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("", Everything()),
        (" 　，", Everything()),
        ("催收", COLLECTION),
        ("逾期 催收", And((OVERDUE, COLLECTION))),
        ("逾期，催收、起诉", And((OVERDUE, COLLECTION, LAWSUIT))),
        ("逾期 AND 催收 OR 起诉", Or((And((OVERDUE, COLLECTION)), LAWSUIT))),
        ("逾期 催收 OR 起诉", Or((And((OVERDUE, COLLECTION)), LAWSUIT))),
        ("逾期 (催收 OR 起诉)", And((OVERDUE, Or((COLLECTION, LAWSUIT))))),
        ("逾期（催收 ＯＲ 起诉）", And((OVERDUE, Or((COLLECTION, LAWSUIT))))),
        ("（（（催收）））", COLLECTION),
        ("-催收", Not(COLLECTION)),
        ("逾期 －催收", And((OVERDUE, Not(COLLECTION)))),
        ("NOT (催收 OR 起诉)", Not(Or((COLLECTION, LAWSUIT)))),
        ("-（催收 起诉）", Not(And((COLLECTION, LAWSUIT)))),
        ("催收 NEAR/5 起诉", Near(("催", "收"), ("起", "诉"), 5)),
        ("催收 NEAR／2 “起诉”", Near(("催", "收"), ("起", "诉"), 2)),
        ("催收 NEAR 起诉", Near(("催", "收"), ("起", "诉"), 5)),
        ("逾*", Prefix("逾")),
        ("催收＊", Prefix("催收")),
        ("還款", Word("还款")),
        ("红创金服", phrase("红创金服")),
        ("催.收", COLLECTION),
        ("红.创金服", phrase("红创金服")),
        ("and or not", And((Phrase(("and",)), Phrase(("or",)), Phrase(("not",))))),
    ],
)
def test_words_and_operators(query: str, tree: Node) -> None:
    assert parse(query, now=NOW) == tree


@pytest.mark.parametrize(
    "query", ['"暴力催收"', "“暴力催收”", "”暴力催收“", "「暴力催收」", "『暴力催收』", "＂暴力 催收＂", "‘暴力，催收’"]
)
def test_phrases_in_any_quotes(query: str) -> None:
    assert parse(query, now=NOW) == phrase("暴力催收")


def test_latin_words_and_numbers_are_whole_in_a_phrase() -> None:
    assert parse("“打12378，ＡＰＰ 打不开”", now=NOW) == Phrase(("打", "12378", "app", "打", "不", "开"))


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("kind:complaint", FieldIs("kind", "complaint")),
        ("kind:投诉", FieldIs("kind", "complaint")),
        ("类型：投诉", FieldIs("kind", "complaint")),
        ("kind：投诉，求助", Or((FieldIs("kind", "complaint"), FieldIs("kind", "help")))),
        ("issue:催收", FieldIs("issue", "collection")),
        ("sentiment:负面", FieldIs("sentiment", "negative")),
        ("urgency:高", FieldIs("urgency", "high")),
        ("status:待研判", FieldIs("status", "pending")),
        ("overdue:yes", FieldIs("overdue", "yes")),
        ("逾期投诉:是", FieldIs("overdue", "yes")),
        ("source:tieba", FieldIs("source", "tieba")),
        ("来源：“某 论坛”", FieldIs("source", "某 论坛")),
        ("region:上海", FieldIs("region", "上海")),
        ("likes>10", FieldCompares("likes", Comparison.MORE, 10)),
        ("likes＞＝１０", FieldCompares("likes", Comparison.AT_LEAST, 10)),
        ("likes≤10", FieldCompares("likes", Comparison.AT_MOST, 10)),
        ("likes:10", FieldCompares("likes", Comparison.EQUAL, 10)),
        ("点赞:>10", FieldCompares("likes", Comparison.MORE, 10)),
        ("confidence<0.6", FieldCompares("confidence", Comparison.LESS, 0.6)),
        ("置信度<60%", FieldCompares("confidence", Comparison.LESS, 0.6)),
        ("views:5..", FieldCompares("views", Comparison.AT_LEAST, 5)),
        ("-kind:推广", Not(FieldIs("kind", "promo"))),
        (
            "likes:10..20",
            And((FieldCompares("likes", Comparison.AT_LEAST, 10), FieldCompares("likes", Comparison.AT_MOST, 20))),
        ),
    ],
)
def test_fields(query: str, tree: Node) -> None:
    assert parse(query, now=NOW) == tree


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("after:2024-03-01", Published(start=shanghai_midnight(3, 1))),
        ("before:2024-3-1", Published(end=shanghai_midnight(3, 1))),
        ("晚于：2024年3月1日", Published(start=shanghai_midnight(3, 1))),
        ("after:2024-03", Published(start=shanghai_midnight(3, 1))),
        ("after:2024-03-01T08:00", Published(start=datetime(2024, 3, 1, tzinfo=UTC))),
        ("after:今天", Published(start=shanghai_midnight(5, 10))),
        ("before:昨天", Published(end=shanghai_midnight(5, 9))),
        ("after:7d", Published(start=datetime(2024, 5, 3, 4, tzinfo=UTC))),
        ("after:2小时", Published(start=datetime(2024, 5, 10, 2, tzinfo=UTC))),
    ],
)
def test_times_are_those_of_shanghai(query: str, tree: Node) -> None:
    assert parse(query, now=NOW) == tree


@pytest.mark.parametrize("query", ["https://forum.example/thread-1.html", "投诉对象：红创", "10:30", "a<b>c"])
def test_what_only_looks_like_a_field_is_text(query: str) -> None:
    assert isinstance(parse(query, now=NOW), Phrase)


@pytest.mark.parametrize(
    ("query", "position", "reason"),
    [
        ("逾期 (催收 OR 起诉", 4, "括号没有闭合"),
        ("逾期（催收", 3, "括号没有闭合"),
        ("((催收)", 1, "括号没有闭合"),
        ("催收)", 3, "右括号"),
        ("催收 ()", 5, "括号里没有内容"),
        ("逾期 “催收", 4, "引号没有闭合"),
        ("催收 AND", 4, "后面缺少"),
        ("OR 催收", 1, "前面缺少"),
        ("催收 OR OR 起诉", 7, "前面缺少"),
        ("逾期 -", 4, "没有可以查的字"),
        ("NOT", 1, "后面缺少"),
        ("逾期 kind:抱怨", 9, "投诉(complaint)"),
        ("knd:投诉", 1, "没有「knd」这个字段"),
        ("kind:", 6, "缺少值"),
        ("kind:(投诉)", 6, "缺少值"),
        ("kind>投诉", 6, "不能比大小"),
        ("likes>很多", 7, "不是数字"),
        ("after:2024-13-01", 7, "日期"),
        ("after:不久前", 7, "不是日期"),
        ("催收 NEAR/99 起诉", 4, "最多隔 30 个字"),
        ("kind:投诉 NEAR 起诉", 1, "NEAR 两边"),
        ("！！！", 1, "没有可以查的字"),
        ("“”", 1, "没有可以查的字"),
        ("(" * 60 + "催收" + ")" * 60, 51, "最多套"),
        ("催收 " * 700, 2001, "查询太长"),
    ],
)
def test_errors_point_at_the_place(query: str, position: int, reason: str) -> None:
    with pytest.raises(QueryError, match=f"^第 {position} 字：") as raised:
        parse(query, now=NOW)
    assert reason in raised.value.reason
