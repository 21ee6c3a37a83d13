"""Drift: quiet while the posts are alike, an alarm when they are others, and no verdict from a handful."""

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from indexer.ledger import open_ledger
from indexer.search import open_index
from indexer.worker import work
from monitor.drift import LEAST_POSTS, Drift, find_drift
from monitor.stability import Verdict, chance, decile_counts, psi, verdict
from tests.indexer.builders import RuleAnalyzer, post

TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
USUAL = ("逾期三天就被催收", "利息怎么这么高", "客服还可以", "今天天气好", "征信上有一条记录")
OTHERS = ("骗子平台起诉我", "骗人的平台要起诉", "被骗了怎么起诉他们")


def drift(home: Path, recent: tuple[str, ...], *, recent_posts: int = 300, reference_posts: int = 600) -> Drift:
    """The state after posts like the usual ones, and then `recent` ones."""
    source = random.Random(2)
    posts = [
        post(n, source.choice(USUAL), published=NOON - timedelta(days=8 + source.random() * 25))
        for n in range(reference_posts)
    ]
    posts += [
        post(10_000 + n, source.choice(recent), published=NOON - timedelta(days=source.random() * 6))
        for n in range(recent_posts)
    ]
    with open_ledger(home) as ledger, open_index(home) as index:
        ledger.land(posts, now=NOON)
        work(ledger, RuleAnalyzer(), index, batch=1000)
        return find_drift(ledger, index, TODAY)


def test_posts_like_those_before_are_calm(tmp_path: Path) -> None:
    state = drift(tmp_path, USUAL)
    assert (state.verdict, state.alarm, state.recent_posts, state.reference_posts) == (Verdict.CALM, False, 300, 600)
    assert all(measure.psi < 0.1 for measure in state.measures)


def test_other_posts_raise_the_alarm_and_say_what_moved(tmp_path: Path) -> None:
    state = drift(tmp_path, OTHERS)
    assert state.alarm
    labels = {measure.name: measure for measure in state.measures}["labels:urgency"]
    assert labels.verdict is Verdict.ALARM
    high = next(moved for moved in labels.moved if moved.value == "high")
    assert (high.before, high.after) == (0.0, 1.0)


def test_too_few_posts_give_no_verdict(tmp_path: Path) -> None:
    state = drift(tmp_path, OTHERS, recent_posts=LEAST_POSTS - 1)
    assert (state.verdict, state.alarm, state.measures) == (None, False, ())


def test_analyses_of_another_model_are_not_compared(tmp_path: Path) -> None:
    drift(tmp_path, USUAL)
    with open_ledger(tmp_path) as ledger, open_index(tmp_path) as index:
        ledger.models.announce("rules-2")
        state = find_drift(ledger, index, TODAY)
    assert (state.verdict, state.recent_posts) == (None, 0)


def test_psi_of_equal_shares_is_nothing_and_of_a_known_case_as_computed() -> None:
    assert psi(np.array([50, 50]), np.array([500, 500])) == pytest.approx(0)
    # By hand: (0.3 − 0.5) ln(0.3 / 0.5) + (0.7 − 0.5) ln(0.7 / 0.5), with so many posts that the smoothing is nothing.
    assert psi(np.array([5e6, 5e6]), np.array([3e6, 7e6])) == pytest.approx(0.16946, abs=1e-4)


def test_an_empty_bin_is_large_but_finite() -> None:
    assert 0.25 < psi(np.array([300, 0]), np.array([200, 100])) < 10


def test_a_score_that_most_share_is_one_bin() -> None:
    old, new = decile_counts(np.array([0.0] * 90 + [0.5] * 10), np.array([0.0] * 50 + [0.5] * 50))
    assert len(old) == len(new) == 2
    assert (old.sum(), new.sum()) == (100, 100)
    assert verdict(psi(old, new), 0.0) is Verdict.ALARM


def test_chance_reaches_what_simulation_reaches() -> None:
    source = np.random.default_rng(1)
    shares = np.full(10, 0.1)
    drawn = [psi(source.multinomial(600, shares), source.multinomial(200, shares)) for _ in range(4000)]
    expected = chance(600, 200, 10)
    assert 0.0 < np.mean(np.array(drawn) > expected) < 0.005


@pytest.mark.parametrize(
    ("value", "by_chance", "expected"),
    [(0.09, 0.0, Verdict.CALM), (0.1, 0.05, Verdict.LOOK), (0.25, 0.1, Verdict.ALARM), (0.4, 0.5, Verdict.CALM)],
)
def test_a_verdict_needs_more_than_chance(value: float, by_chance: float, expected: Verdict) -> None:
    assert verdict(value, by_chance) is expected
