"""The commands on ledger and index, run as a user runs them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.ledger import open_ledger
from indexer.search import open_index
from indexer.worker import work
from tests.indexer.builders import NOW, RuleAnalyzer, post

_ROOT = Path(__file__).parents[2]


def fengping(*arguments: str, home: Path, status: int = 0) -> str:
    command = [sys.executable, "-c", "from ui.cli import main; main()", *arguments, "--home", str(home)]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == status, done.stderr
    return done.stdout if status in (0, 1) and done.stdout else done.stderr


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A set-up with three posts, searchable."""
    folder = tmp_path_factory.mktemp("home")
    with open_ledger(folder) as ledger, open_index(folder) as index:
        ledger.land([post(1, "逾期被催收"), post(2, "怎么还款"), post(3, "催收又来了")], now=NOW)
        work(ledger, RuleAnalyzer(), index)
    return folder


def test_search_prints_one_json_object(home: Path) -> None:
    found = json.loads(fengping("search", "催收 kind:投诉", "--json", "--limit", "1", home=home))
    (hit,) = found["hits"]
    assert (found["total"], hit["native_id"], hit["highlights"]) == (2, "1", [[3, 5]])
    assert hit["labels"] == {
        "kind": "complaint",
        "sentiment": "negative",
        "urgency": "normal",
        "issues": ["overdue", "collection"],
        "overdue_complaint": True,
    }
    cursor = ["--cursor", found["cursor"]]
    rest = json.loads(fengping("search", "催收 kind:投诉", "--json", *cursor, home=home))
    assert [hit["native_id"] for hit in rest["hits"]] == ["3"]


def test_search_prints_for_people(home: Path) -> None:
    shown = fengping("search", "催收", home=home)
    assert "共 2 条" in shown
    assert "投诉 · 负面" in shown


def test_a_wrong_query_is_told_with_its_place(home: Path) -> None:
    told = fengping("search", "逾期 (催收", home=home, status=2)
    assert "第 4 字：括号没有闭合" in told


def test_check_and_rebuild(home: Path) -> None:
    assert json.loads(fengping("index", "check", "--json", home=home))["agrees"] is True
    with open_index(home) as index:
        index.delete([2])
        index.commit()
    assert json.loads(fengping("index", "check", "--json", home=home, status=1))["missing"] == [2]
    assert json.loads(fengping("index", "rebuild", "--json", home=home)) == {"records": 3}
    assert "一致" in fengping("index", "check", home=home)


def test_work_once_makes_what_waits_searchable_and_a_second_worker_is_refused(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        ledger.land([post(1, "红创金服的催收一天打了十个电话")], now=NOW)
    with open_index(tmp_path) as index:
        index.acquire()
        assert "搜索索引正由进程" in fengping("work", "--once", home=tmp_path, status=1)
    report = json.loads(fengping("work", "--once", "--json", home=tmp_path))
    assert (report["analysed"], report["indexed"], report["pending"]) == (1, 1, 0)
    assert json.loads(fengping("search", "红创金服", "--json", home=tmp_path))["total"] == 1
