"""On what the analysis runs: the same outcome everywhere, whatever dies or raises on the way."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from indexer.errors import AnalysisFailingError, ExecutorUnavailableError, ForeignModelError
from indexer.ledger import Ledger, Stage, open_ledger
from indexer.search import EmbeddedIndex, check, open_index
from indexer.work import AnalysisPool, Patience, inline_pool
from indexer.work.executors import cluster_pool, process_pool
from indexer.worker import work
from nlp.analysis import Analysis
from tests.indexer.builders import NOW, RuleAnalyzer, post
from tests.indexer.failing import BrokenAnalyzer, FailingAnalyzer
from tests.servers import dask

ROOT = Path(__file__).parents[2]


@pytest.fixture
def processes() -> Iterator[AnalysisPool]:
    pool = process_pool(FailingAnalyzer, processes=2)
    yield pool
    pool.close()


def land(ledger: Ledger, *texts: str) -> tuple[int, ...]:
    return ledger.land([post(number, text) for number, text in enumerate(texts)], now=NOW).record_ids


def analyses(ledger: Ledger) -> dict[int, Analysis | None]:
    return {record.id: record.analysis for record in ledger.all_records()}


def test_processes_give_what_inline_gives(
    ledger: Ledger, index: EmbeddedIndex, processes: AnalysisPool, tmp_path: Path
) -> None:
    texts = [f"{'逾期' * (number % 9)}第{number}次被催收" for number in range(200)]
    land(ledger, *texts)
    assert work(ledger, FailingAnalyzer(), index, pool=processes, batch=16).analysed == 200
    with open_ledger(tmp_path / "inline") as other, open_index(tmp_path / "inline") as inline_index:
        land(other, *texts)
        work(other, FailingAnalyzer(), inline_index, batch=16)
        assert analyses(other) == analyses(ledger)
    assert check(ledger, index).agrees


def test_a_post_that_raises_is_set_aside_and_the_others_are_not(ledger: Ledger, index: EmbeddedIndex) -> None:
    ids = land(ledger, "被催收", "毒药，电话13800138000", "怎么还款", "毒药在这里")
    report = work(ledger, FailingAnalyzer(), index, batch=3, attempts=2)
    assert (report.analysed, report.indexed, report.set_aside, report.pending) == (2, 2, 2, 0)
    letters = {letter.record_id: letter for letter in ledger.dead_letters.listed()}
    assert set(letters) == {ids[1], ids[3]}
    letter = letters[ids[3]]
    assert (letter.stage, letter.error, letter.attempts) == (Stage.ANALYSIS, "UnreadableError", 2)
    assert "can't read" in letter.reason
    assert "毒药在这里" not in letter.reason
    assert "13800138000" not in letter.reason


def test_a_post_that_kills_its_process_is_found(ledger: Ledger, index: EmbeddedIndex, processes: AnalysisPool) -> None:
    ids = land(ledger, *(f"第{number}次被催收" for number in range(20)), "致命")
    report = work(ledger, FailingAnalyzer(), index, pool=processes, batch=8, attempts=2)
    assert (report.analysed, report.set_aside, report.pending) == (20, 1, 0)
    (letter,) = ledger.dead_letters.listed()
    assert (letter.record_id, letter.error) == (ids[-1], "BrokenProcessPool")


def test_a_process_that_is_killed_costs_nothing_but_time(ledger: Ledger, index: EmbeddedIndex) -> None:
    land(ledger, *(f"第{number}次被催收" for number in range(120)))
    pool = process_pool(partial(FailingAnalyzer, seconds=0.01), processes=2)
    killed: list[int] = []

    def kill_one(_: object) -> None:
        if not killed:
            killed.append(next(iter(children())))
            os.kill(killed[0], signal.SIGKILL)

    report = work(ledger, FailingAnalyzer(), index, pool=pool, batch=8, on_progress=kill_one)
    pool.close()
    assert killed
    assert (report.analysed, report.set_aside, report.pending) == (120, 0, 0)
    assert check(ledger, index).agrees


def children() -> list[int]:
    """The processes of this one's pools."""
    told = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text()
    everyone = {int(child) for child in told.split()}
    return [child for child in everyone if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def test_nothing_is_set_aside_where_nothing_can_be_analysed(ledger: Ledger, index: EmbeddedIndex) -> None:
    land(ledger, "被催收", "怎么还款")
    with pytest.raises(AnalysisFailingError, match="the model's file is gone"):
        work(ledger, BrokenAnalyzer(), index)
    assert (ledger.counts().pending, ledger.counts().dead_letters) == (2, 0)
    assert work(ledger, RuleAnalyzer(), index).analysed == 2  # its leases were given back at once


def test_results_of_another_model_are_refused(ledger: Ledger, index: EmbeddedIndex) -> None:
    land(ledger, "被催收")
    with pytest.raises(ForeignModelError, match="rules-2"):
        work(ledger, RuleAnalyzer(), index, pool=inline_pool(RuleAnalyzer("rules-2")))
    assert ledger.counts().pending == 1


def test_processes_end_with_the_worker_that_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", _POOL], cwd=ROOT, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout
        processes = [int(word) for word in worker.stdout.readline().split()]
        worker.send_signal(signal.SIGKILL)
    assert processes
    until = time.monotonic() + 60
    while any(Path(f"/proc/{process}").exists() for process in processes) and time.monotonic() < until:
        time.sleep(0.1)
    assert not [process for process in processes if Path(f"/proc/{process}").exists()]


_POOL = """
import time
from indexer.work.executors import process_pool
from tests.indexer.builders import RuleAnalyzer
from tests.indexer.test_executors import children

if __name__ == "__main__":
    pool = process_pool(RuleAnalyzer, processes=2)
    pool.submit(["被催收"]).future.result()
    print(*children(), flush=True)
    time.sleep(60)
"""


class TestCluster:
    """A Dask cluster; skipped where the extra is missing."""

    @pytest.fixture
    def cluster(self, tmp_path: Path) -> Iterator[dask.Cluster]:
        pytest.importorskip("distributed", reason="缺少 distributed：pip install 'fengping[cluster]'")
        with dask.cluster(tmp_path) as cluster:
            yield cluster

    def test_a_killed_worker_costs_nothing_but_time(
        self, cluster: dask.Cluster, ledger: Ledger, index: EmbeddedIndex
    ) -> None:
        ids = land(ledger, *(f"第{number}次被催收" for number in range(200)), "毒药")
        pool = cluster_pool(partial(FailingAnalyzer, seconds=0.01), address=cluster.address)

        def kill_one(_: object) -> None:
            cluster.workers[0].send_signal(signal.SIGKILL)

        report = work(ledger, FailingAnalyzer(), index, pool=pool, batch=8, attempts=2, on_progress=kill_one)
        pool.close()
        assert (report.analysed, report.set_aside, report.pending) == (200, 1, 0)
        assert [letter.record_id for letter in ledger.dead_letters.listed()] == [ids[-1]]
        assert cluster.workers[0].wait() == -signal.SIGKILL
        assert check(ledger, index).agrees

    def test_a_scheduler_that_goes_away_is_told_and_met_again(
        self, cluster: dask.Cluster, ledger: Ledger, index: EmbeddedIndex, tmp_path: Path
    ) -> None:
        land(ledger, *(f"第{number}次被催收" for number in range(200)))
        pool = cluster_pool(partial(FailingAnalyzer, seconds=0.01), address=cluster.address)
        pool.open()
        with pytest.raises(ExecutorUnavailableError, match=r"Dask|集群"):
            work(ledger, FailingAnalyzer(), index, pool=pool, batch=8, on_progress=lambda _: cluster.close())
        (tmp_path / "again").mkdir()
        again = dask.Cluster(tmp_path / "again", port=int(cluster.address.rpartition(":")[2]))
        again.add_worker()
        again.wait()
        try:
            patience = Patience(lambda _: None)
            while patience.attempt(lambda: work(ledger, FailingAnalyzer(), index, pool=pool, batch=8)) is None:
                time.sleep(0.2)
        finally:
            pool.close()
            again.close()
        assert ledger.counts().indexed == 200
        assert check(ledger, index).agrees

    def test_no_scheduler_is_told(self) -> None:
        pytest.importorskip("distributed", reason="缺少 distributed：pip install 'fengping[cluster]'")
        with pytest.raises(ExecutorUnavailableError, match="连不上 Dask 调度器"):
            cluster_pool(RuleAnalyzer, address="tcp://127.0.0.1:1").open()
