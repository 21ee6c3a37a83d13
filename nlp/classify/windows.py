"""A long text is read window by window; here the scores of its windows become the scores of the text."""

from collections.abc import Sequence

import numpy as np

from nlp.classify.heads import HEAD

# Shorter than the 512 positions of the encoder: one sentence of danger must not drown among many others; neighbours
# share some pieces so that no sentence is cut on both sides.
WINDOW = 224
OVERLAP = 32
# More than 100,000 characters; of a longer text windows are taken evenly and the post is marked as doubtful.
MOST_WINDOWS = 512

_IRRELEVANT = HEAD["kind"].start + HEAD["kind"].values.index("irrelevant")


def windows(pieces: Sequence[int]) -> tuple[list[Sequence[int]], bool]:
    """The windows of a text, and whether they hold all of it."""
    if len(pieces) <= WINDOW:
        return [pieces], True
    every = [pieces[start : start + WINDOW] for start in range(0, len(pieces) - OVERLAP, WINDOW - OVERLAP)]
    if len(every) <= MOST_WINDOWS:
        return every, True
    return [every[int(place)] for place in np.linspace(0, len(every) - 1, MOST_WINDOWS)], False


def together(scores: np.ndarray) -> np.ndarray:
    """Scores of one text, shape (`WIDTH`,), from those of its windows, shape (windows, `WIDTH`).

    A topic counts wherever it stands (the largest score); the most dangerous window gives the urgency; kind and
    sentiment are the mean of the windows that are about the matter at all.
    """
    if len(scores) == 1:
        return np.asarray(scores[0])
    result = scores.max(axis=0)
    relevant = scores[scores[:, HEAD["kind"].columns].argmax(axis=1) + HEAD["kind"].start != _IRRELEVANT]
    for name in ("kind", "sentiment", "towards"):
        columns = HEAD[name].columns
        result[columns] = (relevant if len(relevant) else scores)[:, columns].mean(axis=0)
    urgency = scores[:, HEAD["urgency"].columns]
    result[HEAD["urgency"].columns] = urgency[_danger(urgency).argmax()]
    return np.asarray(result)


def _danger(urgency: np.ndarray) -> np.ndarray:
    """Windows in order of urgency: by the chance of `critical`, then of `high`, against `normal`."""
    critical, high, normal = urgency.T
    return np.asarray(np.maximum(critical, high - 8.0) - normal)


def one_meaning(meanings: np.ndarray) -> np.ndarray:
    """The meaning of one text, shape (width,) and of length 1, from those of its windows, shape (windows, width)."""
    mean = meanings.mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9))
