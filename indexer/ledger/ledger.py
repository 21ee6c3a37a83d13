"""Ledger: the one place where posts, analyses, decisions and the audit log are kept; everything else is derived."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from crawler.post import CrawlIssue, Post, ThreadRead
from indexer.ledger import (
    audit,
    clustering,
    deciding,
    evidence,
    indexing,
    landing,
    leasing,
    queues,
    reading,
    runs,
    states,
    threads,
)
from indexer.ledger.coverage import Coverages
from indexer.ledger.dead_letters import DeadLetters
from indexer.ledger.evidence import KeptEvidence
from indexer.ledger.history import History
from indexer.ledger.landing import Landing
from indexer.ledger.models import Models
from indexer.ledger.part import LedgerPart
from indexer.ledger.runs import CrawlRun, CrawlTotal, NotedIssue
from indexer.ledger.states import Backlog, LedgerCounts, SourceState
from indexer.record import Audit, Decision, Pending, Record, Version
from nlp.analysis import Analysis


class Ledger(LedgerPart):
    """Posts with their versions, analyses, decisions, the audit log, crawl runs and issues in one SQL database.

    Made by `open_ledger`. Safe to share between threads; several processes may open the same ledger. Every method is
    one transaction: it has happened completely when it returns and not at all when it raises. Times are aware UTC.
    """

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def models(self) -> Models:
        """Analyses of several models side by side: candidates, the switch, agreement with reviewers."""
        return Models(self._engine)

    @property
    def dead_letters(self) -> DeadLetters:
        """Posts that could not be analysed or indexed: set aside, listed, put back."""
        return DeadLetters(self._engine)

    @property
    def history(self) -> History:
        """Records as they were at a moment, for exports that can be repeated."""
        return History(self._engine)

    @property
    def coverage(self) -> Coverages:
        """How much of what the sources state was read, by source, board and hour, and why the rest was not."""
        return Coverages(self._engine)

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    # --- landing -------------------------------------------------------------------------------------------------

    def land(self, posts: Sequence[Post], *, now: datetime) -> Landing:
        """Store posts, each exactly once however often it comes; title and text are masked before they are stored.

        A changed title or text is a new version (and waits for analysis), counts that moved are updated in place.
        Fast in batches of a hundred and more.
        """
        masked = landing.mask_posts(posts)
        with self._write() as connection:
            return landing.land(connection, masked, now=now)

    def note_thread(self, thread_read: ThreadRead) -> int:
        """Set `not_seen_since` for the thread's known posts that a complete read no longer showed; how many are new.

        A post that comes back loses the mark when it is landed again.
        """
        with self._write() as connection:
            return threads.note_thread(connection, thread_read)

    def note_issue(self, issue: CrawlIssue) -> None:
        """Keep an oddity of a source; the same one again only counts up."""
        with self._write() as connection:
            runs.note_issue(connection, issue)

    def issues(self, *, source: str | None = None, limit: int = 100, offset: int = 0) -> list[NotedIssue]:
        """Oddities met while crawling, the latest first."""
        with self._read() as connection:
            return runs.issues(connection, source=source, limit=limit, offset=offset)

    def note_run(self, run: CrawlRun) -> None:
        """Keep the start of a crawl of one source, or its end (same source and start: the entry is replaced)."""
        with self._write() as connection:
            runs.note_run(connection, run)

    def crawl_runs(self, *, source: str | None = None, limit: int = 100) -> list[CrawlRun]:
        """Crawl runs, the latest first."""
        with self._read() as connection:
            return runs.crawl_runs(connection, source=source, limit=limit)

    def crawl_totals(self) -> list[CrawlTotal]:
        """The sums of all crawl runs, by source."""
        with self._read() as connection:
            return runs.crawl_totals(connection)

    # --- analysis ------------------------------------------------------------------------------------------------

    def lease(self, worker: str, *, limit: int, now: datetime, seconds: float) -> list[Pending]:
        """Take up to `limit` posts that wait for analysis; nobody else gets them for `seconds`.

        A lease that ran out is given to the next who asks, so the posts of a killed worker are not lost.
        """
        with self._read() as connection:
            if not leasing.waits(connection, now=now):
                return []
        with self._write(visible=False) as connection:
            return leasing.lease(connection, worker, limit=limit, now=now, until=now + timedelta(seconds=seconds))

    def extend(self, worker: str, record_ids: Sequence[int], *, now: datetime, seconds: float) -> int:
        """Hold leased posts for `seconds` from now, as their analysis takes long; how many are still the worker's."""
        with self._write(visible=False) as connection:
            return leasing.extend(connection, worker, record_ids, until=now + timedelta(seconds=seconds))

    def lease_holders(self, *, now: datetime) -> list[str]:
        """The workers that hold posts at the moment."""
        with self._read() as connection:
            return leasing.holders(connection, now=now)

    def release(self, workers: Sequence[str]) -> int:
        """End the leases of workers that are known to be dead, before they run out; how many posts wait again."""
        with self._write(visible=False) as connection:
            return leasing.release(connection, workers)

    def store(self, results: Sequence[tuple[Pending, Analysis]], *, now: datetime) -> int:
        """Keep analyses and end their leases; how many became current.

        A post that was edited meanwhile, or analysed by a model that is not in use (`models.in_use`), waits again.
        """
        with self._write() as connection:
            return leasing.store(connection, results, now=now)

    # --- search index --------------------------------------------------------------------------------------------

    def unindexed(self, limit: int) -> list[Record]:
        """Analysed records whose latest revision the search index does not hold yet, by id."""
        with self._read() as connection:
            return indexing.unindexed(connection, limit)

    def mark_indexed(self, revisions: Sequence[tuple[int, int]]) -> None:
        """Say which (record id, revision) the search index has committed."""
        if revisions:
            with self._write() as connection:
                indexing.mark_indexed(connection, revisions)

    def indexed(self, *, after_id: int, limit: int) -> list[tuple[int, int]]:
        """The (record id, revision) that the search index should hold, by id, for comparing them."""
        with self._read() as connection:
            return indexing.indexed(connection, after_id=after_id, limit=limit)

    def never_indexed(self, record_ids: Sequence[int]) -> list[datetime]:
        """When those of the records landed (UTC) that the search index has never held, in no order."""
        with self._read() as connection:
            return queues.never_indexed(connection, list(record_ids))

    def analysed(self, *, after_id: int, limit: int) -> list[tuple[int, int]]:
        """The (record id, latest revision) of the analysed records, by id, to fill an index that is not searched."""
        with self._read() as connection:
            return indexing.analysed(connection, after_id=after_id, limit=limit)

    def forget_unanalysed(self) -> int:
        """After a rebuild: posts that wait for analysis are in no index; how many were thought to be."""
        with self._write() as connection:
            return indexing.forget_unanalysed(connection)

    def all_records(self, *, after_id: int = 0, limit: int = 1000) -> list[Record]:
        """Analysed records by id, for a rebuild: ask again with the last id until the list is empty."""
        with self._read() as connection:
            return indexing.all_records(connection, after_id=after_id, limit=limit)

    # --- reading -------------------------------------------------------------------------------------------------

    def record(self, record_id: int) -> Record:
        """One record; `RecordNotFoundError` where there is none."""
        with self._read() as connection:
            return reading.record(connection, record_id)

    def records(self, record_ids: Sequence[int]) -> list[Record]:
        """Records in the order of the ids; ids that the ledger does not hold are left out."""
        with self._read() as connection:
            return reading.records(connection, record_ids)

    def find(self, source: str, native_id: str) -> Record | None:
        """The record of a post by its identity at the source."""
        with self._read() as connection:
            return reading.find(connection, source, native_id)

    def thread(self, source: str, thread_id: str, *, limit: int = 500) -> list[Record]:
        """The records of one thread in the order of publication, for showing a post in its context."""
        with self._read() as connection:
            return reading.thread(connection, source, thread_id, limit=limit)

    def versions(self, record_id: int) -> list[Version]:
        """Every wording of a post, the first one first."""
        with self._read() as connection:
            return reading.versions(connection, record_id)

    def cluster(self, record_id: int, *, limit: int = 100) -> list[int]:
        """Ids of the record's near-duplicates and its own, by id, at most `limit`; empty where it has none."""
        with self._read() as connection:
            return clustering.members(connection, record_id, limit=limit)

    def kept_evidence(self, *, after_id: int = 0, limit: int = 1000) -> list[KeptEvidence]:
        """Where the versions of the next posts by id came from: ask again with the last id until the list is empty."""
        with self._read() as connection:
            return evidence.kept(connection, after_id=after_id, limit=limit)

    # --- review --------------------------------------------------------------------------------------------------

    def decide(self, decision: Decision) -> Record:
        """Keep a reviewer's decision and its audit entry, both or neither; the record as it is now.

        The record is to be indexed again: call `indexer.worker.index_changes`, or leave it to the running worker.
        """
        with self._write() as connection:
            return deciding.decide(connection, decision)

    def decisions(self, record_id: int) -> list[Decision]:
        """Every decision about a record, the first one first, each as it stood then."""
        with self._read() as connection:
            return deciding.decisions(connection, record_id)

    def note_audit(self, *, at: datetime, actor: str, action: str, subject: str, detail: str = "{}") -> Audit:
        """Append an entry to the audit log, for actions that change nothing else here (exports, log-ins)."""
        with self._write() as connection:
            return audit.append(connection, at=at, actor=actor, action=action, subject=subject, detail=detail)

    def audit_log(self, subject: str | None = None, *, limit: int = 100, offset: int = 0) -> list[Audit]:
        """Entries of the audit log, the latest first; the subject of a record is `record:ID`."""
        with self._read() as connection:
            return audit.entries(connection, subject=subject, limit=limit, offset=offset)

    def verify_audit(self) -> int:
        """Walk the audit log's hash chain; the number of entries, or `AuditTamperedError` at the first broken one."""
        with self._read() as connection:
            return audit.verify(connection)

    # --- state ---------------------------------------------------------------------------------------------------

    def counts(self) -> LedgerCounts:
        """How much the ledger holds, and how much waits."""
        with self._read() as connection:
            return states.counts(connection)

    def backlog(self) -> Backlog:
        """What waits; cheap enough to ask every few seconds, however much the ledger holds."""
        with self._read() as connection:
            return states.backlog(connection)

    def sources(self) -> list[SourceState]:
        """The sources with their number of posts and how fresh they are, by name."""
        with self._read() as connection:
            return states.sources(connection)

    def version_key(self) -> str:
        """A short text that changes whenever anything in the ledger did; cheap, for keys of caches."""
        with self._read() as connection:
            return states.version_key(connection)
