"""Days and periods in Asia/Shanghai."""

from datetime import UTC, date, datetime

from monitor import Period, shanghai_day


def test_the_day_begins_at_midnight_in_shanghai() -> None:
    assert shanghai_day(datetime(2026, 11, 23, 16, 0, tzinfo=UTC)) == date(2026, 11, 24)
    assert shanghai_day(datetime(2026, 11, 23, 15, 59, tzinfo=UTC)) == date(2026, 11, 23)


def test_a_period_is_compared_with_the_one_just_before() -> None:
    week = Period.ending(date(2026, 11, 24), days=7)
    assert (week.first, week.last, week.days) == (date(2026, 11, 18), date(2026, 11, 24), 7)
    assert week.previous == Period(date(2026, 11, 11), date(2026, 11, 17))
    assert len(list(week)) == 7
    assert date(2026, 11, 18) in week
    assert date(2026, 11, 17) not in week
