"""Agreement of people and model, from decisions in a real ledger."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from indexer.ledger import Ledger, open_ledger
from indexer.record import Decision, confirming
from monitor.agreement import AgreementReport, agreement, week_of
from monitor.corrections import judged_records
from monitor.days import SHANGHAI
from tests.contract.ledger_contract import analyse_all
from tests.indexer.builders import NOW, post

MONDAY = datetime(2026, 11, 23, 0, 30, tzinfo=SHANGHAI).astimezone(UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Four complaints of two sources: three confirmed and one corrected, the last of them a week earlier."""
    with open_ledger(tmp_path) as ledger:
        posts = [post(number, "逾期被催收", source="forum" if number < 3 else "feed") for number in range(4)]
        ids = ledger.land(posts, now=NOW).record_ids
        analyse_all(ledger)
        for record_id in ids[:3]:
            shown = ledger.record(record_id)
            ledger.decide(confirming(shown, reviewer="李审", reason="无误", decided=MONDAY))
        before = MONDAY - timedelta(hours=1)
        ledger.decide(
            Decision(record_id=ids[3], reviewer="李审", reason="改", decided=before, kind="promo", issues=("overdue",))
        )
        yield ledger


def shares(report: AgreementReport, field: str) -> list[tuple[date | None, str | None, int, int]]:
    rows = [(row.week, row.source, found) for row in report.rows for found in row.fields if found.field == field]
    return [(week, source, found.agreed, found.n) for week, source, found in rows if found.n]


def test_weeks_begin_on_monday_in_shanghai() -> None:
    assert week_of(MONDAY) == date(2026, 11, 23)
    assert week_of(MONDAY - timedelta(hours=1)) == date(2026, 11, 16)


def test_people_and_model_are_compared_by_week_and_source(ledger: Ledger) -> None:
    report = agreement(judged_records(ledger))
    assert shares(report, "kind") == [(date(2026, 11, 23), "forum", 3, 3), (date(2026, 11, 16), "feed", 0, 1)]
    assert [row.week for row in report.weeks] == [date(2026, 11, 23), date(2026, 11, 16)]
    kind = report.overall.fields[0]
    assert (report.decisions, kind.agreed, kind.n, kind.share) == (4, 3, 4, 0.75)
    assert kind.interval == pytest.approx((0.301, 0.954), abs=0.001)


def test_issues_agree_only_where_all_are_the_same(ledger: Ledger) -> None:
    assert shares(agreement(judged_records(ledger)), "issues")[-1] == (date(2026, 11, 16), "feed", 0, 1)


def test_a_field_that_was_not_judged_does_not_count(ledger: Ledger) -> None:
    assert shares(agreement(judged_records(ledger)), "urgency") == [(date(2026, 11, 23), "forum", 3, 3)]


def test_without_decisions_there_is_nothing_to_say(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "empty") as ledger:
        report = agreement(judged_records(ledger))
    assert (report.decisions, report.rows, report.overall.fields[0].share) == (0, (), None)
