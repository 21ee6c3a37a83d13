"""The classifier that the settings ask for: a model folder of ours, or with one field from a Hugging Face model."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from nlp.classify.calibration import Calibration
from nlp.classify.checkpoint import Checkpoint
from nlp.classify.classifier import Classifier
from nlp.classify.encoder import Reading
from nlp.classify.heads import Head
from nlp.errors import ModelError
from nlp.settings import SHIPPED_MODEL, NlpSettings

# Nobody has calibrated a foreign model on the guide: its field is left to a person below these chances, and a danger
# to life needs less than one half, as the shipped model's does at most.
_DOUBT = 0.6
_THRESHOLD = 0.5
_BAND = 0.1
_CRITICAL = 0.3


class CheckpointClassifier(Classifier):
    """The model of `folder` whose scores of one field are those of a checkpoint; everything else is as before."""

    def __init__(self, folder: Path, checkpoint: Checkpoint, *, threads: int | None = None) -> None:
        super().__init__(folder, threads=threads)
        self.version = f"{self.version}+{checkpoint.version}"
        self.checkpoint = checkpoint
        self._calibration = _uncalibrated(self._calibration, checkpoint.head)

    def meanings(self, normalized: Sequence[str]) -> np.ndarray:
        """What each text is about, as the model of the folder sees it."""
        return super()._read(normalized).meanings

    def reads_whole(self, normalized: str) -> bool:
        """Whether the text is short enough to be read in full by both."""
        return super().reads_whole(normalized) and self.checkpoint.reads_whole(normalized)

    def _read(self, normalized: Sequence[str]) -> Reading:
        own, given = super()._read(normalized), self.checkpoint.read(normalized)
        scores = own.scores.astype(np.float64)
        scores[:, self.checkpoint.head.columns] = given.scores
        return replace(own, scores=scores, whole=own.whole & given.whole)


def load_classifier(settings: NlpSettings) -> Classifier:
    """The classifier of the settings.

    Raises:
        ModelError: the model is missing or does not fit, or `[nlp.labels]` is set for a model of ours.
    """
    model = settings.model or SHIPPED_MODEL
    if is_checkpoint(model):
        checkpoint = Checkpoint(model, labels=settings.labels, threads=settings.threads)
        return CheckpointClassifier(SHIPPED_MODEL, checkpoint, threads=settings.threads)
    if settings.labels:
        raise ModelError(f"[nlp.labels] 只用于 Hugging Face 模型，而 {model} 不是；请删去这一节，或改 [nlp] model")
    return Classifier(model, threads=settings.threads)


def is_checkpoint(model: Path) -> bool:
    """Whether `[nlp] model` is for transformers: a folder in its form, or no folder but a name such as `owner/name`."""
    if model.is_dir():
        return (model / "config.json").is_file() and not (model / "model.json").is_file()
    return not model.is_absolute() and ".." not in model.parts and len(model.parts) <= 2


def _uncalibrated(calibration: Calibration, head: Head) -> Calibration:
    thresholds = {"urgency": {"critical": _CRITICAL}}.get(head.name, dict.fromkeys(head.values, _THRESHOLD))
    return Calibration(
        {**calibration.temperatures, head.name: 1.0},
        {**calibration.thresholds, head.name: thresholds},
        {**calibration.doubts, head.name: _DOUBT if head.exclusive else _BAND},
    )
