"""How fast we crawl, with parsing, evidence and landing, beside Scrapy's own `scrapy bench` on the same machine."""

import os
import re
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from crawler.crawl import crawl
from crawler.register import SourceSettings
from crawler.report import CrawlReport
from ui.errors import StageFailedError

# As many requests at once as Scrapy's own bench has (CONCURRENT_REQUESTS 16, of these 8 to one host).
_CONCURRENCY = 8
_FAST: Mapping[str, Any] = {"AUTOTHROTTLE_ENABLED": False}


def measure(*, seconds: int, seed: int = 7, on_step: Callable[[str], None] = lambda _: None) -> dict[str, Any]:
    """Crawl a made-up forum for `seconds`, then run `scrapy bench` as long; return pages a minute of both.

    Both figures come from the same two of Scrapy's statistics: answers, and the time between the opening and the close
    of the spider. So the start of a process (imports, an empty ledger) counts on neither side, and what is still to be
    read and landed when the window ends counts on both. `rss_mib` is the largest resident memory of the crawl process
    in MiB. Everything is written to temporary folders.

    Raises:
        StageFailedError: one of the two read nothing.
        CrawlerError: see `crawler.crawl.crawl`.
    """
    with TemporaryDirectory() as folder:
        on_step("采集生成的论坛")
        report = _ours(Path(folder), seconds, seed)
        rss = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        on_step("scrapy bench")
        theirs = _scrapy_bench(Path(folder), seconds)
        ours = pages_per_minute((Path(folder) / "crawl" / "crawl.log").read_text(encoding="utf-8"))
    return {
        "pages_per_min": round(ours),
        "scrapy_bench_pages_per_min": round(theirs),
        "ratio": round(ours / theirs, 2),
        "pages": report.pages,
        "posts": report.new,
        "rss_mib": round(rss),
        "seconds": seconds,
    }


def _ours(home: Path, seconds: int, seed: int) -> CrawlReport:
    with _forum(seed) as address:
        source = SourceSettings(
            spider="forum",
            site="discuz",
            urls=(f"{address}/forum-1-1.html",),
            purpose="测速",
            allow_hosts=("127.0.0.1",),
            delay=0,
            concurrency=_CONCURRENCY,
        )
        (report,) = crawl(
            [], home=home, register={"bench": source}, scrapy_settings={**_FAST, "CLOSESPIDER_TIMEOUT": seconds}
        )
    if not report.new:
        raise StageFailedError("测速", f"没有读到帖子（{report.reason}）；请把 --seconds 加大")
    return report


@contextmanager
def _forum(seed: int) -> Iterator[str]:
    command = [sys.executable, "-m", "crawler.benchmark.forum_server", str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603  # our own module
        try:
            yield server.stdout.readline().strip() if server.stdout else ""
        finally:
            server.kill()


def _scrapy_bench(folder: Path, seconds: int) -> float:
    # Away from our scrapy.cfg: the bare figure is Scrapy's with its own settings.
    environment = {name: value for name, value in os.environ.items() if name != "SCRAPY_SETTINGS_MODULE"}
    command = [sys.executable, "-m", "scrapy", "bench", "-s", f"CLOSESPIDER_TIMEOUT={seconds}"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # Scrapy
    return pages_per_minute(done.stderr)


def pages_per_minute(log: str) -> float:
    """Return the pages a minute that the statistics at the end of Scrapy's log amount to.

    Raises:
        StageFailedError: the log has no such statistics.
    """
    pages = re.search(r"'downloader/response_count': (\d+)", log)
    elapsed = re.search(r"'elapsed_time_seconds': ([\d.]+)", log)
    if not pages or not elapsed:
        raise StageFailedError("测速", "Scrapy 的统计里没有页面；请看端口 8998 是否被占用，再试一次")
    return 60 * int(pages[1]) / float(elapsed[1])
