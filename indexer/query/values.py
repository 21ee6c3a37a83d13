"""Conditions on fields: `kind:投诉`, `issue:催收,征信`, `likes>10`, `likes:10..20`, `after:2024-03-01`, `before:7d`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from indexer.errors import QueryError
from indexer.query.fields import CLOSED, NUMBERS, TIMES, closed_value
from indexer.query.tree import Comparison, FieldCompares, FieldIs, Node, Or, Published, both

SHANGHAI = ZoneInfo("Asia/Shanghai")
_CONDITION = re.compile(r"(?P<name>[^\W\d_]\w*)(?P<operator>>=|<=|[:=<>≥≤])(?P<value>.*)\Z", re.DOTALL)
_OPERATORS = {"≥": Comparison.AT_LEAST, "≤": Comparison.AT_MOST}
_LIST = re.compile(r"[,，、]")
_RANGE = re.compile(r"(?P<low>[\d.]*?)\.\.(?P<high>[\d.]*)\Z")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月?)(?:[T ](\d{1,2}):(\d{2}))?\Z")
_AGO = re.compile(r"(\d{1,5})([hdw]|小时|天|周)\Z")
_HOURS = {"h": 1, "小时": 1, "d": 24, "天": 24, "w": 168, "周": 168}
_DAYS_AGO = {"今天": 0, "昨天": 1, "前天": 2, "today": 0, "yesterday": 1}


@dataclass(frozen=True, slots=True)
class Split:
    """A text that reads like a condition; `at` is where its value begins in the text."""

    name: str
    operator: str
    value: str
    at: int

    @property
    def is_certain(self) -> bool:
        """Whether the author must have meant a field: an unknown one is a slip, not a word to search for."""
        return self.operator == ":" and self.name.isascii() and not self.value.startswith("//")


def split_condition(text: str) -> Split | None:
    """The parts of `name:value` or `name>value`."""
    match = _CONDITION.match(text)
    return Split(match["name"], match["operator"], match["value"], match.start("value")) if match else None


def condition(field: str, operator: str, value: str, *, position: int, now: datetime) -> Node:
    """The condition that a field has a value; `position` is the value's, for errors."""
    if not value:
        raise QueryError(position, f"「{field}」后面缺少值，冒号后不要留空格，也不要用括号")
    if field in NUMBERS:
        return _number(field, operator, value, position)
    if operator not in (":", "="):
        raise QueryError(position, f"「{field}」不能比大小，请写 {field}:值")
    if field in TIMES:
        return _time(field, value, position, now)
    return _any(field, [part for part in _LIST.split(value) if part], position)


def _any(field: str, values: Sequence[str], position: int) -> Node:
    if not values:
        raise QueryError(position, f"「{field}」后面缺少值")
    nodes: list[Node] = [FieldIs(field, _value(field, value, position)) for value in values]
    return nodes[0] if len(nodes) == 1 else Or(tuple(nodes))


def _value(field: str, text: str, position: int) -> str:
    if field not in CLOSED:
        return text
    value = closed_value(field, text)
    if value is None:
        allowed = "、".join(f"{chinese}({english})" for english, chinese in CLOSED[field].items())
        raise QueryError(position, f"「{field}」没有「{text}」这个值，可用：{allowed}")
    return value


def _number(field: str, operator: str, value: str, position: int) -> Node:
    between = _RANGE.match(value)
    if between and operator in (":", "="):
        bounds = ((Comparison.AT_LEAST, between["low"]), (Comparison.AT_MOST, between["high"]))
        given = [FieldCompares(field, how, _float(bound, position)) for how, bound in bounds if bound]
        if given:
            return both(*given)
    written = re.match(r"(>=|<=|[<>≥≤])?(.*)\Z", value)
    if operator == ":" and written and written[1]:
        operator, value = written[1], written[2]
    how = _OPERATORS.get(operator) or Comparison("=" if operator == ":" else operator)
    return FieldCompares(field, how, _float(value, position))


def _float(text: str, position: int) -> float:
    if not re.fullmatch(r"\d{1,15}(\.\d{1,15})?%?", text):
        raise QueryError(position, f"「{text}」不是数字")
    return float(text[:-1]) / 100 if text.endswith("%") else float(text)


def _time(field: str, text: str, position: int, now: datetime) -> Published:
    moment = _moment(text, position, now).astimezone(UTC)
    return Published(start=moment) if field == "after" else Published(end=moment)


def _moment(text: str, position: int, now: datetime) -> datetime:
    ago = _AGO.match(text.lower())
    if ago:
        return now.replace(microsecond=0) - timedelta(hours=int(ago[1]) * _HOURS[ago[2]])
    if text.lower() in _DAYS_AGO:
        today = now.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
        return today - timedelta(days=_DAYS_AGO[text.lower()])
    day = _DAY.match(text)
    if not day:
        raise QueryError(position, f"「{text}」不是日期，请写 2024-03-01、2024-03-01T12:00、今天、昨天或 7d")
    year, month, date, hour, minute = (int(part) if part else None for part in day.groups())
    try:
        return datetime(year or 1, month or 1, date or 1, hour or 0, minute or 0, tzinfo=SHANGHAI)
    except ValueError as error:
        raise QueryError(position, f"「{text}」不是有的日期") from error
