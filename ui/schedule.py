"""Crawl, work and watch in one process, on a schedule, until told to stop."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

from crawler.errors import CrawlerError
from indexer.errors import IndexerError
from indexer.worker import WorkReport, work
from ui.cli.crawl import crawl_and_note
from ui.setup import SetUp
from ui.watching import Watcher

Say = Callable[[str], None]


@dataclass
class Schedule:
    """What is due when. A crawl runs beside the worker, so that its posts are analysed while it goes on.

    The crawl is a process that ends with this one, and every step of it and of the worker is done completely or not at
    all: stopped anywhere, the next start goes on where this one was.
    """

    setup: SetUp
    say: Say
    stopped: Event
    _due: dict[str, datetime] = field(default_factory=dict)
    _crawling: Thread | None = None

    def run(self, *, once: bool = False) -> None:
        """Go on until `stopped`; with `once` until every source was crawled once and nothing waits."""
        self.setup.index.acquire()  # a second worker is refused before anything starts
        self.setup.begin_work()
        watcher = Watcher(self.setup, self.say)
        try:
            while not self.stopped.is_set():
                crawling = self._crawl_what_is_due(once=once)
                report = self._work()
                watcher.look()
                if once and not crawling and not report.analysed:
                    return
                self.stopped.wait(0 if report.analysed else self.setup.configuration.work.idle_seconds)
        finally:
            self.setup.index.close()

    def _work(self) -> WorkReport:
        setup = self.setup
        report = work(
            setup.ledger,
            setup.analyzer,
            setup.index,
            batch=setup.configuration.work.batch,
            stop=self.stopped.is_set,
        )
        if report.analysed:
            self.say(f"分析 {report.analysed:,} 条，编入索引 {report.indexed:,} 条，用时 {report.seconds:.1f} 秒")
        return report

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
            self.say(f"{report.source}：{report.pages} 页，新 {report.new}，变化 {report.changed}{end}")
