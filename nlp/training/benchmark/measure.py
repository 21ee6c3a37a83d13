"""Fine-tune on a public set and count what is right."""

import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from nlp.training.benchmark.fine_tune import OnStep, chances, fine_tune
from nlp.training.benchmark.ngrams import ngram_chances
from nlp.training.benchmark.parts import Parts
from nlp.training.benchmark.public_set import FineTuning, PublicSet
from nlp.training.benchmark.votes import votes
from nlp.training.metrics import wilson

Report = dict[str, Any]


def measure(
    public_set: PublicSet,
    parts: Parts,
    base: Path,
    *,
    seed: int,
    on_progress: OnStep,
    how: FineTuning | None = None,
) -> Report:
    """`set`, `split`, `n`, `accuracy`, `interval`, the same of texts without near-duplicate, `seconds` and the recipe.

    `split` names the test file, or is `own` where the texts measured were split off the training part;
    `without_duplicate` has `n`, `accuracy` and `interval` of the test texts without a near-duplicate in the training
    part; `seconds` are those of training and measuring. `on_progress` hears steps done, steps in all, and the loss.
    """
    started = time.monotonic()
    how = how or public_set.fine_tuning
    given = _chances(public_set, parts, base, how, seed, on_progress)
    right = given.argmax(axis=1) == np.array([row.label for row in parts.test])
    return {
        "set": public_set.name,
        "split": parts.split,
        **_share(right),
        "without_duplicate": _share(right[parts.fresh]),
        "training": len(parts.training),
        "extra": len(parts.extra),
        "seed": seed,
        "recipe": asdict(how),
        "seconds": round(time.monotonic() - started, 1),
    }


def _chances(
    public_set: PublicSet,
    parts: Parts,
    base: Path,
    how: FineTuning,
    seed: int,
    on_progress: OnStep,
) -> np.ndarray:
    """The networks' mean probabilities and the n-gram model's, added with their weights."""
    known = (*parts.training, *parts.extra)
    gathered = votes(known, public_set.labels)
    networks: list[np.ndarray] = []
    for turn in range(how.seeds):
        network = fine_tune(
            gathered,
            base,
            how,
            seed=seed + turn,
            on_step=_in_turn(turn, how.seeds, on_progress),
        )
        networks.append(chances(network, parts.test, base, how))
    mixed: np.ndarray = (1 - how.ngrams) * np.mean(networks, axis=0)
    if how.ngrams:
        mixed = mixed + how.ngrams * ngram_chances(known, parts.test, public_set.labels, naive_bayes=how.naive_bayes)
    return mixed


def _in_turn(turn: int, turns: int, on_progress: OnStep) -> OnStep:
    """Count the steps of all networks as one row of steps."""
    return lambda done, steps, loss: on_progress(turn * steps + done, turns * steps, loss)


def _share(right: Sequence[bool] | np.ndarray) -> Report:
    n, hits = len(right), int(np.sum(right))
    low, high = wilson(hits, n)
    return {"n": n, "accuracy": round(hits / n, 4) if n else None, "interval": [round(low, 4), round(high, 4)]}
