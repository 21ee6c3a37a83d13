"""Fit temperatures, thresholds and doubt on posts that training never saw."""

import numpy as np

from nlp.classify.calibration import Calibration, all_probabilities, probabilities
from nlp.classify.heads import ALL_HEADS, HEAD, HEADS, TOWARDS, Head
from nlp.training.metrics import f1, wilson

# A missed danger to life costs most: as much as this many false alarms, each of which is a minute of a person's time.
_MISSED_CRITICAL = 50
_CRITICAL_THRESHOLDS = (0.3, 0.25, 0.2, 0.15, 0.12, 0.1, 0.08, 0.06, 0.05, 0.04, 0.03)
# How sure a label must be before no person is asked: about one label in ten is asked about, and more where those above
# can't be shown (lower end of 95 %) to be right this often.
_ASKED = 0.12
_LEAST_RIGHT = 0.75
_BAND = 0.1


def calibrate(scores: np.ndarray, targets: np.ndarray) -> Calibration:
    """From raw scores and targets, both (tasks, `WIDTH`): 1, 0, or NaN where a head is not asked."""
    asked = {head.name: ~np.isnan(targets[:, head.start]) for head in ALL_HEADS}
    wanted = {head.name: targets[asked[head.name], head.columns] for head in ALL_HEADS}
    temperatures = {head.name: _temperature(scores[asked[head.name]], wanted[head.name], head) for head in ALL_HEADS}
    warm = Calibration(temperatures, {}, {})
    chances = all_probabilities(scores[asked["kind"]], warm)
    chances["towards"] = probabilities(scores[asked["towards"]], TOWARDS, warm)
    thresholds = {
        head.name: dict.fromkeys(head.values, _threshold(chances[head.name], wanted[head.name] > 0))
        for head in HEADS
        if not head.exclusive
    }
    thresholds["urgency"] = {"critical": _critical(chances["urgency"], wanted["urgency"], HEAD["urgency"])}
    doubts = {
        head.name: _doubt(chances[head.name], wanted[head.name]) if head.exclusive else _BAND for head in ALL_HEADS
    }
    return Calibration(temperatures, thresholds, doubts)


def _doubt(chances: np.ndarray, wanted: np.ndarray) -> float:
    """The probability below which a single label is left to a person; 1 where no post shows that being sure helps."""
    if not len(chances):
        return 1.0
    best = chances.max(axis=1)
    right = wanted[np.arange(len(best)), chances.argmax(axis=1)] > 0
    shares = (_ASKED, *(step / 20 for step in range(3, 17)))  # the fewest above hold a fifth of the posts
    least = (float(np.quantile(best, share)) for share in shares)
    return next((round(doubt, 4) for doubt in least if _shown_right(right[best >= doubt])), 1.0)


def _shown_right(right: np.ndarray) -> bool:
    return wilson(int(right.sum()), len(right))[0] >= _LEAST_RIGHT


def _critical(chances: np.ndarray, wanted: np.ndarray, head: Head) -> float:
    """The threshold of `critical` with the least cost on these posts, the highest of several."""
    column = head.values.index("critical")
    chance, dangerous = chances[:, column], wanted[:, column] > 0

    def cost(threshold: float) -> int:
        found = chance >= threshold
        return int(_MISSED_CRITICAL * (dangerous & ~found).sum() + (found & ~dangerous).sum())

    return min(_CRITICAL_THRESHOLDS, key=cost)


def _temperature(scores: np.ndarray, wanted: np.ndarray, head: Head) -> float:
    """The divisor with the least log loss (Guo et al. 2017, On Calibration of Modern Neural Networks); 1 of no post."""
    if not len(wanted):
        return 1.0
    grid: list[float] = np.geomspace(0.5, 4.0, 60).tolist()
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
