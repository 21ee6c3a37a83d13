"""The migrations that ship make exactly the tables that the code uses."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from indexer.errors import LedgerUnavailableError
from indexer.ledger import open_ledger
from indexer.ledger.engine import make_engine
from indexer.ledger.migrate import migrate
from indexer.ledger.tables import metadata
from tests.contract.test_ledger import database, server  # noqa: F401 (fixtures)
from tests.indexer.builders import NOW, post


def differences(where: str | Path) -> list[object]:
    engine = make_engine(where)
    migrate(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = compare_metadata(context, metadata)
    engine.dispose()
    return list(found)


def test_sqlite_has_the_tables_of_the_code(tmp_path: Path) -> None:
    assert differences(tmp_path) == []


def test_postgresql_has_the_tables_of_the_code(database: str) -> None:  # noqa: F811 (the fixture)
    assert differences(database) == []


def test_opening_again_keeps_everything(tmp_path: Path) -> None:
    for expected in (1, 0):
        with open_ledger(tmp_path) as ledger:
            assert ledger.land([post(1)], now=NOW).new == expected


def test_processes_that_open_a_new_ledger_at_once_all_get_it(tmp_path: Path) -> None:
    def counts(_: int) -> int:
        with open_ledger(tmp_path) as ledger:
            return ledger.counts().posts

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(counts, range(4))) == [0, 0, 0, 0]


def test_decisions_of_the_first_ledger_get_the_model_that_was_seen(tmp_path: Path) -> None:
    engine = make_engine(tmp_path)
    migrate(engine, revision="0001")
    with engine.begin() as connection:
        for statement in _FIRST_LEDGER:
            connection.execute(text(statement))
    engine.dispose()
    with open_ledger(tmp_path) as ledger:
        assert [decision.model_version for decision in ledger.decisions(1)] == ["rules-1", "rules-2"]
        assert ledger.models.in_use() is None
        assert ledger.land([post(1)], now=NOW).new == 1


_AT = "'2024-05-10 04:00:0{}.000000'"
_FIRST_LEDGER = (
    "INSERT INTO posts (id, source, native_id, url, kind, version, first_seen, last_seen, revision, indexed_revision, "
    "attempts) VALUES (1, 'old', '1', 'https://forum.example/', 'reply', 1, "
    f"{_AT.format(0)}, {_AT.format(0)}, 1, 0, 0)",
    f"INSERT INTO versions VALUES (1, 1, '', '逾期', 'd', {_AT.format(0)}, {_AT.format(0)}, '0', NULL, NULL)",
    f"INSERT INTO analyses VALUES (1, 1, 'rules-1', 'words-1', {_AT.format(1)}, '{{}}')",
    f"INSERT INTO analyses VALUES (1, 1, 'rules-2', 'words-1', {_AT.format(3)}, '{{}}')",
    "INSERT INTO decisions (id, post_id, version, reviewer, reason, decided, kind) VALUES "
    f"(1, 1, 1, '李审', '一', {_AT.format(2)}, 'help'), (2, 1, 1, '李审', '二', {_AT.format(4)}, 'help')",
)


def test_a_ledger_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    open_ledger(tmp_path).close()
    engine = make_engine(tmp_path)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(LedgerUnavailableError, match="请升级风评"):
        open_ledger(tmp_path)


@pytest.mark.parametrize(
    ("where", "advice"),
    [
        ("postgresql://nobody@127.0.0.1:1/none", "连不上台账数据库"),
        ("nosuchdb://localhost/none", "不支持的台账地址"),
    ],
)
def test_a_database_that_cannot_be_opened_is_told(where: str, advice: str) -> None:
    with pytest.raises(LedgerUnavailableError, match=advice):
        open_ledger(where)


def test_a_file_that_is_no_ledger_is_told(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(b"not a database, but long enough to be read as one" * 40)
    with pytest.raises(LedgerUnavailableError, match="备份"):
        open_ledger(tmp_path)
