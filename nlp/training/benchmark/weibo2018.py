"""weibo2018: posts of Sina Weibo, `id,label,text` a line; 0 negative, 1 positive."""

import re
from pathlib import Path

from nlp.training.benchmark.example import Example, example
from nlp.training.benchmark.public_set import FineTuning, PublicSet
from nlp.training.benchmark.rows import examples, lines

# A topic is written {%#name#%} and a link {%name%} in this set.
_LINK = re.compile(r"\{%(.*?)%\}")


def read(path: Path) -> list[Example]:
    """The posts of one file."""
    return examples(path, lines(path), _example)


def _example(line: str) -> Example:
    _, label, text = line.split(",", 2)
    return example(_LINK.sub(r"\1", text), int(label))


WEIBO2018 = PublicSet(
    name="weibo2018",
    training=("weibo2018_train.txt",),
    test="weibo2018_test.txt",
    labels=2,
    read=read,
    fine_tuning=FineTuning(epochs=3, seeds=2, pieces=256),
)
