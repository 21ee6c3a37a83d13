"""How long a repayment is overdue, and how often a day somebody is called."""

import re
from collections.abc import Iterator

from nlp.facts.finding import Finding
from nlp.facts.numbers import NUMBER, number

KINDS = ("overdue_duration", "calls_a_day")

_OVERDUE = re.compile(
    rf"(?:逾期|断供|拖欠|欠款?)(?:[了已经快近将才刚不到大概约差多超过有第都]{{0,4}})(?P<figure>(?P<number>{NUMBER})\s?(?P<unit>天|日|个?多?月|期|年))(?![费率初前])"
)
_CALLS = re.compile(
    rf"(?:每天|一天|天天|每日)[^，。；,;\n\d一二三四五六七八九十]{{0,6}}(?P<figure>(?P<number>{NUMBER})\s?(?:多)?(?:个|通|次)(?:[^，。；,;\n]{{0,4}}电话)?)"
)
_UNITS = {"天": "day", "日": "day", "期": "period", "年": "year"}


def find(text: str) -> Iterator[Finding]:
    """Durations in the unit that the text uses; calls as a number a day."""
    for match in _OVERDUE.finditer(text):
        value = number(match["number"])
        if value is not None:
            yield Finding("overdue_duration", value, _UNITS.get(match["unit"], "month"), *match.span("figure"))
    for match in _CALLS.finditer(text):
        value = number(match["number"])
        if value is not None and ("电话" in match.group() or "打" in match.group()):
            yield Finding("calls_a_day", value, "call", *match.span("figure"))
