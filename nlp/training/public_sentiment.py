"""Public reviews whose label is the author's attitude: they train the head `sentiment` beside the labelled posts.

Taken are reviews of meals, hotels, books and computers. Left out are sets whose label judges the matter instead: in
weibo2018 a company's own news is positive, in FinNSP a bad fact is negative, and by the label guide both are neutral.
"""

import csv
import json
import random
from collections.abc import Iterator
from pathlib import Path

SENTIMENT_FILES = ("waimai_10k.csv", "chnsenticorp_train.jsonl")
# As long as most posts are: a longer review costs training time and teaches the same.
_MOST_CHARACTERS = 150

Reviews = list[tuple[str, str]]


def public_sentiment(folder: Path, *, most: int, seed: int) -> Reviews:
    """Texts and their sentiment (`positive` or `negative`), at most `most`, as many of each set and of each sentiment.

    A set whose file is not in `folder` is left out.
    """
    chance = random.Random(seed)  # noqa: S311 - a sample, no secret
    readers = {SENTIMENT_FILES[0]: _waimai, SENTIMENT_FILES[1]: _chnsenticorp}
    present = [list(read(folder / name)) for name, read in readers.items() if (folder / name).is_file()]
    taken: Reviews = []
    for reviews in present:
        chance.shuffle(reviews)
        for sentiment in ("negative", "positive"):
            alike = [review for review in reviews if review[1] == sentiment and len(review[0]) <= _MOST_CHARACTERS]
            taken += alike[: most // (2 * len(present))]
    return taken


def _waimai(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            yield row["review"], _sentiment(row["label"])


def _chnsenticorp(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["text"], _sentiment(str(row["label"]))


def _sentiment(label: str) -> str:
    return "positive" if label == "1" else "negative"
