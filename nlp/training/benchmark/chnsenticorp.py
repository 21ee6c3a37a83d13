"""ChnSentiCorp: reviews of hotels, books and computers, `{"text", "label"}` a line; 0 negative, 1 positive."""

import csv
import io
import json
import zipfile
from pathlib import Path

from nlp.training.benchmark.example import Example, example
from nlp.training.benchmark.public_set import FineTuning, PublicSet
from nlp.training.benchmark.rows import examples, lines

# The goods of `online_shopping_10_cats` that this set's reviews are about.
_SAME_KIND = ("书籍", "酒店", "计算机")


def read(path: Path) -> list[Example]:
    """The reviews of one file."""
    return examples(path, lines(path), _example)


def _example(line: str) -> Example:
    row = json.loads(line)
    return example(row["text"], int(row["label"]))


def read_shopping(path: Path) -> list[Example]:
    """Reviews of the same three kinds from `online_shopping_10_cats.zip` (ChineseNlpCorpus; cat, label, review)."""
    with zipfile.ZipFile(path) as archive, archive.open(archive.namelist()[0]) as stream:
        rows = list(csv.DictReader(io.TextIOWrapper(stream, encoding="utf-8-sig")))
    same = [row for row in rows if row["cat"] in _SAME_KIND]
    return examples(path, same, lambda row: example(row["review"], int(row["label"])))


CHNSENTICORP = PublicSet(
    name="chnsenticorp",
    training=("chnsenticorp_train.jsonl", "chnsenticorp_validation.jsonl"),
    test="chnsenticorp_test.jsonl",
    labels=2,
    read=read,
    fine_tuning=FineTuning(epochs=2, seeds=1, pieces=320),
    extra=("online_shopping_10_cats.zip", read_shopping),
)
