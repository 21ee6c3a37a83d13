"""Classifier: the network of a model folder with its calibration, from normalised texts to labels."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from nlp.analysis import Label
from nlp.classify.calibration import (
    Calibration,
    all_probabilities,
    exclusive_labels,
    probabilities,
    several_labels,
)
from nlp.classify.encoder import Encoder, Reading
from nlp.classify.encoder_text import encoder_text
from nlp.classify.examples import Examples
from nlp.classify.heads import ALL_HEADS, HEAD, HEADS, TOWARDS
from nlp.errors import ModelError


@dataclass(frozen=True, slots=True)
class Judgement:
    """The labels of one text, by field of the guide: one label for exclusive fields, any number for the others."""

    single: Mapping[str, Label]
    several: Mapping[str, tuple[Label, ...]]


class Classifier:
    """Loads the model of `folder`; `version` names it in every analysis.

    `held_out` are the ids of the labelled posts that making the model never saw.

    Raises:
        ModelError: a file is missing, or the model was made for other heads.
    """

    def __init__(self, folder: Path, *, threads: int | None = None) -> None:
        card = _card(folder)
        self.version: str = card["version"]
        self.held_out = frozenset[str](card.get("held_out", ()))
        self._calibration = Calibration(**card["calibration"])
        self._encoder = Encoder(folder, threads=threads)
        self.examples = Examples(folder)

    @property
    def calibration(self) -> Calibration:
        """Temperatures, thresholds and doubts that make labels of the network's scores."""
        return self._calibration

    def probabilities(self, normalized: Sequence[str]) -> dict[str, np.ndarray]:
        """Calibrated probabilities by head, each of shape (texts, values)."""
        return self._probabilities(self._read(normalized).scores)

    def meanings(self, normalized: Sequence[str]) -> np.ndarray:
        """What each text is about, as a vector of length 1: the dot product of two says how alike they are."""
        return self._read(normalized).meanings

    def towards(self, normalized: Sequence[str], brands: Sequence[str]) -> list[Label]:
        """The author's sentiment in each text towards the brand at the same place."""
        if not normalized:
            return []
        return exclusive_labels(self.towards_probabilities(normalized, brands), TOWARDS, self._calibration)

    def towards_probabilities(self, normalized: Sequence[str], brands: Sequence[str]) -> np.ndarray:
        """Calibrated probabilities of the sentiments towards the brand at the same place, shape (texts, values)."""
        scores = self._encoder.read([encoder_text(text) for text in normalized], about=_lowered(brands)).scores
        return probabilities(scores, TOWARDS, self._calibration)

    def reads_whole(self, normalized: str) -> bool:
        """Whether the text is short enough to be read in full."""
        return self._encoder.reads_whole(encoder_text(normalized))

    def judge(self, normalized: Sequence[str]) -> list[Judgement]:
        """Labels of each text; a text too long to be read in full is doubtful in every field."""
        if not normalized:
            return []
        reading = self._read(normalized)
        chances, whole = self._probabilities(reading.scores), reading.whole
        single = {head.name: self._single(chances[head.name], head.name) for head in HEADS if head.exclusive}
        single["overdue_complaint"] = self._yes_or_no(chances["overdue_complaint"][:, 0])
        several = {
            name: several_labels(chances[name], HEAD[name], self._calibration)
            for name in ("issues", "causes", "demands")
        }
        return [
            Judgement(
                {name: _doubted(labels[row], doubt=not whole[row]) for name, labels in single.items()},
                {name: labels[row] for name, labels in several.items()},
            )
            for row in range(len(normalized))
        ]

    def _read(self, normalized: Sequence[str]) -> Reading:
        return self._encoder.read([encoder_text(text) for text in normalized])

    def _probabilities(self, scores: np.ndarray) -> dict[str, np.ndarray]:
        return all_probabilities(scores, self._calibration)

    def _single(self, chances: np.ndarray, name: str) -> list[Label]:
        labels = exclusive_labels(chances, HEAD[name], self._calibration)
        return _critical_first(labels, chances, self._calibration) if name == "urgency" else labels

    def _yes_or_no(self, chances: np.ndarray) -> list[Label]:
        threshold = self._calibration.thresholds["overdue_complaint"]["yes"]
        band = self._calibration.doubts["overdue_complaint"]
        return [
            Label(
                "yes" if chance >= threshold else "no",
                round(float(chance if chance >= threshold else 1 - chance), 4),
                doubtful=bool(abs(chance - threshold) < band),
            )
            for chance in chances
        ]


def _critical_first(labels: list[Label], chances: np.ndarray, calibration: Calibration) -> list[Label]:
    """A danger to life is not weighed against the other values: it has a threshold of its own, below one half."""
    threshold = calibration.thresholds["urgency"]["critical"]
    return [
        Label("critical", round(float(row[0]), 4), doubtful=label.value != "critical" or label.doubtful)
        if row[0] >= threshold
        else label
        for label, row in zip(labels, chances, strict=True)
    ]


def _lowered(brands: Sequence[str]) -> list[str]:
    return [encoder_text(brand) for brand in brands]


def _doubted(label: Label, *, doubt: bool) -> Label:
    return replace(label, doubtful=True) if doubt else label


def _card(folder: Path) -> dict[str, Any]:
    try:
        card: dict[str, Any] = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ModelError(f"模型文件夹 {folder} 缺少 model.json；请重新安装，或用 fengping train 生成") from error
    if card["heads"] != {head.name: list(head.values) for head in ALL_HEADS}:
        raise ModelError(f"{folder} 的模型与本版本的标签不符；请用 fengping train 重新生成")
    return card
