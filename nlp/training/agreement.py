"""How far two readers agree who judged the same posts without seeing each other's labels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nlp.classify.heads import HEADS
from nlp.training.metrics import Interval, bootstrap
from nlp.training.records import LabelledPost


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Of one field or one value of the guide: `n` posts judged twice, how often both say the same, and kappa."""

    n: int
    agreed: float
    kappa: float
    interval: Interval


def agreements(
    first: Sequence[LabelledPost], second: Sequence[LabelledPost]
) -> Mapping[str, tuple[Agreement, Mapping[str, Agreement]]]:
    """By field of the guide: the agreement on the field, and that on each of its values; pairs stand at one place.

    For a field that holds several values, the agreement on the field pools all its values: each value of each post is
    one judgement, yes or no.
    """
    result: dict[str, tuple[Agreement, Mapping[str, Agreement]]] = {}
    for head in HEADS:
        one, other = _held(first, head.name, head.values), _held(second, head.name, head.values)
        values = {
            value: _agreement(one[:, [column]], other[:, [column]], judged=len(first))
            for column, value in enumerate(head.values)
            if one[:, column].any() or other[:, column].any()
        }
        if head.exclusive:
            whole = _agreement(one.argmax(axis=1)[:, None], other.argmax(axis=1)[:, None], judged=len(first))
        else:
            whole = _agreement(one, other, judged=len(first))
        result[head.name] = (whole, values)
    return result


def kappa(one: np.ndarray, other: np.ndarray) -> float:
    """Cohen's kappa of two readers' judgements (Cohen 1960, Educational and Psychological Measurement 20, 37–46).

    1 where both always say one and the same thing, for which the formula has no value.
    """
    observed = float((one == other).mean())
    chance = sum(float((one == value).mean()) * float((other == value).mean()) for value in np.union1d(one, other))
    return 1.0 if chance >= 1.0 else (observed - chance) / (1.0 - chance)


def _agreement(one: np.ndarray, other: np.ndarray, *, judged: int) -> Agreement:
    """Of judgements (posts, values); the interval is that of kappa, from posts drawn anew."""
    return Agreement(
        n=judged,
        agreed=float((one == other).mean()),
        kappa=kappa(one.ravel(), other.ravel()),
        interval=bootstrap(lambda rows: kappa(one[rows].ravel(), other[rows].ravel()), len(one)),
    )


def _held(records: Sequence[LabelledPost], field: str, values: Sequence[str]) -> np.ndarray:
    return np.array([[value in record.held(field) for value in values] for record in records])
