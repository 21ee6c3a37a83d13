"""How well near-duplicates are found, and how fast: edited copies of labelled posts, clustered in a real ledger."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert, select

from indexer.duplicates.copies import EDITS, Copy, copies
from indexer.ledger.batches import BATCH
from indexer.ledger.clustering import cluster
from indexer.ledger.engine import make_engine, reading, writing
from indexer.ledger.migrate import migrate
from indexer.ledger.tables import posts as post_table
from nlp.training.dataset import load_records
from nlp.training.metrics import wilson

_NOW = datetime(2024, 1, 1, tzinfo=UTC)


def measure(
    folder: Path, *, seed: int, posts: int, on_progress: Callable[[int, int], None] = lambda *_: None
) -> dict[str, Any]:
    """Recall, precision and speed, with 95 % intervals (Wilson); the ledger is made in `folder`.

    Recall, by edit, is the share of copies that are in the cluster of their original; precision the share of the pairs
    within a cluster that tell the same story; `posts_per_s` is of the clustering alone.
    """
    made = copies([record.text for record in load_records(None)], posts, seed=seed)
    engine = make_engine(folder)
    migrate(engine)
    seconds = _cluster(engine, made, on_progress)
    with reading(engine) as connection:
        rows = connection.execute(select(post_table.c.id, post_table.c.cluster_id))
        labels = {row.id: row.cluster_id for row in rows}
    engine.dispose()
    found = [labels[number] for number in range(1, len(made) + 1)]
    return {
        "posts": len(made),
        "copies": _recall(made, found),
        **_precision(made, found),
        "seconds": round(seconds, 2),
        "posts_per_s": round(len(made) / seconds),
    }


def _cluster(engine: Engine, made: Sequence[Copy], on_progress: Callable[[int, int], None]) -> float:
    seconds = 0.0
    for start in range(0, len(made), BATCH):
        batch = [(start + at + 1, copy.text) for at, copy in enumerate(made[start : start + BATCH])]
        with writing(engine) as connection:
            connection.execute(insert(post_table), [_row(number) for number, _ in batch])
            began = time.perf_counter()
            cluster(connection, batch, now=_NOW)
            seconds += time.perf_counter() - began
        on_progress(start + len(batch), len(made))
    return seconds


def _row(number: int) -> dict[str, Any]:
    fixed = {"version": 1, "revision": 1, "indexed_revision": 0, "attempts": 0, "first_seen": _NOW, "last_seen": _NOW}
    return {"id": number, "source": "made", "native_id": str(number), "url": "", "kind": "reply", **fixed}


def _recall(made: Sequence[Copy], labels: Sequence[int | None]) -> dict[str, Any]:
    of_origin = {copy.origin: label for copy, label in zip(made, labels, strict=True) if not copy.edit}
    asked: Counter[str] = Counter(copy.edit for copy in made if copy.edit)
    hit: Counter[str] = Counter(
        copy.edit
        for copy, label in zip(made, labels, strict=True)
        if copy.edit and label is not None and label == of_origin[copy.origin]
    )
    shares = {edit: _share(hit[edit], asked[edit], "recall") for edit in EDITS}
    return {**_share(hit.total(), asked.total(), "recall"), "edits": shares}


def _precision(made: Sequence[Copy], labels: Sequence[int | None]) -> dict[str, Any]:
    together: dict[int, Counter[int]] = {}
    for copy, label in zip(made, labels, strict=True):
        if label is not None:
            together.setdefault(label, Counter())[copy.origin] += 1
    pairs = sum(_pairs(held.total()) for held in together.values())
    right = sum(_pairs(count) for held in together.values() for count in held.values())
    return {"clusters": len(together), "pairs": _share(right, pairs, "precision")}


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _share(hits: int, n: int, name: str) -> dict[str, Any]:
    low, high = wilson(hits, n)
    return {"n": n, name: round(hits / n, 4) if n else None, "interval": [round(low, 4), round(high, 4)]}
