"""Days as the reader counts them: from midnight to midnight in Asia/Shanghai."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def shanghai_day(moment: datetime) -> date:
    """The Asia/Shanghai day of an aware moment."""
    return moment.astimezone(SHANGHAI).date()


@dataclass(frozen=True, slots=True)
class Period:
    """A run of days, first and last included."""

    first: date
    last: date

    @classmethod
    def ending(cls, last: date, *, days: int) -> Self:
        """The `days` days that end with `last`."""
        return cls(last - timedelta(days=days - 1), last)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def previous(self) -> "Period":
        """The period of the same length just before, which this one is compared with."""
        return Period.ending(self.first - timedelta(days=1), days=self.days)

    @property
    def start(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.first, time(), tzinfo=SHANGHAI)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.last + timedelta(days=1), time(), tzinfo=SHANGHAI)

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=step) for step in range(self.days))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last
