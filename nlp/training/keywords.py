"""The alternative to beat: labels from a keyword list, as the tools surveyed do it."""

from collections.abc import Sequence

from nlp.analysis import Analysis, Label
from nlp.classify.heads import ISSUES, OVERDUE_ISSUES
from nlp.dictionaries import dictionary_version
from nlp.normalize import normalize
from nlp.terms import terms

_HELP = ("怎么办", "求助", "能不能", "请问", "咋办", "如何", "有没有人", "求")
_PRAISE = ("感谢", "好评", "不错", "方便", "点赞", "给力", "满意", "良心")
_PROMO = (
    "加微信",
    "加v",
    "私信",
    "代还",
    "征信修复",
    "反催收",
    "代理维权",
    "债务优化",
    "推荐码",
    "招聘",
    "联系电话",
)
_NEWS = ("记者", "据悉", "公告", "报告显示", "通报", "发布", "统计", "同比")


def keyword_analyses(texts: Sequence[str]) -> list[Analysis]:
    """One analysis a text from words alone; probabilities are 1, since a list knows no doubt."""
    return [_analysis(text) for text in texts]


def _analysis(text: str) -> Analysis:
    normalized = normalize(text)
    found = terms(normalized)
    topics = {term.topic for term in found}
    issues = tuple(Label(issue, 1.0) for issue in ISSUES if issue in topics)
    kind = _kind(normalized.text, has_topic=bool(found), has_issue=bool(issues))
    overdue = kind == "complaint" and bool(OVERDUE_ISSUES & topics)
    return Analysis(
        normalized=normalized.text,
        kind=Label(kind, 1.0),
        sentiment=Label(_sentiment(kind), 1.0),
        urgency=Label(_urgency(topics), 1.0),
        overdue_complaint=Label("yes" if overdue else "no", 1.0),
        issues=issues,
        causes=_by_prefix(topics, "cause:"),
        demands=_by_prefix(topics, "demand:"),
        facts=(),
        terms=found,
        brands=(),
        model_version="keywords",
        dictionary_version=dictionary_version(),
    )


def _kind(text: str, *, has_topic: bool, has_issue: bool) -> str:
    cues = (("promo", _PROMO), ("news", _NEWS), ("help", _HELP), ("praise", _PRAISE))
    named = next((kind for kind, words in cues if any(word in text for word in words)), None)
    if not has_topic:
        return "irrelevant"
    return named or ("complaint" if has_issue else "discussion")


def _sentiment(kind: str) -> str:
    return {"complaint": "negative", "help": "negative", "praise": "positive"}.get(kind, "neutral")


def _urgency(topics: set[str]) -> str:
    return next((value for value in ("critical", "high") if f"urgency:{value}" in topics), "normal")


def _by_prefix(topics: set[str], prefix: str) -> tuple[Label, ...]:
    return tuple(Label(topic.removeprefix(prefix), 1.0) for topic in sorted(topics) if topic.startswith(prefix))
