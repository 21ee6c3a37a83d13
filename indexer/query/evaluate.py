"""The meaning of a query, spelt out over one record at a time: slow, plain, and written without any index's code.

What an index finds is held against this in the tests; an export as of a past moment, which no index knows, uses it.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import eq, ge, gt, le, lt
from types import MappingProxyType
from unicodedata import category

from indexer.query import tree
from indexer.record import Record
from nlp import segment
from nlp.normalize import normalize

_UNIT = re.compile(r"[a-z0-9]+|\w|[^\w\s]")
_COMPARE: Mapping[tree.Comparison, Callable[[float, float], bool]] = MappingProxyType(
    {
        tree.Comparison.LESS: lt,
        tree.Comparison.AT_MOST: le,
        tree.Comparison.MORE: gt,
        tree.Comparison.AT_LEAST: ge,
        tree.Comparison.EQUAL: eq,
    }
)


def matches(node: tree.Node, record: Record) -> bool:
    """Whether the record is what the query asks for."""
    match node:
        case tree.Everything():
            return True
        case tree.And(children):
            # Conditions first: they are cheap and often spare the text.
            return all(matches(child, record) for child in sorted(children, key=_cost))
        case tree.Or(children):
            return any(matches(child, record) for child in sorted(children, key=_cost))
        case tree.Not(child):
            return not matches(child, record)
    return _says(node, record.analysed_text) if _cost(node) else _is(node, record)


def values(record: Record, field: str) -> tuple[str, ...]:
    """The values of a record's field."""
    several = {
        "issue": record.issues,
        "brand": record.brands,
        "doubt": record.doubts,
        "overdue": ("yes" if record.is_overdue_complaint else "no",),
        "deleted": ("yes" if record.not_seen_since else "no",),
    }
    if field in several:
        return several[field]
    owner = record.post if field in ("source", "author", "region") else record
    value = getattr(owner, field)
    return () if value is None else (str(value),)


def _cost(node: tree.Node) -> int:
    return 0 if isinstance(node, tree.Everything | tree.FieldIs | tree.FieldCompares | tree.Published) else 1


def _says(node: tree.Node, text: str) -> bool:
    match node:
        case tree.Word(word):
            return word in _words(text)
        case tree.Prefix(start):
            return any(word.startswith(start) for word in _words(text))
        case tree.Phrase(units):
            return bool(_places(_units(text), units))
        case tree.Near(left, right, distance):
            return _near(_units(text), left, right, distance)
    return False


def _is(node: tree.Node, record: Record) -> bool:
    match node:
        case tree.FieldIs(field, value):
            return value in values(record, field)
        case tree.FieldCompares(field, comparison, bound):
            number = _number(record, field)
            return number is not None and _COMPARE[comparison](number, bound)
        case tree.Published(start, end):
            return (start is None or record.time >= start) and (end is None or record.time < end)
    return False


def _number(record: Record, field: str) -> float | None:
    if field == "confidence":
        return record.confidence
    count: int | None = getattr(record.post.engagement, field)
    return count


def _near(units: tuple[str, ...], left: tuple[str, ...], right: tuple[str, ...], distance: int) -> bool:
    return any(
        0 <= later - earlier - length <= distance
        for a in _places(units, left)
        for b in _places(units, right)
        for earlier, later, length in ((a, b, len(left)), (b, a, len(right)))
    )


def _places(units: tuple[str, ...], phrase: tuple[str, ...]) -> list[int]:
    return [at for at in range(len(units)) if units[at : at + len(phrase)] == phrase]


@lru_cache(maxsize=1024)
def _words(text: str) -> frozenset[str]:
    return frozenset(token.word for token in segment(text))


@lru_cache(maxsize=1024)
def _units(text: str) -> tuple[str, ...]:
    return tuple(
        unit for unit in _UNIT.findall(normalize(text).text.lower()) if unit[0].isalnum() or category(unit[0]) == "So"
    )
