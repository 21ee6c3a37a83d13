"""Days of counts for the tests."""

from collections.abc import Sequence
from datetime import date, timedelta

from monitor import DayCounts

FIRST = date(2026, 9, 1)


def quiet_days(days: int, *, posts: int = 4, negative: int = 1) -> list[DayCounts]:
    """Days that are all alike."""
    return [
        DayCounts(day=FIRST + timedelta(days=number), posts=posts, negative=negative, neutral=posts - negative)
        for number in range(days)
    ]


def series(numbers: Sequence[int]) -> list[tuple[date, int]]:
    """Consecutive days with these counts."""
    return [(FIRST + timedelta(days=number), count) for number, count in enumerate(numbers)]
