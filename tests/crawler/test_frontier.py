from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.frontier import LONGEST, Visit, Visits
from crawler.pages.extraction import ShownThread
from crawler.post import ThreadRead

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def visits(tmp_path: Path) -> Iterator[Visits]:
    memory = Visits(tmp_path / "crawl" / "visits.sqlite")
    yield memory
    memory.close()


def shown(native_id: str, *, signature: str = "a", active: datetime | None = None) -> ShownThread:
    return ShownThread(
        native_id=native_id, url=f"http://f.example/{native_id}", title="", signature=signature, active=active
    )


def read(thread_id: str, *, signature: str = "a", at: datetime = NOW) -> ThreadRead:
    return ThreadRead(source="f", thread_id=thread_id, post_ids=("1",), signature=signature, read=at)


def due(visits: Visits, now: datetime) -> list[str]:
    return [visit.thread_id for visit in visits.due("f", now=now, minimum=HOUR)]


def test_a_wanted_thread_is_due_until_it_was_read(visits: Visits) -> None:
    visits.want("f", [shown("1"), shown("2")])
    visits.mark([read("1")])
    assert due(visits, NOW) == ["2"]


def test_wanting_again_keeps_what_was_read_and_notes_what_the_list_says(visits: Visits) -> None:
    visits.want("f", [shown("1")])
    visits.mark([read("1")])
    visits.want("f", [shown("1", signature="b")])
    visit = visits.visit("f", "1")
    assert visit is not None
    assert (visit.signature, visit.listed, visit.read) == ("a", "b", NOW)


@pytest.mark.parametrize(
    ("quiet", "interval"),
    [
        (timedelta(0), HOUR),
        (timedelta(hours=5), HOUR),
        (timedelta(days=10), timedelta(days=1)),
        (timedelta(days=100), timedelta(days=10)),
        (timedelta(days=3000), LONGEST),
    ],
)
def test_the_longer_it_is_quiet_the_later_it_is_read_again(quiet: timedelta, interval: timedelta) -> None:
    def is_due(after: timedelta) -> bool:
        visit = Visit(thread_id="1", url="", listed="", signature="", active=NOW + after - quiet, read=NOW)
        return visit.is_due(NOW + after, HOUR)

    assert is_due(interval)
    assert not is_due(interval - timedelta(minutes=1))


def test_a_source_sees_its_own_threads_only(visits: Visits) -> None:
    visits.want("other", [shown("1")])
    assert due(visits, NOW) == []


def test_boards_are_complete_once_all_their_pages_were_read(visits: Visits) -> None:
    assert not visits.is_complete("f", "http://f.example/board")
    visits.complete_board("f", "http://f.example/board", at=NOW)
    assert visits.is_complete("f", "http://f.example/board")


def test_the_memory_outlives_the_process(tmp_path: Path) -> None:
    first = Visits(tmp_path / "v.sqlite")
    first.mark([read("1")])
    first.close()
    second = Visits(tmp_path / "v.sqlite")
    assert second.visit("f", "1") is not None
    second.close()
