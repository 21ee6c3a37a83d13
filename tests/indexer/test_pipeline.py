"""Landing from a real Scrapy crawl, run in a process of its own as `fengping crawl` does."""

import json
import subprocess
import sys
from pathlib import Path

from indexer.ledger import open_ledger

_ROOT = Path(__file__).parents[2]
# Yields posts, a thread that was read and an issue; prints what the visit memory was told and what was counted.
_CRAWL = """
import json, sys
from dataclasses import replace
from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess
from crawler.post import CrawlIssue, IssueReason, ThreadRead
from indexer.ledger import open_ledger
from tests.indexer.builders import NOW, post

class Visits:
    marked = []
    def mark(self, reads):
        with open_ledger(sys.argv[1]) as ledger:
            self.marked.append([[read.thread_id for read in reads], ledger.counts().posts])

class Posts(Spider):
    name = "posts"
    visits = Visits()
    start_urls = ["data:,page"]
    def parse(self, response):
        for number in range(450):
            yield post(number, "电话13812345678" if number == 7 else f"第{number}次催收", crawled=NOW)
        yield ThreadRead(source="forum", thread_id="1", post_ids=tuple(map(str, range(450))), signature="", read=NOW)
        yield CrawlIssue(source="forum", url="https://forum.example/", reason=IssueReason.DELETED, detail="", at=NOW)

process = AsyncCrawlerProcess({
    "FENGPING_HOME": sys.argv[1], "LOG_LEVEL": "ERROR", "CONCURRENT_ITEMS": 1, "TELNETCONSOLE_ENABLED": False,
    "ITEM_PIPELINES": {"indexer.ledger.pipeline.LandingPipeline": 900}, **json.loads(sys.argv[2]),
})
crawler = process.create_crawler(Posts)
process.crawl(crawler)
process.start()
stats = {name: value for name, value in crawler.stats.get_stats().items() if name.startswith("fengping/")}
print(json.dumps({"marked": Visits.marked, "stats": stats, "reason": crawler.stats.get_value("finish_reason")}))
"""


def crawl(home: Path, **settings: str) -> dict[str, object]:
    command = [sys.executable, "-c", _CRAWL, str(home), json.dumps(settings)]
    done = subprocess.run(command, cwd=_ROOT, check=True, capture_output=True, text=True, timeout=60)
    told: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_a_crawl_lands_everything_before_it_marks_a_thread(tmp_path: Path) -> None:
    told = crawl(tmp_path)
    assert told["reason"] == "finished"
    assert told["marked"] == [[["1"], 450]]
    assert told["stats"] == {"fengping/new": 450, "fengping/changed": 0, "fengping/unchanged": 0}
    with open_ledger(tmp_path) as ledger:
        assert (ledger.counts().posts, ledger.counts().issues) == (450, 1)
        record = ledger.find("forum", "7")
        assert record is not None
        assert "13812345678" not in record.post.text


def test_the_same_crawl_again_lands_nothing_new(tmp_path: Path) -> None:
    crawl(tmp_path)
    assert crawl(tmp_path)["stats"] == {"fengping/new": 0, "fengping/changed": 0, "fengping/unchanged": 450}


def test_a_crawl_without_its_ledger_stops_and_marks_nothing(tmp_path: Path) -> None:
    open_ledger(tmp_path).close()
    told = crawl(tmp_path, FENGPING_LEDGER_URL=_read_only(tmp_path))
    assert told["marked"] == []
    assert told["reason"] == "ledger_unavailable"


def _read_only(home: Path) -> str:
    """The URL of a ledger that can be opened and not written, as on a disk that is full."""
    return f"sqlite:///file:{home}/ledger.sqlite?mode=ro&uri=true"
