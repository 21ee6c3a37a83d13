"""Counts by day and by issue, out of a real index."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawler.post import Engagement
from indexer.search import EmbeddedIndex, open_index
from monitor import MonitorSettings, Period, brand_scope, count_days, issue_changes
from monitor.counts import since_first_post
from monitor.days import SHANGHAI
from nlp import BrandSettings
from tests.indexer.builders import post, record

LAST = date(2026, 11, 24)
BRAND = BrandSettings(name="红创金服")
SCOPE = brand_scope(BRAND, MonitorSettings())
NOTICED = MonitorSettings().noticed


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 in Shanghai, in UTC as posts have it."""
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[EmbeddedIndex]:
    """Two complaints at the edges of the 24th, a discussion on the 22nd, and a complaint about another brand."""
    texts = {
        1: ("红创逾期三天就催收", at(24, 0)),
        2: ("红创催收要起诉我", at(24, 23, 59)),
        3: ("红创的利息怎么样", at(22, 12)),
        4: ("别家催收太狠了", at(24, 12)),
    }
    with open_index(tmp_path) as opened:
        opened.put(
            record(number, text, post=post(number, text, published=when, engagement=Engagement(views=number * 1000)))
            for number, (text, when) in texts.items()
        )
        opened.commit()
        yield opened


def test_days_are_shanghai_days_and_none_is_missing(index: EmbeddedIndex) -> None:
    counts = count_days(index, SCOPE, Period.ending(LAST, days=4), noticed=NOTICED)
    assert [(day.day.day, day.posts) for day in counts] == [(21, 0), (22, 1), (23, 0), (24, 2)]


def test_a_day_is_counted_by_what_its_posts_are(index: EmbeddedIndex) -> None:
    today = count_days(index, SCOPE, Period.ending(LAST, days=1), noticed=NOTICED)[-1]
    assert (today.negative, today.complaints, today.overdue, today.high, today.critical) == (2, 2, 1, 1, 0)
    assert (today.noticed, today.severe) == (1, 2)


def test_a_source_of_the_brand_counts_whole(index: EmbeddedIndex) -> None:
    scope = brand_scope(BRAND, MonitorSettings(brand_sources=("forum",)))
    assert count_days(index, scope, Period.ending(LAST, days=1), noticed=NOTICED)[-1].posts == 3


def test_days_before_the_first_post_are_not_quiet_days(index: EmbeddedIndex) -> None:
    counts = since_first_post(count_days(index, SCOPE, Period.ending(LAST, days=30), noticed=NOTICED))
    assert [day.day.day for day in counts] == [22, 23, 24]
    assert since_first_post(counts[:0]) == ()


def test_issues_are_compared_with_the_period_before(index: EmbeddedIndex) -> None:
    changes = {change.issue: change for change in issue_changes(index, SCOPE, Period.ending(LAST, days=2))}
    assert (changes["collection"].count, changes["collection"].previous, changes["collection"].ratio) == (2, 0, None)
    assert set(changes) == {"collection", "overdue"}  # the question about interest is no complaint
