"""Made-up posts in the lengths of a forum: labelled posts cut and joined by a seed."""

import math
import random
from collections.abc import Iterator, Sequence

from nlp.training.dataset import load_records

# Lengths of posts follow a log-normal law; with these, half are below 52 characters and the mean is near 76, of which
# a word piece holds about one.
_MEDIAN = 52
_SPREAD = 0.9
_SHORTEST, _LONGEST = 8, 800


def make_texts(posts: int, *, seed: int) -> list[str]:
    """So many texts; the same seed gives the same."""
    chance = random.Random(seed)  # noqa: S311 - drawing, no secret
    labelled = [record.text for record in load_records(None)]
    return [_text(labelled, length, chance) for length in _lengths(posts, chance)]


def _lengths(posts: int, chance: random.Random) -> Iterator[int]:
    for _ in range(posts):
        drawn = round(chance.lognormvariate(math.log(_MEDIAN), _SPREAD))
        yield min(max(drawn, _SHORTEST), _LONGEST)


def _text(labelled: Sequence[str], length: int, chance: random.Random) -> str:
    """A labelled post from a random place on, and others after it, until the length is reached."""
    first = chance.choice(labelled)
    text = first[chance.randrange(max(1, len(first) - length)) :]
    while len(text) < length:
        text += "\n" + chance.choice(labelled)
    return text[:length]
