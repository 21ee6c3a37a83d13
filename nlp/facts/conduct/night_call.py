"""Calls and messages between 22:00 and 08:00.

The hours are those that a public guide gives for 《互联网金融逾期债务催收自律公约（试行）》 (中国互联网金融协会, 2018):
collection from 8:00 to 22:00 only. Another gives 21:00, and neither is the text of the convention: compare it before a
finding is held against anybody.
"""

import re
from collections.abc import Iterator

from nlp.facts.clock import TIME, time_of_day
from nlp.facts.finding import Finding, conduct

KINDS = ("night_call",)
NIGHT_FROM, NIGHT_UNTIL = 22, 8  # o'clock

_CALL = (
    r"(?:打(?:[了来过])?(?:我|给我|他|她)?的?(?:电话)?|来电|(?:电话|微信)?轰炸|拨|发了?(?:短信|信息|消息|微信)|call|骚扰"
    r"|催[收款债]?|夺命)"
)
_THEN_CALL = re.compile(rf"[^，。；！？,;!?\n]{{0,10}}?{_CALL}")
_NIGHT = re.compile(r"三更半夜|大半夜|后半夜|半夜三更|半夜|深夜|凌晨|夜里|深更半夜")
_TO = ("到", "至", "-", "~")  # 晚十点到早八点: the hours of a rule, no call
_AUTHOR_ACTS = re.compile(r"(?:我|我们)(?:都|就|在|还|也)*$")
_OTHERS = re.compile(r"我(?:打|给)(?:了)?(?:平台|客服|他们|官方)|客服")


def find(text: str) -> Iterator[Finding]:
    """Each call at night: by a time that is said, or by a word for the night."""
    read_until = 0
    for match in sorted((*TIME.finditer(text), *_NIGHT.finditer(text)), key=lambda match: match.start()):
        if match.start() < read_until or not _at_night(match):
            continue
        call = None if text[match.end() : match.end() + 1] in _TO else _THEN_CALL.match(text, match.end())
        if call and not _by_the_author(text, match.start(), call.end()):
            read_until = call.end()
            yield conduct("night_call", match.start(), call.end())


def _at_night(match: re.Match[str]) -> bool:
    if match.re is _NIGHT:
        return True
    moment = time_of_day(match)
    return moment is not None and (moment[0] >= NIGHT_FROM or moment[0] < NIGHT_UNTIL)


def _by_the_author(text: str, start: int, end: int) -> bool:
    return bool(_AUTHOR_ACTS.search(text, max(0, start - 6), start) or _OTHERS.search(text, start, end + 4))
