"""A real forum of another make, filled by its users' steps, crawled over HTTP into the real ledger."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.post import PostKind
from crawler.report import CrawlReport
from indexer.ledger import open_ledger
from indexer.record import Record
from tests.crawler.crawling import SOURCE, issues, landed, run
from tests.servers.spirit import Spirit, UnavailableError, python

SITE = Path(__file__).parents[1] / "servers" / "spirit.toml"
REPLIES = [(f"用户{number % 5}", f"第 {number} 条回复：催收每天打 {number} 个电话") for number in range(1, 31)]
QUOTE = "> 用户1 说：利息多少\n\n我这里是每天 **13 块 5**，\n合同写的是 9 块。"


@pytest.fixture(scope="module")
def spirit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Spirit]:
    try:
        forum = Spirit(tmp_path_factory.mktemp("spirit"), python())
    except UnavailableError as error:
        pytest.skip(str(error))
    forum.set_up()
    with forum.served():
        yield forum


@dataclass(frozen=True)
class Crawls:
    """The forum crawled, then changed and crawled again, then crawled once more without a change."""

    made: list[dict[str, Any]]
    reply: int
    home: Path
    first: dict[str, Record]
    second: dict[str, Record]
    reports: tuple[CrawlReport, ...]

    def post(self, topic: int, place: int) -> str:
        return str(self.made[topic]["posts"][place])


@pytest.fixture(scope="module")
def crawls(spirit: Spirit, tmp_path_factory: pytest.TempPathFactory) -> Crawls:
    made = spirit.do(
        {
            "do": "topic",
            "board": "网贷",
            "author": "楼主甲",
            "title": "红创金服逾期47天",
            "text": "怎么协商？",
            "replies": REPLIES,
        },
        {
            "do": "topic",
            "board": "网贷",
            "author": "楼主乙",
            "title": "利息怎么算",
            "text": "合同 9 块",
            "replies": [("丙", QUOTE)],
        },
        {"do": "topic", "board": "网贷", "author": "楼主丁", "title": "要删的主题", "text": "删掉我"},
        *(
            {"do": "topic", "board": "网贷", "author": "路人", "title": f"闲聊 {n}", "text": f"第 {n} 帖"}
            for n in range(25)
        ),
    )
    home, board = tmp_path_factory.mktemp("crawls"), spirit.board_url(made[0]["category"])
    reports = [crawl(home, board)]
    first = landed(home)
    time.sleep(1.1)  # what changes now must be later than what was read
    (reply,) = change(spirit, made)
    reports.append(crawl(home, board, revisit=True))
    second = landed(home)
    reports.append(crawl(home, board, revisit_minimum=3600))
    return Crawls(made, reply, home, first, second, tuple(reports))


def crawl(home: Path, board: str, **more: Any) -> CrawlReport:
    return run(home, board, site=str(SITE), **more)


def change(spirit: Spirit, made: list[dict[str, Any]]) -> list[int]:
    reply, *_ = spirit.do(
        {"do": "reply", "topic": made[1]["topic"], "author": "戊", "text": "后来协商好了"},
        {"do": "edit", "post": made[0]["posts"][3], "text": "改过的第 3 条"},
        {"do": "remove", "post": made[0]["posts"][5]},
        {"do": "remove_topic", "topic": made[2]["topic"]},
    )
    posts: list[int] = reply["posts"]
    return posts


def test_every_post_of_every_page_lands_once(crawls: Crawls) -> None:
    assert set(crawls.first) == {str(post) for topic in crawls.made for post in topic["posts"]}
    assert crawls.reports[0].new == len(crawls.first)


def test_topics_and_replies(crawls: Crawls) -> None:
    topic, reply = crawls.first[crawls.post(0, 0)].post, crawls.first[crawls.post(0, 30)].post
    assert (topic.kind, topic.title, topic.text) == (PostKind.TOPIC, "红创金服逾期47天", "怎么协商？")
    assert (reply.kind, reply.title, reply.text) == (PostKind.REPLY, "", REPLIES[29][1])
    assert topic.thread_id == reply.thread_id == str(crawls.made[0]["topic"])


def test_quotes_are_not_the_authors_words(crawls: Crawls) -> None:
    assert crawls.first[crawls.post(1, 1)].post.text == "我这里是每天 13 块 5，\n合同写的是 9 块。"


def test_english_dates_are_read(crawls: Crawls) -> None:
    for record in crawls.first.values():
        assert record.post.published is not None
        assert datetime.now(UTC) - record.post.published < timedelta(minutes=15)


def test_a_new_reply_is_found(crawls: Crawls) -> None:
    assert crawls.second[str(crawls.reply)].post.text == "后来协商好了"


def test_an_edit_is_a_new_version(crawls: Crawls) -> None:
    record = crawls.second[crawls.post(0, 3)]
    assert (record.version, record.post.text) == (2, "改过的第 3 条")
    with open_ledger(crawls.home) as ledger:
        assert len(ledger.versions(record.id)) == 2


def test_what_was_removed_is_no_longer_seen(crawls: Crawls) -> None:
    gone = {native_id for native_id, record in crawls.second.items() if record.not_seen_since}
    assert gone == {crawls.post(0, 5), crawls.post(2, 0)}


def test_nothing_else_changed(crawls: Crawls) -> None:
    assert (crawls.reports[1].new, crawls.reports[1].changed) == (1, 1)
    assert {issue.reason for issue in issues(crawls.home)} == {"http_status"}  # the removed topic is a 404


def test_a_third_run_reads_only_the_list(crawls: Crawls) -> None:
    assert crawls.reports[2].posts == 0
    assert crawls.reports[2].pages <= 4  # robots.txt, the list with its redirect, at most one page more


def test_runs_are_of_one_source(crawls: Crawls) -> None:
    assert {record.post.source for record in crawls.second.values()} == {SOURCE}
