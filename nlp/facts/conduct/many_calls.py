"""Calls without end: said in words, or more than three a day."""

import re
from collections.abc import Iterator

from nlp.facts import calls
from nlp.facts.finding import Finding, conduct

KINDS = ("many_calls",)
MOST_A_DAY = 3  # ours: at four calls a day an officer wants to see the post

_MANY = re.compile(
    r"(?:电话|短信|信息|微信|消息)?轰炸|夺命(?:连环)?(?:[Cc]all|催)?|呼死你|打爆(?:了)?(?:我|他|她)?的?(?:电话|手机)?|电话(?:被)?打爆"
    r"|(?:不停|不断|一直|连续|反复|频繁|没完没了|三番五次|天天|每天|整天|成天)地?的?(?:都)?(?:给我|给他|给她)?"
    r"(?:打(?:来)?(?:我|他|她|骚扰)?(?:的)?(?:电话|骚扰)|拨打|来电|电话骚扰|骚扰)"
    r"|电话(?:一个接一个|不断|不停|响个不停)|一个接一个(?:地)?打"
)
_EACH_DAY = re.compile(r"(?:每天|一天|天天|每日)(?:都)?(?:被|给我)?(?:打|来)?(?:了)?$")


def find(text: str) -> Iterator[Finding]:
    """Each mention of a flood of calls or messages."""
    for match in _MANY.finditer(text):
        yield conduct("many_calls", *match.span())
    for found in calls.find(text):
        if found.kind == "calls_a_day" and _most(found.value) > MOST_A_DAY:
            day = _EACH_DAY.search(text, max(0, found.start - 8), found.start)
            yield conduct("many_calls", day.start() if day else found.start, found.end)


def _most(value: float | str) -> float:
    return float(value.rpartition("-")[2]) if isinstance(value, str) else value
