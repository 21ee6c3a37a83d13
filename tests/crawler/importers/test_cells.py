"""What programs write into one cell, as what it means."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from crawler.errors import FieldError
from crawler.importers.cells import read_identity, read_moment, read_number, read_text

SERVED = datetime(2026, 11, 24, 4, tzinfo=UTC)  # noon in Shanghai

IDENTITIES: list[tuple[Any, str]] = [
    (4673860400318571, "4673860400318571"),
    (" 4673860400318571\t", "4673860400318571"),
    ('="4673860400318571"', "4673860400318571"),
    ("'4673860400318571", "4673860400318571"),
    ("4673860400318571.0", "4673860400318571"),
    (4673860400318571.0, "4673860400318571"),
    ("69fe8d4d0000000023015caa", "69fe8d4d0000000023015caa"),
    ("123456789012345678901e23", "123456789012345678901e23"),
    ("nan", ""),
    (float("nan"), ""),
    (None, ""),
]


@pytest.mark.parametrize(("cell", "meant"), IDENTITIES)
def test_an_id_keeps_its_digits(cell: Any, meant: str) -> None:
    assert read_identity(cell) == meant


@pytest.mark.parametrize("cell", ["4.9E+15", "4.67386e+15", 1.5, 7.44e18, "7440123456789012345.0"])
def test_an_id_that_lost_digits_is_refused(cell: Any) -> None:
    with pytest.raises(FieldError, match="丢失"):
        read_identity(cell)


NUMBERS: list[tuple[Any, int | None]] = [
    ("1.2万", 12000), ("100万+", 1_000_000), ("10万+", 100_000), ("1,234", 1234), ("赞", None), ("", None), (" 7 ", 7),
    (7, 7), (7.0, 7), (float("nan"), None), (None, None), (-1, None), ("=\"7\"", 7), ("评论 3", 3),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "meant"), NUMBERS)
def test_counts(cell: Any, meant: int | None) -> None:
    assert read_number(cell) == meant


def test_what_is_no_count_is_said() -> None:
    with pytest.raises(FieldError, match="不是一个数"):
        read_number("2024-11-24 12:00")


NOON = datetime(2024, 11, 24, 4, tzinfo=UTC)
MOMENTS: list[Any] = [
    1732420800, "1732420800", 1732420800000, "1732420800000", "1732420800.0", "1.7324208E+12", 1732420800000000,
    "2024-11-24 12:00", "2024/11/24 12:00:00", "2024年11月24日 12:00", "2024-11-24T04:00:00Z", "20241124 12:00",
    "Sun Nov 24 12:00:00 +0800 2024", "/Date(1732420800000)/", "45620.5", 45620.5, datetime(2024, 11, 24, 12),  # noqa: DTZ001
    datetime(2024, 11, 24, 4, tzinfo=UTC), "发布于 2024-11-24 12:00",
]  # fmt: skip


@pytest.mark.parametrize("cell", MOMENTS)
def test_one_moment_in_many_forms(cell: Any) -> None:
    assert read_moment(cell, served=SERVED) == NOON


def test_a_day_begins_at_midnight_in_shanghai() -> None:
    midnight = datetime(2024, 11, 23, 16, tzinfo=UTC)
    assert [read_moment(cell, served=SERVED) for cell in (date(2024, 11, 24), "20241124", "2024-11-24", 45620)] == [
        midnight
    ] * 4


def test_relative_dates_count_from_when_the_file_was_written() -> None:
    assert read_moment("3小时前", served=SERVED) == datetime(2026, 11, 24, 1, tzinfo=UTC)
    assert read_moment("昨天 12:05", served=SERVED) == datetime(2026, 11, 23, 4, 5, tzinfo=UTC)
    assert read_moment("11-20 10:00", served=SERVED) == datetime(2026, 11, 20, 2, tzinfo=UTC)


@pytest.mark.parametrize("cell", ["很久以前", "2024-13-45", "12", "4.9E+40"])
def test_what_is_no_moment_is_said(cell: str) -> None:
    with pytest.raises(FieldError, match="时间读不懂"):
        read_moment(cell, served=SERVED)


@pytest.mark.parametrize("cell", ["", None, "NaN", "null", "-", 0])
def test_no_moment_at_all(cell: Any) -> None:
    assert read_moment(cell, served=SERVED) is None


def test_texts() -> None:
    assert read_text(" 一\r\n二 \u200b") == "一\n二"
    assert read_text('催收<br />太<a href="/n/x">@某人</a><img alt="[怒]" src="x">') == "催收\n太@某人[怒]"
    assert read_text("利率<24%，a<b") == "利率<24%，a<b"
    assert (
        read_text([{"Type": "文字", "Content": "一"}, {"Type": "图片", "Content": "http://x/1.jpg"}, "二"]) == "一\n二"
    )
    assert read_text("=1+1") == "=1+1"


def test_an_error_value_of_a_spreadsheet_is_no_text() -> None:
    with pytest.raises(FieldError, match="#NAME"):
        read_text("#NAME?")
