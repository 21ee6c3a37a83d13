"""Measure the sentiment towards one brand against people's labels."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from nlp.brand import BrandSettings
from nlp.classify.classifier import Classifier
from nlp.classify.heads import TOWARDS
from nlp.normalize import normalize
from nlp.training.metrics import calibration_error, macro_f1, score, wilson
from nlp.training.records import LabelledPost
from nlp.training.tasks import full_name


def towards_figures(records: Sequence[LabelledPost], classifier: Classifier) -> dict[str, Any] | None:
    """Figures over all pairs of a post and a brand that a person judged; `None` where there is no such pair.

    `n` counts pairs; `accuracy` with its 95 % interval, `macro_f1`, `ece`, and `labels` with one score a sentiment.
    """
    followed = BrandSettings()
    pairs = [(record, full_name(brand, followed), mood) for record in records for brand, mood in record.towards]
    if not pairs:
        return None
    texts = [normalize(record.text).text for record, _, _ in pairs]
    answers = classifier.towards(texts, [brand for _, brand, _ in pairs])
    truth = np.array([[value == mood for value in TOWARDS.values] for _, _, mood in pairs])
    given = np.array([[value == answer.value for value in TOWARDS.values] for answer in answers])
    right = (truth & given).any(axis=1)
    return {
        "n": len(pairs),
        "accuracy": float(right.mean()),
        "interval": wilson(int(right.sum()), len(pairs)),
        "macro_f1": macro_f1(truth, given),
        "ece": calibration_error(np.array([answer.probability for answer in answers]), right),
        "labels": {value: asdict(score(truth[:, at], given[:, at])) for at, value in enumerate(TOWARDS.values)},
    }
