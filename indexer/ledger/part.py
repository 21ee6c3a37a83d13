"""What the ledger and its parts have in common: reading, and writing so that readers notice."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Connection, Engine

from indexer.ledger.engine import reading, writing
from indexer.ledger.states import note_change


class LedgerPart:
    """A side of the ledger, on the same database as the others."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def _read(self) -> AbstractContextManager[Connection]:
        return reading(self._engine)

    @contextmanager
    def _write(self, *, visible: bool = True) -> Iterator[Connection]:
        """A transaction; one that changes nothing that readers see (a lease) leaves `version_key` as it is."""
        with writing(self._engine) as connection:
            yield connection
            if visible:
                note_change(connection)
