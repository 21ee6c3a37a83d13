"""Crawl: what the command line calls; starts a crawl process, follows its progress, returns its reports."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.errors import CrawlBusyError, CrawlFailedError
from crawler.evidence.seal import seal
from crawler.process import BUSY
from crawler.register import Register, chosen
from crawler.report import CrawlReport
from crawler.site import load_site

OnProgress = Callable[[CrawlReport], None]


def crawl(
    sources: Sequence[str],
    *,
    home: Path,
    register: Register,
    revisit: bool = False,
    capture: bool = False,
    ledger_url: str | None = None,
    on_progress: OnProgress | None = None,
    scrapy_settings: Mapping[str, Any] | None = None,
) -> tuple[CrawlReport, ...]:
    """Crawl registered sources (all that are switched on when none is named) into the ledger of `home`.

    Blocks until done; `on_progress` gets the reports as they stand, about twice a second for each source.
    `scrapy_settings` go over those of crawler/settings.py. With `capture` only the start addresses are read (a thread
    with its further pages), beside a crawl that may be running.

    Raises:
        RegisterError: a source isn't registered or is switched off.
        SiteFileError: a source's site file is wrong.
        CrawlBusyError: another crawl works in this home folder.
        CrawlFailedError: the process ended without a report.
        EvidenceError: what was read is kept but could not be sealed.
    """
    entries = chosen(register, sources)
    for source in entries.values():
        if source.site:
            load_site(source.site)
    if not entries:
        return ()
    order = {
        "home": str(home.resolve()),
        "sources": {name: source.model_dump(mode="json") for name, source in entries.items()},
        "revisit": revisit,
        "capture": capture,
        "scrapy": {"FENGPING_LEDGER_URL": ledger_url, **(scrapy_settings or {})},
    }
    try:
        return _followed(order, home, on_progress)
    finally:  # also what a killed crawl left
        seal(home / "evidence", at=datetime.now(UTC))


def _followed(order: Mapping[str, Any], home: Path, on_progress: OnProgress | None) -> tuple[CrawlReport, ...]:
    (home / "crawl").mkdir(parents=True, exist_ok=True)
    log = home / "crawl" / "crawl.log"
    with (
        log.open("ab") as errors,
        subprocess.Popen(
            [sys.executable, "-m", "crawler.process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            encoding="utf-8",
            env=_environment(),
        ) as process,
    ):
        reports = _talk(process, order, on_progress)
        status = process.wait()
    if status == BUSY:
        raise CrawlBusyError(f"另一次采集正在使用 {home}；等它结束后再运行")
    if status or any(report.reason in {"", "failed"} for report in reports.values()) or not reports:
        raise CrawlFailedError(f"采集进程异常结束（状态 {status}）；原因见 {log}")
    return tuple(reports.values())


def _environment() -> dict[str, str]:
    """Return the environment of the crawl process, which is to find this package wherever it was started."""
    own = str(Path(__file__).resolve().parents[1])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (own, os.environ.get("PYTHONPATH"))))}


def _talk(
    process: subprocess.Popen[str], order: Mapping[str, Any], on_progress: OnProgress | None
) -> dict[str, CrawlReport]:
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the crawl process was started without pipes")
    process.stdin.write(json.dumps(order) + "\n")
    process.stdin.flush()
    return _reports(process.stdout, on_progress)


def _reports(lines: Iterable[str], on_progress: OnProgress | None) -> dict[str, CrawlReport]:
    reports: dict[str, CrawlReport] = {}
    for line in lines:
        report = CrawlReport(**json.loads(line))
        reports[report.source] = report
        if on_progress:
            on_progress(report)
    return reports
