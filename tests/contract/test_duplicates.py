"""Near-duplicates, on SQLite and on a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.ledger import Ledger, open_ledger
from tests.contract.duplicates_contract import DuplicatesContract
from tests.contract.test_ledger import database, server  # noqa: F401 (fixtures)


class TestSqlite(DuplicatesContract):
    @pytest.fixture
    def ledger(self, tmp_path: Path) -> Iterator[Ledger]:
        with open_ledger(tmp_path) as ledger:
            yield ledger


class TestPostgresql(DuplicatesContract):
    @pytest.fixture
    def ledger(self, database: str) -> Iterator[Ledger]:  # noqa: F811 (the fixture)
        with open_ledger(database) as ledger:
            yield ledger
