"""The bundled forum, served over HTTP, crawled by the real spider into the real ledger."""

import hashlib
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.post import PostKind
from crawler.report import CrawlReport
from examples.forum.forum import SHANGHAI, Forum, ForumPost, ForumThread, load
from examples.forum.server import GBK_BOARD, ForumServer, counts, serve
from indexer.record import Record
from nlp.privacy import mask
from tests.crawler import small_forum
from tests.crawler.crawling import issues, landed, run
from tests.servers.pages import PageServer, Route, html


@dataclass(frozen=True)
class Crawled:
    forum: Forum
    report: CrawlReport
    records: dict[str, Record]
    home: Path

    def pairs(self) -> list[tuple[ForumThread, ForumPost, Record]]:
        return [
            (thread, post, self.records[str(post.number)])
            for thread in self.forum.threads.values()
            for post in thread.posts
        ]


@pytest.fixture(scope="module")
def teahouse() -> Iterator[ForumServer]:
    server = serve()
    yield server
    server.close()


@pytest.fixture(scope="module")
def crawled(teahouse: ForumServer, tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    home = tmp_path_factory.mktemp("teahouse")
    report = run(home, teahouse.url)
    return Crawled(teahouse.forum, report, landed(home), home)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_every_thread_and_post_lands_once(crawled: Crawled) -> None:
    forum = counts()
    assert (crawled.report.threads, crawled.report.new, len(crawled.records)) == (
        forum.threads,
        forum.posts,
        forum.posts,
    )
    assert crawled.report.finished
    assert issues(crawled.home) == []


def test_texts_are_the_authors_own_words(crawled: Crawled) -> None:
    for _, post, record in crawled.pairs():
        assert squeezed(record.post.text) == squeezed(mask(post.text))


def test_topics_carry_the_title_and_replies_the_post_that_they_quote(crawled: Crawled) -> None:
    for thread, post, record in crawled.pairs():
        is_topic = post is thread.posts[0]
        assert record.post.kind is (PostKind.TOPIC if is_topic else PostKind.REPLY)
        assert record.post.title == (mask(thread.title) if is_topic else "")
        assert record.post.parent_id == (str(post.quotes) if post.quotes else None)
        assert record.post.thread_id == str(thread.number)


def test_times_are_exact(crawled: Crawled) -> None:
    for _, post, record in crawled.pairs():
        assert record.post.published == post.posted.replace(microsecond=0)


def test_one_author_is_one_pseudonym(crawled: Crawled) -> None:
    names = {(post.author, record.post.author) for _, post, record in crawled.pairs()}
    assert len(names) == len({name for name, _ in names}) == len({pseudonym for _, pseudonym in names})


def test_evidence_finds_the_page(crawled: Crawled) -> None:
    record = next(record for thread, _, record in crawled.pairs() if thread.board == GBK_BOARD)
    evidence = record.post.evidence
    with (crawled.home / "evidence" / str(evidence.file)).open("rb") as file:
        file.seek(int(evidence.offset or 0))
        kept = next(iter(ArchiveIterator(file)))
        assert kept.rec_headers["WARC-Type"] == "response"
        body = kept.content_stream().read()
    assert hashlib.sha256(body).hexdigest() == evidence.sha256
    assert f"postmessage_{record.post.native_id}" in body.decode("gbk")


def test_the_next_run_reads_lists_only(crawled: Crawled, teahouse: ForumServer) -> None:
    report = run(crawled.home, teahouse.url)
    assert report.posts == 0
    assert report.pages <= 2 + len(crawled.forum.boards)  # robots.txt, the index, the first page of each board


def test_a_new_reply_an_edit_and_a_deletion_show_up(crawled: Crawled) -> None:
    forum = load(now=datetime.now(UTC))
    server = serve(forum=forum)
    try:
        home = crawled.home.with_name("teahouse_changes")
        run(home, server.url)
        thread = next(one for one in forum.threads.values() if len(one.posts) > 3)
        edited, deleted = thread.posts[1].number, thread.posts[2].number
        forum.edit(thread.number, edited, "改过了：已经协商延期")
        forum.delete(thread.number, deleted)
        new = forum.reply(thread.number, author="路过", text="后来怎么样了？", posted=datetime.now(SHANGHAI))
        time.sleep(1)
        report = run(home, server.url)
    finally:
        server.close()
    records = landed(home)
    assert (report.new, report.changed, report.threads) == (1, 1, 1)
    assert records[str(new.number)].post.text == "后来怎么样了？"
    assert (records[str(edited)].version, records[str(edited)].post.text) == (2, "改过了：已经协商延期")
    assert [native_id for native_id, record in records.items() if record.not_seen_since] == [str(deleted)]


def test_a_crawl_killed_in_the_middle_loses_and_doubles_nothing(tmp_path: Path) -> None:
    with slow_board() as (server, total):
        command = [sys.executable, "-m", "tests.crawler.crawl_command", str(tmp_path), f"{server.url}/board"]
        with subprocess.Popen(command) as crawl:
            wait_for_posts(tmp_path, 40)
            crawl.send_signal(signal.SIGKILL)
        before = post_count(tmp_path)
        asked = sum(server.hits.values())
        report = run(tmp_path, f"{server.url}/board")
        assert 0 < before < total
        assert report.finished
        assert report.new == total - before
        assert sum(server.hits.values()) - asked < asked + 60  # what had landed was not read again
        assert len(landed(tmp_path)) == post_count(tmp_path) == total


@contextmanager
def slow_board() -> Iterator[tuple[PageServer, int]]:
    """Serve a board of 100 threads with two posts each, a page in a twentieth of a second; give the number of posts."""
    threads = range(1, 101)
    routes: dict[str, Route] = {
        f"/thread-{one}-1-1.html": html(small_forum.thread([(one * 10 + 1, "开头"), (one * 10 + 2, "回复")]))
        for one in threads
    }
    routes["/board"] = html(small_forum.board([(one, 1) for one in threads]))
    with PageServer(routes, delay=0.05) as server:
        yield server, 200


def post_count(home: Path) -> int:
    with sqlite3.connect(home / "ledger.sqlite") as database:
        count: int = database.execute("SELECT count(*) FROM posts").fetchone()[0]
    database.close()
    return count


def wait_for_posts(home: Path, count: int) -> None:
    for _ in range(600):
        try:
            if post_count(home) >= count:
                return
        except sqlite3.OperationalError:
            pass  # the ledger isn't there yet
        time.sleep(0.05)
    raise AssertionError("the crawl landed nothing within half a minute")
