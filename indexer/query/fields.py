"""The fields of the query language, their Chinese names, and the values that they know.

Values and their Chinese names are those of the label guide.
"""

from collections.abc import Mapping
from types import MappingProxyType

KINDS = MappingProxyType(
    {
        "complaint": "投诉",
        "help": "求助",
        "praise": "好评",
        "discussion": "讨论",
        "news": "资讯",
        "promo": "推广",
        "irrelevant": "无关",
    }
)
SENTIMENTS = MappingProxyType({"negative": "负面", "neutral": "中性", "positive": "正面"})
ISSUES = MappingProxyType(
    {
        "overdue": "逾期",
        "collection": "催收",
        "cost": "息费",
        "credit_report": "征信",
        "repayment_plan": "协商还款",
        "privacy": "隐私",
        "marketing": "营销误导",
        "payment": "扣款入账",
        "withdrawal": "兑付提现",
        "lending": "审核放款",
        "service": "客服",
        "fraud": "诈骗冒充",
    }
)
URGENCIES = MappingProxyType({"critical": "紧急", "high": "高", "normal": "一般"})
STATUSES = MappingProxyType({"pending": "待研判", "reviewed": "已复核"})
DOUBTS = MappingProxyType(
    {"kind": "类型", "sentiment": "情感", "urgency": "紧急程度", "overdue": "逾期投诉", "issue": "问题"}
)
YES_NO = MappingProxyType({"yes": "是", "no": "否"})

# Fields with a closed list of values; what is not in the list is the author's mistake, told at once.
CLOSED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "kind": KINDS,
        "sentiment": SENTIMENTS,
        "issue": ISSUES,
        "urgency": URGENCIES,
        "status": STATUSES,
        "doubt": DOUBTS,
        "overdue": YES_NO,
        "deleted": YES_NO,
    }
)
OPEN = ("source", "author", "brand", "region")
NUMBERS = ("likes", "replies", "views", "shares", "confidence")
TIMES = ("after", "before")

CHINESE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "来源": "source",
        "作者": "author",
        "品牌": "brand",
        "地区": "region",
        "类型": "kind",
        "情感": "sentiment",
        "问题": "issue",
        "紧急": "urgency",
        "紧急程度": "urgency",
        "状态": "status",
        "存疑": "doubt",
        "逾期投诉": "overdue",
        "已删除": "deleted",
        "点赞": "likes",
        "回复": "replies",
        "浏览": "views",
        "转发": "shares",
        "置信度": "confidence",
        "晚于": "after",
        "早于": "before",
    }
)
ALL = (*CLOSED, *OPEN, *NUMBERS, *TIMES)


def field_named(name: str) -> str | None:
    """The field with this English or Chinese name, in either case; `None` where there is none."""
    lowered = name.lower()
    return lowered if lowered in ALL else CHINESE_NAMES.get(lowered)


def closed_value(field: str, text: str) -> str | None:
    """The value of a closed field from its English or Chinese name; `None` where the field has no such value."""
    values = CLOSED[field]
    lowered = text.lower()
    if lowered in values:
        return lowered
    return next((value for value, chinese in values.items() if chinese == text), None)
