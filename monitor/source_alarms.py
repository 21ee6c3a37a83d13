"""Alarms of the sources: one that has gone quiet, or whose pages no longer parse as they did; judged by its own past.

Rates are compared by Wilson's score intervals (https://doi.org/10.1080/01621459.1927.10502953), so that a few posts
without a date at a small forum are no alarm.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from math import sqrt
from statistics import quantiles

from crawler.register import SourceSettings
from indexer.ledger import FieldHour, Ledger, SourceHour

HISTORY = timedelta(days=30)
RECENT = timedelta(hours=24)
"""What is compared with the days before it."""
_LEAST_GAPS = 5
_QUIET_TIMES = 3
_LEAST_MISSING = 3
_TIMES = 2.0
_DEVIATIONS = 3.0  # by chance less than once in seven hundred comparisons
_WITHOUT_HISTORY = 0.5
"""Without a past, a field that more pages lack than have is an alarm all the same."""


class AlarmKind(StrEnum):
    """What is wrong with a source."""

    QUIET = "quiet"
    FIELD_MISSING = "field_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceAlarm:
    """One alarm: `url` is the page to look at, `field` what it lacks (empty for a quiet source).

    `since` (UTC) is when the source last gave something new, or the first hour in which the field lately was missing.
    `seen` and `usual` are what is compared: hours without news and the usual ones, or shares of posts that lack it.
    """

    source: str
    kind: AlarmKind
    url: str
    field: str
    since: datetime
    seen: float
    usual: float


def source_alarms(ledger: Ledger, register: Mapping[str, SourceSettings], *, now: datetime) -> tuple[SourceAlarm, ...]:
    """All alarms of the sources that are switched on in the register, by source."""
    running = {name: source for name, source in register.items() if source.enabled}
    hours = ledger.coverage.source_hours(since=now - HISTORY)
    quiet = quiet_alarms(hours, running, now=now)
    missing = field_alarms(ledger.coverage.field_hours(since=now - HISTORY), hours, now=now)
    return tuple(sorted((*quiet, *missing), key=lambda alarm: (alarm.source, alarm.kind, alarm.field)))


def quiet_alarms(
    hours: Sequence[SourceHour], register: Mapping[str, SourceSettings], *, now: datetime
) -> list[SourceAlarm]:
    """Sources with nothing new for three times their usual gap (95 % are no longer: nights are usual) and `every`."""
    news: dict[str, list[datetime]] = defaultdict(list)
    for hour in hours:
        if hour.new and hour.source in register:
            news[hour.source].append(hour.hour)
    found = (_quiet(source, sorted(times), register[source], now) for source, times in news.items())
    return [alarm for alarm in found if alarm]


def _quiet(source: str, times: list[datetime], settings: SourceSettings, now: datetime) -> SourceAlarm | None:
    gaps = [(later - earlier).total_seconds() / 3600 for earlier, later in pairwise(times)]
    if len(gaps) < _LEAST_GAPS:
        return None
    usual = max(quantiles(gaps, n=20, method="inclusive")[-1], settings.every / 3600)
    last = times[-1] + timedelta(hours=1)
    seen = (now - last).total_seconds() / 3600
    if seen <= _QUIET_TIMES * usual:
        return None
    return SourceAlarm(
        source=source,
        kind=AlarmKind.QUIET,
        url=settings.urls[0],
        field="",
        since=last,
        seen=seen,
        usual=usual,
    )


def field_alarms(fields: Sequence[FieldHour], hours: Sequence[SourceHour], *, now: datetime) -> list[SourceAlarm]:
    """Fields that were missing more often in the last day with posts or faults than in the thirty days before."""
    by_field: dict[tuple[str, str], list[FieldHour]] = defaultdict(list)
    for hour in fields:
        by_field[hour.source, hour.field].append(hour)
    posts: dict[str, list[SourceHour]] = defaultdict(list)
    for read in hours:
        posts[read.source].append(read)
    found = (_field(kept, posts[source], now - RECENT) for (source, _), kept in by_field.items())
    return [alarm for alarm in found if alarm]


def _field(hours: Sequence[FieldHour], posts: Sequence[SourceHour], border: datetime) -> SourceAlarm | None:
    lately = [hour for hour in hours if hour.hour >= border]
    missing = sum(hour.missing for hour in lately)
    if missing < _LEAST_MISSING:
        return None
    seen = max(missing, sum(hour.posts for hour in posts if hour.hour >= border))
    earlier = sum(hour.missing for hour in hours if hour.hour < border)
    seen_earlier = max(earlier, sum(hour.posts for hour in posts if hour.hour < border))
    rate, usual = missing / seen, earlier / seen_earlier if seen_earlier else 0.0
    most = wilson(earlier, seen_earlier)[1] if seen_earlier else _WITHOUT_HISTORY
    if wilson(missing, seen)[0] <= most or rate < _TIMES * usual:
        return None
    last = lately[-1]
    return SourceAlarm(
        source=last.source,
        kind=AlarmKind.FIELD_MISSING,
        url=last.url,
        field=last.field,
        since=lately[0].hour,
        seen=rate,
        usual=usual,
    )


def wilson(hits: int, of: int, *, deviations: float = _DEVIATIONS) -> tuple[float, float]:
    """The interval in which a share lies that was `hits` of `of` tries (at least one)."""
    share, square = hits / of, deviations**2
    middle = (share + square / (2 * of)) / (1 + square / of)
    reach = deviations * sqrt(share * (1 - share) / of + square / (4 * of**2)) / (1 + square / of)
    return max(0.0, middle - reach), min(1.0, middle + reach)
