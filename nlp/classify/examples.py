"""Labelled posts that are near a text in meaning: what the model learnt from, to hold against what it says."""

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from nlp.errors import ModelError
from nlp.training.records import LabelledPost, read_records

FILE = "examples.npz"
POSTS = Path(__file__).parents[1] / "training" / "data"


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled post and its likeness to a text: the cosine of their meanings, 1 for the same."""

    record: LabelledPost
    likeness: float


class Examples:
    """The examples of a model folder; a folder may have none. Read on first demand.

    Raises:
        ModelError: on first demand, `examples.npz` is broken.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    @property
    def exist(self) -> bool:
        """Whether the model folder holds examples."""
        return self._path.is_file()

    def nearest(self, meaning: np.ndarray, n: int = 3) -> tuple[Example, ...]:
        """The `n` posts nearest to a meaning (width,) of length 1, the nearest first; none where there are none."""
        if not self.exist:
            return ()
        records, vectors = self._loaded
        likeness = vectors @ meaning
        return tuple(
            Example(records[row], round(min(float(likeness[row]), 1.0), 4)) for row in np.argsort(-likeness)[:n]
        )

    @cached_property
    def _loaded(self) -> tuple[list[LabelledPost], np.ndarray]:
        """Records, and their meanings (records, width); a post that is no longer in the project is passed over."""
        try:
            with self._path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                ids, vectors, scale = stored["ids"], stored["vectors"], float(stored["scale"])
        except (OSError, ValueError, KeyError, BadZipFile) as error:
            raise ModelError(f"{self._path} 读不出来；请重新安装，或用 fengping train 重新生成模型") from error
        posts = written_posts()
        rows = [row for row, name in enumerate(ids) if str(name) in posts]
        return [posts[str(ids[row])] for row in rows], vectors[rows].astype(np.float32) * scale


@cache
def written_posts() -> dict[str, LabelledPost]:
    """The labelled posts that have their text in the project, by id."""
    readings = [read_records(path) for path in sorted(POSTS.glob("posts_*.jsonl"))]
    return {record.id: record for reading in readings for record in reading.records}
