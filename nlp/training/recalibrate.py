"""Fit the calibration of a model anew on labelled posts of a set-up's own; the weights stay as they are."""

import hashlib
import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from nlp.classify.calibration import Calibration, probabilities
from nlp.classify.classifier import Classifier
from nlp.classify.encoder import Encoder
from nlp.classify.encoder_text import encoder_text
from nlp.classify.heads import HEADS, Head
from nlp.errors import TrainingError
from nlp.normalize import normalize
from nlp.training.calibrate import calibrate
from nlp.training.dataset import load_labels
from nlp.training.metrics import calibration_error
from nlp.training.records import LabelledPost
from nlp.training.tasks import target_matrix

# With fewer posts the error that is left after fitting is mostly chance.
LEAST_POSTS = 200
_EARLIER = re.compile(r"-c[0-9a-f]{8}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalibration:
    """`calibration` is fitted on all posts, named by `ids`; `before` and `after` are the ECE by field.

    Each post of `after` is judged by a calibration fitted on the half of the posts that it is not in.
    """

    ids: tuple[str, ...]
    calibration: Calibration
    before: dict[str, float]
    after: dict[str, float]


def recalibrate(folder: Path, records: Sequence[LabelledPost]) -> Recalibration:
    """Fit the model in `folder` on posts that it has not learned from.

    Raises:
        ModelError: the folder holds no model of this version.
        TrainingError: too few posts, or some that the model was trained on.
    """
    classifier = Classifier(folder)
    _check(records, classifier.held_out)
    now = classifier.calibration
    texts = [encoder_text(normalize(record.text).text) for record in records]
    scores, targets = Encoder(folder).read(texts).scores, target_matrix(records)
    halves = [np.array([_is_first_half(record) is first for record in records]) for first in (True, False)]
    fitted = [_fitted(scores[half], targets[half], now) for half in halves]
    return Recalibration(
        ids=tuple(record.id for record in records),
        calibration=_fitted(scores, targets, now),
        before={head.name: _error(head, [(scores, targets, now)]) for head in HEADS},
        after={
            head.name: _error(
                head, [(scores[~half], targets[~half], one) for half, one in zip(halves, fitted, strict=True)]
            )
            for head in HEADS
        },
    )


def write_recalibrated(folder: Path, done: Recalibration, target: Path) -> None:
    """Copy the model's folder to `target` with the new calibration, under a version name of its own.

    Raises:
        TrainingError: `target` exists.
    """
    if target.exists():
        raise TrainingError(f"{target} 已存在；用 -o 指定另一个文件夹")
    card = _card(folder)
    card.update(version=new_version(folder, done.calibration), calibration=asdict(done.calibration))
    # The model has seen these now: no figure of it may be measured on them.
    card["held_out"] = sorted(set(card.get("held_out", ())) - set(done.ids))
    card.pop("figures", None)
    card["recalibrated"] = {"n": len(done.ids), "ece_before": done.before, "ece": done.after}
    shutil.copytree(folder, target)
    (target / "model.json").write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def new_version(folder: Path, calibration: Calibration) -> str:
    """The name of the weights with a digest of the calibration: equal numbers have equal names."""
    weights = _EARLIER.sub("", _card(folder)["version"])
    digest = hashlib.sha256(json.dumps(asdict(calibration), sort_keys=True).encode()).hexdigest()
    return f"{weights}-c{digest[:8]}"


def _check(records: Sequence[LabelledPost], held_out: frozenset[str]) -> None:
    if len(records) < LEAST_POSTS:
        raise TrainingError(f"只有 {len(records)} 条标注，至少要 {LEAST_POSTS} 条；再多标一些，或多给几个文件")
    learned = load_labels().keys() - held_out
    known = [record.id for record in records if record.id in learned]
    if known:
        raise TrainingError(
            f"有 {len(known)} 条是模型训练时用过的（{'、'.join(known[:3])}…）；模型对它们过于自信，不能用来校准，请去掉"
        )


def _is_first_half(record: LabelledPost) -> bool:
    """By a digest of the text, so that copies of one post stand in one half."""
    return hashlib.sha256(record.text.encode()).digest()[0] % 2 == 0


def _fitted(scores: np.ndarray, targets: np.ndarray, now: Calibration) -> Calibration:
    """Numbers fitted here for the fields of the guide, those of now for `towards`, which nobody is asked about."""
    fitted, names = calibrate(scores, targets), [head.name for head in HEADS]
    return replace(
        now,
        temperatures={**now.temperatures, **{name: fitted.temperatures[name] for name in names}},
        thresholds={**now.thresholds, **fitted.thresholds},
        doubts={**now.doubts, **{name: fitted.doubts[name] for name in names}},
    )


def _error(head: Head, parts: Sequence[tuple[np.ndarray, np.ndarray, Calibration]]) -> float:
    """ECE of a field, of the most probable value or, where any number holds, of all values together."""
    pairs = [_chances(head, *part) for part in parts]
    chances, right = (np.concatenate(side) for side in zip(*pairs, strict=True))
    return round(calibration_error(chances, right), 4)


def _chances(
    head: Head, scores: np.ndarray, targets: np.ndarray, calibration: Calibration
) -> tuple[np.ndarray, np.ndarray]:
    chances, truth = probabilities(scores, head, calibration), targets[:, head.columns] > 0
    if not head.exclusive:
        return chances.ravel(), truth.ravel()
    best = chances.argmax(axis=1)
    return chances.max(axis=1), truth[np.arange(len(best)), best]


def _card(folder: Path) -> dict[str, Any]:
    card: dict[str, Any] = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    return card
