"""The worker of a process that stays, with its real parts: index, pool, patience, metrics and health."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from math import inf
from threading import Event

from indexer.errors import IndexLockedError
from indexer.search import SearchIndex
from indexer.work import AnalysisPool, Patience
from indexer.worker import WorkReport, utc_now, work
from ui.logs import log
from ui.operations import Health, Metrics, MetricsAddress, serving
from ui.setup import SetUp

# With --once, how long to bear a ledger or cluster that is away before giving up.
ONCE_PATIENCE = 60.0


class Worker:
    """Made by `worker`; `turn` works until nothing waits. `patience` bears what goes by between the turns."""

    def __init__(
        self, setup: SetUp, index: SearchIndex | None, pool: AnalysisPool, stopped: Event, patience: Patience
    ) -> None:
        self._setup = setup
        self._index = index
        self._pool = pool
        self._stopped = stopped
        self.patience = patience
        self.metrics = Metrics(setup.ledger, index, trouble=lambda: patience.trouble, clock=utc_now)
        self.health = Health(
            setup.ledger,
            index,
            lag_limit=setup.configuration.work.lag_limit_seconds,
            trouble=lambda: patience.trouble,
            clock=utc_now,
        )

    def turn(self, on_progress: Callable[[WorkReport], None] = lambda _: None) -> WorkReport:
        """Work until nothing waits, or this process is told to stop; see `indexer.worker.work` for what it raises."""
        settings = self._setup.configuration.work

        def note(report: WorkReport) -> None:
            self.metrics.note(report)
            on_progress(report)

        self.metrics.begin_turn()
        report = work(
            self._setup.ledger,
            self._setup.analyzer,
            self._index,
            pool=self._pool,
            batch=settings.batch,
            attempts=settings.attempts,
            lease_seconds=settings.lease_seconds,
            on_progress=note,
            on_searchable=self.metrics.note_lags,
            stop=self._stopped.is_set,
        )
        self.metrics.note(report)
        return report


@contextmanager
def worker(
    setup: SetUp, stopped: Event, *, once: bool = False, analyse_only: bool = False, metrics: MetricsAddress | None
) -> Iterator[Worker]:
    """A worker that holds the right to write the index (unless it only analyses) until the end of the block.

    A second one is refused before it loads its model.
    """
    index = None if analyse_only else setup.index
    with ExitStack() as stack:
        if index is not None:
            _acquire(setup, index)
            stack.callback(index.close)
        setup.begin_work()
        pool = setup.analysis_pool(setup.analyzer, setup.configuration.nlp)
        stack.callback(pool.close)
        patience = Patience(log, limit=ONCE_PATIENCE if once else inf)
        made = Worker(setup, index, pool, stopped, patience)
        if metrics is not None:
            url = stack.enter_context(serving(metrics, made.metrics, made.health))
            log(f"指标 {url}/metrics，健康 {url}/healthz、{url}/readyz", url=url)
        yield made


def log_turn(report: WorkReport) -> None:
    """A line about a turn in which something was done."""
    aside = f"，搁置 {report.set_aside:,} 条（原因见 fengping work dead-letters）" if report.set_aside else ""
    if report.analysed or report.set_aside:
        log(
            f"分析 {report.analysed:,} 条，编入索引 {report.indexed:,} 条{aside}，用时 {report.seconds:.1f} 秒",
            analysed=report.analysed,
            indexed=report.indexed,
            set_aside=report.set_aside,
            seconds=round(report.seconds, 3),
        )


def _acquire(setup: SetUp, index: SearchIndex) -> None:
    try:
        index.acquire()
    except IndexLockedError as error:
        shared = setup.configuration.indexer.ledger_url is not None
        advice = "；只想帮着分析，请用 fengping work --analyse-only，索引由占用它的进程来写" if shared else ""
        raise IndexLockedError(f"{error}{advice}") from error
