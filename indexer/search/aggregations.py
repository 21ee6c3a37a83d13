"""Aggregations as both engines understand them: what is asked, and the answers as our types."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from math import ceil, floor
from typing import Any

from indexer.query.values import SHANGHAI
from indexer.search.backend import Bucket, Field, Interval

# Shanghai has kept UTC+8 without summer time since 1991, so its hours, days and weeks are of one width.
_SECONDS = {Interval.HOUR: 3600, Interval.DAY: 86_400, Interval.WEEK: 604_800}
_OFFSET = {Interval.HOUR: 0, Interval.DAY: 57_600, Interval.WEEK: 316_800}  # midnight; Monday's midnight
_ALL_VALUES = 65_000  # counted in each part of the index, so that counts are exact


class PartSize(StrEnum):
    """What an engine calls the number of values that each part of the index counts."""

    TANTIVY = "segment_size"
    ELASTICSEARCH = "shard_size"


def facet_request(fields: Sequence[Field], limit: int, part_size: PartSize) -> dict[str, Any]:
    """Ask for the counts of the fields' values."""
    return {field.value: _terms(field, limit, part_size) for field in fields}


def facet_values(answer: Mapping[str, Any]) -> dict[str, int]:
    """Counts by value, most first, equal ones by value."""
    found = [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in answer["buckets"]]
    return dict(sorted(found, key=lambda pair: (-pair[1], pair[0])))


def histogram_request(interval: Interval, group_by: Field | None, part_size: PartSize) -> dict[str, Any]:
    """Ask for the counts by time."""
    histogram = {"field": "time", "interval": _SECONDS[interval], "offset": _OFFSET[interval], "min_doc_count": 1}
    groups = {"aggs": {"groups": _terms(group_by, 1000, part_size)}} if group_by else {}
    return {"time": {"histogram": histogram, **groups}}


def buckets(
    answer: Mapping[str, Any] | None, interval: Interval, *, start: datetime | None, end: datetime | None
) -> list[Bucket]:
    """The buckets in order, those without records too."""
    found = {int(bucket["key"]): bucket for bucket in answer["time"]["buckets"]} if answer else {}
    return [
        Bucket(datetime.fromtimestamp(second, SHANGHAI), _count(found, second), _groups(found, second))
        for second in _starts(found, interval, start, end)
    ]


def _starts(
    found: Mapping[int, Any], interval: Interval, start: datetime | None, end: datetime | None
) -> Iterator[int]:
    width = _SECONDS[interval]
    first = min(found, default=None) if start is None else _bucket(floor(start.timestamp()), interval)
    last = max(found, default=None) if end is None else _bucket(ceil(end.timestamp()) - 1, interval)
    if first is not None and last is not None:
        yield from range(first, last + width, width)


def _bucket(second: int, interval: Interval) -> int:
    return (second - _OFFSET[interval]) // _SECONDS[interval] * _SECONDS[interval] + _OFFSET[interval]


def _terms(field: Field, limit: int, part_size: PartSize) -> dict[str, Any]:
    return {"terms": {"field": field.value, "size": limit, part_size.value: max(limit, _ALL_VALUES)}}


def _count(found: Mapping[int, Any], second: int) -> int:
    return int(found[second]["doc_count"]) if second in found else 0


def _groups(found: Mapping[int, Any], second: int) -> dict[str, int]:
    groups = found.get(second, {}).get("groups")
    return facet_values(groups) if groups else {}
