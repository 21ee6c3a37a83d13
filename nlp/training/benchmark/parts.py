"""What is learned from and what is measured on."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nlp.errors import TrainingError
from nlp.training.benchmark.example import Example
from nlp.training.benchmark.near_duplicates import has_near_duplicate
from nlp.training.benchmark.public_set import PublicSet

# With no test part: this share of the training part is measured on, drawn with this seed.
_OWN_SHARE, _OWN_SEED = 0.1, 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """`fresh` tells of each text of `test` whether it has no near-duplicate in the set's own training part.

    `extra` are labelled texts from elsewhere, none of them a near-duplicate of a test text. `split` is the name of the
    file that `test` was read from, or `own` where it was split off the training part.
    """

    training: tuple[Example, ...]
    extra: tuple[Example, ...]
    test: tuple[Example, ...]
    fresh: np.ndarray
    split: str


def load_parts(public_set: PublicSet, folder: Path) -> Parts:
    """Read a set from `folder`.

    Raises:
        TrainingError: a file of the training part is missing, or a row is wrong.
    """
    known = [row for name in public_set.training for row in public_set.read(_present(folder / name))]
    file = folder / public_set.test
    training, test = (known, public_set.read(file)) if file.exists() else _split(known)
    if not training or not test:
        raise TrainingError(f"{folder} 中 {public_set.name} 的训练或测试部分是空的；请核对文件")
    return Parts(
        training=tuple(training),
        extra=tuple(_new(_extra(public_set, folder), training, test)),
        test=tuple(test),
        fresh=~has_near_duplicate(test, training),
        split=public_set.test if file.exists() else "own",
    )


def _present(path: Path) -> Path:
    if not path.exists():
        raise TrainingError(f"缺少 {path}；请把公开数据的训练部分以这个名字放在那里")
    return path


def _split(known: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    order = list(known)
    random.Random(_OWN_SEED).shuffle(order)  # noqa: S311 - a repeatable split, no secret
    own = max(1, round(_OWN_SHARE * len(order)))
    return order[own:], order[:own]


def _extra(public_set: PublicSet, folder: Path) -> list[Example]:
    if public_set.extra is None or not (folder / public_set.extra[0]).exists():
        return []
    name, read = public_set.extra
    return read(folder / name)


def _new(extra: Sequence[Example], training: Iterable[Example], test: Sequence[Example]) -> Iterable[Example]:
    """Those of `extra` that no test text is like and that are not in the training part, each once."""
    seen = {example.story for example in training}
    for example, known in zip(extra, has_near_duplicate(extra, test), strict=True):
        if not known and example.story not in seen:
            seen.add(example.story)
            yield example
