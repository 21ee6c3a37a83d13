"""Freshness: a source is stale when it should have been crawled by now."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.register import SourceSettings
from indexer.ledger import SourceState
from monitor import MonitorSettings, freshness

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
HOURLY = SourceSettings(spider="feed", urls=("https://example.com/feed",), purpose="测试", every=3600)
DAILY = HOURLY.model_copy(update={"every": 86400})
OFF = HOURLY.model_copy(update={"enabled": False})


@pytest.mark.parametrize(
    ("source", "hours", "stale"),
    [
        (HOURLY, 5, False),
        (HOURLY, 7, True),
        (DAILY, 40, False),
        (DAILY, 49, True),
        (OFF, 900, False),
        (None, 900, False),
    ],
)
def test_two_missed_turns_and_six_hours_are_stale(source: SourceSettings | None, hours: int, *, stale: bool) -> None:
    state = SourceState(source="forum", posts=3, last_crawled=NOW - timedelta(hours=hours), last_published=None)
    register = {"forum": source} if source else {}
    (found,) = freshness([state], register, MonitorSettings(), now=NOW)
    assert found.stale is stale
    assert found.age == timedelta(hours=hours)
