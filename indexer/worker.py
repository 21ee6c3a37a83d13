"""The worker: posts that wait become records that are found."""

import os
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic, sleep
from typing import Protocol

from indexer.errors import IndexLockedError, IndexUnusableError, ModelReplacedError
from indexer.ledger import Ledger
from indexer.record import Pending
from indexer.search.backend import SearchIndex
from nlp.analysis import Analysis

LEASE_SECONDS = 300.0
_INDEX_BATCH = 1000


class Analyzer(Protocol):
    """What turns texts into analyses: `nlp.Analyzer`."""

    @property
    def model_version(self) -> str:
        """The model that it loaded, which stands in each of its analyses."""
        ...

    def analyze(self, texts: Sequence[str]) -> list[Analysis]:
        """One analysis a text, in their order."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkReport:
    """What a worker did; `pending` posts were left, because another worker holds them."""

    analysed: int = 0
    indexed: int = 0
    pending: int = 0
    seconds: float = 0.0


def worker_name() -> str:
    """A name for this process's leases."""
    return f"{socket.gethostname()}:{os.getpid()}"


def utc_now() -> datetime:
    """The clock of a real worker."""
    return datetime.now(UTC)


def work(
    ledger: Ledger,
    analyzer: Analyzer,
    index: SearchIndex,
    *,
    clock: Callable[[], datetime] = utc_now,
    worker: str | None = None,
    batch: int = 256,
    on_progress: Callable[[WorkReport], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> WorkReport:
    """Lease, analyse, store and index until nothing waits (or `stop` says so); for a worker that stays, call it again.

    Each step is done completely or not at all and may be done again: killed anywhere, the next worker goes on, and
    nothing is lost or held twice. `on_progress` gets the sums so far after each batch.

    `ModelReplacedError` where the ledger has been switched to another model than `analyzer` loaded: nothing is leased
    any more, and what was analysed meanwhile has not become current.
    """
    begun = monotonic()
    refuse_lost_index(ledger, index)
    analysed = indexed = 0
    indexed += index_changes(ledger, index)
    while not stop():
        refuse_replaced_model(ledger, analyzer)
        leased = ledger.lease(worker or worker_name(), limit=batch, now=clock(), seconds=LEASE_SECONDS)
        if not leased:
            if _release_dead(ledger, clock()):
                continue
            break
        analysed += ledger.store(analyse(analyzer, leased), now=clock())
        indexed += index_changes(ledger, index)
        on_progress(WorkReport(analysed=analysed, indexed=indexed, seconds=monotonic() - begun))
    pending = ledger.counts().pending
    return WorkReport(analysed=analysed, indexed=indexed, pending=pending, seconds=monotonic() - begun)


def index_changes(ledger: Ledger, index: SearchIndex, *, on_progress: Callable[[int], None] = lambda _: None) -> int:
    """Index every analysed record that changed since it was indexed; how many (`on_progress` hears it as it grows).

    `IndexLockedError` where another process writes the index. Index first, note in the ledger after: what a kill
    between the two leaves is indexed again, in place of itself.
    """
    indexed = 0
    while records := ledger.unindexed(_INDEX_BATCH):
        index.put(records)
        index.commit()
        ledger.mark_indexed([(record.id, record.revision) for record in records])
        indexed += len(records)
        on_progress(indexed)
    return indexed


def index_now(ledger: Ledger, index: SearchIndex) -> bool:
    """After a decision: make it searchable at once, or leave it to the worker that holds the index (`False`).

    Gives up the right to write again, so that a worker can start.
    """
    try:
        index_changes(ledger, index)
    except IndexLockedError:
        return False
    finally:
        index.close()
    return True


def stay(
    run: Callable[[], WorkReport],
    *,
    seconds: float = 1.0,
    stop: Callable[[], bool],
    pause: Callable[[float], object] = sleep,
) -> None:
    """Run `work` again and again, with a pause whenever nothing waits."""
    while not stop():
        report = run()
        if not report.analysed and not report.indexed:
            pause(seconds)


def refuse_lost_index(ledger: Ledger, index: SearchIndex) -> None:
    """`IndexUnusableError` where the ledger knows of indexed records and the index holds none: it was removed."""
    if index.count() == 0 and ledger.indexed(after_id=0, limit=1):
        raise IndexUnusableError("台账里有已索引的记录，但搜索索引是空的；请运行 fengping index rebuild")


def refuse_replaced_model(ledger: Ledger, analyzer: Analyzer) -> None:
    """`ModelReplacedError` where the analyzer's model is not (any longer) the one in use."""
    in_use = ledger.models.in_use()
    if in_use not in (None, analyzer.model_version):
        raise ModelReplacedError(analyzer.model_version, str(in_use))


def _release_dead(ledger: Ledger, now: datetime) -> int:
    """Take back what a worker of this machine held when it was killed, rather than wait for its leases to run out."""
    dead = [worker for worker in ledger.lease_holders(now=now) if _is_dead(worker)]
    return ledger.release(dead) if dead else 0


def _is_dead(worker: str) -> bool:
    host, _, process = worker.rpartition(":")
    if host != socket.gethostname() or not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)  # signal 0 only asks whether there is such a process
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def analyse(analyzer: Analyzer, leased: Sequence[Pending]) -> list[tuple[Pending, Analysis]]:
    """Analyse in order of length, so that a batch of the model holds texts of like length."""
    ordered = sorted(leased, key=lambda pending: len(pending.analysed_text))
    analyses = analyzer.analyze([pending.analysed_text for pending in ordered])
    return list(zip(ordered, analyses, strict=True))
