"""Which values of the label guide a foreign model's labels stand for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlp.classify.heads import HEADS, Head
from nlp.errors import ModelError

# In `[nlp.labels]`: the label stands for no value of a field that may hold none.
NONE = "none"
_FIELDS = {head.name: head for head in HEADS if head.name not in ("causes", "demands")}
# How public models call the values beside the guide's own names; as `_plain` writes them.
_OTHER_NAMES: Mapping[str, Mapping[str, str]] = {
    "kind": {
        "complaint": "complaints 投诉 抱怨 吐槽",
        "help": "求助 咨询 提问 question",
        "praise": "好评 表扬 夸奖",
        "discussion": "讨论 闲聊",
        "news": "资讯 新闻",
        "promo": "推广 广告 营销 ad advert advertisement spam",
        "irrelevant": "无关 不相关 unrelated",
    },
    "sentiment": {
        "negative": "neg 负面 负向 消极 差评 负 1star 2stars star1 star2 1星 2星",
        "neutral": "neu 中性 中立 中 3stars star3 3星",
        "positive": "pos 正面 正向 积极 好评 正 4stars 5stars star4 star5 4星 5星",
    },
    "urgency": {"critical": "紧急 危急", "high": "高 重要 urgent", "normal": "普通 一般 正常"},
    "overdue_complaint": {
        "yes": "overduecomplaint 逾期投诉 是 true",
        "no": "nooverduecomplaint notoverduecomplaint 非逾期投诉 不是逾期投诉 否 false other 其他 其它",
    },
    "issues": {
        "overdue": "逾期",
        "collection": "催收",
        "cost": "息费 费用 利息",
        "credit_report": "征信",
        "repayment_plan": "协商还款 协商",
        "privacy": "隐私",
        "marketing": "营销误导 误导",
        "payment": "扣款入账 扣款",
        "withdrawal": "兑付提现 提现 兑付",
        "lending": "审核放款 放款",
        "service": "客服 服务",
        "fraud": "诈骗冒充 诈骗",
        NONE: "other 其他 其它 无",
    },
}
_IN_BRACKETS = re.compile(r"[(（].*?[)）]")
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """The field that a model's labels belong to, and the value of each label in the model's order."""

    head: Head
    values: tuple[str, ...]


def match_labels(names: Sequence[str], given: Mapping[str, str]) -> LabelMatch:
    """Match the labels of a model to one field of the guide; `given` (`[nlp.labels]`) wins over the names.

    Raises:
        ModelError: the labels fit no field, or `given` names a label that the model does not have.
    """
    unknown = [name for name in given if name not in names]
    if unknown:
        raise ModelError(f"[nlp.labels] 里的 {'、'.join(unknown)} 不是模型的标签；模型的标签：{'、'.join(names)}")
    for head in _FIELDS.values():
        values = [_value(given.get(name, name), head) for name in names]
        kept = tuple(value for value in values if value is not None)
        if len(kept) == len(names) and _is_enough(head, set(kept)):
            return LabelMatch(head, kept)
    raise ModelError(_no_match(names))


def _value(name: str, head: Head) -> str | None:
    names = {_plain(value): value for value in head.values}
    for value, others in _OTHER_NAMES[head.name].items():
        names.update(dict.fromkeys((_plain(value), *others.split()), value))
    return names.get(_plain(name))


def _plain(name: str) -> str:
    return _NO_WORD.sub("", _IN_BRACKETS.sub("", name).lower())


def _is_enough(head: Head, values: set[str]) -> bool:
    """An exclusive field needs two values to choose from; and nobody may lose sight of a danger to life."""
    if head.name == "urgency" and "critical" not in values:
        return False
    return len(values) >= 2 if head.exclusive else bool(values & set(head.values))


def _no_match(names: Sequence[str]) -> str:
    fields = "；".join(f"{head.name}：{'、'.join(_allowed(head))}" for head in _FIELDS.values())
    return (
        f"模型的标签 {'、'.join(names)} 对不上标注规范的任何一个字段；"
        f'请在 [nlp.labels] 里逐个指明，如 {names[0]} = "negative"。可用的值：{fields}（紧急程度必须有 critical）'
    )


def _allowed(head: Head) -> tuple[str, ...]:
    return head.values if head.exclusive else (*head.values, "no" if head.name == "overdue_complaint" else NONE)
