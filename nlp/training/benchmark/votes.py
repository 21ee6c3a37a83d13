"""Labels of texts that stand several times: one example whose target is the share of each label."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from nlp.training.benchmark.example import Example


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """`shares` (examples, labels) sum to 1 a row; `weights` (examples), of mean 1, tell how often each text stood."""

    examples: tuple[Example, ...]
    shares: np.ndarray
    weights: np.ndarray


def votes(examples: Iterable[Example], labels: int) -> Votes:
    """Gather the examples that have one story and are about the same."""
    first: dict[tuple[str, str], Example] = {}
    counts: dict[tuple[str, str], np.ndarray] = {}
    for example in examples:
        key = example.story, example.about
        first.setdefault(key, example)
        counts.setdefault(key, np.zeros(labels, dtype=np.float32))[example.label] += 1
    stood = np.stack(list(counts.values()))
    times = stood.sum(axis=1)
    return Votes(examples=tuple(first.values()), shares=stood / times[:, None], weights=times / times.mean())
