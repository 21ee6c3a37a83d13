"""The worker: what waits becomes searchable, whatever happens to the worker."""

import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.post import PostKind
from indexer.errors import IndexLockedError, IndexUnusableError
from indexer.ledger import Ledger
from indexer.query import parse
from indexer.record import Decision
from indexer.search import Field, check, open_index
from indexer.search.embedded import EmbeddedIndex
from indexer.worker import index_changes, index_now, stay, work
from tests.indexer.builders import NOW, RuleAnalyzer, post

ALL = parse("", now=NOW)


def found(index: EmbeddedIndex, query: str) -> list[int]:
    return sorted(index.search(parse(query, now=NOW), limit=1000).record_ids)


def test_what_waits_is_analysed_and_searchable(ledger: Ledger, index: EmbeddedIndex) -> None:
    ids = ledger.land([post(1, "逾期被催收"), post(2, "怎么还款"), post(3, "今天天气好")], now=NOW).record_ids
    assert index.search(ALL).total == 0
    report = work(ledger, RuleAnalyzer(), index, batch=2)
    assert (report.analysed, report.indexed, report.pending) == (3, 3, 0)
    assert found(index, "催收 kind:投诉 overdue:yes") == [ids[0]]
    assert found(index, "kind:求助") == [ids[1]]
    assert work(ledger, RuleAnalyzer(), index).analysed == 0


def test_title_and_text_are_searched_once_each(ledger: Ledger, index: EmbeddedIndex) -> None:
    topic = replace(post(1, "第一段"), kind=PostKind.TOPIC, title="催收电话")
    (topic_id, _) = ledger.land([topic, replace(post(2, "回复"), title="催收电话")], now=NOW).record_ids
    work(ledger, RuleAnalyzer(), index)
    assert found(index, "催收") == [topic_id]


def test_a_correction_is_searchable_at_once(ledger: Ledger, index: EmbeddedIndex) -> None:
    (record_id,) = ledger.land([post(1, "逾期被催收")], now=NOW).record_ids
    work(ledger, RuleAnalyzer(), index)
    index.close()
    begun = time.monotonic()
    ledger.decide(Decision(record_id=record_id, reviewer="李审", reason="广告", decided=NOW, kind="promo"))
    assert index_now(ledger, index)
    assert found(index, "kind:推广 status:已复核") == [record_id]
    assert found(index, "kind:投诉") == []
    assert time.monotonic() - begun < 2


def test_a_correction_is_left_to_the_worker_that_holds_the_index(ledger: Ledger, index: EmbeddedIndex) -> None:
    (record_id,) = ledger.land([post(1, "逾期被催收")], now=NOW).record_ids
    work(ledger, RuleAnalyzer(), index)
    ledger.decide(Decision(record_id=record_id, reviewer="李审", reason="广告", decided=NOW, kind="promo"))
    web = EmbeddedIndex(index.root)
    assert not index_now(ledger, web)
    work(ledger, RuleAnalyzer(), index)
    assert found(web, "kind:推广") == [record_id]


def test_an_edit_replaces_what_was_found(ledger: Ledger, index: EmbeddedIndex) -> None:
    (record_id,) = ledger.land([post(1, "逾期被催收")], now=NOW).record_ids
    work(ledger, RuleAnalyzer(), index)
    ledger.land([post(1, "已经还清")], now=NOW)
    work(ledger, RuleAnalyzer(), index)
    assert (found(index, "催收"), found(index, "还清")) == ([], [record_id])
    assert check(ledger, index).agrees


def test_a_second_writer_is_refused_and_told_who_writes(index: EmbeddedIndex) -> None:
    index.acquire()
    with pytest.raises(IndexLockedError, match=f"进程 {os.getpid()} "):
        EmbeddedIndex(index.root, wait=0.1).acquire()
    index.close()
    other = EmbeddedIndex(index.root)
    other.acquire()
    other.close()


def test_a_removed_index_is_noticed(ledger: Ledger, index: EmbeddedIndex) -> None:
    ledger.land([post(1)], now=NOW)
    work(ledger, RuleAnalyzer(), index)
    index.close()
    (index.root / "CURRENT").unlink()
    with pytest.raises(IndexUnusableError, match="fengping index rebuild"):
        work(ledger, RuleAnalyzer(), EmbeddedIndex(index.root))


def test_posts_of_a_worker_that_hangs_are_taken_over_in_time(ledger: Ledger, index: EmbeddedIndex) -> None:
    ledger.land([post(1)], now=NOW)
    ledger.lease("elsewhere:1", limit=9, now=NOW, seconds=300)
    assert work(ledger, RuleAnalyzer(), index, clock=lambda: NOW).pending == 1
    assert work(ledger, RuleAnalyzer(), index, clock=lambda: NOW + timedelta(seconds=301)).analysed == 1


def test_a_worker_that_stays_sees_what_lands_later(ledger: Ledger, index: EmbeddedIndex) -> None:
    batches = iter([[post(1)], [post(2), post(3)]])

    def pause(_: float) -> None:
        ledger.land(next(batches), now=NOW)

    stay(lambda: work(ledger, RuleAnalyzer(), index), stop=lambda: index.count() == 3, pause=pause)
    assert ledger.counts().indexed == 3


def test_readers_see_what_another_process_committed(ledger: Ledger, index: EmbeddedIndex, tmp_path: Path) -> None:
    ledger.land([post(1)], now=NOW)
    work(ledger, RuleAnalyzer(), index)
    index.close()
    ledger.land([post(2)], now=NOW)
    subprocess.run([sys.executable, "-c", _WORKER, str(tmp_path), "0"], check=True, cwd=_ROOT)
    assert index.count() == 2
    assert index.facets(ALL, [Field.SOURCE]) == {Field.SOURCE: {"forum": 2}}


def test_killed_at_any_moment_nothing_is_lost_and_nothing_is_twice(ledger: Ledger, tmp_path: Path) -> None:
    random_source = random.Random(8)
    posts = [post(number, f"第{number}次逾期被催收") for number in range(1500)]
    ledger.land(posts, now=NOW)
    kills = 0
    for _ in range(10):
        with subprocess.Popen([sys.executable, "-c", _WORKER, str(tmp_path), "0.002"], cwd=_ROOT, stdout=-1) as worker:
            assert worker.stdout
            worker.stdout.readline()  # it has begun
            time.sleep(random_source.uniform(0, 0.6))
            worker.send_signal(signal.SIGKILL)
        kills += worker.returncode == -signal.SIGKILL
        ledger.land(random_source.sample(posts, 50), now=NOW)  # the crawl goes on
    assert kills > 5
    index = open_index(tmp_path)
    report = work(ledger, RuleAnalyzer(), index)
    assert report.pending == 0
    counts = ledger.counts()
    assert (counts.posts, counts.analysed, counts.indexed) == (1500, 1500, 1500)
    assert index.search(ALL).total == index.count() == 1500
    difference = check(ledger, index)
    assert difference.agrees, difference.faults
    index_changes(ledger, index)
    index.close()


_ROOT = Path(__file__).parents[2]
# A worker process on the tests' rules, slowed down a little for each text so that kills meet it at every step.
_WORKER = """
import sys, time
from pathlib import Path
from indexer.ledger import open_ledger
from indexer.search import open_index
from indexer.worker import work
from tests.indexer.builders import RuleAnalyzer

class Slow(RuleAnalyzer):
    def analyze(self, texts):
        time.sleep(float(sys.argv[2]) * len(texts))
        return super().analyze(texts)

home = Path(sys.argv[1])
with open_ledger(home) as ledger, open_index(home, wait=10) as index:
    print("begun", flush=True)
    work(ledger, Slow(), index, batch=16)
"""
