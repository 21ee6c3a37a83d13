"""What is measured, for our analysis and for its alternative, each in a process of its own."""

import os
import resource
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from nlp.analyzer import Analyzer
from nlp.benchmark.bert_base import bert_base_posts_per_s
from nlp.benchmark.posts import make_texts
from nlp.brand import BrandSettings
from nlp.privacy import mask
from nlp.settings import NlpSettings

_SEED = 20_240_510
# Posts in one call, as the worker leases them.
_BATCH = 256
# The alternative is so slow that so many texts, spread evenly over all lengths, must do.
_BERT_POSTS = 128
_INSTALL = "与 BERT-base 比较需要额外的组件：pip install 'fengping[train]'"

_Figures = TypeVar("_Figures")


def measure(
    posts: int, *, threads: int | None = None, on_step: Callable[[str], None] = lambda _: None
) -> dict[str, Any]:
    """The figures of a run over so many made-up posts, as `fengping bench nlp` prints them.

    `posts_per_s` is the full analysis with masking, loading left out; `rss_mib` the highest memory of its process.
    Both sides read with `threads` (all cores by default). Without the extra `train` what concerns the alternative is
    None and `note` says how to install it.
    """
    threads = threads or os.cpu_count() or 1
    texts = make_texts(posts, seed=_SEED)
    on_step("全套分析")
    rate, memory = _alone(_measure_analysis, texts, threads)
    figures = {"posts": posts, "mean_characters": round(sum(map(len, texts)) / posts, 1), "threads": threads}
    own = {"posts_per_s": round(rate, 1), "rss_mib": round(memory, 1)}
    if not (find_spec("torch") and find_spec("transformers")):
        nothing = dict.fromkeys(("bert_base_posts_per_s", "ratio", "bert_base_posts", "bert_base_batch"))
        return {**figures, **own, **nothing, "note": _INSTALL}
    on_step("对照：BERT-base 管线")
    some = spread(texts, _BERT_POSTS)
    slow, batch = _alone(_measure_bert_base, some, threads)
    other = {"bert_base_posts_per_s": round(slow, 2), "ratio": round(rate / slow, 1)}
    return {**figures, **own, **other, "bert_base_posts": len(some), "bert_base_batch": batch, "note": None}


def spread(texts: Sequence[str], most: int) -> list[str]:
    """At most so many of the texts, of all lengths alike, in the order in which they stand."""
    order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
    step = max(1.0, len(texts) / most)
    chosen = {order[int((number + 0.5) * step)] for number in range(min(most, len(texts)))}
    return [text for index, text in enumerate(texts) if index in chosen]


def _alone(run: Callable[[Sequence[str], int], _Figures], texts: Sequence[str], threads: int) -> _Figures:
    """Run in a fresh process, so that one's memory is not counted as the other's."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(run, texts, threads).result()


def _measure_analysis(texts: Sequence[str], threads: int) -> tuple[float, float]:
    """Posts a second of analysis and masking, and the highest memory in MiB."""
    analyzer = Analyzer(BrandSettings(), NlpSettings(threads=threads))
    _analyse(analyzer, texts[:_BATCH])
    begun = time.perf_counter()
    for start in range(0, len(texts), _BATCH):
        _analyse(analyzer, texts[start : start + _BATCH])
    return len(texts) / (time.perf_counter() - begun), _peak_mib()


def _measure_bert_base(texts: Sequence[str], threads: int) -> tuple[float, int]:
    return bert_base_posts_per_s(texts, threads=threads)


def _analyse(analyzer: Analyzer, texts: Sequence[str]) -> None:
    analyzer.analyze(texts)
    for text in texts:
        mask(text)


def _peak_mib() -> float:
    """The highest memory of this process.

    Linux says it of this program alone; getrusage, for want of it, may tell of the process that started this one.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        lines = status.read_text(encoding="ascii", errors="replace").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024
    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return highest / (2**20 if sys.platform == "darwin" else 2**10)
