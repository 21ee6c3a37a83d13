"""A candidate model reads the ledger beside the one in use, whatever happens to it, and is switched to."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer.errors import ModelReplacedError
from indexer.ledger import Ledger
from indexer.reanalysis import compared, reanalyse, switch_to
from indexer.search import check, open_index
from indexer.worker import index_changes, work
from tests.contract.ledger_contract import analyse_all
from tests.contract.models_contract import NEW, OLD, WORDS, Mild
from tests.indexer.builders import NOW, RuleAnalyzer, post

POSTS = 600


def test_every_post_is_read_in_batches_and_told(ledger: Ledger) -> None:
    ledger.land([post(number) for number in range(5)], now=NOW)
    analyse_all(ledger)
    heard: list[tuple[int, int]] = []
    assert reanalyse(ledger, Mild(), batch=2, on_progress=lambda done, total: heard.append((done, total))) == 5
    assert heard == [(0, 5), (2, 5), (4, 5), (5, 5)]
    assert reanalyse(ledger, Mild()) == 0


def test_a_comparison_can_stop_at_the_newest(ledger: Ledger) -> None:
    ids = ledger.land([post(number, "逾期被催收") for number in range(5)], now=NOW).record_ids
    analyse_all(ledger)
    assert reanalyse(ledger, Mild(), newest=2) == 2
    assert [record.id for record, _ in compared(ledger, Mild(), newest=2)] == [*ids[3:]]


def test_posts_that_land_meanwhile_are_read_before_the_switch(ledger: Ledger) -> None:
    ledger.land([post(1, "逾期被催收")], now=NOW)
    analyse_all(ledger)
    later = iter([[post(2, "也被催收")]])

    def land(done: int, total: int) -> None:
        for posts in later:
            ledger.land(posts, now=NOW)
            analyse_all(ledger)

    done = switch_to(ledger, Mild(), actor="cli:test", detail={}, on_progress=land)
    assert (done.switched, done.waiting) == (2, 0)
    assert {record.kind for record in ledger.all_records()} == {"discussion"}


def test_a_worker_whose_model_was_replaced_stops_and_says_so(ledger: Ledger, tmp_path: Path) -> None:
    ledger.land([post(1, "逾期被催收")], now=NOW)
    with open_index(tmp_path) as index:
        work(ledger, RuleAnalyzer(), index)
        switch_to(ledger, Mild(), actor="cli:test", detail={})
        ledger.land([post(2, "也被催收")], now=NOW)
        with pytest.raises(ModelReplacedError, match=f"{NEW}.*{OLD}.*重新启动"):
            work(ledger, RuleAnalyzer(), index)
        assert ledger.counts().pending == 1
        assert work(ledger, Mild(), index).analysed == 1
        assert check(ledger, index).agrees


def test_killed_at_any_moment_nothing_is_twice_and_nothing_missing(ledger: Ledger, tmp_path: Path) -> None:
    ledger.land([post(number, f"第{number}次逾期被催收") for number in range(POSTS)], now=NOW)
    with open_index(tmp_path) as index:
        work(ledger, RuleAnalyzer(), index)
    source, kills = random.Random(4), 0
    for _ in range(6):
        with subprocess.Popen([sys.executable, "-c", _REANALYSE, str(tmp_path)], cwd=_ROOT, stdout=-1) as process:
            assert process.stdout
            for _ in range(source.randint(1, 4)):
                process.stdout.readline()  # a batch is kept
            time.sleep(source.uniform(0, 0.05))
            process.send_signal(signal.SIGKILL)
        kills += process.returncode == -signal.SIGKILL
    assert kills > 3
    left = ledger.models.lacking(NEW, WORDS)
    assert 0 < left < POSTS  # what was read before a kill is not read again
    assert reanalyse(ledger, Mild()) == left
    counts = {count.model_version: (count.analyses, count.current) for count in ledger.models.counts()}
    assert counts == {OLD: (POSTS, POSTS), NEW: (POSTS, 0)}
    assert len({record.id for record, _ in compared(ledger, Mild())}) == POSTS
    switch_to(ledger, Mild(), actor="cli:test", detail={})
    with open_index(tmp_path) as index:
        assert index_changes(ledger, index) == POSTS
        assert check(ledger, index).agrees


_ROOT = Path(__file__).parents[2]
# A candidate, slowed down a little for each text so that kills meet it at every step.
_REANALYSE = """
import sys, time
from pathlib import Path
from indexer.ledger import open_ledger
from indexer.reanalysis import reanalyse
from tests.contract.models_contract import Mild

class Slow(Mild):
    def analyze(self, texts):
        time.sleep(0.002 * len(texts))
        return super().analyze(texts)

with open_ledger(Path(sys.argv[1])) as ledger:
    reanalyse(ledger, Slow(), batch=16, on_progress=lambda done, total: print(done, total, flush=True))
"""
