"""The crawl process: wires the real parts and runs the spiders, all sources at once, in a process of its own.

Scrapy's reactor runs once in a process; a process for each crawl makes it repeatable (`fengping run`) and lets the
kernel clean up after a spider. Orders come as one JSON line on standard input; when that closes, whoever gave them is
dead, and the crawl ends at once, as safely as if it had been killed.
"""

import dataclasses
import fcntl
import json
import os
import sys
import threading
import time
from contextlib import ExitStack
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TextIO

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from crawler.evidence.warc import Warc
from crawler.frontier import Visits
from crawler.progress import tell_report
from crawler.pseudonym import load_key
from crawler.register import SourceSettings
from crawler.site import Site, load_site
from crawler.source_spider import Assignment
from crawler.spiders.appstore import AppstoreSpider
from crawler.spiders.article import ArticleSpider
from crawler.spiders.discourse import DiscourseSpider
from crawler.spiders.feed import FeedSpider
from crawler.spiders.flarum import FlarumSpider
from crawler.spiders.forum import ForumSpider
from crawler.spiders.heimao import HeimaoSpider
from crawler.spiders.link import LinkSpider
from crawler.spiders.nodebb import NodebbSpider
from crawler.spiders.tieba import TiebaSpider
from crawler.spiders.weibo import WeiboSpider

SPIDERS: dict[str, type[Spider]] = {
    "forum": ForumSpider,
    "feed": FeedSpider,
    "discourse": DiscourseSpider,
    "flarum": FlarumSpider,
    "nodebb": NodebbSpider,
    "tieba": TiebaSpider,
    "heimao": HeimaoSpider,
    "weibo": WeiboSpider,
    "appstore": AppstoreSpider,
    "article": ArticleSpider,
}
_LOCK_TRIES = 30
BUSY = 75
"""Exit status when another crawl holds the home folder (EX_TEMPFAIL of sysexits.h)."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Order:
    """What the parent wants: the sources by name, the home folder, and Scrapy settings over the usual ones.

    A `capture` reads single addresses: it remembers no visits, and so needs not wait for a crawl that runs.
    """

    home: str
    sources: dict[str, dict[str, Any]]
    revisit: bool
    scrapy: dict[str, Any]
    capture: bool = False


def main() -> None:
    """Run the crawl that standard input asks for."""
    order = Order(**json.loads(sys.stdin.readline()))
    threading.Thread(target=_end_with_parent, daemon=True).start()
    folder = Path(order.home) / "crawl"
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        lock = stack.enter_context((folder / "lock").open("w"))
        if not order.capture and not _locked(lock):
            sys.exit(BUSY)
        _crawl(order, folder, stack)


def _locked(lock: TextIO) -> bool:
    """Take the lock; a crawl whose parent was killed a moment ago gives it up within a second or two."""
    for _ in range(_LOCK_TRIES):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.1)
        else:
            return True
    return False


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(1)


def _crawl(order: Order, folder: Path, stack: ExitStack) -> None:
    visits = Visits(Path(":memory:") if order.capture else folder / "visits.sqlite")
    stack.callback(visits.close)
    process = AsyncCrawlerProcess(_settings(order, folder), install_root_handler=True)
    crawlers: dict[str, Crawler] = {}
    for name, entry in order.sources.items():
        assignment = _assignment(name, SourceSettings.model_validate(entry), order, visits)
        stack.callback(assignment.warc.close)
        crawler = Crawler(_spider(assignment), _source_settings(process.settings, assignment))
        crawlers[name] = crawler
        process.crawl(crawler, assignment=assignment)
    began = time.monotonic()
    process.start()
    for name, crawler in crawlers.items():
        reason = crawler.stats.get_value("finish_reason", "failed") if crawler.stats else "failed"
        tell_report(name, crawler, seconds=time.monotonic() - began, reason=reason)


def _spider(assignment: Assignment) -> type[Spider]:
    """Return the spider of a source; a captured page of no known platform may be of any forum, or an article."""
    spider = assignment.settings.spider
    return LinkSpider if assignment.is_capture and spider == "article" else SPIDERS[spider]


def _assignment(name: str, source: SourceSettings, order: Order, visits: Visits) -> Assignment:
    home = Path(order.home)
    site = load_site(source.site) if source.site else None
    warc = Warc(home / "evidence", name)
    return Assignment(
        name=name,
        settings=source,
        site=site,
        key=load_key(home),
        visits=visits,
        warc=warc,
        revisit=order.revisit,
        is_capture=order.capture,
    )


def _settings(order: Order, folder: Path) -> Settings:
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.set("FENGPING_HOME", order.home, priority="project")
    settings.set("LOG_FILE", str(folder / "crawl.log"), priority="project")
    for name, value in order.scrapy.items():
        settings.set(name, value, priority="cmdline")
    return settings


def _source_settings(common: Settings, assignment: Assignment) -> Settings:
    source, settings = assignment.settings, common.copy()
    own = {
        "USER_AGENT": user_agent(assignment.site, source.contact),
        "ROBOTSTXT_USER_AGENT": "fengping",
        "DOWNLOAD_DELAY": source.delay,
        "AUTOTHROTTLE_START_DELAY": source.delay,
        "CONCURRENT_REQUESTS_PER_DOMAIN": source.concurrency,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": float(source.concurrency),
        "ALLOW_HOSTS": list(source.allow_hosts),
    }
    for name, value in own.items():
        settings.set(name, value, priority="spider")
    return settings


def user_agent(site: Site | None, contact: str) -> str:
    """Return the name that sites see, with where their owners can complain."""
    try:
        ours = f"fengping/{version('fengping')}"
    except PackageNotFoundError:  # run from a source tree that isn't installed
        ours = "fengping"
    browser = site.user_agent if site and site.user_agent else "Mozilla/5.0 (compatible)"
    return f"{browser} {ours} (+{contact or 'contact not given'})"


if __name__ == "__main__":
    main()
