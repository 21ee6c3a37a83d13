"""A Hugging Face sequence-classification model in the place of one head: texts in, that head's scores out.

PyTorch and transformers (the extra `train`) are imported when such a model is loaded, and never otherwise.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from nlp.classify.calibration import softmax
from nlp.classify.checkpoint_labels import LabelMatch, match_labels
from nlp.classify.encoder import BATCH_PIECES
from nlp.classify.heads import WIDTH, Head
from nlp.classify.windows import MOST_WINDOWS, OVERLAP, WINDOW, together
from nlp.errors import ModelError

# Stands for a chance of 0 or 1 without leaving the numbers.
_LEAST_CHANCE = 1e-12


@dataclass(frozen=True, slots=True)
class CheckpointReading:
    """`scores` of the head's values, (texts, values); `whole` (texts,) says whether a text was read in full."""

    scores: np.ndarray
    whole: np.ndarray


class Checkpoint:
    """Loads a model by folder or name; `labels` (`[nlp.labels]`) says what its labels mean where the names do not.

    `version` holds its name and a digest of its weights and of what its labels are taken for.

    Raises:
        ModelError: transformers is not installed or cannot load the model, it does not classify texts, or its labels
            fit no field of the guide.
    """

    def __init__(self, model: Path, *, labels: Mapping[str, str] | None = None, threads: int | None = None) -> None:
        self._torch, transformers = _libraries(model)
        self._network, self._tokenizer = _loaded(model, transformers)
        config = self._network.config
        match = match_labels([config.id2label[index] for index in range(config.num_labels)], labels or {})
        self.head = match.head
        self.version = f"{model.name}@{_digest(self._network, match)}"
        self._columns = _columns(match)
        self._softmax = config.num_labels > 1 and config.problem_type != "multi_label_classification"
        self._longest = min(WINDOW + self._tokenizer.num_special_tokens_to_add(), _positions(config, self._tokenizer))
        if threads:
            self._torch.set_num_threads(threads)

    def read(self, normalized: Sequence[str]) -> CheckpointReading:
        """Read one text or more; long ones window by window, as the encoder does."""
        cut = [self._windows(text) for text in normalized]
        runs = [window for own, _ in cut for window in own]
        scores = self._scores(self._logits(runs))
        bounds = pairwise(np.cumsum([0, *(len(own) for own, _ in cut)]))
        return CheckpointReading(
            np.array([_together(scores[start:end], self.head) for start, end in bounds]),
            np.array([whole for _, whole in cut], dtype=bool),
        )

    def reads_whole(self, normalized: str) -> bool:
        """Whether the text is short enough to be read in full."""
        return self._windows(normalized)[1]

    def _windows(self, text: str) -> tuple[list[list[int]], bool]:
        encoded = self._tokenizer(
            text,
            truncation=True,
            max_length=self._longest,
            stride=min(OVERLAP, self._longest // 4),
            return_overflowing_tokens=True,
        )
        own: list[list[int]] = encoded["input_ids"]
        if len(own) <= MOST_WINDOWS:
            return own, True
        return [own[int(place)] for place in np.linspace(0, len(own) - 1, MOST_WINDOWS)], False

    def _logits(self, runs: Sequence[Sequence[int]]) -> np.ndarray:
        """The network's output for each window, batched by length."""
        order = sorted(range(len(runs)), key=lambda index: len(runs[index]))
        found: dict[int, np.ndarray] = {}
        while order:
            size = max(1, BATCH_PIECES // len(runs[order[0]]))
            batch, order = order[:size], order[size:]
            padded = self._tokenizer.pad({"input_ids": [runs[index] for index in batch]}, return_tensors="pt")
            with self._torch.inference_mode():
                logits = self._network(**padded).logits.float().numpy()
            found.update(zip(batch, logits, strict=True))
        return np.array([found[index] for index in range(len(runs))], dtype=np.float64)

    def _scores(self, logits: np.ndarray) -> np.ndarray:
        """Scores of the head's values, from which its softmax or sigmoid makes the chances of the labels again."""
        chances = softmax(logits) if self._softmax else 1.0 / (1.0 + np.exp(-np.clip(logits, -30, 30)))
        if self.head.exclusive:
            return np.asarray(np.log(np.maximum(chances @ self._columns, _LEAST_CHANCE)))
        # A value that several labels stand for holds where one of them does; labels that exclude each other add up.
        held = chances @ self._columns if self._softmax else (chances[:, :, None] * self._columns).max(axis=1)
        held = np.clip(held, _LEAST_CHANCE, 1 - _LEAST_CHANCE)
        return np.asarray(np.log(held) - np.log1p(-held))


def _libraries(model: Path) -> tuple[Any, Any]:
    try:
        import torch
        import transformers
    except ModuleNotFoundError as error:
        what = "是 Hugging Face 模型" if model.is_dir() else "不是现有的文件夹，应是 Hugging Face 模型的名称"
        raise ModelError(
            f"[nlp] model = {model.as_posix()} {what}；载入它需要额外的组件（缺 {error.name}）："
            "pip install 'fengping[train]'"
        ) from error
    return torch, transformers


def _loaded(model: Path, transformers: Any) -> tuple[Any, Any]:
    """The network and its tokenizer; a model without a classifying head would get one of random weights: refused."""
    name = str(model) if model.is_dir() else model.as_posix()
    try:
        config = transformers.AutoConfig.from_pretrained(name)
        if not any(kind.endswith("ForSequenceClassification") for kind in config.architectures or ()):
            raise ModelError(f"{name} 不是文本分类模型（{config.architectures}）；需要 …ForSequenceClassification")
        network = transformers.AutoModelForSequenceClassification.from_pretrained(name)
        tokenizer = transformers.AutoTokenizer.from_pretrained(name)
    except (OSError, ValueError) as error:
        raise ModelError(
            f"transformers 载入不了 {name}：{error}\n请检查 [nlp] model 的路径或名称；按名称载入需要联网"
        ) from error
    return network.eval(), tokenizer


def _digest(network: Any, match: LabelMatch) -> str:
    digest = hashlib.sha256(f"{match.head.name} {match.values}".encode())
    for name, weights in sorted(network.state_dict().items()):
        digest.update(name.encode())
        digest.update(weights.contiguous().cpu().float().numpy().tobytes())
    return digest.hexdigest()[:10]


def _columns(match: LabelMatch) -> np.ndarray:
    """Which label (row) stands for which value of the head (column)."""
    return np.array([[name == value for value in match.head.values] for name in match.values], dtype=np.float64)


def _positions(config: Any, tokenizer: Any) -> int:
    """The most pieces that the network can read at once; RoBERTa's positions begin after those of its padding."""
    positions = getattr(config, "max_position_embeddings", None) or WINDOW * 2
    return int(min(positions - 2, tokenizer.model_max_length))


def _together(scores: np.ndarray, head: Head) -> np.ndarray:
    rows = np.zeros((len(scores), WIDTH))
    rows[:, head.columns] = scores
    return np.asarray(together(rows)[head.columns])
