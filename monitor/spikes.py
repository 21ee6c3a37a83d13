"""Spikes: days with clearly more posts than usual.

A day is a spike when it has at least `minimum` posts and lies more than `threshold` robust standard deviations above
the median of the 28 days before it. The robust deviation is 1.4826 × MAD, the median distance from the median, which
one earlier spike does not move; it is taken as at least √median (what chance alone does to counts) and at least 1.
With fewer than 14 days before a day there is no usual level, and no spike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from statistics import median

HISTORY_DAYS = 28
MINIMUM_HISTORY = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Spike:
    """A day above the usual level: `usual` posts a day, `score` robust standard deviations above it."""

    day: date
    count: int
    usual: float
    score: float


def find_spikes(series: Sequence[tuple[date, int]], *, threshold: float = 4.0, minimum: int = 5) -> tuple[Spike, ...]:
    """The spikes of a series of consecutive days, zero-days included."""
    numbers = [count for _, count in series]
    judged = (
        _judge(day, count, numbers[max(0, position - HISTORY_DAYS) : position])
        for position, (day, count) in enumerate(series)
    )
    return tuple(spike for spike in judged if spike and spike.score > threshold and spike.count >= minimum)


def spike_peaks(spikes: Sequence[Spike]) -> tuple[Spike, ...]:
    """The highest day of each run of spikes; a pause of one day does not end a run."""
    runs: list[list[Spike]] = []
    for spike in spikes:
        if runs and (spike.day - runs[-1][-1].day).days <= 2:
            runs[-1].append(spike)
        else:
            runs.append([spike])
    return tuple(max(run, key=lambda spike: spike.count) for run in runs)


def _judge(day: date, count: int, history: Sequence[int]) -> Spike | None:
    if len(history) < MINIMUM_HISTORY:
        return None
    usual = float(median(history))
    spread = 1.4826 * median(abs(number - usual) for number in history)
    score = (count - usual) / max(spread, sqrt(usual), 1.0)
    return Spike(day=day, count=count, usual=usual, score=score)
