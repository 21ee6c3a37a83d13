"""Until when something is to be done: 三天内, 48小时内, 月底前, 4月15号之前, 限今天18:00前."""

import re
from collections.abc import Iterator

from nlp.facts.clock import TIME, time_of_day
from nlp.facts.dates import DATE, iso_date
from nlp.facts.finding import Finding
from nlp.facts.numbers import NUMBER, figure

KINDS = ("deadline",)

_WITHIN = re.compile(
    rf"(?<![近去过])(?:限(?:你|您|期)?)?(?P<number>{NUMBER})个?(?P<unit>小时|工作日|交易日|自然日|天|日|周|星期|月)(?:之内|以内|内)"
    rf"|限(?:你|您|期|时)?(?P<limit>{NUMBER})个?(?P<limit_unit>小时|工作日|天|日|周)"
)
_UNITS = {
    "小时": "hour", "工作日": "working_day", "交易日": "working_day", "自然日": "day", "天": "day", "日": "day",
    "周": "week", "星期": "week", "月": "month",
}  # fmt: skip
_BY_DATE = re.compile(rf"{DATE}(?:\s?(?P<time>\d{{1,2}}[:：点][0-5]?\d?))?(?:之前|以前|前)")
_BY_MONTH_END = re.compile(r"(?<!\d)(?:(?P<month>1[0-2]|[1-9])月)(?:底|末)?(?:之前|以前|前)")
_WORDS = {
    "今天": "today", "今日": "today", "今晚": "today", "当天": "today", "明天": "tomorrow", "明日": "tomorrow",
    "后天": "day_after_tomorrow", "月底": "month_end", "月末": "month_end", "本月底": "month_end", "年底": "year_end",
    "周末": "weekend", "年前": "new_year", "春节": "new_year",
}  # fmt: skip
_BY_WORD = re.compile(
    rf"(?:限)?(?P<word>{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?P<clock>[^，。；,;\n前]{{0,9}}?)"
    r"(?:之前|以前|前(?!公司|同事|[男女夫妻任台面后几天])|(?<=[今当]天|[今当]日)(?:之)?内)"
)


def find(text: str) -> Iterator[Finding]:
    """Each deadline, as a number with its unit, or with the unit `date`.

    A date is `2024-06-30`, `--04-15`, `--04` for the end of April, or a word (`today`, `month_end`), with the time
    where one is said (`todayT18:00`).
    """
    for match in _WITHIN.finditer(text):
        value = figure(match["number"] or match["limit"])
        if value is not None:
            yield Finding("deadline", value, _UNITS[match["unit"] or match["limit_unit"]], *match.span())
    for match in _BY_DATE.finditer(text):
        day = iso_date(match)
        if day is not None:
            yield Finding("deadline", day, "date", *match.span())
    for match in _BY_MONTH_END.finditer(text):
        yield Finding("deadline", f"--{int(match['month']):02}", "date", *match.span())
    for match in _BY_WORD.finditer(text):
        yield Finding("deadline", _WORDS[match["word"]] + _time(match), "date", *match.span())


def _time(match: re.Match[str]) -> str:
    clock = TIME.search(match["clock"])
    moment = time_of_day(clock) if clock else None
    return f"T{moment[0]:02}:{moment[1]:02}" if moment else ""
