"""A source that has gone quiet or whose pages no longer parse raises an alarm; what is usual for it doesn't."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.post import CrawlIssue, IssueReason
from crawler.register import SourceSettings
from indexer.ledger import FieldHour, SourceHour, open_ledger
from monitor.source_alarms import AlarmKind, field_alarms, quiet_alarms, source_alarms, wilson
from tests.indexer.builders import post

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
REGISTER = {
    "forum": SourceSettings(spider="forum", site="discuz", urls=("https://forum.example/board",), purpose="测试")
}


def came(hours_ago: int, *, posts: int = 20, new: int = 1) -> SourceHour:
    return SourceHour(source="forum", hour=NOW - timedelta(hours=hours_ago), posts=posts, new=new)


def lacking(hours_ago: int, missing: int) -> FieldHour:
    hour = NOW - timedelta(hours=hours_ago)
    return FieldHour(
        source="forum", field="published", hour=hour, missing=missing, url=f"https://forum.example/{missing}"
    )


def test_a_source_is_quiet_by_its_own_measure() -> None:
    lively = [came(ago) for ago in range(40, 9, -1)]
    (alarm,) = quiet_alarms(lively, REGISTER, now=NOW)
    assert (alarm.kind, alarm.url, alarm.field) == (AlarmKind.QUIET, "https://forum.example/board", "")
    assert alarm.seen > 3 * alarm.usual
    slow = [came(ago) for ago in range(200, 9, -10)]
    assert quiet_alarms(slow, REGISTER, now=NOW) == []


def test_nights_are_no_alarm() -> None:
    days = [came(24 * day + hour + 9) for day in range(14) for hour in range(12)]
    assert quiet_alarms(days, REGISTER, now=NOW) == []


def test_too_little_history_or_a_source_that_is_switched_off_is_no_alarm() -> None:
    assert quiet_alarms([came(400), came(399)], REGISTER, now=NOW) == []
    assert quiet_alarms([came(ago) for ago in range(60, 40, -1)], {}, now=NOW) == []


def test_a_field_that_is_missing_beyond_its_history_is_named_with_a_page() -> None:
    posts = [came(ago) for ago in range(200, 0, -1)]
    before = [lacking(ago, 1) for ago in range(190, 30, -10)]
    assert field_alarms([*before, lacking(5, 3)], posts, now=NOW) == []
    (alarm,) = field_alarms([*before, lacking(5, 60)], posts, now=NOW)
    assert (alarm.kind, alarm.field, alarm.url) == (AlarmKind.FIELD_MISSING, "published", "https://forum.example/60")
    assert alarm.seen > alarm.usual > 0


def test_pages_of_which_nothing_can_be_read_are_an_alarm_without_any_posts() -> None:
    (alarm,) = field_alarms([lacking(2, 30)], [], now=NOW)
    assert alarm.seen == 1


def test_alarms_come_from_what_crawls_leave_in_the_ledger(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        for ago in range(60, 26, -1):
            then = NOW - timedelta(hours=ago)
            ledger.land([post(ago * 10 + one, f"第 {ago} {one} 条", crawled=then) for one in range(5)], now=then)
        for page in range(20):
            ledger.note_issue(
                CrawlIssue(
                    source="forum",
                    url=f"https://forum.example/thread-{page}",
                    reason=IssueReason.MISSING_FIELD,
                    detail="没有时间",
                    at=NOW - timedelta(hours=1),
                    field="published",
                )
            )
        alarms = source_alarms(ledger, REGISTER, now=NOW)
    assert [(alarm.kind, alarm.field) for alarm in alarms] == [
        (AlarmKind.FIELD_MISSING, "published"),
        (AlarmKind.QUIET, ""),
    ]


def test_a_share_of_few_is_uncertain() -> None:
    low, high = wilson(1, 2)
    assert low < 0.2 < 0.8 < high
