"""Part labelled posts into training and development so that no near-duplicate stands on both sides."""

import hashlib
from collections.abc import Sequence

import numpy as np
from scipy.sparse.csgraph import connected_components
from sklearn.feature_extraction.text import CountVectorizer

from nlp.training.records import LabelledPost

# Two texts that share this much of their 4-character shingles (Jaccard) count as one story.
NEAR_DUPLICATE = 0.35


def clusters(texts: Sequence[str]) -> np.ndarray:
    """The number of the near-duplicate cluster of each text (single linkage over Jaccard of 4-character shingles)."""
    shingles = CountVectorizer(analyzer="char", ngram_range=(4, 4), binary=True, min_df=1).fit_transform(texts)
    shared = (shingles @ shingles.T).tocoo()
    sizes = np.asarray(shingles.sum(axis=1)).ravel()
    union = sizes[shared.row] + sizes[shared.col] - shared.data
    near = shared.data / np.maximum(union, 1) >= NEAR_DUPLICATE
    shared.data = near.astype(np.int8)
    shared.eliminate_zeros()
    _, labels = connected_components(shared, directed=False)
    return np.asarray(labels)


def in_part(records: Sequence[LabelledPost], *, share: float, seed: str) -> list[bool]:
    """For each record, whether its cluster falls into the held-out part of about `share` of all.

    The cluster's smallest id decides through a hash with `seed`, so that a new record never moves an old one's cluster
    unless it joins it to another.
    """
    labels = clusters([record.text for record in records])
    first: dict[int, str] = {}
    for record, label in zip(records, labels, strict=True):
        first[label] = min(first.get(label, record.id), record.id)
    return [_fraction(first[label], seed) < share for label in labels]


def _fraction(name: str, seed: str) -> float:
    return int.from_bytes(hashlib.sha256(f"{seed}:{name}".encode()).digest()[:8]) / 2**64
