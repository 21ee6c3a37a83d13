"""Measure analyses against people's labels, field by field of the label guide."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from nlp.analysis import Analysis, Label
from nlp.classify.heads import HEADS, Head
from nlp.training.metrics import bootstrap, calibration_error, f1, macro_f1, score, wilson
from nlp.training.records import LabelledPost

Report = dict[str, Any]


def evaluate(records: Sequence[LabelledPost], analyses: Sequence[Analysis]) -> Report:
    """`n` and a report for each field: headline figures with 95 % intervals, and `labels` with one score a value."""
    report: Report = {"n": len(records)}
    for head in HEADS:
        truth = np.array([[value in record.held(head.name) for value in head.values] for record in records])
        given = np.array([[value in _given(analysis, head) for value in head.values] for analysis in analyses])
        report[head.name] = _field(head, truth, given, analyses)
    rounded: Report = _rounded(report)
    return rounded


def _field(head: Head, truth: np.ndarray, given: np.ndarray, analyses: Sequence[Analysis]) -> Report:
    if head.name == "overdue_complaint":
        yes = asdict(score(truth[:, 0], given[:, 0]))
        return {**yes, "labels": {"yes": yes}}
    labels = {value: asdict(score(truth[:, index], given[:, index])) for index, value in enumerate(head.values)}
    figures = _exclusive(head, truth, given, analyses) if head.exclusive else _several(truth, given)
    return {**figures, "labels": labels}


def _exclusive(head: Head, truth: np.ndarray, given: np.ndarray, analyses: Sequence[Analysis]) -> Report:
    right = (truth & given).any(axis=1)
    chances = np.array([_label(analysis, head).probability for analysis in analyses])
    return {
        "accuracy": float(right.mean()),
        "interval": wilson(int(right.sum()), len(right)),
        "macro_f1": macro_f1(truth, given),
        "macro_f1_interval": _over(macro_f1, truth, given),
        "ece": calibration_error(chances, right),
        "doubtful": float(np.mean([_label(analysis, head).doubtful for analysis in analyses])),
    }


def _several(truth: np.ndarray, given: np.ndarray) -> Report:
    return {
        "micro_f1": f1(truth, given),
        "interval": _over(f1, truth, given),
        "macro_f1": macro_f1(truth, given),
        "exact": float((truth == given).all(axis=1).mean()),
    }


def _over(
    statistic: Callable[[np.ndarray, np.ndarray], float], truth: np.ndarray, given: np.ndarray
) -> tuple[float, float]:
    return bootstrap(lambda rows: statistic(truth[rows], given[rows]), len(truth))


def _given(analysis: Analysis, head: Head) -> frozenset[str]:
    given = getattr(analysis, head.name)
    return frozenset(label.value for label in (given if isinstance(given, tuple) else (given,)))


def _label(analysis: Analysis, head: Head) -> Label:
    label = getattr(analysis, head.name)
    if not isinstance(label, Label):
        raise TypeError(f"{head.name} holds several labels")
    return label


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {name: _rounded(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(inner) for inner in value]
    return value
