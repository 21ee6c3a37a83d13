"""Faults: killed, cut off, without room, refused. Afterwards ledger and index agree, nothing lost, nothing twice."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest

from indexer.errors import IndexInterruptedError, LedgerInterruptedError
from indexer.ledger import Ledger, Stage, open_ledger
from indexer.search import EmbeddedIndex, check, open_index
from indexer.work import Patience
from indexer.worker import index_changes, stay, work
from tests.contract.test_ledger import database, server  # noqa: F401 (fixtures)
from tests.indexer.builders import NOW, RuleAnalyzer, post
from tests.indexer.failing import RAISES, FailingAnalyzer, RefusingIndex
from tests.indexer.forked import Workers
from tests.servers import postgresql
from tests.servers.elasticsearch_index import clear, open_elasticsearch

ROOT = Path(__file__).parents[2]
# Others to try: FENGPING_TEST_SEEDS=1,2,3
SEEDS = [int(seed) for seed in os.environ.get("FENGPING_TEST_SEEDS", "8").split(",")]


def holds_all(ledger: Ledger, index: EmbeddedIndex, number: int) -> bool:
    """Whether every post is analysed and searchable, once."""
    counts = ledger.counts()
    held = (counts.posts, counts.analysed, counts.indexed, counts.dead_letters, index.count())
    assert held == (number, number, number, 0, number)
    return check(ledger, index).agrees


def waits(condition: Callable[[], bool], *, seconds: float = 120) -> bool:
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    return condition()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_worker_killed_at_twenty_moments_loses_nothing(
    ledger: Ledger, index: EmbeddedIndex, tmp_path: Path, seed: int
) -> None:
    source = random.Random(seed)
    posts = [post(number, f"第{number}次逾期被催收") for number in range(1500)]
    ledger.land(posts, now=NOW)
    kills = 0
    with Workers(tmp_path, tmp_path, seconds=0.002) as workers:
        for turn in range(20):
            worker = workers.start()
            time.sleep(source.uniform(0, 0.3))
            kills += workers.kill(worker)
            edited = source.sample(posts, 20)
            ledger.land([post(int(p.native_id), f"第{turn}回改：催收") for p in edited], now=NOW)  # the crawl goes on
    assert kills > 10
    work(ledger, RuleAnalyzer(), index)
    assert holds_all(ledger, index, 1500)


def test_workers_share_one_postgresql_and_one_of_them_indexes(
    database: str,  # noqa: F811 (the fixture)
    tmp_path: Path,
) -> None:
    source = random.Random(8)
    with (
        open_ledger(database) as ledger,
        open_index(tmp_path) as index,
        Workers(database, tmp_path, seconds=0.003, analyse_only=True) as others,
    ):
        ledger.land([post(number, f"第{number}次被催收") for number in range(600)], now=NOW)
        analyser = others.start()
        ended = Event()
        with_index = Thread(
            target=stay,
            args=(lambda: work(ledger, FailingAnalyzer(seconds=0.003), index, worker="indexing", batch=16),),
            kwargs={"seconds": 0.05, "stop": ended.is_set},
        )
        with_index.start()
        for _ in range(4):
            time.sleep(source.uniform(0, 0.3))
            others.kill(analyser)
            analyser = others.start()
        others.wait()
        assert waits(lambda: ledger.counts().indexed == 600)
        ended.set()
        with_index.join()
        assert holds_all(ledger, index, 600)


def test_a_postgresql_that_restarts_is_waited_for(tmp_path: Path) -> None:
    pytest.importorskip("psycopg", reason="缺少 psycopg：pip install 'fengping[cluster]'")
    if postgresql.programs() is None:
        pytest.skip(postgresql.MISSING)
    said: list[str] = []
    patience, ended = Patience(said.append), Event()
    with (
        postgresql.restartable() as cluster,
        open_ledger(f"{cluster.url}/postgres") as ledger,
        open_index(tmp_path) as index,
    ):
        ledger.land([post(number, f"第{number}次被催收") for number in range(400)], now=NOW)
        worker = Thread(
            target=stay,
            args=(lambda: work(ledger, FailingAnalyzer(seconds=0.005), index, batch=16),),
            kwargs={"seconds": 0.05, "stop": ended.is_set, "pause": ended.wait, "patience": patience},
        )
        worker.start()
        assert waits(lambda: ledger.counts().indexed >= 16)
        cluster.stop()
        assert waits(lambda: patience.trouble is not None)
        with pytest.raises(LedgerInterruptedError, match="连不上台账数据库"):
            ledger.counts()
        cluster.start()
        assert waits(lambda: ledger.counts().indexed == 400)
        ended.set()
        worker.join()
        assert holds_all(ledger, index, 400)
    assert "会自动重试" in said[0]
    assert said[-1] == "已恢复，继续处理"


def test_a_ledger_without_room_is_told_and_goes_on_with_room(ledger: Ledger, tmp_path: Path) -> None:
    ledger.land([post(number, f"第{number}次被催收") for number in range(200)], now=NOW)
    outcome = without_room(tmp_path, "work(ledger, RuleAnalyzer(), None, batch=16)", limit=200_000)
    assert outcome == "LedgerInterruptedError", outcome
    assert ledger.counts().pending > 0
    with open_index(tmp_path) as index:
        work(ledger, RuleAnalyzer(), index)
        assert holds_all(ledger, index, 200)


def test_an_index_without_room_is_told_and_goes_on_with_room(ledger: Ledger, tmp_path: Path) -> None:
    ledger.land([post(number, f"第{number}次被催收") for number in range(200)], now=NOW)
    with open_index(tmp_path) as index:
        work(ledger, RuleAnalyzer(), index)
    ledger.land([post(number, f"改过的第{number}次") for number in range(100)], now=NOW)
    work(ledger, RuleAnalyzer(), None)
    outcome = without_room(tmp_path, "index_changes(ledger, index)", limit=1000)
    assert outcome == "IndexInterruptedError", outcome
    assert ledger.counts().dead_letters == 0
    with open_index(tmp_path) as index:
        index_changes(ledger, index)
        assert holds_all(ledger, index, 200)


def without_room(home: Path, action: str, *, limit: int) -> str:
    """Do something in a process whose files can't grow beyond `limit` bytes; the error that it met."""
    done = subprocess.run(
        [sys.executable, "-c", _WITHOUT_ROOM, str(home), str(limit), action],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or done.stderr


_WITHOUT_ROOM = """
import resource, sys
from pathlib import Path
from indexer.errors import IndexerError
from indexer.ledger import open_ledger
from indexer.search import open_index
from indexer.worker import index_changes, work
from tests.indexer.builders import RuleAnalyzer

home, limit, action = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
ledger, index = open_ledger(home), open_index(home)
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    exec(action)
    print("nothing")
except IndexerError as error:
    print(type(error).__name__)
"""


def test_an_index_that_is_away_does_not_stop_the_analysis(
    ledger: Ledger, index: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.land([post(1), post(2)], now=NOW)
    with monkeypatch.context() as away:
        away.setattr(index, "commit", _no_room)
        with pytest.raises(IndexInterruptedError, match="恢复后自动补上"):
            work(ledger, RuleAnalyzer(), index, batch=1)
    assert (ledger.counts().analysed, ledger.counts().indexed) == (2, 0)
    work(ledger, RuleAnalyzer(), index)
    assert holds_all(ledger, index, 2)


def _no_room() -> None:
    raise ValueError("An IO error occurred: 'No space left on device (os error 28)'")


def test_a_record_that_the_index_refuses_is_set_aside(ledger: Ledger, tmp_path: Path) -> None:
    ids = ledger.land([post(1), post(2, f"催收{RAISES}"), post(3)], now=NOW).record_ids
    with RefusingIndex(tmp_path / "index") as index:
        work(ledger, RuleAnalyzer(), index)
        assert index.count() == 2
        (letter,) = ledger.dead_letters.listed()
        assert (letter.record_id, letter.stage) == (ids[1], Stage.INDEXING)
        assert RAISES not in letter.reason
        assert check(ledger, index).agrees
        assert work(ledger, RuleAnalyzer(), index).indexed == 0


def test_a_record_that_the_index_refuses_later_stays_as_it_was(ledger: Ledger, tmp_path: Path) -> None:
    ledger.land([post(1, "被催收")], now=NOW)
    with RefusingIndex(tmp_path / "index") as index:
        work(ledger, RuleAnalyzer(), index)
        ledger.land([post(1, f"改过{RAISES}")], now=NOW)
        work(ledger, RuleAnalyzer(), index)
        assert ledger.counts().dead_letters == 1
        assert check(ledger, index).agrees
        assert index.count() == 1


def test_a_record_that_a_cluster_refuses_is_set_aside(ledger: Ledger, elasticsearch_url: str, search_name: str) -> None:
    endless = "长" * 20_000  # a keyword of more bytes than Lucene takes
    ids = ledger.land([post(1), post(2, author=endless), post(3)], now=NOW).record_ids
    with open_elasticsearch(elasticsearch_url, search_name) as index:
        work(ledger, RuleAnalyzer(), index)
        assert index.count() == 2
        assert [letter.record_id for letter in ledger.dead_letters.listed()] == [ids[1]]
        assert check(ledger, index).agrees
    clear(elasticsearch_url, search_name)


def test_a_time_beyond_all_clocks_is_held(ledger: Ledger, index: EmbeddedIndex) -> None:
    far = datetime(9999, 1, 1, tzinfo=UTC)  # a site's wrong clock
    ledger.land([post(1), post(2, published=far)], now=NOW)
    work(ledger, RuleAnalyzer(), index)
    assert (index.count(), ledger.counts().dead_letters) == (2, 0)


def test_what_takes_longer_than_a_lease_stays_with_its_worker(ledger: Ledger, index: EmbeddedIndex) -> None:
    ledger.land([post(number) for number in range(8)], now=datetime.now(UTC))
    taken: list[int] = []
    ended = Event()

    def grab() -> None:
        while not ended.wait(0.05):
            taken.extend(p.record_id for p in ledger.lease("greedy", limit=9, now=datetime.now(UTC), seconds=60))

    work_begins = Thread(target=grab)
    ledger_begun = ledger.lease_holders(now=datetime.now(UTC))
    assert ledger_begun == []
    analyzer = FailingAnalyzer(seconds=0.5)
    worker = Thread(
        target=work, args=(ledger, analyzer, index), kwargs={"batch": 8, "lease_seconds": 1.5, "worker": "slow"}
    )
    worker.start()
    assert waits(lambda: ledger.lease_holders(now=datetime.now(UTC)) == ["slow"])
    work_begins.start()
    worker.join()
    ended.set()
    work_begins.join()
    assert taken == []
    assert holds_all(ledger, index, 8)
