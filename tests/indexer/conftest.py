from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.ledger import Ledger, open_ledger
from indexer.search import SearchIndex, open_index


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path) as ledger:
        yield ledger


@pytest.fixture
def index(tmp_path: Path) -> Iterator[SearchIndex]:
    with open_index(tmp_path) as index:
        yield index
