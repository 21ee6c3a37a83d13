"""Indexing: what changed in the ledger into the search index; the ledger is the outbox of an index that is away."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from time import monotonic

from indexer.errors import (
    IndexerError,
    IndexInterruptedError,
    IndexLockedError,
    IndexUnusableError,
    RecordRefusedError,
    SearchIndexError,
)
from indexer.ledger import Failure, Ledger, Stage
from indexer.record import Record
from indexer.search.backend import SearchIndex
from indexer.work.reasons import reason

_INDEX_BATCH = 1000
# Hears, of posts that are searchable for the first time, how many seconds that took from their landing.
Searchable = Callable[[Sequence[float]], None]


# While batches come in quickly they go into the index together: a commit costs about as much as a batch.
_EVERY_SECONDS = 1.0
# How long an index that is away is left alone while the analysis goes on.
_REST_SECONDS = 30.0


class Outbox:
    """What a worker analysed on its way into the index: now and then while it works, all of it at the end.

    An index that is away does not stop the analysis: its records wait in the ledger, and the end raises the error.
    Without an index it does nothing, for another worker indexes.
    """

    def __init__(
        self,
        ledger: Ledger,
        index: SearchIndex | None,
        *,
        on_searchable: Searchable | None,
        clock: Callable[[], datetime],
        timer: Callable[[], float] = monotonic,
    ) -> None:
        self._ledger = ledger
        self._index = index
        self._on_searchable = on_searchable
        self._clock = clock
        self._timer = timer
        self._next = timer()
        self.sent = 0

    def begin(self) -> None:
        """Refuse an index that was lost, and index what an earlier worker left."""
        if self._index is not None:
            with self._bearing():
                refuse_lost_index(self._ledger, self._index)
                self._send()

    def send(self) -> None:
        """Index what changed, unless that was done a moment ago."""
        if self._timer() >= self._next:
            self._next = self._timer() + _EVERY_SECONDS
            with self._bearing():
                self._send()

    def finish(self) -> None:
        """Index what is left, or raise why that can't be."""
        self._send()

    def _send(self) -> None:
        if self._index is None:
            return
        before = self.sent

        def count(done: int) -> None:
            self.sent = before + done

        index_changes(
            self._ledger, self._index, on_progress=count, on_searchable=self._on_searchable, clock=self._clock
        )

    @contextmanager
    def _bearing(self) -> Iterator[None]:
        try:
            yield
        except SearchIndexError as error:
            if not error.passing:
                raise
            self._next = self._timer() + _REST_SECONDS


def index_changes(
    ledger: Ledger,
    index: SearchIndex,
    *,
    on_progress: Callable[[int], None] = lambda _: None,
    on_searchable: Searchable | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> int:
    """Index every analysed record that changed since it was indexed; how many (`on_progress` hears it as it grows).

    Index first, note in the ledger after: what a kill between the two leaves is indexed again, in place of itself.
    A record that the index refuses is set aside as a dead letter.

    Raises:
        IndexLockedError: another process writes the index.
        IndexInterruptedError: it can't be written for now, such as on a full disk.
    """
    indexed = 0
    while records := ledger.unindexed(_INDEX_BATCH):
        refused = _put(index, records)
        taken = [record for record in records if record.id not in refused]
        _commit(index)
        landed = ledger.never_indexed([record.id for record in taken]) if on_searchable else []
        ledger.mark_indexed([(record.id, record.revision) for record in taken])
        ledger.dead_letters.set_aside(list(refused.values()), now=clock())
        if on_searchable and landed:
            on_searchable([(clock() - at).total_seconds() for at in landed])
        indexed += len(taken)
        on_progress(indexed)
    return indexed


def index_now(ledger: Ledger, index: SearchIndex) -> bool:
    """After a decision: make it searchable at once, or leave it to the worker that holds the index (`False`).

    Gives up the right to write again, so that a worker can start.
    """
    try:
        index_changes(ledger, index)
    except (IndexLockedError, IndexInterruptedError):
        return False
    finally:
        index.close()
    return True


def refuse_lost_index(ledger: Ledger, index: SearchIndex) -> None:
    """`IndexUnusableError` where the ledger knows of indexed records and the index holds none: it was removed."""
    if index.count() == 0 and ledger.indexed(after_id=0, limit=1):
        raise IndexUnusableError("台账里有已索引的记录，但搜索索引是空的；请运行 fengping index rebuild")


def _put(index: SearchIndex, records: Sequence[Record]) -> dict[int, Failure]:
    """Put records; those that the index does not take, by id."""
    try:
        index.put(records)
    except RecordRefusedError as error:
        return _refused(records, error)
    except IndexerError:
        raise
    except Exception:  # an index's library raises what it likes
        return _put_one_by_one(index, records)
    return {}


def _refused(records: Sequence[Record], error: RecordRefusedError) -> dict[int, Failure]:
    by_id = {record.id: record for record in records}
    return {
        record_id: _failure(by_id[record_id], type(error).__name__, words)
        for record_id, words in error.refused.items()
        if record_id in by_id
    }


def _put_one_by_one(index: SearchIndex, records: Sequence[Record]) -> dict[int, Failure]:
    """Put each record alone, on a writer of its own: one that died would refuse them all."""
    _close(index)
    try:
        index.acquire()
    except IndexerError:
        raise
    except Exception as error:
        raise _interrupted(error) from error
    refused: dict[int, Failure] = {}
    for record in records:
        try:
            index.put([record])
        except IndexerError:
            raise
        except Exception as error:
            words = reason(error, record.post.title, record.post.text)
            refused[record.id] = _failure(record, type(error).__name__, words)
    return refused


def _failure(record: Record, error: str, words: str) -> Failure:
    return Failure(
        record_id=record.id,
        stage=Stage.INDEXING,
        error=error,
        reason=words,
        version=record.version,
        revision=record.revision,
    )


def _commit(index: SearchIndex) -> None:
    try:
        index.commit()
    except IndexerError:
        raise
    except Exception as error:
        _close(index)
        raise _interrupted(error) from error


def _close(index: SearchIndex) -> None:
    with suppress(Exception):  # what it had not committed is lost either way, and waits in the ledger
        index.close()


def _interrupted(error: Exception) -> IndexInterruptedError:
    return IndexInterruptedError(
        f"搜索索引写不进去，帖子都在台账里，恢复后自动补上；请检查索引目录的磁盘空间和写权限（{reason(error)}）"
    )
