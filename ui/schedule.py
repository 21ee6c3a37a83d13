"""Crawl, work and watch in one process, on a schedule, until told to stop."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

from crawler.errors import CrawlerError
from indexer.errors import IndexerError
from ui.cli.crawl import crawl_and_note
from ui.operations import MetricsAddress
from ui.setup import SetUp
from ui.watching import Watcher
from ui.working import Worker, log_turn, worker

Say = Callable[..., None]  # a line, and its figures by name


@dataclass
class Schedule:
    """What is due when. A crawl runs beside the worker, so that its posts are analysed while it goes on.

    The crawl is a process that ends with this one, and every step of it and of the worker is done completely or not at
    all: stopped anywhere, the next start goes on where this one was.
    """

    setup: SetUp
    say: Say
    stopped: Event
    metrics: MetricsAddress | None = None
    _due: dict[str, datetime] = field(default_factory=dict)
    _crawling: Thread | None = None

    def run(self, *, once: bool = False) -> None:
        """Go on until `stopped`; with `once` until every source was crawled once and nothing waits."""
        with worker(self.setup, self.stopped, once=once, metrics=self.metrics) as at_work:
            watcher = Watcher(self.setup, self.say)
            while not self.stopped.is_set():
                crawling = self._crawl_what_is_due(once=once)
                worked = at_work.patience.attempt(lambda: _turn(at_work, watcher))
                if once and not crawling and worked is False:
                    return
                self.stopped.wait(self._pause(at_work, worked=worked))

    def _pause(self, at_work: Worker, *, worked: bool | None) -> float:
        """How many seconds to wait: not at all after work, longer and longer while a part is away."""
        if worked is None:
            return at_work.patience.seconds
        return 0.0 if worked else self.setup.configuration.work.idle_seconds

    def _crawl_what_is_due(self, *, once: bool) -> bool:
        """Start the crawl of the sources that are due, unless one runs; whether one runs now."""
        if self._crawling and self._crawling.is_alive():
            return True
        now = datetime.now(UTC)
        due = [name for name, when in self._times(now).items() if when <= now]
        if not due:
            return False
        for name in due:
            every = self.setup.configuration.sources[name].every
            self._due[name] = datetime.max.replace(tzinfo=UTC) if once else now + timedelta(seconds=every)
        self._crawling = Thread(target=self._crawl, args=(due,), name="crawl", daemon=True)
        self._crawling.start()
        return True

    def _times(self, now: datetime) -> dict[str, datetime]:
        """When each source is due: at once after a start, then as often as the register says."""
        sources = self.setup.configuration.sources
        return {name: self._due.get(name, now) for name, source in sources.items() if source.enabled}

    def _crawl(self, names: list[str]) -> None:
        self.say(f"开始采集：{'、'.join(names)}")
        try:
            reports = crawl_and_note(self.setup, names)
        except (CrawlerError, IndexerError) as error:
            if not self.stopped.is_set():
                self.say(f"采集没有完成，下一轮再试：{error}")
            return
        for report in reports:
            end = "" if report.finished else f"，没有完成（{report.reason}），下一轮接着采"
            self.say(
                f"{report.source}：{report.pages} 页，新 {report.new}，变化 {report.changed}{end}",
                source=report.source,
                pages=report.pages,
                new=report.new,
                changed=report.changed,
                issues=sum(report.issues.values()),
                finished=report.finished,
            )


def _turn(at_work: Worker, watcher: Watcher) -> bool:
    """Work off what waits and look at what came of it; whether anything was analysed."""
    report = at_work.turn()
    log_turn(report)
    watcher.look()
    return bool(report.analysed)
