"""Metrics of a process that stays, in Prometheus's terms: counts and ages, labelled by source and step only."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from indexer.errors import IndexerError
from indexer.ledger import Backlog, CrawlTotal, Ledger
from indexer.search import SearchIndex
from indexer.worker import WorkReport

_LAGS = (0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200, 86_400)


class Metrics:
    """What this process did, and at each scrape what ledger and index hold."""

    def __init__(
        self,
        ledger: Ledger,
        index: SearchIndex | None,
        *,
        trouble: Callable[[], str | None],
        clock: Callable[[], datetime],
    ) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_Held(ledger, index, clock))
        self._analysed = self._counter("fengping_analysed_posts", "Posts that this process analysed")
        self._indexed = self._counter("fengping_indexed_records", "Records that this process put into the index")
        self._set_aside = self._counter("fengping_set_aside_posts", "Posts that this process could not analyse")
        self._lag = Histogram(
            "fengping_landing_to_searchable_seconds",
            "From a post's landing until it could be found for the first time",
            buckets=_LAGS,
            registry=self._registry,
        )
        waiting = Gauge("fengping_worker_waiting", "1 while the worker waits for a part", registry=self._registry)
        waiting.set_function(lambda: float(trouble() is not None))
        self._told = WorkReport()

    def begin_turn(self) -> None:
        """The reports that follow count from nothing again."""
        self._told = WorkReport()

    def note(self, report: WorkReport) -> None:
        """Count what a report adds to the one before."""
        self._analysed.inc(max(0, report.analysed - self._told.analysed))
        self._indexed.inc(max(0, report.indexed - self._told.indexed))
        self._set_aside.inc(max(0, report.set_aside - self._told.set_aside))
        self._told = report

    def note_lags(self, seconds: Sequence[float]) -> None:
        """Posts became searchable, so long after their landing."""
        for lag in seconds:
            self._lag.observe(max(0.0, lag))

    def text(self) -> bytes:
        """Everything, in the text format of Prometheus."""
        return generate_latest(self._registry)

    def _counter(self, name: str, words: str) -> Counter:
        return Counter(name, words, registry=self._registry)


class _Held(Collector):
    """Asks ledger and index at each scrape; where one is away, its metrics are missing and `…_up` is 0."""

    def __init__(self, ledger: Ledger, index: SearchIndex | None, clock: Callable[[], datetime]) -> None:
        self._ledger = ledger
        self._index = index
        self._clock = clock

    def describe(self) -> list[Metric]:
        """Nothing, so that registering it asks nobody."""
        return []

    def collect(self) -> Iterator[Metric]:
        """See `Collector.collect`."""
        yield from self._of_ledger()
        if self._index is not None:
            yield from _of_index(self._index)

    def _of_ledger(self) -> Iterator[Metric]:
        try:
            backlog, totals = self._ledger.backlog(), self._ledger.crawl_totals()
        except IndexerError:
            yield _gauge("fengping_ledger_up", "1 where the ledger answers", 0)
            return
        yield _gauge("fengping_ledger_up", "1 where the ledger answers", 1)
        yield from _of_backlog(backlog, self._clock())
        yield from _of_crawls(totals)


def _of_backlog(backlog: Backlog, now: datetime) -> Iterator[Metric]:
    age = (now - backlog.oldest).total_seconds() if backlog.oldest else 0.0
    yield _gauge("fengping_posts", "Posts in the ledger", backlog.posts)
    yield _gauge("fengping_pending_posts", "Posts that wait for analysis", backlog.pending)
    yield _gauge("fengping_unindexed_records", "Analysed records that wait for the index", backlog.unindexed)
    yield _gauge("fengping_oldest_pending_age_seconds", "How long the oldest post has waited for analysis", max(0, age))
    letters = GaugeMetricFamily("fengping_dead_letters", "Posts set aside, by the step that failed", labels=["stage"])
    for stage, number in backlog.dead_letters.items():
        letters.add_metric([stage.value], number)
    yield letters


def _of_crawls(totals: Sequence[CrawlTotal]) -> Iterator[Metric]:
    pages = CounterMetricFamily("fengping_crawl_pages", "Pages answered, by source", labels=["source"])
    posts = CounterMetricFamily("fengping_crawl_posts", "Posts read, by source", labels=["source"])
    issues = CounterMetricFamily("fengping_crawl_issues", "Oddities met while crawling, by source", labels=["source"])
    success = GaugeMetricFamily(
        "fengping_crawl_last_success_timestamp_seconds", "End of the last complete crawl", labels=["source"]
    )
    for total in totals:
        pages.add_metric([total.source], total.pages)
        posts.add_metric([total.source], total.posts)
        issues.add_metric([total.source], total.issues)
        if total.last_success:
            success.add_metric([total.source], total.last_success.astimezone(UTC).timestamp())
    yield from (pages, posts, issues, success)


def _of_index(index: SearchIndex) -> Iterator[Metric]:
    try:
        state = index.state()
    except IndexerError:
        yield _gauge("fengping_index_up", "1 where the search index answers", 0)
        return
    yield _gauge("fengping_index_up", "1 where the search index answers", 1)
    yield _gauge("fengping_index_records", "Records in the search index", state.records)
    yield _gauge("fengping_index_bytes", "Size of the search index", state.size)


def _gauge(name: str, words: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, words, value=value)
