"""The benchmark measures the same work on both sides."""

from pathlib import Path

import pytest

from indexer.benchmark.fts5 import Fts5
from indexer.benchmark.measure import _QUERIES, measure
from indexer.benchmark.posts import make_posts, make_records
from indexer.query import parse
from indexer.search import EmbeddedIndex
from tests.indexer.builders import NOW

_RECORDS = list(make_records(500, seed=1))


def test_the_same_seed_makes_the_same_posts() -> None:
    assert list(make_posts(50, seed=1)) == list(make_posts(50, seed=1)) != list(make_posts(50, seed=2))


@pytest.mark.parametrize("query", [*_QUERIES, ""])
def test_the_alternative_finds_the_same(tmp_path: Path, query: str) -> None:
    alternative, tree = Fts5(tmp_path), parse(query, now=NOW)
    with EmbeddedIndex(tmp_path / "index") as index:
        for held in (alternative, index):
            held.put(_RECORDS)
            held.commit()
        assert alternative.search(tree)[0] == index.search(tree).total
    alternative.close()


def test_every_figure_is_measured() -> None:
    figures = measure(1000)
    alternative = figures.pop("sqlite_fts5")
    assert isinstance(alternative, dict)
    assert all(isinstance(figure, float | int) and figure > 0 for figure in (*figures.values(), *alternative.values()))
