"""FinNSP (BBT-FinCUGE, from CCF BDCI 2019): finance posts and news, negative (1) about one of their companies or not.

A row is `[id, title, text, companies;…, label, negative companies;…]`.
"""

from pathlib import Path
from typing import Any

from nlp.training.benchmark.example import Example, example
from nlp.training.benchmark.public_set import FineTuning, PublicSet
from nlp.training.benchmark.rows import examples, json_rows

_COLUMNS = 6
# Many texts repeat their title, or its beginning.
_OPENING = 20


def read(path: Path) -> list[Example]:
    """The posts of one file; the source has a row of column names among them."""
    return examples(path, (row for row in json_rows(path) if "title" not in row), _example)


def _example(row: Any) -> Example:
    _, title, text, companies, label, *_ = row
    return example(_joined(title or "", text or ""), int(label), about=companies or "")


def _joined(title: str, text: str) -> str:
    """Title and text as one, without the question marks that stand in for what the source lost at their ends."""
    title, text = title.strip(" ?"), text.strip(" ?")
    return text if not title or text.startswith(title[:_OPENING]) else f"{title}\n{text}"


FINNSP = PublicSet(
    name="finnsp",
    training=("finnsp_train.json",),
    test="finnsp_eval.json",
    labels=2,
    read=read,
    fine_tuning=FineTuning(epochs=3, seeds=2, pieces=320),
)
