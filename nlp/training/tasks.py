"""What the network is asked: each labelled post by all heads of the guide, and once more about each brand it names."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nlp.brand import BrandSettings, brand_names
from nlp.classify.heads import HEAD, HEADS, TOWARDS, WIDTH, Head
from nlp.normalize import normalize
from nlp.training.records import LabelledPost

# Posts that name one brand teach the head `towards` too; beside those that name several, this many are enough.
MOST_OF_ONE_BRAND = 500


@dataclass(frozen=True, slots=True)
class Task:
    """A text, the brand that it is read about (or none), and the targets (`WIDTH`,): NaN where nothing is asked."""

    text: str
    about: str | None
    targets: np.ndarray


def tasks(records: Sequence[LabelledPost], *, seed: int, most_of_one_brand: int = MOST_OF_ONE_BRAND) -> list[Task]:
    """All tasks of labelled posts, those of the guide first and in order; `seed` draws the posts of one brand."""
    brand = BrandSettings()
    guide = [Task(record.text, None, row) for record, row in zip(records, target_matrix(records), strict=True)]
    several = [
        _about(record.text, full_name(name, brand), sentiment)
        for record in records
        for name, sentiment in record.towards
    ]
    one = [
        _about(record.text, brand.name, record.sentiment)
        for record in records
        if not record.towards and brand_names(normalize(record.text).text, brand)
    ]
    random.Random(seed).shuffle(one)  # noqa: S311 - shuffling, no secret
    return [*guide, *several, *one[:most_of_one_brand]]


def target_matrix(records: Sequence[LabelledPost]) -> np.ndarray:
    """The labels as 0/1 in the columns of the guide's heads, NaN in those of `towards`; shape (records, `WIDTH`)."""
    targets = np.full((len(records), WIDTH), np.nan, dtype=np.float32)
    for row, record in zip(targets, records, strict=True):
        for head in HEADS:
            held = record.held(head.name)
            row[head.columns] = [value in held for value in head.values]
    return targets


def sentiment_task(text: str, sentiment: str) -> Task:
    """A text of which nothing is known but the author's attitude."""
    return Task(text, None, _only(HEAD["sentiment"], sentiment))


def _about(text: str, name: str, sentiment: str) -> Task:
    return Task(text, name, _only(TOWARDS, sentiment))


def _only(head: Head, held: str) -> np.ndarray:
    targets = np.full(WIDTH, np.nan, dtype=np.float32)
    targets[head.columns] = [value == held for value in head.values]
    return targets


def full_name(name: str, brand: BrandSettings) -> str:
    """The brand is asked about by its full name, as the analyzer does, whatever the text calls it."""
    return brand.name if name in brand.aliases else name
