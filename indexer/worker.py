"""The worker: posts that wait become records that are found."""

import os
import socket
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from time import sleep

from indexer.errors import ModelReplacedError
from indexer.ledger import Ledger
from indexer.search.backend import SearchIndex
from indexer.work.analyzing import Analyzer
from indexer.work.heartbeat import Heartbeat
from indexer.work.indexing import Outbox, Searchable, index_changes, index_now, refuse_lost_index
from indexer.work.patience import Patience
from indexer.work.pool import AnalysisPool, inline_pool
from indexer.work.shift import Shift, WorkReport

__all__ = [
    "Analyzer",
    "WorkReport",
    "index_changes",
    "index_now",
    "refuse_lost_index",
    "refuse_replaced_model",
    "stay",
    "utc_now",
    "work",
    "worker_name",
]

LEASE_SECONDS = 300.0
ATTEMPTS = 3
# Leases are extended so often that two heartbeats may fail before one runs out.
_BEATS_A_LEASE = 3


def worker_name() -> str:
    """A name for this process's leases."""
    return f"{socket.gethostname()}:{os.getpid()}"


def utc_now() -> datetime:
    """The clock of a real worker."""
    return datetime.now(UTC)


def work(
    ledger: Ledger,
    analyzer: Analyzer,
    index: SearchIndex | None,
    *,
    pool: AnalysisPool | None = None,
    clock: Callable[[], datetime] = utc_now,
    worker: str | None = None,
    batch: int = 256,
    attempts: int = ATTEMPTS,
    lease_seconds: float = LEASE_SECONDS,
    on_progress: Callable[[WorkReport], None] = lambda _: None,
    on_searchable: Searchable | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> WorkReport:
    """Lease, analyse, store and index until nothing waits (or `stop` says so); for a worker that stays, call it again.

    Each step is done completely or not at all and may be done again: killed anywhere, the next worker goes on, and
    nothing is lost or held twice. `on_progress` gets the sums so far after each batch. Batches run on `pool`, as many
    at once as it has room for (with `analyzer`, in this thread, by default); where it is given, `analyzer` says which
    model its results must be of. A post that fails `attempts` times alone is set aside. Without `index` another worker
    indexes. While the index is away the analysis goes on; the error is raised at the end.

    Raises:
        ModelReplacedError: the ledger has been switched to another model than `analyzer` loaded: nothing is leased
            any more, and what was analysed meanwhile has not become current.
        ForeignModelError: a result came from another model; nothing of its batch is kept.
        AnalysisFailingError: nothing can be analysed, so no post is set aside.
        IndexerError: what ledger, index and executor raise; where it is `passing`, call again later.
    """
    name = worker or worker_name()
    extend = partial(_extend, ledger, name, clock, lease_seconds)
    with Heartbeat(extend, seconds=lease_seconds / _BEATS_A_LEASE) as heartbeat:
        shift = Shift(
            ledger=ledger,
            analyzer=analyzer,
            pool=pool or inline_pool(analyzer),
            outbox=Outbox(ledger, index, on_searchable=on_searchable, clock=clock),
            heartbeat=heartbeat,
            clock=clock,
            worker=name,
            batch=batch,
            attempts=attempts,
            lease_seconds=lease_seconds,
            on_progress=on_progress,
            stop=stop,
            refuse=partial(refuse_replaced_model, ledger, analyzer),
        )
        return shift.run()


def stay(
    run: Callable[[], WorkReport],
    *,
    seconds: float = 1.0,
    stop: Callable[[], bool],
    pause: Callable[[float], object] = sleep,
    patience: Patience | None = None,
) -> None:
    """Run `work` again and again, with a pause whenever nothing waits; `patience` bears what goes by."""
    patience = patience or Patience(lambda _: None, limit=0)
    while not stop():
        report = patience.attempt(run)
        if report is None:
            pause(patience.seconds)
        elif not report.analysed and not report.indexed:
            pause(seconds)


def refuse_replaced_model(ledger: Ledger, analyzer: Analyzer) -> None:
    """`ModelReplacedError` where the analyzer's model is not (any longer) the one in use."""
    in_use = ledger.models.in_use()
    if in_use not in (None, analyzer.model_version):
        raise ModelReplacedError(analyzer.model_version, str(in_use))


def _extend(
    ledger: Ledger, worker: str, clock: Callable[[], datetime], seconds: float, record_ids: Sequence[int]
) -> None:
    ledger.extend(worker, record_ids, now=clock(), seconds=seconds)
