"""Measure analyses against people's labels, field by field of the label guide."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from nlp.analysis import Analysis, Label
from nlp.classify.heads import HEADS, Head
from nlp.training.metrics import bootstrap, calibration_error, f1, macro_f1, score, wilson
from nlp.training.records import LabelledPost
from nlp.training.sureness import critical_figures, doubt_figures, precision_at_coverage

Report = dict[str, Any]
# Chances of every value, (posts, values), by field: what a model says of the values too that it does not give.
Chances = Mapping[str, np.ndarray]


def evaluate(
    records: Sequence[LabelledPost], analyses: Sequence[Analysis], *, chances: Chances | None = None
) -> Report:
    """`n` and a report for each field: headline figures with 95 % intervals, and `labels` with one score a value.

    Every field has `coverage` (precision against coverage) and `doubt`; `ece` of a field that holds several values is
    over all values, given or not, and left out without `chances`. `urgency` has `critical`: dangers found and missed.
    """
    report: Report = {"n": len(records)}
    for head in HEADS:
        truth = np.array([[value in record.held(head.name) for value in head.values] for record in records])
        given = np.array([[value in _given(analysis, head) for value in head.values] for analysis in analyses])
        report[head.name] = {**_field(head, truth, given, analyses), **_sureness(head, records, analyses)}
        if chances and _holds_several(head):
            report[head.name]["ece"] = calibration_error(chances[head.name].ravel(), truth.ravel())
    report["urgency"]["critical"] = critical_figures(records, analyses)
    result: Report = rounded(report)
    return result


def evaluate_by_source(
    records: Sequence[LabelledPost], analyses: Sequence[Analysis], *, chances: Chances | None = None
) -> dict[str, Report]:
    """The report of `evaluate` for the posts of each source, the largest source first."""
    rows: dict[str, list[int]] = {}
    for row, record in enumerate(records):
        rows.setdefault(record.source, []).append(row)
    return {
        source: evaluate(
            [records[row] for row in own],
            [analyses[row] for row in own],
            chances={name: values[own] for name, values in chances.items()} if chances else None,
        )
        for source, own in sorted(rows.items(), key=lambda item: -len(item[1]))
    }


def _field(head: Head, truth: np.ndarray, given: np.ndarray, analyses: Sequence[Analysis]) -> Report:
    if head.name == "overdue_complaint":
        yes = asdict(score(truth[:, 0], given[:, 0]))
        labels = [_label(analysis, head) for analysis in analyses]
        return {**yes, "ece": _top_label_error(labels, truth[:, 0] == given[:, 0]), "labels": {"yes": yes}}
    scores = {value: asdict(score(truth[:, index], given[:, index])) for index, value in enumerate(head.values)}
    figures = _exclusive(head, truth, given, analyses) if head.exclusive else _several(truth, given)
    return {**figures, "labels": scores}


def _exclusive(head: Head, truth: np.ndarray, given: np.ndarray, analyses: Sequence[Analysis]) -> Report:
    right = (truth & given).any(axis=1)
    labels = [_label(analysis, head) for analysis in analyses]
    return {
        "accuracy": float(right.mean()),
        "interval": wilson(int(right.sum()), len(right)),
        "macro_f1": macro_f1(truth, given),
        "macro_f1_interval": _over(macro_f1, truth, given),
        "ece": _top_label_error(labels, right),
        "doubtful": float(np.mean([label.doubtful for label in labels])),
    }


def _several(truth: np.ndarray, given: np.ndarray) -> Report:
    return {
        "micro_f1": f1(truth, given),
        "interval": _over(f1, truth, given),
        "macro_f1": macro_f1(truth, given),
        "exact": float((truth == given).all(axis=1).mean()),
    }


def _top_label_error(labels: Sequence[Label], right: np.ndarray) -> float:
    return calibration_error(np.array([label.probability for label in labels]), right)


def _sureness(head: Head, records: Sequence[LabelledPost], analyses: Sequence[Analysis]) -> Report:
    """Of every label given in the field: one of each post, or any number."""
    pairs = [
        (label, record) for record, analysis in zip(records, analyses, strict=True) for label in _labels(analysis, head)
    ]
    right = np.array([_is_right(label, record, head) for label, record in pairs], dtype=bool)
    chances = np.array([label.probability for label, _ in pairs])
    doubtful = np.array([label.doubtful for label, _ in pairs], dtype=bool)
    return {"coverage": precision_at_coverage(chances, right), "doubt": doubt_figures(doubtful, right)}


def _holds_several(head: Head) -> bool:
    return not head.exclusive and head.name != "overdue_complaint"


def _is_right(label: Label, record: LabelledPost, head: Head) -> bool:
    held = record.held(head.name)
    return not held if label.value == "no" else label.value in held


def _over(
    statistic: Callable[[np.ndarray, np.ndarray], float], truth: np.ndarray, given: np.ndarray
) -> tuple[float, float]:
    return bootstrap(lambda rows: statistic(truth[rows], given[rows]), len(truth))


def _given(analysis: Analysis, head: Head) -> frozenset[str]:
    return frozenset(label.value for label in _labels(analysis, head))


def _labels(analysis: Analysis, head: Head) -> tuple[Label, ...]:
    given: Label | tuple[Label, ...] = getattr(analysis, head.name)
    return given if isinstance(given, tuple) else (given,)


def _label(analysis: Analysis, head: Head) -> Label:
    label = getattr(analysis, head.name)
    if not isinstance(label, Label):
        raise TypeError(f"{head.name} holds several labels")
    return label


def rounded(value: Any) -> Any:
    """Figures as they are printed: every number of a report with four decimals."""
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {name: rounded(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(inner) for inner in value]
    return value
