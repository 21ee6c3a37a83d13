"""Dates as Chinese sites write them: `3分钟前`, `昨天 12:05`, `03-12 10:00`, `发表于 2024-3-12 22:17:43`.

Formats: those of Discuz! X (function dgmdate: 刚刚, N 秒前, N 分钟前, 半小时前, N 小时前, 昨天, 前天, N 天前), of
微博, 贴吧 and 黑猫, and ISO 8601. Relative dates count from the moment the page was served, at the site's clock.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_Reader = Callable[[str, datetime], "Moment | None"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date that was read: `at` in UTC; `absolute` when the same words would mean the same moment tomorrow."""

    at: datetime
    absolute: bool


def read_date(
    text: str, *, served: datetime, zone: ZoneInfo = SHANGHAI, languages: Sequence[str] = ()
) -> Moment | None:
    """Read the first date in `text`, in `zone` unless it names its own; `None` when there is none.

    `served` (aware) is when the page was served. `languages` (ISO codes) leave the reading to dateparser, for sites
    that write dates in the words of other languages.
    """
    plain = " ".join(text.replace("\xa0", " ").split())
    now = served.astimezone(zone)
    if languages:
        return _first((_iso,), plain, now) or _in_words(plain, now, languages)
    return _first(_READERS, plain, now)


def _first(readers: Sequence[_Reader], plain: str, now: datetime) -> Moment | None:
    """Return what the first format that fits says; one that fits with impossible numbers is no date at all."""
    try:
        return next((moment for read in readers if (moment := read(plain, now))), None)
    except (ValueError, OverflowError):
        return None


def _moment(at: datetime, *, absolute: bool = True) -> Moment:
    return Moment(at=at.astimezone(UTC), absolute=absolute)


_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s?(?:Z|[+-]\d\d:?\d\d)")


def _iso(plain: str, _now: datetime) -> Moment | None:
    found = _ISO.search(plain)
    return _moment(datetime.fromisoformat(found.group().replace(" +", "+"))) if found else None


_ASCTIME = re.compile(
    r"\b[A-Z][a-z]{2} (?P<month>[A-Z][a-z]{2}) +(?P<day>\d{1,2}) (?P<clock>\d\d:\d\d:\d\d)"
    r" (?P<zone>[+-]\d{4}) (?P<year>\d{4})"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _asctime(plain: str, _now: datetime) -> Moment | None:
    """Read `Wed Aug 24 22:03:13 +0800 2022`, as 微博 writes times in its answers."""
    found = _ASCTIME.search(plain)
    if not found:
        return None
    month = _MONTHS.index(found["month"]) + 1
    day = f"{found['year']}-{month:02}-{int(found['day']):02}"
    return _moment(datetime.fromisoformat(f"{day}T{found['clock']}{found['zone']}"))


_CLOCK = (
    r"(?P<half>上午|下午|晚上|凌晨|中午|早上|傍晚)?\s*(?P<hour>\d{1,2})[:：时点](?P<minute>\d{1,2})"
    r"(?:[:：分](?P<second>\d{1,2}))?(?:秒|分)?\s*(?P<pm>[AaPp]\.?[Mm]\b)?"
)
_AFTERNOON = {"下午", "晚上", "傍晚"}


def _clock(found: re.Match[str]) -> time:
    if found["hour"] is None:
        return time()
    hour, half = int(found["hour"]), found["half"]
    is_pm = half in _AFTERNOON or (found["pm"] or "").lower().startswith("p")
    if is_pm and hour < 12:
        hour += 12
    elif (half == "凌晨" or (found["pm"] or "").lower().startswith("a")) and hour == 12:
        hour = 0
    return time(hour, int(found["minute"]), int(found["second"] or 0))


def _at(day: date, found: re.Match[str], now: datetime) -> datetime:
    return datetime.combine(day, _clock(found), tzinfo=now.tzinfo)


_YEAR_FIRST = re.compile(
    rf"(?<!\d)(?P<year>(?:19|20)?\d\d)\s*[-/.年]\s*(?P<month>\d{{1,2}})\s*[-/.月]\s*(?P<day>\d{{1,2}})(?!\d)日?"
    rf"(?:\s*,?\s*(?:星期.|周.)?\s*{_CLOCK})?"
)


def _year_first(plain: str, now: datetime) -> Moment | None:
    found = _YEAR_FIRST.search(plain)
    if not found:
        return None
    year = int(found["year"])
    day = date(year if year > 99 else 2000 + year, int(found["month"]), int(found["day"]))
    return _moment(_at(day, found, now))


_MONTH_FIRST = re.compile(rf"(?<!\d)(?P<month>\d{{1,2}})\s*[-/月]\s*(?P<day>\d{{1,2}})(?![\d:：])日?(?:\s*{_CLOCK})?")


def _month_first(plain: str, now: datetime) -> Moment | None:
    found = _MONTH_FIRST.search(plain)
    if not found:
        return None
    at = _at(date(now.year, int(found["month"]), int(found["day"])), found, now)
    if at > now + _CLOCK_AHEAD:  # sites leave out the year within the last twelve months only
        at = at.replace(year=now.year - 1)
    return _moment(at)


_AGO = re.compile(
    r"(?P<count>\d+(?:\.\d+)?|半|一|两)\s*个?\s*(?P<half>半)?\s*(?P<unit>秒钟?|分钟?|小时|钟头|天|日|周|星期|月|年)\s*(?:以)?前"
)
_UNITS = {"秒": 1, "分": 60, "小": 3600, "钟": 3600, "天": 86400, "日": 86400, "周": 604800, "星": 604800}
_UNITS |= {"月": 30 * 86400, "年": 365 * 86400}
_WORDS = {"半": 0.5, "一": 1.0, "两": 2.0}


def _ago(plain: str, now: datetime) -> Moment | None:
    if re.search(r"刚刚|刚才|几秒前", plain):
        return _moment(now, absolute=False)
    found = _AGO.search(plain)
    if not found:
        return None
    count = _WORDS.get(found["count"]) or float(found["count"])
    seconds = (count + (0.5 if found["half"] else 0)) * _UNITS[found["unit"][0]]
    return _moment(now - timedelta(seconds=seconds), absolute=False)


_NAMED_DAY = re.compile(rf"(?P<day>今天|昨天|大前天|前天)(?:\s*{_CLOCK})?")
# By how much a site's clock may be ahead of ours.
_CLOCK_AHEAD = timedelta(hours=1)
_DAYS_BACK = {"今天": 0, "昨天": 1, "前天": 2, "大前天": 3}


def _named_day(plain: str, now: datetime) -> Moment | None:
    found = _NAMED_DAY.search(plain)
    if not found:
        return None
    day = now.date() - timedelta(days=_DAYS_BACK[found["day"]])
    return _moment(_at(day, found, now), absolute=False)


_CLOCK_ONLY = re.compile(rf"(?<![\d:]){_CLOCK}(?![\d:])")


def _clock_only(plain: str, now: datetime) -> Moment | None:
    found = _CLOCK_ONLY.search(plain)
    return _moment(_at(now.date(), found, now), absolute=False) if found else None


_READERS = (_iso, _asctime, _year_first, _ago, _named_day, _month_first, _clock_only)


def _in_words(plain: str, now: datetime, languages: Sequence[str]) -> Moment | None:
    import dateparser  # slow to load, and most sites don't need it

    settings = {
        "RELATIVE_BASE": now.replace(tzinfo=None),
        "TIMEZONE": str(now.tzinfo),
        "RETURN_AS_TIMEZONE_AWARE": True,
    }
    at = dateparser.parse(plain, languages=list(languages), settings=settings)
    return _moment(at, absolute=any(mark.isdigit() for mark in plain) and "ago" not in plain) if at else None
