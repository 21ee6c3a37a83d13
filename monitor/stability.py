"""The population stability index (PSI): how far a distribution has moved from a reference.

    PSI = Σ (recent − reference) × ln(recent / reference)        over the shares of the bins

Shares are (count + ½) / (n + ½ · bins), so that an empty bin on either side gives a large but finite term.

Below 0.1 nothing of note, 0.1–0.25 look into it, from 0.25 on a major shift: the credit industry's rule of thumb, as
in the R package scorecard, https://search.r-project.org/CRAN/refmans/scorecard/html/perf_psi.html. With few posts
chance alone reaches these values (Potgieter et al. 2023, The Population Resemblance Statistic, arXiv:2307.11878):
where nothing has moved PSI is about (1/n + 1/m) · χ² with bins − 1 degrees of freedom, so a verdict also needs a PSI
that chance exceeds less than once in a thousand times.
"""

from collections.abc import Mapping
from enum import StrEnum
from math import sqrt

import numpy as np

LOOK = 0.1
ALARM = 0.25
BINS = 10
_EMPTY = 0.5
_Z999 = 3.0902  # the normal quantile of 0.999


class Verdict(StrEnum):
    """What a PSI means for whoever is responsible for the model."""

    CALM = "calm"
    LOOK = "look"
    ALARM = "alarm"


def psi(reference: np.ndarray, recent: np.ndarray) -> float:
    """The index of two vectors of counts by bin."""
    old, new = _shares(reference), _shares(recent)
    return float(((new - old) * np.log(new / old)).sum())


def chance(reference: int, recent: int, bins: int) -> float:
    """What PSI exceeds once in a thousand times although nothing moved, for the numbers of posts on both sides.

    χ² by Wilson and Hilferty's cube-root approximation (PNAS 17, 1931, 684–688).
    """
    freedom = max(bins - 1, 1)
    quantile = freedom * (1 - 2 / (9 * freedom) + _Z999 * sqrt(2 / (9 * freedom))) ** 3
    return (1 / max(reference, 1) + 1 / max(recent, 1)) * quantile


def verdict(value: float, by_chance: float) -> Verdict:
    """By the thresholds, where chance does not explain the value."""
    if value <= by_chance or value < LOOK:
        return Verdict.CALM
    return Verdict.ALARM if value >= ALARM else Verdict.LOOK


def decile_counts(reference: np.ndarray, recent: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How many values of each side lie in the bins between the reference's deciles.

    Fewer than ten bins where deciles are equal: a score that most posts share is one bin.
    """
    # Edges that are values of the reference: one between two values would only part off an empty bin.
    edges = np.unique(np.quantile(reference, np.linspace(0, 1, BINS + 1)[1:-1], method="inverted_cdf"))
    sides = (
        np.bincount(np.searchsorted(edges, side, side="left"), minlength=len(edges) + 1) for side in (reference, recent)
    )
    old, new = sides
    return old, new


def value_counts(reference: Mapping[str, int], recent: Mapping[str, int]) -> tuple[np.ndarray, np.ndarray]:
    """The counts of both sides by the values that either holds."""
    values = sorted({*reference, *recent})
    return tuple(np.array([side.get(value, 0) for value in values]) for side in (reference, recent))  # type: ignore[return-value] # two sides, two arrays


def _shares(counts: np.ndarray) -> np.ndarray:
    filled = counts + _EMPTY
    return np.asarray(filled / filled.sum())
