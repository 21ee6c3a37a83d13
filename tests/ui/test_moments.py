"""Days, times and ages in words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ui.texts import texts
from ui.texts.moments import age_words, day_words, full_time, time_words

NOW = datetime(2026, 11, 24, 6, 5, tzinfo=UTC)


def test_a_day_has_its_weekday() -> None:
    assert day_words(texts("zh"), date(2026, 11, 24)) == "11月24日 周二"
    assert day_words(texts("en"), date(2026, 11, 24)) == "Tue 24 Nov"


def test_times_are_those_of_shanghai() -> None:
    assert full_time(NOW) == "2026-11-24 14:05"
    assert time_words(texts("zh"), NOW, now=NOW) == "14:05"
    assert time_words(texts("zh"), NOW - timedelta(days=1), now=NOW) == "11月23日 14:05"


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=20), "刚刚"),
        (timedelta(minutes=59), "59 分钟前"),
        (timedelta(hours=3), "3 小时前"),
        (timedelta(hours=25), "1 天前"),
        (timedelta(hours=-1), "刚刚"),
    ],
)
def test_ages(ago: timedelta, words: str) -> None:
    assert age_words(texts("zh"), NOW - ago, now=NOW) == words
