"""Seeded records and Hypothesis strategies for queries over them: Chinese with all that makes it awkward."""

import random
from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st

from crawler.post import Engagement, PostKind
from indexer.query import tree
from indexer.query.fields import DOUBTS, ISSUES, KINDS, SENTIMENTS, STATUSES, URGENCIES, YES_NO
from indexer.query.wording import dictionary_word, wording
from indexer.record import Decision, Record
from tests.indexer.builders import NOW, record

PARTS = [
    *(
        "逾期",
        "催收",
        "暴力催收",
        "红创金服",
        "红创",
        "消费金融公司",
        "客服",
        "电话",
        "打不开",
        "APP",
        "12378",
        "协商还款",
    ),
    *(
        "，",
        "。",
        "！",
        " ",
        "\n",
        "、",
        "“",
        "（",
        "的",
        "了",
        "不",
        "我",
        "被",
        "3天",
        "五千元",
        "爆通讯录",
        "征信",
        "报告",
    ),
    *("催·收", "逾 期", "ＡＰＰ", "還款", "利息", "上海", "网上海量", "数据", "app2", "😡", "-", "罚息", "滞纳金"),
]
WORDS = [
    "逾期",
    "催收",
    "暴力催收",
    "红创",
    "红创金服",
    "客服电话",
    "app",
    "12378",
    "还款",
    "上海",
    "不",
    "金融",
    "打不开",
]


def make_records(count: int, *, seed: int) -> list[Record]:
    """Records whose ids begin at 1; the same for the same seed."""
    random_source = random.Random(seed)
    return [make_record(number + 1, random_source) for number in range(count)]


def make_record(number: int, random_source: random.Random, *, revision: int = 1) -> Record:
    """A record of random words, labels, counts and times."""
    pick = random_source.choice
    text = "".join(random_source.choices(PARTS, k=random_source.randint(1, 25)))
    made = record(number, text, revision=revision)
    post = replace(
        made.post,
        source=pick(["forum", "tieba", "某 论坛"]),
        kind=pick([PostKind.TOPIC, PostKind.REPLY]),
        title="".join(random_source.choices(PARTS, k=random_source.randint(0, 4))),
        author=pick([None, "u-1", "u-2"]),
        region=pick([None, "上海", "广东"]),
        published=pick([None, NOW - timedelta(minutes=random_source.randint(0, 60 * 24 * 40))]),
        engagement=Engagement(likes=pick([None, 0, 3, 12, 10**6]), replies=pick([None, 1, 5])),
    )
    decision = pick([None, None, _decision(number, random_source)])
    gone = pick([None, None, NOW])
    return replace(made, post=post, decision=decision, not_seen_since=gone)


def _decision(number: int, random_source: random.Random) -> Decision:
    return Decision(
        record_id=number,
        reviewer="李审",
        reason="看过",
        decided=NOW,
        kind=random_source.choice([None, *KINDS]),
        issues=random_source.choice([None, (), tuple(random_source.sample(list(ISSUES), 2))]),
        urgency=random_source.choice([None, *URGENCIES]),
    )


def _leaves() -> st.SearchStrategy[tree.Node]:
    phrases = st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map("".join).map(_units)
    words = st.sampled_from([word for word in map(dictionary_word, WORDS) if word])
    closed = {"kind": KINDS, "sentiment": SENTIMENTS, "issue": ISSUES, "urgency": URGENCIES, "status": STATUSES}
    closed |= {"overdue": YES_NO, "deleted": YES_NO, "doubt": DOUBTS}
    open_values = {
        "source": ["forum", "tieba", "某 论坛"],
        "author": ["u-1"],
        "brand": ["红创金服"],
        "region": ["上海"],
    }
    fields = [(field, value) for field, held in {**closed, **open_values}.items() for value in held]
    bounds = st.sampled_from([0.0, 0.6, 0.61, 3.0, 3.5, 12.0, 1e6])
    comparisons = st.sampled_from(tree.Comparison)
    times = st.integers(0, 40 * 24).map(lambda hours: NOW - timedelta(hours=hours))
    return st.one_of(
        st.just(tree.Everything()),
        words.map(tree.Word),
        phrases.map(tree.Phrase),
        st.sampled_from(["催", "消费", "app", "123", "逾期", "不"]).map(tree.Prefix),
        st.builds(tree.Near, phrases, phrases, st.integers(0, 8)),
        st.sampled_from(fields).map(lambda pair: tree.FieldIs(*pair)),
        st.builds(
            tree.FieldCompares, st.sampled_from(["likes", "replies", "shares", "confidence"]), comparisons, bounds
        ),
        st.builds(tree.Published, st.none() | times, st.none() | times),
    )


def _units(text: str) -> tuple[str, ...]:
    return tuple(unit.text for unit in wording(text).units)


def trees() -> st.SearchStrategy[tree.Node]:
    """Any query tree."""
    return st.recursive(
        _leaves(),
        lambda children: st.one_of(
            st.lists(children, min_size=1, max_size=3).map(lambda nodes: tree.And(tuple(nodes))),
            st.lists(children, min_size=1, max_size=3).map(lambda nodes: tree.Or(tuple(nodes))),
            children.map(tree.Not),
        ),
        max_leaves=6,
    )
