"""Bringing a ledger's tables to this version's shape."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine

from indexer.errors import LedgerUnavailableError
from indexer.ledger.engine import reading, writing

_FOLDER = Path(__file__).parent / "migrations"
_LOCK = 5_390_017  # any number, the same in all our processes


def migrate(engine: Engine, *, revision: str = "head") -> None:
    """Apply the migrations that the database lacks, all or none; `LedgerUnavailableError` for a newer one than ours."""
    with reading(engine) as connection:
        if _revision(connection) == _target(revision):
            return
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        _upgrade(connection, revision)


def schema_version() -> str:
    """The revision that an opened ledger's tables have."""
    return str(_target("head"))


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration for our migrations, without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection, revision: str) -> None:
    try:
        command.upgrade(configuration(connection), revision)
    except CommandError as error:
        raise LedgerUnavailableError("台账由更新版本的风评写成，本版本读不了；请升级风评") from error


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _target(revision: str) -> str | None:
    scripts = ScriptDirectory.from_config(configuration())
    return scripts.get_current_head() if revision == "head" else revision
