"""How often a day somebody is called, and at what time."""

import re
from collections.abc import Iterator

from nlp.facts.clock import TIME, time_of_day
from nlp.facts.finding import Finding
from nlp.facts.numbers import NUMBER, figure

KINDS = ("calls_a_day", "call_time")

_A_DAY = re.compile(
    rf"(?:每天|一天|天天|每日|单日|一日)[^，。；,;\n\d一二两三四五六七八九十几百]{{0,6}}"
    rf"(?P<figure>(?P<number>{NUMBER})\s?[多余]?(?:个|通|次|遍)(?:[^，。；,;\n]{{0,4}}(?:电话|短信))?)"
)
_CALL = re.compile(r"电话|来电|打|拨|短信|微信|骚扰|催|语音|[Cc]all")
_CLAUSE_END = re.compile(r"[，。；！？,;!?\n]")


def find(text: str) -> Iterator[Finding]:
    """Calls as a number a day, and the time of a call as `HH:MM` (the author's clock)."""
    for match in _A_DAY.finditer(text):
        value = figure(match["number"])
        if value is not None and _CALL.search(text[max(0, match.start() - 12) : match.end() + 4]):
            yield Finding("calls_a_day", value, "call", *match.span("figure"))
    for match in TIME.finditer(text):
        moment = time_of_day(match)
        if moment and is_of_a_call(text, match.end()):
            yield Finding("call_time", f"{moment[0]:02}:{moment[1]:02}", "time", *match.span())


def is_of_a_call(text: str, end: int) -> bool:
    """Whether the clause goes on with a call or a message."""
    return bool(_CALL.search(_CLAUSE_END.split(text[end : end + 14], maxsplit=1)[0]))
