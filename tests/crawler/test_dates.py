from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.reading.dates import SHANGHAI, read_date

SERVED = datetime(2026, 11, 24, 19, 5, 32, tzinfo=SHANGHAI)

START, END = datetime(2001, 1, 1), datetime(2099, 12, 31)  # noqa: DTZ001  # Hypothesis wants them so

CASES = {
    "刚刚": "2026-11-24 19:05:32",
    "30 秒前": "2026-11-24 19:05:02",
    "3分钟前": "2026-11-24 19:02:32",
    "11&nbsp;分钟前".replace("&nbsp;", "\xa0"): "2026-11-24 18:54:32",
    "半小时前": "2026-11-24 18:35:32",
    "1\xa0小时前": "2026-11-24 18:05:32",
    "一个半小时前": "2026-11-24 17:35:32",
    "昨天\xa012:05": "2026-11-23 12:05:00",
    "昨天 12:05:07": "2026-11-23 12:05:07",
    "昨天": "2026-11-23 00:00:00",
    "前天": "2026-11-22 00:00:00",
    "前天 23:40": "2026-11-22 23:40:00",
    "大前天 08:00": "2026-11-21 08:00:00",
    "今天 11:43": "2026-11-24 11:43:00",
    "4\xa0天前": "2026-11-20 19:05:32",
    "2周前": "2026-11-10 19:05:32",
    "2024-3-1": "2024-03-01 00:00:00",
    "2024-3-12 22:17:43": "2024-03-12 22:17:43",
    "发表于 2024-3-12 22:17:43": "2024-03-12 22:17:43",
    "2024/3/12 22:17": "2024-03-12 22:17:00",
    "2024.03.12": "2024-03-12 00:00:00",
    "2024年3月12日 22:17": "2024-03-12 22:17:00",
    "发布于 2020年10月16日 08:48": "2020-10-16 08:48:00",
    "2024-3-12 10:17 PM": "2024-03-12 22:17:00",
    "2024年3月12日 下午3:05": "2024-03-12 15:05:00",
    "24-3-12 08:00": "2024-03-12 08:00:00",
    "03-12 10:00": "2026-03-12 10:00:00",
    "12-16": "2025-12-16 00:00:00",
    "11月24日 09:00": "2026-11-24 09:00:00",
    "20:51": "2026-11-24 20:51:00",
    "Wed Aug 24 22:03:13 +0800 2022": "2022-08-24 22:03:13",
    "2026-11-24T11:05:33Z": "2026-11-24 19:05:33",
    "2026-11-24T11:05:33+00:00": "2026-11-24 19:05:33",
}


@pytest.mark.parametrize("shown", CASES)
def test_dates_are_read_as_shanghai_time_and_given_in_utc(shown: str) -> None:
    moment = read_date(shown, served=SERVED)
    assert moment is not None
    assert moment.at.tzinfo is UTC
    assert f"{moment.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}" == CASES[shown]


@pytest.mark.parametrize("shown", ["", "楼主", "2026-2-30", "2024-13-01 10:00", "IP属地：北京"])
def test_what_is_no_date_is_none(shown: str) -> None:
    assert read_date(shown, served=SERVED) is None


def test_relative_dates_are_not_absolute_and_others_are() -> None:
    assert not read_date("3分钟前", served=SERVED).absolute  # type: ignore[union-attr]
    assert not read_date("昨天 12:05", served=SERVED).absolute  # type: ignore[union-attr]
    assert read_date("2024-3-12", served=SERVED).absolute  # type: ignore[union-attr]


def test_another_time_zone_comes_from_the_site_file() -> None:
    moment = read_date("2024-3-12 22:00", served=SERVED, zone=ZoneInfo("UTC"))
    assert moment is not None
    assert moment.at == datetime(2024, 3, 12, 22, tzinfo=UTC)


def test_dates_in_english_words_need_the_language() -> None:
    moment = read_date("March 12, 2024, 10:17 p.m.", served=SERVED, zone=ZoneInfo("UTC"), languages=["en"])
    assert moment is not None
    assert moment.at == datetime(2024, 3, 12, 22, 17, tzinfo=UTC)


@given(st.datetimes(START, END))
def test_whatever_discuz_writes_comes_back(at: datetime) -> None:
    shown = f"发表于 {at.year}-{at.month}-{at.day} {at:%H:%M:%S}"
    moment = read_date(shown, served=SERVED)
    assert moment is not None
    assert moment.at == at.replace(microsecond=0, tzinfo=SHANGHAI)


@given(st.integers(1, 400))
@example(364)
def test_a_date_without_year_lies_in_the_last_twelve_months(days: int) -> None:
    day = SERVED - timedelta(days=days)
    if (day.month, day.day) == (2, 29):
        return
    moment = read_date(f"{day:%m-%d} 10:00", served=SERVED)
    assert moment is not None
    assert timedelta(0) <= SERVED - moment.at <= timedelta(days=367)


@given(st.text(max_size=40))
def test_any_text_gives_a_moment_or_none(text: str) -> None:
    read_date(text, served=SERVED)
