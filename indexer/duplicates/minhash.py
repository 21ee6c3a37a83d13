"""MinHash signatures of texts, a batch at a time, and their bands for locality-sensitive hashing.

Broder, "On the resemblance and containment of documents" (1997); bands after Leskovec, Rajaraman and Ullman, "Mining of
Massive Datasets", chapter 3; 16 bits a value after Li and König, "b-Bit Minwise Hashing" (2010): a chance match of one
value is 1 in 65,536.
"""

from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Signatures: TypeAlias = npt.NDArray[np.uint16]
_Hashes: TypeAlias = npt.NDArray[np.uint64]

SHINGLE: Final = 3
VALUES: Final = 64
BANDS: Final = 16
_ROWS = VALUES // BANDS
_WORD = (1 << 64) - 1
_GOLDEN = 0x9E3779B97F4A7C15
# Multipliers of the code points in a shingle: any odd numbers without a pattern; signatures are kept, so they stay.
_FACTORS = (0xD6E8FEB86659FD93, 0xA0761D6478BD642F, 0xE7037ED1A0B428DB)


def signatures(texts: Sequence[str]) -> Signatures:
    """The signature of each text, an array (texts, `VALUES`); every text has at least `SHINGLE` characters."""
    if not texts:
        return np.empty((0, VALUES), dtype=np.uint16)
    hashes, starts = _shingles(texts)
    found = np.empty((len(texts), VALUES), dtype=np.uint16)
    for at, (factor, summand) in enumerate(zip(_MULTIPLIERS, _SUMMANDS, strict=True)):
        mixed = (hashes * factor + summand) >> np.uint64(32)
        found[:, at] = np.minimum.reduceat(mixed, starts).astype(np.uint16)
    return found


def bands(held: Signatures) -> npt.NDArray[np.int64]:
    """The bands of each signature, an array (texts, `BANDS`): equal where the same four of its values are.

    Two texts of Jaccard similarity s share one with the probability 1 - (1 - s^4)^16: 0.64 at 0.5, 0.89 at 0.6, 0.99 at
    0.7.
    """
    packed = np.ascontiguousarray(held).view(np.uint64)
    return _mix(packed + _PLACES).view(np.int64)


def similarity(one: Signatures, other: Signatures) -> float:
    """The estimated Jaccard similarity of two texts' shingles (0-1); its standard error is at most 0.0625."""
    return float(np.count_nonzero(one == other)) / VALUES


def _shingles(texts: Sequence[str]) -> tuple[_Hashes, npt.NDArray[np.intp]]:
    """The hashes of all shingles, text after text, and where each text's begin."""
    points = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    lengths = np.fromiter(map(len, texts), dtype=np.intp, count=len(texts))
    hashes = np.zeros(len(points) - SHINGLE + 1, dtype=np.uint64)
    for place, factor in enumerate(_FACTORS):
        hashes += points[place : len(points) - SHINGLE + 1 + place] * np.uint64(factor)
    inside = np.ones(len(hashes), dtype=np.bool_)
    ends = np.cumsum(lengths)
    for back in range(1, SHINGLE):
        inside[ends[:-1] - back] = False  # reaches into the next text
    starts = np.concatenate(([0], np.cumsum(lengths - SHINGLE + 1)[:-1]))
    return _mix(hashes[inside]), starts


def _mix(values: _Hashes) -> _Hashes:
    """Every bit of the input into every bit of the output (the finaliser of SplitMix64)."""
    mixed = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(mixed ^ (mixed >> np.uint64(31)))


def _sequence(count: int, start: int) -> _Hashes:
    return _mix(np.array([(start + at * _GOLDEN) & _WORD for at in range(1, count + 1)], dtype=np.uint64))


_MULTIPLIERS = _sequence(VALUES, 1) | np.uint64(1)
_SUMMANDS = _sequence(VALUES, 2)
_PLACES = _sequence(BANDS, 3)
