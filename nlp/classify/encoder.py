"""Run the exported network: texts in, raw scores out, batched by length, long texts by windows."""

import os
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from nlp.classify.heads import WIDTH
from nlp.classify.windows import together, windows
from nlp.errors import ModelError

# Pieces in one batch: large enough to keep the cores busy, small enough to stay in the cache.
BATCH_PIECES = 4096
_CLS, _SEP = 101, 102


class Encoder:
    """The network of a model folder; loads on construction.

    Raises:
        ModelError: the folder lacks `model.onnx` or `tokenizer.json`.
    """

    def __init__(self, folder: Path, *, threads: int | None = None) -> None:
        for name in ("model.onnx", "tokenizer.json"):
            if not (folder / name).is_file():
                raise ModelError(f"模型文件夹 {folder} 缺少 {name}；请重新安装，或用 fengping train 生成")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or os.cpu_count() or 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def scores(self, texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """Raw scores, shape (texts, `WIDTH`), and whether each text was read in full."""
        cut = [
            windows(encoding.ids) for encoding in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        ]
        scores = self._run([window for own, _ in cut for window in own])
        bounds = np.cumsum([0, *(len(own) for own, _ in cut)])
        rows = [together(scores[start:end]) for start, end in pairwise(bounds)]
        whole = np.array([complete for _, complete in cut], dtype=bool)
        return np.array(rows, dtype=np.float32).reshape(len(texts), WIDTH), whole

    def _run(self, runs: Sequence[Sequence[int]]) -> np.ndarray:
        scores = np.empty((len(runs), WIDTH), dtype=np.float32)
        for batch in _batches([len(run) + 2 for run in runs]):
            scores[batch] = self._batch([runs[index] for index in batch])
        return scores

    def _batch(self, runs: Sequence[Sequence[int]]) -> np.ndarray:
        longest = max(map(len, runs)) + 2
        ids = np.zeros((len(runs), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, run in enumerate(runs):
            ids[row, 0] = _CLS
            ids[row, 1 : len(run) + 1] = run
            ids[row, len(run) + 1] = _SEP
            mask[row, : len(run) + 2] = 1
        (scores,) = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        return np.asarray(scores)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Numbers of runs of like length, at most `BATCH_PIECES` pieces with padding in each batch."""
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda index: lengths[index]):
        if batch and lengths[index] * (len(batch) + 1) > BATCH_PIECES:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
