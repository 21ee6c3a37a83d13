"""The risk index, recomputed by hand from its documented formula."""

from math import log2, sqrt

import pytest

from monitor import DayCounts, RiskWeights, period_risk, risk_days
from monitor.risk import growth, wilson
from tests.monitor.counting import FIRST, quiet_days

WEIGHTS = RiskWeights()


def burst_after(days: int = 28) -> list[DayCounts]:
    """Quiet days of 4 posts, 1 of them negative, then a day of 20 posts with much that is severe."""
    before = quiet_days(days)
    last = DayCounts(
        day=FIRST.replace(day=1) + (before[-1].day - FIRST) + (before[1].day - before[0].day),
        posts=20,
        negative=14,
        neutral=6,
        overdue=10,
        high=4,
        critical=1,
        noticed=3,
        severe=12,
        complaints=12,
    )
    return [*before, last]


def test_each_part_is_what_the_formula_says() -> None:
    day = risk_days(burst_after(), WEIGHTS)[-1]
    parts = {part.name: part.score for part in day.parts}
    assert parts["volume"] == pytest.approx(100 * log2(21 / 5) / 3)
    assert parts["negativity"] == pytest.approx(100 * (14 + 5 * 0.25) / 25)
    assert parts["severity"] == pytest.approx(100 * (0.6 * 10 + 0.4 * 4 + 1) / 25)
    assert parts["reach"] == pytest.approx(100 * 3 / 25)
    assert parts["velocity"] == pytest.approx(100 * log2(15 / 2) / 3)


def test_the_index_is_the_weighted_sum_of_its_parts() -> None:
    day = risk_days(burst_after(), WEIGHTS)[-1]
    volume, velocity = 100 * log2(21 / 5) / 3, 100 * log2(15 / 2) / 3
    by_hand = 0.20 * volume + 0.25 * 61 + 0.30 * 34.4 + 0.10 * 12 + 0.15 * velocity
    assert day.index == pytest.approx(by_hand)
    assert day.index == pytest.approx(sum(part.points for part in day.parts))


def test_the_band_carries_the_wilson_interval_of_each_share_through() -> None:
    day = risk_days(burst_after(), WEIGHTS)[-1]
    low_negative, high_negative = wilson(14 + 5 * 0.25, 25)
    low_severe, high_severe = wilson(8.6, 25)
    low_noticed, high_noticed = wilson(3, 25)
    fixed = 0.20 * 100 * log2(21 / 5) / 3 + 0.15 * 100 * log2(15 / 2) / 3
    assert day.low == pytest.approx(fixed + 25 * low_negative + 30 * low_severe + 10 * low_noticed)
    assert day.high == pytest.approx(fixed + 25 * high_negative + 30 * high_severe + 10 * high_noticed)
    assert day.low < day.index < day.high


def test_wilson_agrees_with_the_textbook() -> None:
    low, high = wilson(8, 10)
    assert (low, high) == (pytest.approx(0.4901, abs=1e-4), pytest.approx(0.9433, abs=1e-4))
    assert wilson(0, 0) == (0.0, 1.0)


def test_fewer_posts_make_a_wider_band() -> None:
    few, many = (
        risk_days([*quiet_days(28), DayCounts(day=FIRST, posts=posts, negative=posts // 2)], WEIGHTS)[-1]
        for posts in (4, 400)
    )
    assert few.high - few.low > 3 * (many.high - many.low)


def test_a_single_angry_post_is_no_crisis() -> None:
    quiet = quiet_days(28)
    angry = DayCounts(day=FIRST, posts=1, negative=1, overdue=1, severe=1)
    assert risk_days([*quiet, angry], WEIGHTS)[-1].index < 25


def test_a_day_without_posts_has_no_risk() -> None:
    day = risk_days([*quiet_days(28), DayCounts(day=FIRST, posts=0)], WEIGHTS)[-1]
    assert (day.index, day.low, day.high) == (0, 0, 0)


def test_without_a_week_of_history_nothing_grows() -> None:
    day = risk_days(burst_after(days=6), WEIGHTS)[-1]
    assert [part.score for part in day.parts if part.name in {"volume", "velocity"}] == [0, 0]
    assert [part.usual for part in day.parts if part.name in {"volume", "velocity"}] == [None, None]


@pytest.mark.parametrize(("count", "score"), [(0, 0), (3, 0), (7, 100 / 3), (15, 200 / 3), (31, 100), (500, 100)])
def test_growth_counts_doublings(count: int, score: float) -> None:
    assert growth(count, 3) == pytest.approx(score)


def test_everything_severe_stays_within_a_hundred() -> None:
    worst = DayCounts(day=FIRST, posts=500, negative=500, overdue=500, critical=500, noticed=500, severe=500)
    day = risk_days([*quiet_days(28, posts=1, negative=0), worst], WEIGHTS)[-1]
    assert 95 < day.index <= 100
    assert day.high <= 100


def test_the_mean_of_a_period_has_a_narrower_band_than_its_days() -> None:
    days = risk_days(quiet_days(40), WEIGHTS)[-7:]
    period = period_risk(days)
    assert period is not None
    assert period.index == pytest.approx(sum(day.index for day in days) / 7)
    below = sqrt(sum((day.index - day.low) ** 2 for day in days)) / 7
    assert period.low == pytest.approx(period.index - below)
    assert period.posts == 28
    assert period_risk([]) is None


def test_weights_must_be_one_together() -> None:
    with pytest.raises(ValueError, match="之和必须是 1"):
        RiskWeights(volume=0.5)
