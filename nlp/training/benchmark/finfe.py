"""FinFE (BBT-FinCUGE): posts of stock forums, `[text, label]`; 0 negative, 1 neutral, 2 positive."""

from pathlib import Path
from typing import Any

from nlp.training.benchmark.example import Example, example
from nlp.training.benchmark.public_set import FineTuning, PublicSet
from nlp.training.benchmark.rows import examples, json_rows


def read(path: Path) -> list[Example]:
    """The posts of one file."""
    return examples(path, json_rows(path), _example)


def _example(row: Any) -> Example:
    text, label = row
    return example(text, int(label))


FINFE = PublicSet(
    name="finfe",
    training=("finfe_train.json",),
    test="finfe_eval.json",
    labels=3,
    read=read,
    # Naive Bayes features do not learn which of several labels a repeated text mostly has.
    fine_tuning=FineTuning(epochs=4, seeds=3, pieces=128, ngrams=0.5, naive_bayes=False),
)
