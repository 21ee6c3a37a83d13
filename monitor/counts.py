"""Counts by day out of the search index: what the risk index and the spikes are computed from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from indexer.query import parse
from indexer.search.backend import Field, Interval, SearchIndex
from monitor.days import Period, shanghai_day


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCounts:
    """How many posts of one Asia/Shanghai day were what; a post may be in several counts."""

    day: date
    posts: int
    negative: int = 0
    neutral: int = 0
    positive: int = 0
    complaints: int = 0
    overdue: int = 0
    high: int = 0
    critical: int = 0
    noticed: int = 0
    severe: int = 0


def count_days(index: SearchIndex, query: str, period: Period, *, noticed: str) -> tuple[DayCounts, ...]:
    """The counts of every day of `period` (days without a post included) among the posts that `query` finds.

    `noticed` is the query for posts that others reacted to (`[monitor] noticed`).
    """
    sentiment = _groups(index, query, Field.SENTIMENT, period)
    urgency = _groups(index, query, Field.URGENCY, period)
    complaints = _numbers(index, f"({query}) kind:complaint", period)
    overdue = _numbers(index, f"({query}) overdue:yes", period)
    severe = _numbers(index, f"({query}) (overdue:yes OR urgency:high OR urgency:critical)", period)
    reached = _numbers(index, f"({query}) ({noticed})", period)
    return tuple(
        DayCounts(
            day=day,
            posts=sum(sentiment.get(day, {}).values()),
            negative=sentiment.get(day, {}).get("negative", 0),
            neutral=sentiment.get(day, {}).get("neutral", 0),
            positive=sentiment.get(day, {}).get("positive", 0),
            complaints=complaints.get(day, 0),
            overdue=overdue.get(day, 0),
            high=urgency.get(day, {}).get("high", 0),
            critical=urgency.get(day, {}).get("critical", 0),
            noticed=reached.get(day, 0),
            severe=severe.get(day, 0),
        )
        for day in period
    )


def since_first_post(counts: Sequence[DayCounts]) -> tuple[DayCounts, ...]:
    """The counts from the first day that has a post: the days before were not watched, they are not quiet days."""
    first = next((number for number, day in enumerate(counts) if day.posts), len(counts))
    return tuple(counts[first:])


def _groups(index: SearchIndex, query: str, field: Field, period: Period) -> Mapping[date, Mapping[str, int]]:
    buckets = index.histogram(
        parse(query, now=period.end), interval=Interval.DAY, group_by=field, start=period.start, end=period.end
    )
    return {shanghai_day(bucket.start): bucket.groups for bucket in buckets}


def _numbers(index: SearchIndex, query: str, period: Period) -> Mapping[date, int]:
    buckets = index.histogram(parse(query, now=period.end), interval=Interval.DAY, start=period.start, end=period.end)
    return {shanghai_day(bucket.start): bucket.count for bucket in buckets}
