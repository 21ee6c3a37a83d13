"""The commands on an index that lies on a cluster, as a user runs them."""

import json
import os
import subprocess
import sys
from pathlib import Path

from indexer.ledger import open_ledger
from indexer.search import open_index
from indexer.settings import IndexerSettings
from indexer.worker import work
from tests.indexer.builders import NOW, RuleAnalyzer, post

ROOT = Path(__file__).parents[3]


def fengping(*arguments: str, home: Path, settings: IndexerSettings, status: int = 0) -> str:
    command = [sys.executable, "-c", "from ui.cli import main; main()", *arguments, "--home", str(home)]
    where = {"FENGPING_INDEXER__SEARCH": settings.search, "FENGPING_INDEXER__SEARCH_NAME": settings.search_name}
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **where}, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == status, done.stderr
    return done.stdout or done.stderr


def test_status_check_rebuild_and_search(tmp_path: Path, settings: IndexerSettings) -> None:
    assert "还没有编入过帖子" in fengping("index", "status", home=tmp_path, settings=settings)
    with open_ledger(tmp_path) as ledger, open_index(tmp_path, settings) as index:
        ledger.land([post(1, "逾期被催收"), post(2, "怎么还款"), post(3, "催收又来了")], now=NOW)
        work(ledger, RuleAnalyzer(), index)
    shown = fengping("index", "status", home=tmp_path, settings=settings)
    assert "：3 条" in shown
    assert ("2024-05 3" in shown) == (not settings.is_embedded)
    state = json.loads(fengping("index", "status", "--json", home=tmp_path, settings=settings))
    assert (state["records"], state["waiting"], state["unfinished"]) == (3, 0, None)
    with open_index(tmp_path, settings) as index:
        index.delete([2])
        index.commit()
    checked = json.loads(fengping("index", "check", "--json", home=tmp_path, settings=settings, status=1))
    assert checked["missing"] == [2]
    assert json.loads(fengping("index", "rebuild", "--json", home=tmp_path, settings=settings)) == {"records": 3}
    assert "一致" in fengping("index", "check", home=tmp_path, settings=settings)
    found = json.loads(fengping("search", "催收 kind:投诉", "--json", home=tmp_path, settings=settings))
    assert [hit["native_id"] for hit in found["hits"]] == ["1", "3"]


def test_a_query_is_explained(tmp_path: Path, settings: IndexerSettings) -> None:
    with open_ledger(tmp_path) as ledger, open_index(tmp_path, settings) as index:
        ledger.land([post(1, "逾期被催收")], now=NOW)
        work(ledger, RuleAnalyzer(), index)
    shown = fengping("search", "逾期 -app", "--explain", home=tmp_path, settings=settings)
    assert "同时满足：1 条" in shown
    assert "    有「逾期」这个词：1 条  查：逾期" in shown
    told = json.loads(fengping("search", "逾期 -app", "--explain", "--json", home=tmp_path, settings=settings))
    assert [part["found"] for part in told["parts"]] == [1, 1, 1, 0]


def test_an_address_where_nobody_answers_is_told(tmp_path: Path) -> None:
    nowhere = IndexerSettings(search="http://127.0.0.1:9")
    for command in (("index", "status"), ("search", "催收")):
        told = fengping(*command, home=tmp_path, settings=nowhere, status=1)
        assert "http://127.0.0.1:9）连不上" in told
        assert "Traceback" not in told
