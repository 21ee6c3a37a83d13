"""The ledger's contract, on SQLite and on a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from indexer.ledger import Ledger, open_ledger
from tests.contract.ledger_contract import LedgerContract
from tests.servers import postgresql


class TestSqlite(LedgerContract):
    without_triggers = ("DROP TRIGGER audit_log_no_update", "DROP TRIGGER audit_log_no_delete")

    @pytest.fixture
    def ledger(self, tmp_path: Path) -> Iterator[Ledger]:
        with open_ledger(tmp_path) as ledger:
            yield ledger


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    pytest.importorskip("psycopg", reason="缺少 psycopg：pip install 'fengping[cluster]'")
    if postgresql.programs() is None:
        pytest.skip(postgresql.MISSING)
    with postgresql.server() as url:
        yield url


@pytest.fixture
def database(server: str) -> str:
    """A database of the test's own."""
    name = f"test_{uuid4().hex}"
    engine = create_engine(f"{server}/postgres".replace("://", "+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"{server}/{name}"


class TestPostgresql(LedgerContract):
    without_triggers = ("DROP TRIGGER audit_log_append_only ON audit_log",)

    @pytest.fixture
    def ledger(self, database: str) -> Iterator[Ledger]:
        with open_ledger(database) as ledger:
            yield ledger
