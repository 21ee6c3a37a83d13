"""Shift: one turn of a worker, from the first lease until nothing waits."""

import os
import socket
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic

from indexer.errors import LedgerError
from indexer.ledger import Ledger
from indexer.record import Pending
from indexer.work.analyzing import Analyzer
from indexer.work.examining import Findings, findings_of, in_batches, refuse_foreign
from indexer.work.heartbeat import Heartbeat
from indexer.work.indexing import Outbox
from indexer.work.pool import AnalysisPool, Batch


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkReport:
    """What a worker did; `pending` posts were left, because another worker holds them.

    `set_aside` posts could not be analysed and are among the ledger's dead letters now.
    """

    analysed: int = 0
    indexed: int = 0
    set_aside: int = 0
    pending: int = 0
    seconds: float = 0.0


@dataclass(kw_only=True)
class Shift:
    """The state of `indexer.worker.work`, whose arguments these are; `refuse` raises where work must not go on."""

    ledger: Ledger
    analyzer: Analyzer
    pool: AnalysisPool
    outbox: Outbox
    heartbeat: Heartbeat
    clock: Callable[[], datetime]
    worker: str
    batch: int
    attempts: int
    lease_seconds: float
    on_progress: Callable[[WorkReport], None]
    stop: Callable[[], bool]
    refuse: Callable[[], None]
    _under_way: dict[Batch, Sequence[Pending]] = field(default_factory=dict)
    _analysed: int = 0
    _set_aside: int = 0
    _begun: float = field(default_factory=monotonic)

    def run(self) -> WorkReport:
        """Work until nothing waits, or `stop` says so: then what is under way is finished."""
        try:
            self.outbox.begin()
            while self._fill() or self._under_way:
                self._finish_next()
                self.outbox.send()
                self.on_progress(self._report(0))
            self.outbox.finish()
        except BaseException:
            self._give_up()
            raise
        return self._report(self.ledger.counts().pending)

    def _fill(self) -> bool:
        """Send batches on their way while there is room for them; whether any was sent."""
        sent = False
        while not self.stop():
            width = self.pool.width
            room = width - len(self._under_way)
            if room < (width + 1) // 2:  # several at once, so that texts of like length come together
                break
            if not self._send(room):
                break
            sent = True
        return sent

    def _send(self, room: int) -> bool:
        self.refuse()
        leased = self._lease(room * self.batch)
        self.heartbeat.hold(pending.record_id for pending in leased)
        for part in in_batches(leased, self.batch):
            self._under_way[self.pool.submit([pending.analysed_text for pending in part])] = part
        return bool(leased)

    def _lease(self, limit: int) -> list[Pending]:
        leased = self.ledger.lease(self.worker, limit=limit, now=self.clock(), seconds=self.lease_seconds)
        if not leased and not self._under_way and self._release_orphans():
            return self.ledger.lease(self.worker, limit=limit, now=self.clock(), seconds=self.lease_seconds)
        return leased

    def _finish_next(self) -> None:
        """Wait for a batch, and store whatever is done by then."""
        done, _ = wait([batch.future for batch in self._under_way], return_when=FIRST_COMPLETED)
        for batch in [batch for batch in self._under_way if batch.future in done]:
            leased = self._under_way[batch]
            self._store(findings_of(self.pool, batch, leased, attempts=self.attempts))
            del self._under_way[batch]
            self.heartbeat.let_go(pending.record_id for pending in leased)

    def _store(self, findings: Findings) -> None:
        refuse_foreign(findings, self.analyzer)
        now = self.clock()
        self._analysed += self.ledger.store(findings.analysed, now=now)
        self.ledger.dead_letters.set_aside(findings.failures, now=now)
        self._set_aside += len(findings.failures)

    def _release_orphans(self) -> int:
        """Take back what a killed worker of this machine held, or this one before an interruption."""
        holders = self.ledger.lease_holders(now=self.clock())
        orphaned = [worker for worker in holders if worker == self.worker or _is_dead(worker)]
        return self.ledger.release(orphaned) if orphaned else 0

    def _give_up(self) -> None:
        """Others may go on with what was under way at once; where the ledger is away, when the leases run out."""
        for batch in self._under_way:
            batch.future.cancel()
        if self._under_way:
            with suppress(LedgerError):
                self.ledger.release([self.worker])

    def _report(self, pending: int) -> WorkReport:
        return WorkReport(
            analysed=self._analysed,
            indexed=self.outbox.sent,
            set_aside=self._set_aside,
            pending=pending,
            seconds=monotonic() - self._begun,
        )


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
