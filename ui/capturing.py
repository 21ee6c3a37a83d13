"""Capturing: an address that a person hands over is fetched, landed, analysed and made searchable, at once."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Event
from time import monotonic, sleep

from crawler.capture import CAPTURE_SETTINGS, Target, target_of
from crawler.crawl import crawl
from crawler.register import SourceSettings
from indexer.errors import IndexLockedError
from indexer.ledger import NotedIssue
from indexer.record import Record
from ui.errors import ConfigurationError
from ui.setup import SetUp
from ui.working import worker

_WAIT_SECONDS = 60.0
"""How long to wait for a worker that runs elsewhere; what it has not done by then it does later."""
_POLL_SECONDS = 0.2
_ISSUES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """What came of an address: its records with their labels, and what could not be read, with the reasons.

    `is_searchable` is False where a worker elsewhere has not come to it yet.
    """

    url: str
    source: str
    spider: str
    is_registered: bool
    new: int
    changed: int
    records: tuple[Record, ...]
    issues: tuple[NotedIssue, ...]
    is_searchable: bool
    seconds: float


def capture(
    setup: SetUp,
    url: str,
    *,
    who: str,
    source: str | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Captured:
    """Fetch one address as its site's crawl would, obeying robots.txt and the address rules; see `Captured`.

    The audit log keeps who asked for it before anything is fetched.

    Raises:
        RegisterError: it is no web address.
        CrawlFailedError: the crawl process failed.
    """
    began, target = monotonic(), target_of(url, setup.configuration.sources, source=source)
    started = clock()
    _note(setup, url, target, who, started)
    report = crawl(
        [target.source],
        home=setup.home,
        register={target.source: _switched_on(target.settings)},
        capture=True,
        ledger_url=_ledger_url(setup),
        scrapy_settings=CAPTURE_SETTINGS,
    )[0]
    ids = report.record_ids
    is_searchable = make_searchable(setup, ids)
    issues = setup.ledger.issues(source=target.source, limit=_ISSUES)
    return Captured(
        url=url,
        source=target.source,
        spider=target.settings.spider,
        is_registered=target.is_registered,
        new=report.new,
        changed=report.changed,
        records=tuple(setup.ledger.records(ids)),
        issues=tuple(issue for issue in issues if issue.last_at >= started),
        is_searchable=is_searchable,
        seconds=round(monotonic() - began, 3),
    )


def _switched_on(settings: SourceSettings) -> SourceSettings:
    return settings.model_copy(update={"enabled": True})


def _ledger_url(setup: SetUp) -> str | None:
    url = setup.configuration.indexer.ledger_url
    return url.get_secret_value() if url else None


def _note(setup: SetUp, url: str, target: Target, who: str, at: datetime) -> None:
    if not who.strip():
        raise ConfigurationError(None, ["没有写是谁要抓取这个链接；审计日志要记下，请填写姓名（--who）"])
    detail = {
        "source": target.source,
        "purpose": target.settings.purpose,
        "spider": target.settings.spider,
        "registered": target.is_registered,
    }
    subject, kept = f"url:{url}", json.dumps(detail, ensure_ascii=False)
    setup.ledger.note_audit(at=at, actor=who.strip(), action="capture", subject=subject, detail=kept)


def make_searchable(setup: SetUp, record_ids: tuple[int, ...]) -> bool:
    """Analyse and index records now: here where nobody else writes the index, else by the worker that does."""
    if not record_ids:
        return True
    stopped = Event()

    def note(_: object) -> None:
        if _is_done(setup, record_ids):
            stopped.set()

    try:
        with worker(setup, stopped, once=True, metrics=None) as at_work:
            at_work.turn(note)
    except IndexLockedError:
        return _wait(setup, record_ids)
    return _is_done(setup, record_ids)


def _wait(setup: SetUp, record_ids: tuple[int, ...]) -> bool:
    end = monotonic() + _WAIT_SECONDS
    while not _is_done(setup, record_ids):
        if monotonic() > end:
            return False
        sleep(_POLL_SECONDS)
    return True


def _is_done(setup: SetUp, record_ids: tuple[int, ...]) -> bool:
    if setup.ledger.never_indexed(record_ids):
        return False
    return all(record.analysis is not None for record in setup.ledger.records(record_ids))
