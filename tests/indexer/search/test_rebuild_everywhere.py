"""A rebuild on both back ends: the old index serves, a kill costs little, and what changes meanwhile is in it."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.ledger import Ledger, open_ledger
from indexer.query import parse
from indexer.search import SearchIndex, check, open_index, rebuild
from indexer.settings import IndexerSettings
from indexer.worker import index_changes, work
from tests.indexer.builders import NOW, RuleAnalyzer, post

ROOT = Path(__file__).parents[3]
ALL = parse("", now=NOW)
POSTS = 3000


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Posts of several months, all analysed, none indexed."""
    with open_ledger(tmp_path) as ledger:
        ledger.land([post(number, f"第{number}次催收") for number in range(POSTS)], now=NOW)
        work(ledger, RuleAnalyzer(), None, batch=1000)
        yield ledger


@pytest.fixture
def index(tmp_path: Path, settings: IndexerSettings, ledger: Ledger) -> Iterator[SearchIndex]:
    with open_index(tmp_path, settings) as index:
        index_changes(ledger, index)
        index.close()  # gives up the right to write
        yield index


def test_searches_go_on_and_follow_the_switch(index: SearchIndex, ledger: Ledger) -> None:
    before, found = index.state().generation, list[int]()
    assert rebuild(ledger, index, on_progress=lambda *_: found.append(index.search(ALL).total)) == POSTS
    assert set(found) == {POSTS}
    after = index.state()
    assert after.generation != before
    assert (after.records, after.unfinished) == (POSTS, None)
    assert check(ledger, index).agrees


def test_a_rebuild_that_is_killed_goes_on_where_it_was(
    index: SearchIndex, ledger: Ledger, settings: IndexerSettings, tmp_path: Path
) -> None:
    for done in (1000, 2000):
        assert _killed_rebuild(tmp_path, settings, at=done) == [done]  # nothing is done again
        unfinished = index.state().unfinished
        assert unfinished is not None
        assert unfinished[1] == done
        assert index.search(ALL).total == POSTS
    progress: list[int] = []
    assert rebuild(ledger, index, on_progress=lambda done, _: progress.append(done)) == POSTS
    assert progress == [3000]
    assert check(ledger, index).agrees
    assert index.state().unfinished is None


def test_killed_at_any_moment_a_rebuild_leaves_an_index_that_agrees(
    index: SearchIndex, ledger: Ledger, settings: IndexerSettings, tmp_path: Path
) -> None:
    random_source = random.Random(5)
    for _ in range(4):
        _killed_rebuild(tmp_path, settings, wait=random_source.uniform(0.01, 0.8))
        assert index.search(ALL).total == POSTS
        assert check(ledger, index).agrees
    assert rebuild(ledger, index) == POSTS
    assert check(ledger, index).agrees


def test_what_changed_between_the_kill_and_the_next_try_is_in_it(
    index: SearchIndex, ledger: Ledger, settings: IndexerSettings, tmp_path: Path
) -> None:
    _killed_rebuild(tmp_path, settings, at=2000)
    ledger.land([post(number, "已经还清") for number in range(100)], now=NOW)
    with open_index(tmp_path, settings) as other:
        work(ledger, RuleAnalyzer(), other)
    ledger.land([post(number, "等着分析") for number in range(100, 110)], now=NOW)
    assert rebuild(ledger, index) == POSTS - 10
    assert check(ledger, index).agrees
    assert index.search(parse("还清", now=NOW)).total == 100
    with open_index(tmp_path, settings) as other:
        work(ledger, RuleAnalyzer(), other)
    assert index.search(parse("分析", now=NOW)).total == 10
    assert check(ledger, index).agrees


def test_nothing_analysed_makes_an_empty_index(index: SearchIndex, tmp_path: Path) -> None:
    with open_ledger(tmp_path / "other") as empty:
        assert rebuild(empty, index) == 0
    assert (index.count(), index.search(ALL).total) == (0, 0)


@pytest.mark.parametrize("settings", ["elasticsearch"], indirect=True)
def test_workers_go_on_while_a_cluster_is_rebuilt(
    index: SearchIndex, ledger: Ledger, settings: IndexerSettings, tmp_path: Path
) -> None:
    with open_index(tmp_path, settings) as other:

        def edit(done: int, _: int) -> None:
            ledger.land([post(number, "已经还清") for number in range(done - 50, done)], now=NOW)
            ledger.land([post(POSTS + done, "新来的帖子也催收")], now=NOW)
            work(ledger, RuleAnalyzer(), other)

        rebuild(ledger, index, on_progress=edit)
        assert check(ledger, index).agrees
        assert other.search(parse("还清", now=NOW)).total == 150
        ledger.land([post(0, "换了一代以后")], now=NOW)
        work(ledger, RuleAnalyzer(), other)
    assert index.search(parse('"一代以后"', now=NOW)).total == 1
    assert check(ledger, index).agrees


def _killed_rebuild(home: Path, settings: IndexerSettings, *, at: int = POSTS, wait: float = 0) -> list[int]:
    """Run a rebuild in a process of its own and kill it when so much is done, or so long after it began; its progress.

    The process prints each page when it is committed, and stands still at `at`.
    """
    command = [sys.executable, "-c", _REBUILD, str(home), settings.search, settings.search_name, str(at)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        process.stdout.readline()  # it begins
        time.sleep(wait)
        progress: list[int] = []
        while not wait and at not in progress:
            progress.append(int(process.stdout.readline()))
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    return progress


_REBUILD = """
import sys, time
from pathlib import Path
from indexer.ledger import open_ledger
from indexer.search import open_index, rebuild
from indexer.settings import IndexerSettings

home, search, name, at = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])

def stand_still(done, total):
    print(done, flush=True)
    if done == at < total:
        time.sleep(60)

with open_ledger(home) as ledger, open_index(home, IndexerSettings(search=search, search_name=name)) as index:
    print("begin", flush=True)
    rebuild(ledger, index, on_progress=stand_still, commit_every=1000)
    time.sleep(60)
"""
