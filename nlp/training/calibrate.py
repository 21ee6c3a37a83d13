"""Fit temperatures, thresholds and doubt on posts that training never saw."""

import numpy as np

from nlp.classify.calibration import Calibration, probabilities
from nlp.classify.heads import HEAD, HEADS, Head
from nlp.training.metrics import f1

# A missed danger to life costs most: the threshold lies below the chance of every such post seen here, within bounds
# (below 0.12 each further post found on development data costs about a hundred false alarms).
_CRITICAL_LEAST, _CRITICAL_MOST = 0.12, 0.3
# How sure a label must be before no person is asked, chosen so that about one label in ten is asked about.
_ASKED = 0.12
_BAND = 0.1


def calibrate(scores: np.ndarray, targets: np.ndarray) -> Calibration:
    """From raw scores and 0/1 targets, both (posts, `WIDTH`)."""
    temperatures = {head.name: _temperature(scores, targets, head) for head in HEADS}
    warm = Calibration(temperatures, {}, {})
    thresholds: dict[str, dict[str, float]] = {"urgency": {"critical": _critical(scores, targets, warm)}}
    doubts: dict[str, float] = {}
    for head in HEADS:
        chances = probabilities(scores, head, warm)
        if head.exclusive:
            doubts[head.name] = round(float(np.quantile(chances.max(axis=1), _ASKED)), 4)
        else:
            shared = _threshold(chances, targets[:, head.columns] > 0)
            thresholds[head.name] = dict.fromkeys(head.values, shared)
            doubts[head.name] = _BAND
    return Calibration(temperatures, thresholds, doubts)


def _critical(scores: np.ndarray, targets: np.ndarray, warm: Calibration) -> float:
    """The threshold of `critical`: no such post of the calibration part may be missed."""
    head = HEAD["urgency"]
    column = head.values.index("critical")
    chances = probabilities(scores, head, warm)[:, column]
    dangerous = chances[targets[:, head.columns][:, column] > 0]
    lowest = float(dangerous.min()) * 0.9 if len(dangerous) else _CRITICAL_LEAST
    return round(min(max(lowest, _CRITICAL_LEAST), _CRITICAL_MOST), 3)


def _temperature(scores: np.ndarray, targets: np.ndarray, head: Head) -> float:
    """The divisor with the least log loss (Guo et al. 2017, On Calibration of Modern Neural Networks)."""
    grid: list[float] = np.geomspace(0.5, 4.0, 60).tolist()
    wanted = targets[:, head.columns]
    losses = [_log_loss(scores, wanted, head, divisor) for divisor in grid]
    return round(grid[int(np.argmin(losses))], 3)


def _log_loss(scores: np.ndarray, wanted: np.ndarray, head: Head, divisor: float) -> float:
    chances = np.clip(probabilities(scores, head, Calibration({head.name: divisor}, {}, {})), 1e-7, 1 - 1e-7)
    losses = wanted * np.log(chances)
    if not head.exclusive:
        losses += (1 - wanted) * np.log(1 - chances)
    return float(-losses.mean())


def _threshold(chances: np.ndarray, wanted: np.ndarray) -> float:
    """One threshold for all values of a head: few posts hold a rare value, and one of its own would be chance."""
    return max((round(0.3 + 0.025 * step, 3) for step in range(13)), key=lambda least: f1(wanted, chances >= least))
