"""The search index's contract, on the embedded index and on a real Elasticsearch."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.query import tree
from indexer.search import EmbeddedIndex, Field, Interval, SearchIndex, Sort
from tests.contract.corpus import trees
from tests.contract.search_contract import SearchContract
from tests.servers.elasticsearch_index import clear, open_elasticsearch


def fill(index: SearchIndex) -> None:
    """What the contract's tests read, in several parts, as in life."""
    for start in range(0, len(SearchContract.records), 60):
        index.put(SearchContract.records[start : start + 60])
        index.commit()


@pytest.fixture(scope="module")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    with EmbeddedIndex(tmp_path_factory.mktemp("filled")) as index:
        fill(index)
        yield index


@pytest.fixture(scope="module")
def elasticsearch(elasticsearch_url: str) -> Iterator[SearchIndex]:
    name = f"test_{uuid4().hex}"
    with open_elasticsearch(elasticsearch_url, name) as index:
        fill(index)
        yield index
    clear(elasticsearch_url, name)


class TestEmbedded(SearchContract):
    @pytest.fixture
    def filled(self, embedded: SearchIndex) -> SearchIndex:
        return embedded

    @pytest.fixture
    def make_index(self, tmp_path: Path) -> Callable[[], SearchIndex]:
        return lambda: EmbeddedIndex(tmp_path / uuid4().hex)


class TestElasticsearch(SearchContract):
    @pytest.fixture
    def filled(self, elasticsearch: SearchIndex) -> SearchIndex:
        return elasticsearch

    @pytest.fixture
    def make_index(self, elasticsearch_url: str, search_name: str) -> Iterator[Callable[[], SearchIndex]]:
        names: list[str] = []

        def make() -> SearchIndex:
            for name in names:
                clear(elasticsearch_url, name)
            names.append(f"{search_name}_{len(names)}")
            return open_elasticsearch(elasticsearch_url, names[-1])

        yield make
        for name in names:
            clear(elasticsearch_url, name)


class TestBoth:
    """What is the same to the last hit, whatever is asked."""

    @settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(node=trees(), sort=st.sampled_from([Sort.NEWEST, Sort.OLDEST]), limit=st.integers(1, 60))
    def test_pages_counts_and_cursors(
        self, embedded: SearchIndex, elasticsearch: SearchIndex, node: tree.Node, sort: Sort, limit: int
    ) -> None:
        assert elasticsearch.search(node, sort=sort, limit=limit) == embedded.search(node, sort=sort, limit=limit)
        facets = [index.facets(node, list(Field)) for index in (elasticsearch, embedded)]
        assert facets[0] == facets[1]
        days = [
            index.histogram(node, interval=Interval.DAY, group_by=Field.KIND) for index in (elasticsearch, embedded)
        ]
        assert days[0] == days[1]

    def test_a_cursor_by_time_goes_on_in_the_other(self, embedded: SearchIndex, elasticsearch: SearchIndex) -> None:
        first = embedded.search(tree.Everything(), limit=40)
        rest = elasticsearch.search(tree.Everything(), limit=400, cursor=first.cursor)
        assert first.record_ids + rest.record_ids == embedded.search(tree.Everything(), limit=400).record_ids

    def test_relevance_finds_the_same_in_an_order_of_its_own(
        self, embedded: SearchIndex, elasticsearch: SearchIndex
    ) -> None:
        node = tree.Or((tree.Word("逾期"), tree.Word("催收")))
        found = elasticsearch.search(node, sort=Sort.RELEVANCE, limit=400)
        assert sorted(found.record_ids) == sorted(embedded.search(node, limit=400).record_ids)
        scores = [hit.score for hit in found.hits]
        assert scores == sorted(scores, reverse=True)
        assert scores[0] > scores[-1] > 0
