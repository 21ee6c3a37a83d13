"""Find texts that stand, word for word or nearly so, in another part."""

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer

from nlp.training.benchmark.example import Example
from nlp.training.split import NEAR_DUPLICATE

# Texts that begin with the same letters are versions of one story, however they end.
_OPENING = 40
_AT_ONCE = 500


def has_near_duplicate(examples: Sequence[Example], others: Sequence[Example]) -> np.ndarray:
    """Whether each example has a near-duplicate in `others`.

    Near is the same first 40 letters or digits, or at least `NEAR_DUPLICATE` of the 4-character shingles shared.
    """
    if not examples or not others:
        return np.zeros(len(examples), dtype=bool)
    openings = {other.story[:_OPENING] for other in others}
    same = np.array([example.story[:_OPENING] in openings for example in examples])
    near: np.ndarray = same | _share_shingles([e.story for e in examples], [o.story for o in others])
    return near


def _share_shingles(texts: Sequence[str], others: Sequence[str]) -> np.ndarray:
    counter = CountVectorizer(analyzer="char", ngram_range=(4, 4), binary=True, dtype=np.int32)
    known = counter.fit_transform([*others, "----"])[:-1]
    asked = counter.transform(texts)
    # Shingles that no other text holds are not in `asked`, yet count for how long the text is.
    sizes = np.array([len({text[at : at + 4] for at in range(len(text) - 3)}) for text in texts])
    known_sizes = np.asarray(known.sum(axis=1)).ravel()
    found = np.zeros(len(texts), dtype=bool)
    for start in range(0, len(texts), _AT_ONCE):
        shared = (asked[start : start + _AT_ONCE] @ known.T).tocoo()
        rows = shared.row + start
        union = sizes[rows] + known_sizes[shared.col] - shared.data
        found[rows[shared.data / np.maximum(union, 1) >= NEAR_DUPLICATE]] = True
    return found
