"""From raw scores to probabilities that mean what they say, and from those to labels."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from nlp.analysis import Label
from nlp.classify.heads import HEAD, HEADS, Head


@dataclass(frozen=True, slots=True)
class Calibration:
    """Numbers fitted on posts that training never saw.

    `temperatures`: divisor of the scores, by head. `thresholds`: from which probability a value holds, by head and
    value. `doubts`: by head, below which probability a single label is left to a person, or how wide the band of doubt
    is around the threshold.
    """

    temperatures: Mapping[str, float]
    thresholds: Mapping[str, Mapping[str, float]]
    doubts: Mapping[str, float]


def probabilities(scores: np.ndarray, head: Head, calibration: Calibration) -> np.ndarray:
    """Calibrated probabilities of one head, shape (texts, values)."""
    scaled = scores[:, head.columns] / calibration.temperatures[head.name]
    if not head.exclusive:
        return np.asarray(np.exp(-np.logaddexp(0.0, -scaled)))  # a sigmoid that no score makes overflow
    return softmax(scaled)


def softmax(scores: np.ndarray) -> np.ndarray:
    """Probabilities of values that exclude each other, shape (texts, values), from their scores."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True))


def all_probabilities(scores: np.ndarray, calibration: Calibration) -> dict[str, np.ndarray]:
    """Calibrated probabilities by field of the guide, each of shape (texts, values).

    By the guide an overdue complaint is a complaint, so that its probability is never above that of a complaint.
    """
    chances = {head.name: probabilities(scores, head, calibration) for head in HEADS}
    complaint = chances["kind"][:, [HEAD["kind"].values.index("complaint")]]
    return {**chances, "overdue_complaint": np.minimum(chances["overdue_complaint"], complaint)}


def exclusive_labels(chances: np.ndarray, head: Head, calibration: Calibration) -> list[Label]:
    """The most probable value of each text; doubtful where it is not probable enough."""
    doubt = calibration.doubts[head.name]
    best = chances.argmax(axis=1)
    return [
        Label(head.values[index], round(float(chance), 4), doubtful=bool(chance < doubt))
        for index, chance in zip(best, chances.max(axis=1), strict=True)
    ]


def several_labels(chances: np.ndarray, head: Head, calibration: Calibration) -> list[tuple[Label, ...]]:
    """The values at or above their threshold, most probable first; doubtful in the band around the threshold."""
    thresholds = np.array([calibration.thresholds[head.name][value] for value in head.values])
    return [_held(row, thresholds, head, calibration.doubts[head.name]) for row in chances]


def _held(row: np.ndarray, thresholds: np.ndarray, head: Head, band: float) -> tuple[Label, ...]:
    order = sorted(np.flatnonzero(row >= thresholds), key=lambda index: -row[index])
    return tuple(
        Label(
            head.values[index],
            round(float(row[index]), 4),
            doubtful=bool(row[index] < thresholds[index] + band),
        )
        for index in order
    )
