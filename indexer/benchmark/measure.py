"""What is measured, for the embedded index and for its alternative alike, each in a process of its own."""

import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from indexer.benchmark.fts5 import Fts5
from indexer.benchmark.posts import make_posts, make_records
from indexer.ledger import open_ledger
from indexer.ledger.landing import mask_posts
from indexer.query import parse
from indexer.query.tree import FieldIs, Node
from indexer.search import EmbeddedIndex, Field, Interval, highlight

_SEED = 20240510
_BATCH = 1000
_COMMIT_EVERY = 20  # batches
_ROUNDS = 10
# What people ask, from one word that stands in a third of all posts to a rare phrase in a narrow slice.
_QUERIES = (
    *("催收", "逾期 催收", "高炮", "轻生 OR 停息挂账", "“律师函”", "“砍头息” -广告", "逾期 -客服", "红创金服"),
    *("催收 kind:投诉", "征信 issue:征信 sentiment:负面", "起诉 after:2024-12-01", "source:source-3 还款"),
    *("kind:投诉 issue:催收", "(协商 OR 分期) 罚息 -会员", "“以贷养贷” kind:求助", "urgency:高"),
)
_FACETS = (Field.SOURCE, Field.KIND, Field.SENTIMENT, Field.URGENCY, Field.ISSUE)
_Item = TypeVar("_Item")
_Figures = TypeVar("_Figures")
_EVERYTHING = parse("", now=datetime.now(UTC))
_COMPLAINTS = FieldIs("kind", "complaint")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One back end on one number of posts.

    Indexing includes cutting texts into words; a search is the newest twenty with exact count, facets of five fields
    and, for the embedded index, highlights; the dashboard is all posts by day and sentiment, complaints by day, and
    facets over all. `rss_mib` is the highest of the process, `disk_mib` the index after the last commit.
    """

    index_posts_per_s: float
    search_p50_ms: float
    search_p95_ms: float
    dashboard_p95_ms: float
    rss_mib: float
    disk_mib: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LandingMeasurement:
    """The ledger on SQLite: posts a second in batches of a thousand, with masking and without; masking by itself."""

    land_posts_per_s: float
    land_masked_posts_per_s: float
    mask_posts_per_s: float
    land_again_posts_per_s: float


def measure(posts: int, *, on_step: Callable[[str], None] = lambda _: None) -> dict[str, object]:
    """The figures of a run over so many made-up posts, as `fengping bench index` prints them."""
    on_step("台账入账")
    landing = _alone(_measure_landing, posts)
    on_step("内嵌索引")
    embedded = _alone(_measure_embedded, posts)
    on_step("对照：SQLite FTS5")
    alternative = _alone(_measure_fts5, posts)
    figures = {name: getattr(embedded, name) for name in Measurement.__slots__}
    landed = {name: getattr(landing, name) for name in LandingMeasurement.__slots__}
    other = {name: getattr(alternative, name) for name in Measurement.__slots__}
    return {"posts": posts, **figures, **landed, "sqlite_fts5": other}


def _alone(run: Callable[[int], _Figures], posts: int) -> _Figures:
    """Run in a fresh process, so that one's memory is not counted as the other's."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(run, posts).result()


def _measure_landing(posts: int) -> LandingMeasurement:
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder)) as ledger:
        masking = landing = again = 0.0
        for batch in _batches(make_posts(posts, seed=_SEED)):
            masking += _seconds(partial(mask_posts, batch))
            landing += _seconds(partial(ledger.land, batch, now=batch[0].crawled))
        for batch in _batches(make_posts(min(posts, 20_000), seed=_SEED)):
            again += _seconds(partial(ledger.land, batch, now=batch[0].crawled))
    return LandingMeasurement(
        land_posts_per_s=_rate(posts, landing - masking),
        land_masked_posts_per_s=_rate(posts, landing),
        mask_posts_per_s=_rate(posts, masking),
        land_again_posts_per_s=_rate(min(posts, 20_000), again),
    )


def _measure_embedded(posts: int) -> Measurement:
    with tempfile.TemporaryDirectory() as folder, EmbeddedIndex(Path(folder)) as index:
        seconds = _fill(index, posts)
        texts = {record.id: record.post.text for record in islice(make_records(posts, seed=_SEED), 20)}

        def search(tree: Node) -> None:
            index.search(tree)
            index.facets(tree, _FACETS)
            for text in texts.values():  # twenty texts, as a page of hits has
                highlight(tree, text)

        def dashboard() -> None:
            index.histogram(_EVERYTHING, interval=Interval.DAY, group_by=Field.SENTIMENT)
            index.histogram(_COMPLAINTS, interval=Interval.DAY)
            index.facets(_EVERYTHING, _FACETS)

        return _measured(posts, seconds, search, dashboard, Path(folder))


def _measure_fts5(posts: int) -> Measurement:
    with tempfile.TemporaryDirectory() as folder:
        index = Fts5(Path(folder))
        seconds = _fill(index, posts)

        def search(tree: Node) -> None:
            index.search(tree)
            index.facets(tree)

        def dashboard() -> None:
            index.by_day(_EVERYTHING)
            index.by_day(_COMPLAINTS)
            index.facets(_EVERYTHING)

        measured = _measured(posts, seconds, search, dashboard, Path(folder))
        index.close()
    return measured


def _fill(index: EmbeddedIndex | Fts5, posts: int) -> float:
    seconds = 0.0
    for number, batch in enumerate(_batches(make_records(posts, seed=_SEED)), start=1):
        seconds += _seconds(partial(index.put, batch))
        if number % _COMMIT_EVERY == 0:
            seconds += _seconds(index.commit)
    return seconds + _seconds(index.commit)


def _measured(
    posts: int, seconds: float, search: Callable[[Node], None], dashboard: Callable[[], None], folder: Path
) -> Measurement:
    trees = [parse(query, now=datetime.now(UTC)) for query in _QUERIES]
    rounds = _ROUNDS if posts <= 100_000 else 3
    searches = [_seconds(partial(search, tree)) * 1000 for _ in range(rounds) for tree in trees]
    dashboards = [_seconds(dashboard) * 1000 for _ in range(max(rounds, 5))]
    return Measurement(
        index_posts_per_s=_rate(posts, seconds),
        search_p50_ms=round(statistics.median(searches), 2),
        search_p95_ms=_p95(searches),
        dashboard_p95_ms=_p95(dashboards),
        rss_mib=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        disk_mib=round(sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 2**20, 1),
    )


def _batches(items: Iterator[_Item]) -> Iterator[list[_Item]]:
    while batch := list(islice(items, _BATCH)):
        yield batch


def _seconds(run: Callable[[], object]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def _rate(posts: int, seconds: float) -> float:
    return round(posts / max(seconds, 1e-9), 1)


def _p95(values: list[float]) -> float:
    return round(statistics.quantiles(values, n=20, method="inclusive")[-1], 2)
