"""A candidate model reads the ledger's posts beside the model in use, and is switched to."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Protocol

from indexer.ledger import Ledger, Switch
from indexer.record import Record
from indexer.work import AnalysisPool, inline_pool
from indexer.work.examining import analysed_by, refuse_foreign
from indexer.worker import ATTEMPTS, Analyzer, utc_now
from nlp.analysis import Analysis

BATCH = 256
# Posts are asked for in pages of so many batches a place of the pool: the pool is idle for a moment at a page's end.
_ROUNDS_A_PAGE = 8
_PAGE = 500
# What lands while a long re-analysis ends is little; more rounds than this mean that it never comes to an end.
_ROUNDS = 10

Progress = Callable[[int, int], None]


class CandidateAnalyzer(Analyzer, Protocol):
    """An analyzer whose analyses can be told from others': `nlp.Analyzer`."""

    @property
    def dictionary_version(self) -> str:
        """The dictionary that it reads with."""
        ...


def reanalyse(
    ledger: Ledger,
    candidate: CandidateAnalyzer,
    *,
    newest: int | None = None,
    pool: AnalysisPool | None = None,
    batch: int = BATCH,
    clock: Callable[[], datetime] = utc_now,
    on_progress: Progress = lambda *_: None,
    stop: Callable[[], bool] = lambda: False,
) -> int:
    """Analyse every analysed post (or the `newest` landed) that the candidate has not read yet; how many it did.

    The analyses stand beside the current ones and nothing that readers see changes. Each batch is kept in one
    transaction: killed anywhere, the next call does what is left. `on_progress` gets (done, to be done in all).
    Batches run on `pool` (in this thread by default). Posts that the candidate can't read are passed over; once it is
    the model in use, the worker sets them aside.
    """
    pool = pool or inline_pool(candidate)
    first = ledger.models.first_of_newest(newest) if newest else 1
    versions = (candidate.model_version, candidate.dictionary_version)
    total, done = ledger.models.lacking(*versions, first_id=first), 0
    on_progress(0, total)
    while not stop():
        # A batch that is kept is lacking no more, so the next question starts behind it.
        lacking = ledger.models.lack(*versions, first_id=first, limit=batch * pool.width * _ROUNDS_A_PAGE)
        if not lacking:
            break
        first = lacking[-1].record_id + 1
        for findings in analysed_by(pool, lacking, batch=batch, attempts=ATTEMPTS):
            refuse_foreign(findings, candidate)
            ledger.models.keep(findings.analysed, now=clock())
            done += len(findings.analysed)
            on_progress(done, max(total, done))
            if stop():
                break
    return done


def compared(
    ledger: Ledger, candidate: CandidateAnalyzer, *, newest: int | None = None
) -> Iterator[tuple[Record, Analysis]]:
    """Each record that another model reads now and the candidate too, with what that makes of it; by id."""
    after = ledger.models.first_of_newest(newest) - 1 if newest else 0
    versions = (candidate.model_version, candidate.dictionary_version)
    while pairs := ledger.models.pairs(*versions, after_id=after, limit=_PAGE):
        yield from pairs
        after = pairs[-1][0].id


def switch_to(
    ledger: Ledger,
    candidate: CandidateAnalyzer,
    *,
    actor: str,
    detail: Mapping[str, object],
    pool: AnalysisPool | None = None,
    clock: Callable[[], datetime] = utc_now,
    on_progress: Progress = lambda *_: None,
) -> Switch:
    """Re-analyse what is left, then make the candidate's analyses the current ones.

    Posts that land or change meanwhile are read too; the few that do so in the very last moment wait for the worker.
    The records are to be indexed afterwards: `indexer.worker.index_changes`.
    """
    for _ in range(_ROUNDS):
        if not reanalyse(ledger, candidate, pool=pool, clock=clock, on_progress=on_progress):
            break
    return ledger.models.switch(candidate.model_version, actor=actor, at=clock(), detail=detail)
