"""Made-up posts and records in any number, the same for the same seed; nothing in them is anybody's."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from crawler.post import Engagement, Evidence, Post, PostKind
from indexer.query.fields import ISSUES, KINDS, SENTIMENTS
from indexer.record import Record
from nlp.analysis import Analysis, Label

START = datetime(2024, 1, 1, tzinfo=UTC)
DAYS = 365
_COMMON = (
    "我 的 了 是 在 就 说 被 给 都 还 不 有 钱 贷款 平台 手机 电话 今天 昨天 一直 没有 可以 已经 现在 朋友 家人 银行"
)
_DOMAIN = (
    "逾期 催收 还款 利息 罚息 征信 客服 协商 借款 额度 扣款 起诉 律师函 投诉 银保监 担保费 服务费 通讯录 骚扰 上门 "
    "分期 提前 结清 证明 红创金服 会员 退款 提现 到账 审核 黑名单 短信 威胁 村委会 单位 父母 学生 医院 失业"
)
_RARE = "高炮 砍头息 反催收 轻生 假律师函 解冻费 刷流水 停息挂账 仲裁 公证 曝光 媒体 集体 维权群 断供 以贷养贷"
_REGIONS = ("广东", "上海", "北京", "四川", "河南", "湖北", None, None)


def make_posts(count: int, *, seed: int) -> Iterator[Post]:
    """Posts of about eighty characters from twenty sources over a year."""
    source = random.Random(seed)  # noqa: S311 (made-up data, no secret)
    for number in range(count):
        yield _post(number, source)


def make_records(count: int, *, seed: int) -> Iterator[Record]:
    """The same posts as analysed records with the ids from 1."""
    source = random.Random(seed + 1)  # noqa: S311 (made-up data, no secret)
    for number, post in enumerate(make_posts(count, seed=seed), start=1):
        yield Record(
            id=number,
            post=post,
            version=1,
            revision=1,
            first_seen=post.crawled,
            last_seen=post.crawled,
            analysis=_analysis(post, source),
        )


def _post(number: int, source: random.Random) -> Post:
    words = source.choices(_COMMON.split(), k=18) + source.choices(_DOMAIN.split(), k=14)
    if source.random() < 0.05:
        words += source.choices(_RARE.split(), k=1)
    source.shuffle(words)
    published = START + timedelta(seconds=source.randrange(DAYS * 86_400))
    return Post(
        source=f"source-{number % 20}",
        native_id=str(number),
        url=f"https://forum.example/post-{number}",
        kind=PostKind.REPLY,
        title="",
        text="，".join("".join(words[at : at + 6]) for at in range(0, len(words), 6)) + "。",
        published=published,
        crawled=published + timedelta(hours=1),
        evidence=Evidence(sha256=f"{number:064x}"),
        thread_id=str(number // 30),
        author=f"u-{source.randrange(10_000)}",
        region=source.choice(_REGIONS),
        engagement=Engagement(likes=source.randrange(100), replies=source.randrange(20)),
    )


def _analysis(post: Post, source: random.Random) -> Analysis:
    kind = source.choices(list(KINDS), weights=[30, 20, 5, 20, 10, 10, 5])[0]
    issues = source.sample(list(ISSUES), k=source.randrange(3))
    return Analysis(
        normalized=post.text,
        kind=Label(kind, source.uniform(0.4, 1.0)),
        sentiment=Label(source.choice(list(SENTIMENTS)), source.uniform(0.4, 1.0)),
        urgency=Label("high" if source.random() < 0.05 else "normal", source.uniform(0.6, 1.0)),
        overdue_complaint=Label("yes" if kind == "complaint" and "overdue" in issues else "no", 0.9),
        issues=tuple(Label(issue, 0.8) for issue in issues),
        causes=(),
        demands=(),
        facts=(),
        terms=(),
        brands=("红创金服",) if "红创金服" in post.text else (),
        model_version="benchmark",
        dictionary_version="benchmark",
    )
