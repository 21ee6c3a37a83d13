"""How long a repayment is overdue, and the stage that makes."""

import re
from collections.abc import Iterator

from nlp.facts.finding import Finding
from nlp.facts.numbers import NUMBER, figure
from nlp.facts.stages import stage

KINDS = ("overdue_duration",)

_LENGTH = (
    rf"(?:(?P<half>半个?(?P<half_unit>月|年))|(?P<number>{NUMBER})(?:(?P<more>多)|(?P<and_half>个?半))?"
    rf"\s?(?P<unit>天|日(?!元)|个?多?月|期|年)(?P<year_half>半)?)"
)
_OVERDUE = re.compile(
    r"(?<!图书)(?<!签证)(?<!护照)(?<!驾照)(?:逾期|断供|拖欠|欠款?|没还)(?:贷款|账单|信用卡|网贷)?[了已经快近将才刚不到大概约差多超过有第都满整]{0,4}"
    rf"(?P<figure>{_LENGTH})(?P<above>以上)?(?![费率初前息还内])"
)
_UNPAID = re.compile(rf"(?P<figure>{_LENGTH})(?P<above>以上)?(?:都|也|的?账单)?(?:没有?|未)(?:还|按时还|交|缴)")
_UNITS = {"天": "day", "日": "day", "期": "period", "年": "year"}
_DAYS = {"day": 1, "period": 30, "month": 30, "year": 365}
_HALVES = {"月": (15.0, "day"), "年": (6.0, "month")}


def find(text: str) -> Iterator[Finding]:
    """Each duration in the unit that the text uses, and its stage at the same place."""
    for match in (*_OVERDUE.finditer(text), *_UNPAID.finditer(text)):
        value, unit = _length(match)
        if value is None:
            continue
        yield Finding("overdue_duration", value, unit, *match.span("figure"))
        if isinstance(value, float):
            days = value * _DAYS[unit] + (1 if _is_more(match) else 0)
            yield Finding("overdue_stage", stage(days), "stage", *match.span("figure"))


def _length(match: re.Match[str]) -> tuple[float | str | None, str]:
    if match["half"]:
        return _HALVES[match["half_unit"]]
    value, unit = figure(match["number"]), _UNITS.get(match["unit"], "month")
    if isinstance(value, float) and (match["and_half"] or match["year_half"]):
        return _with_half(value, unit)
    return value, unit


def _with_half(value: float, unit: str) -> tuple[float, str]:
    """一个半月 in days, 一年半 in months; half a period or a day is the author's way to say a little more."""
    if unit == "month":
        return value * 30 + 15, "day"
    return (value * 12 + 6, "month") if unit == "year" else (value, unit)


def _is_more(match: re.Match[str]) -> bool:
    """一个多月 is past the month, and so in the next stage; 90天以上 too."""
    return bool(match["more"] or match["above"] or "多" in (match["unit"] or "") or "超过" in match.group())
