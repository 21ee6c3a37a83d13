"""Precision, recall and F1 with 95 % intervals.

Shares have Wilson's interval (Wilson 1927, JASA 22, 209–212); F1 has a percentile bootstrap over posts (1,000
resamples, fixed seed), since it is no share.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

_Z = 1.959964
_RESAMPLES = 1000

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Of one label: `n` posts hold it; the interval is that of F1."""

    n: int
    precision: float
    recall: float
    f1: float
    precision_interval: Interval
    recall_interval: Interval
    interval: Interval


def wilson(hits: int, n: int) -> Interval:
    """95 % interval of a share of `hits` in `n`; (0, 1) where n is 0."""
    if n == 0:
        return 0.0, 1.0
    share = hits / n
    centre = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    return max(0.0, centre - half), min(1.0, centre + half)


def score(truth: np.ndarray, given: np.ndarray) -> Score:
    """Score of one label from two boolean vectors over posts."""
    hits, wanted, found = int((truth & given).sum()), int(truth.sum()), int(given.sum())
    return Score(
        n=wanted,
        precision=_share(hits, found),
        recall=_share(hits, wanted),
        f1=f1(truth[:, None], given[:, None]),
        precision_interval=wilson(hits, found),
        recall_interval=wilson(hits, wanted),
        interval=bootstrap(lambda rows: f1(truth[rows][:, None], given[rows][:, None]), len(truth)),
    )


def f1(truth: np.ndarray, given: np.ndarray) -> float:
    """Micro F1 of boolean matrices (posts, values); 0 where nothing is held or given."""
    return _share(2 * int((truth & given).sum()), int(truth.sum()) + int(given.sum()))


def macro_f1(truth: np.ndarray, given: np.ndarray) -> float:
    """Mean F1 of the values that some post holds."""
    held = np.flatnonzero(truth.any(axis=0))
    return float(np.mean([f1(truth[:, [column]], given[:, [column]]) for column in held])) if len(held) else 0.0


def bootstrap(statistic: Callable[[np.ndarray], float], n: int) -> Interval:
    """95 % percentile interval of `statistic(row numbers)` over resampled posts."""
    random = np.random.default_rng(20_150_601)
    drawn = sorted(statistic(random.integers(0, n, n)) for _ in range(_RESAMPLES)) if n else [0.0, 1.0]
    return drawn[int(0.025 * len(drawn))], drawn[min(len(drawn) - 1, int(0.975 * len(drawn)))]


def calibration_error(chances: np.ndarray, right: np.ndarray, *, bins: int = 10) -> float:
    """Expected calibration error: mean gap of confidence and accuracy over `bins` groups of equal size."""
    order = np.argsort(chances)
    groups = [group for group in np.array_split(order, bins) if len(group)]
    gaps = [len(group) * abs(chances[group].mean() - right[group].mean()) for group in groups]
    return float(sum(gaps) / max(1, len(chances)))


def _share(hits: int, n: int) -> float:
    return hits / n if n else 0.0
