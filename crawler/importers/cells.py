"""Cells: what programs write into one field, as a text, an id, a count or a moment; no field of its own meaning.

Spreadsheets keep fifteen digits of a number, write long ones as `4.67E+15`, dates as days since 1899-12-30, and what
looks like a formula as `="4673860400318571"` or an error value.
"""

import math
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from crawler.errors import FieldError
from crawler.reading.counts import read_count
from crawler.reading.dates import SHANGHAI, read_date
from crawler.reading.fragment import parse_fragment, read_fragment
from crawler.reading.pictures import name_emoticons

_EXACT = 2**53
_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?[eE]\+\d{1,3}")
_GUARDED = re.compile(r'="([^"]*)"')
_WHOLE = re.compile(r"(\d+)\.0+")
_ERRORS = {"#NAME?", "#REF!", "#VALUE!", "#N/A", "#DIV/0!", "#NULL!", "#NUM!"}
_TAG = re.compile(r"</?(?:a|br|p|div|span|img|i|b|em|strong|font|video|li|ul)\b[^<>]*>", re.I)
_PARTS = ("Content", "content", "text")
_BLANK = "\u200b\u200c\u200d\ufeff\u2060"
_COUNT = re.compile(r"\D{0,4}\d[\d,，]*(?:\.\d+)?\s*[万萬亿億wWkK千]?\+?\D{0,2}")
_NONE = {"", "nan", "null", "none", "<na>", "nat", "n/a", "-", "--"}


def read_text(value: Any) -> str:
    """Return a text with its lines and without HTML; numbers and lists of texts as text.

    Raises:
        FieldError: a spreadsheet's error value stands where the text was.
    """
    if isinstance(value, list):
        return "\n".join(filter(None, map(read_text, _texts(value))))
    text = "" if value is None or isinstance(value, (bool, dict)) else str(value)
    if text.strip() in _ERRORS:
        raise FieldError(f"单元格是 Excel 的错误值 {text.strip()}，原文已丢失；请从原来的工具重新导出")
    text = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if _TAG.search(text):
        text = read_fragment(name_emoticons(parse_fragment(text.replace("\n", "<br>"))))
    return text.strip().strip(_BLANK).strip()


def _texts(values: list[Any]) -> Iterator[Any]:
    """Yield the texts of a list of texts, or of parts such as `{"Type": "文字", "Content": …}`; no pictures."""
    for value in values:
        part = next((value[name] for name in _PARTS if name in value), "") if isinstance(value, dict) else value
        if isinstance(part, str) and not part.startswith(("http://", "https://")):
            yield part


def read_identity(value: Any) -> str:
    """Return an id as text, digit by digit; empty where there is none.

    Raises:
        FieldError: digits were lost on the way.
    """
    if isinstance(value, float):
        return _whole(value)
    text = "" if value is None or isinstance(value, (bool, list, dict)) else str(value)
    text = unguarded(text)
    if _SCIENTIFIC.fullmatch(text):
        raise FieldError(
            f"编号写成了科学计数法 {text}，末尾的数字已丢失；请把这一列按文本重新导出，不要用 Excel 打开后另存"
        )
    whole = _WHOLE.fullmatch(text)
    return _whole(float(text)) if whole else "" if text.lower() in _NONE else text


def _whole(value: float) -> str:
    if math.isnan(value):  # an empty cell to the tools that write it
        return ""
    if not value.is_integer() or abs(value) > _EXACT:
        raise FieldError(f"编号 {value!r} 是小数，末尾的数字已丢失；请把这一列按文本重新导出")
    return str(int(value))


def unguarded(text: str) -> str:
    """Return a text without what keeps spreadsheets from taking it for a number: `="…"`, `'…`, a tab at the end."""
    text = text.strip().strip(_BLANK)
    guarded = _GUARDED.fullmatch(text)
    return (guarded[1] if guarded else text.removeprefix("'")).strip()


def read_number(value: Any) -> int | None:
    """Return a count, such as `1.2万`; `None` where there is none.

    Raises:
        FieldError: it is no count.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return round(value) if 0 <= value < _EXACT else None  # not a number is an empty cell
    text = unguarded(str(value))
    if not any(letter.isdecimal() for letter in text):
        return None  # sites write 赞 or 评论 where the count is 0 or hidden
    if not _COUNT.fullmatch(text):
        raise FieldError(f"不是一个数：{text[:40]}")
    return read_count(text)


_SECONDS = range(100_000_000, 10_000_000_000)
_SHORTER = ((1_000_000_000_000_000, 1_000_000), (100_000_000_000, 1000))  # microseconds, milliseconds
_DAYS = (25_569, 73_051)  # 1970 to 2099, as Excel counts days
_EPOCH_OF_EXCEL = datetime(1899, 12, 30)  # noqa: DTZ001  # a wall clock without a zone
_MICROSOFT = re.compile(r"/Date\((-?\d+)(?:[+-]\d{4})?\)/")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:[ T]?(\d\d):?(\d\d)(?::?(\d\d))?)?")


def read_moment(value: Any, *, served: datetime, zone: ZoneInfo = SHANGHAI) -> datetime | None:
    """Return a moment in UTC; a wall clock without a zone is that of `zone`, a relative date counts from `served`.

    Raises:
        FieldError: it is no moment.
    """
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(UTC)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=zone).astimezone(UTC)
    text = "" if value is None or isinstance(value, bool) else unguarded(str(value))
    if text.lower() in _NONE or text == "0":
        return None
    try:
        at = _of_number(text, zone) or _of_words(text, served, zone)
    except (ValueError, OverflowError) as error:
        raise FieldError(f"时间读不懂：{text[:40]}") from error
    if at is None:
        raise FieldError(f"时间读不懂：{text[:40]}")
    return at


def _of_number(text: str, zone: ZoneInfo) -> datetime | None:
    compact = _COMPACT.fullmatch(text)
    if compact:
        return datetime(*(int(part or 0) for part in compact.groups()), tzinfo=zone).astimezone(UTC)  # type: ignore[arg-type, misc]  # six numbers
    if not re.fullmatch(r"\d+(?:\.\d+)?(?:[eE]\+\d+)?", text):
        return None
    number = float(text)
    if _DAYS[0] <= number < _DAYS[1]:
        days = _EPOCH_OF_EXCEL + timedelta(seconds=round(number * 86_400))
        return days.replace(tzinfo=zone).astimezone(UTC)
    for least, divisor in _SHORTER:
        if number >= least:
            return datetime.fromtimestamp(number / divisor, UTC)
    return datetime.fromtimestamp(number, UTC) if int(number) in _SECONDS else None


def _of_words(text: str, served: datetime, zone: ZoneInfo) -> datetime | None:
    microsoft = _MICROSOFT.fullmatch(text)
    if microsoft:
        return datetime.fromtimestamp(int(microsoft[1]) / 1000, UTC)
    if re.fullmatch(r"[\d.]+", text):
        return None
    moment = read_date(text, served=served, zone=zone)
    return moment.at if moment else None
