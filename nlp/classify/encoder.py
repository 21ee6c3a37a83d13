"""Run the exported network: texts in, raw scores out, batched by length, long texts by windows."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from nlp.classify.windows import one_meaning, together, windows
from nlp.errors import ModelError

# Pieces in one batch: what flows between two layers then stays in a core's cache (1.2 times the speed of 4096).
BATCH_PIECES = 512
# Texts are filled up to a multiple of this, and only texts of one length share a batch: a text is then summed in the
# same order whatever stands beside it.
_STRIDE = 4
_CLS, _SEP = 101, 102
# ONNX Runtime's fused kernels that are slower than what they replace (measured on AVX-512, 15 % together).
_SLOW_FUSIONS = ["SkipLayerNormFusion", "BiasGeluFusion"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network says of texts.

    `scores` are (texts, `WIDTH`), `meanings` (texts, width of the encoder) and each of length 1; `whole` (texts,) says
    whether a text was read in full.
    """

    scores: np.ndarray
    meanings: np.ndarray
    whole: np.ndarray


class Encoder:
    """The network of a model folder; loads on construction, runs `threads` batches at a time (all cores by default).

    Raises:
        ModelError: the folder lacks `model.onnx` or `tokenizer.json`.
    """

    def __init__(self, folder: Path, *, threads: int | None = None) -> None:
        for name in ("model.onnx", "tokenizer.json"):
            if not (folder / name).is_file():
                raise ModelError(f"模型文件夹 {folder} 缺少 {name}；请重新安装，或用 fengping train 生成")
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOW_FUSIONS
        )
        self._threads = threads or os.cpu_count() or 1
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def read(self, texts: Sequence[str], *, about: Sequence[str | None] | None = None) -> Reading:
        """Read one text or more; `about` names the brand that each is read about, which the head `towards` needs."""
        leads = [self._lead(name) if name else [] for name in about or [None] * len(texts)]
        cut = [windows(pieces) for pieces in self._pieces(texts)]
        runs = [[*lead, *window] for lead, (own, _) in zip(leads, cut, strict=True) for window in own]
        scores, meanings = self._run(runs)
        bounds = list(pairwise(np.cumsum([0, *(len(own) for own, _ in cut)])))
        return Reading(
            np.array([together(scores[start:end]) for start, end in bounds]),
            np.array([one_meaning(meanings[start:end]) for start, end in bounds]),
            np.array([complete for _, complete in cut], dtype=bool),
        )

    def reads_whole(self, text: str) -> bool:
        """Whether a text has so few pieces that its windows hold all of it."""
        return windows(self._pieces([text])[0])[1]

    def _pieces(self, texts: Sequence[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]

    def _lead(self, name: str) -> list[int]:
        return [*self._pieces([name])[0], _SEP]

    def _run(self, runs: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
        batches = list(_batches([len(run) + 2 for run in runs]))
        with ThreadPoolExecutor(self._threads) as pool:
            # The longest first, so that no core waits for the other's last batch.
            results = list(pool.map(lambda batch: self._batch([runs[index] for index in batch]), reversed(batches)))
        order = np.argsort(np.concatenate(batches[::-1]))
        scores, meanings = (np.concatenate(parts)[order] for parts in zip(*results, strict=True))
        return scores, meanings

    def _batch(self, runs: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
        ids = np.zeros((len(runs), _filled(len(runs[0]) + 2)), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, run in enumerate(runs):
            ids[row, : len(run) + 2] = (_CLS, *run, _SEP)
            mask[row, : len(run) + 2] = 1
        scores, meanings = self._session.run(("scores", "meaning"), {"input_ids": ids, "attention_mask": mask})
        return scores, meanings


def _filled(pieces: int) -> int:
    return -(-pieces // _STRIDE) * _STRIDE


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Numbers of runs of one filled-up length, at most `BATCH_PIECES` pieces in each batch; shortest first."""
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lambda index: lengths[index]):
        length = _filled(lengths[index])
        if batch and (_filled(lengths[batch[0]]) != length or length * (len(batch) + 1) > BATCH_PIECES):
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
