"""Times of day in words: 晚上11点, 早上六点半, 凌晨2:30, 22点."""

import re

from nlp.facts.numbers import figure

_PART = r"凌晨|半夜|深夜|夜里|夜间|大?晚上?|傍晚|早上?|清早|大清早|清晨|一早|上午|中午|下午"
TIME = re.compile(
    rf"(?P<part>{_PART})?(?:都|的)?(?P<hour>\d{{1,2}}|[一二两三四五六七八九十]{{1,3}})"
    r"(?:[:：](?P<minute>[0-5]\d)(?!\d)|[点时](?![都也儿小点])(?:(?P<half>半)|(?P<minutes>[0-5]?\d)分?|[多钟])?)"
)
_EVENING = frozenset(("晚", "晚上", "大晚上", "傍晚", "下午"))
_NOON = 12


def time_of_day(match: re.Match[str]) -> tuple[int, int] | None:
    """Hour (0–23) and minute of a match of `TIME`; `None` where nobody can tell (11点 may be at night)."""
    hour = figure(match["hour"])
    if not isinstance(hour, float) or hour > 24 or (match["hour"].isdigit() and match.start() and _goes_on(match)):
        return None
    minute = 30 if match["half"] else int(match["minute"] or match["minutes"] or 0)
    return _hour(match["part"], int(hour), is_exact=match["minute"] is not None, minute=minute)


def _goes_on(match: re.Match[str]) -> bool:
    return match.string[match.start() - 1].isdigit()


def _hour(part: str | None, hour: int, *, is_exact: bool, minute: int) -> tuple[int, int] | None:
    if part is None:
        return (hour % 24, minute) if is_exact or hour > _NOON else None
    if part in _EVENING and 4 < hour <= _NOON:
        hour = (hour + _NOON) % 24
    elif part in ("中午", "下午") and hour < 5:
        hour += _NOON
    elif part in ("半夜", "深夜", "夜里", "夜间") and 8 <= hour <= _NOON:
        hour = (hour + _NOON) % 24
    return hour % 24, minute
