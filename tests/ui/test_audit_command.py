"""The audit log from the command line, run as a user runs it."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from indexer.ledger import LEDGER_FILE, open_ledger
from ui.cli import app


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A ledger whose audit log has five entries about two subjects."""
    with open_ledger(tmp_path) as ledger:
        for number in range(5):
            ledger.note_audit(
                at=datetime(2026, 11, 1, 16, number, tzinfo=UTC),
                actor="李审",
                action="decide",
                subject=f"record:{number % 2}",
                detail=json.dumps({"reason": f"[第{number}次]"}, ensure_ascii=False),
            )
    return tmp_path


def run(*words: str, home: Path, status: int = 0) -> str:
    result = CliRunner().invoke(app, ["audit", *words, "--home", str(home)])
    assert result.exit_code == status, result.output
    return result.output


def run_json(*words: str, home: Path, status: int = 0) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(run(*words, "--json", home=home, status=status))
    return answer


def tamper(home: Path, statement: str) -> None:
    """Change the log as someone can who owns the file: the database's own guard goes first."""
    with closing(sqlite3.connect(home / LEDGER_FILE)) as database, database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        database.execute(statement)


def test_a_chain_that_nobody_touched_is_intact(home: Path) -> None:
    assert run_json("verify", home=home) == {"intact": True, "entries": 5}
    assert "5 条，哈希链完整" in run("verify", home=home)


@pytest.mark.parametrize(
    ("statement", "first", "told"),
    [
        ("UPDATE audit_log SET actor = '王审' WHERE id = 3", 3, "改动"),
        ("DELETE FROM audit_log WHERE id = 2", 2, "缺失"),
        ("DELETE FROM audit_log WHERE id = 5", 5, "缺失"),
    ],
)
def test_the_first_broken_entry_is_named(home: Path, statement: str, first: int, told: str) -> None:
    tamper(home, statement)
    answer = run_json("verify", home=home, status=1)
    assert (answer["intact"], answer["broken"], told in answer["reason"]) == (False, first, True)
    assert f"第 {first} 条" in run("verify", home=home, status=1)


def test_entries_are_listed_the_latest_first_and_by_subject(home: Path) -> None:
    entries = run_json("list", home=home)["entries"]
    assert [entry["id"] for entry in entries] == [5, 4, 3, 2, 1]
    assert entries[0]["detail"] == {"reason": "[第4次]"}
    assert [
        entry["id"] for entry in run_json("list", "--subject", "record:1", "--limit", "1", home=home)["entries"]
    ] == [4]
    assert "没有关于 record:9" in run("list", "--subject", "record:9", home=home)


def test_times_are_shown_in_beijing_and_words_in_brackets_stay(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    shown = run("list", home=home)
    assert "2026-11-02 00:04:00" in shown
    assert "[第4次]" in shown
