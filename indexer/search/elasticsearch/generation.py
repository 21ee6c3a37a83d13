"""A generation of the index that a rebuild fills on a cluster."""

from collections.abc import Iterable

from indexer.record import Record
from indexer.search.elasticsearch.connection import Connection
from indexer.search.elasticsearch.generations import Generations
from indexer.search.elasticsearch.reading import Reading
from indexer.search.elasticsearch.writer import NewTarget, Writer


class ElasticsearchGeneration:
    """See `Generation`. Two rebuilds at once do the same work twice, and nothing worse."""

    shared = True

    def __init__(self, connection: Connection, generations: Generations, number: int) -> None:
        self._connection = connection
        self._generations = generations
        self._number = number
        self._reading = Reading(connection, generations.pattern(number))
        self._writer = Writer(connection, NewTarget(generations, number))

    def put(self, records: Iterable[Record]) -> None:
        """See `SearchIndex.put`."""
        self._writer.put(records)

    def delete(self, record_ids: Iterable[int]) -> None:
        """See `SearchIndex.delete`."""
        self._writer.delete(record_ids)

    def commit(self) -> None:
        """See `Generation.commit`."""
        self._writer.commit()

    def count(self) -> int:
        """See `Generation.count`."""
        return self._reading.count()

    def last_id(self) -> int:
        """See `Generation.last_id`."""
        return self._reading.last_id()

    def held(self, *, after_id: int, limit: int) -> list[tuple[int, int]]:
        """See `SearchIndex.held`."""
        return self._reading.held(after_id=after_id, limit=limit)

    def switch(self) -> None:
        """See `Generation.switch`."""
        self._generations.switch(self._number)

    def remove_others(self) -> None:
        """See `Generation.remove_others`."""
        self._generations.remove_before(self._number)

    def close(self) -> None:
        """See `Generation.close`."""
        self._connection.close()
