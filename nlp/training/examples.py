"""Write the labelled posts that a model shows beside its labels."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from nlp.classify.examples import FILE, written_posts
from nlp.training.records import LabelledPost

_STEPS = 127  # of int8 on either side of 0


def write_examples(folder: Path, records: Sequence[LabelledPost], meanings: np.ndarray) -> int:
    """Write `examples.npz` into a model folder; returns how many posts it holds.

    `records` are what the model was trained and calibrated on, never its held-out part; `meanings` are theirs, shape
    (records, width), each of length 1. Kept are the posts that have their text in the project: those of public sets
    could not be shown. The vectors are int8 with one scale, a quarter of their size, for a likeness right to 0.01.
    """
    rows = [row for row, record in enumerate(records) if record.id in written_posts()]
    kept = meanings[rows]
    scale = max(float(np.abs(kept).max(initial=0.0)), 1e-9) / _STEPS
    np.savez_compressed(
        folder / FILE,
        ids=np.array([records[row].id for row in rows], dtype=np.str_),
        vectors=np.rint(kept / scale).astype(np.int8),
        scale=np.float32(scale),
    )
    return len(rows)
