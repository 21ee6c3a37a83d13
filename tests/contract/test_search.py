"""The search index's contract, on the embedded index."""

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from indexer.search import SearchIndex
from indexer.search.embedded import EmbeddedIndex
from tests.contract.search_contract import SearchContract


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    with EmbeddedIndex(tmp_path_factory.mktemp("filled")) as index:
        for start in range(0, len(SearchContract.records), 60):  # several segments, as in life
            index.put(SearchContract.records[start : start + 60])
            index.commit()
        yield index


class TestEmbedded(SearchContract):
    @pytest.fixture
    def make_index(self, tmp_path: Path) -> Callable[[], SearchIndex]:
        return lambda: EmbeddedIndex(tmp_path / uuid4().hex)
