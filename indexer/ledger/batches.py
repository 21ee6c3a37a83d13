"""How many rows go into one statement."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

BATCH = 1000  # below SQLite's and PostgreSQL's limits of parameters, above what a round trip costs
_T = TypeVar("_T")


def parts(items: Sequence[_T], *, most: int = BATCH) -> Iterator[Sequence[_T]]:
    """Items in parts of at most `most`."""
    for start in range(0, len(items), most):
        yield items[start : start + most]
