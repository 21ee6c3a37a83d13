"""Does doubt fall on the right labels: precision against coverage, how often doubt is right, dangers found."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nlp.analysis import Analysis
from nlp.training.metrics import wilson
from nlp.training.records import LabelledPost

# Shares of labels that are kept while the least sure of them are left to a person.
COVERAGES = (1.0, 0.95, 0.9, 0.8, 0.7, 0.5)


def precision_at_coverage(chances: np.ndarray, right: np.ndarray) -> list[dict[str, Any]]:
    """For each of `COVERAGES` the share of right ones among the surest labels, with the chance of the last one kept.

    Of the labels given: `chances` are their probabilities, `right` says whether people agree. The share is None where
    no label is kept. El-Yaniv and Wiener 2010 (JMLR 11, 1605-1641) call the curve risk against coverage.
    """
    order = np.argsort(-chances, kind="stable")
    return [_kept(share, chances[order], right[order]) for share in COVERAGES]


def _kept(share: float, chances: np.ndarray, right: np.ndarray) -> dict[str, Any]:
    n = round(share * len(right))
    return {
        "coverage": share,
        "n": n,
        "precision": float(right[:n].mean()) if n else None,
        "interval": wilson(int(right[:n].sum()), n),
        "least_probability": float(chances[n - 1]) if n else None,
    }


def doubt_figures(doubtful: np.ndarray, right: np.ndarray) -> dict[str, Any]:
    """How many labels are doubtful and how many not (`n`), and the share wrong of each (None of no label)."""
    return {"doubtful": _wrong(~right[doubtful]), "sure": _wrong(~right[~doubtful])}


def _wrong(wrong: np.ndarray) -> dict[str, Any]:
    n = len(wrong)
    return {"n": n, "wrong": float(wrong.mean()) if n else None, "interval": wilson(int(wrong.sum()), n)}


def critical_figures(records: Sequence[LabelledPost], analyses: Sequence[Analysis]) -> dict[str, Any]:
    """Posts in which life is in danger: found or missed, each missed one by its id, and the false alarms.

    `missed_but_doubtful` of the missed are marked for a person all the same.
    """
    pairs = list(zip(records, analyses, strict=True))
    missed = [(record, analysis) for record, analysis in pairs if _is(record) and not _is_given(analysis)]
    n = sum(map(_is, records))
    return {
        "n": n,
        "found": n - len(missed),
        "missed": len(missed),
        "missed_but_doubtful": sum(analysis.urgency.doubtful for _, analysis in missed),
        "false_alarms": sum(_is_given(analysis) and not _is(record) for record, analysis in pairs),
        "missed_ids": [record.id for record, _ in missed],
    }


def _is(record: LabelledPost) -> bool:
    return record.urgency == "critical"


def _is_given(analysis: Analysis) -> bool:
    return analysis.urgency.value == "critical"
