"""What an export holds, and that it can be repeated to the byte."""

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import QueryError, UnknownExportFormatError
from indexer.export import Exported, Format, Order, export
from indexer.ledger import Ledger
from indexer.record import Decision
from indexer.search import SearchIndex
from indexer.worker import work
from tests.indexer.builders import RuleAnalyzer, post
from tests.indexer.export.conftest import at


def run(ledger: Ledger, index: SearchIndex, path: Path, query: str = "", **order: Any) -> Exported:
    order = {"now": at(6), "actor": "李审", **order}
    return export(ledger, index, Order(query=query, path=path, **order))


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def ids(ledger: Ledger, index: SearchIndex, folder: Path, query: str, as_of: datetime | None = None) -> list[int]:
    exported = run(ledger, index, folder / "them.jsonl", query, as_of=as_of)
    return [row["id"] for row in rows(exported.path)]


def test_a_row_says_what_where_when_and_who_judged(lived: Ledger, index: SearchIndex, tmp_path: Path) -> None:
    exported = run(lived, index, tmp_path / "posts.jsonl")
    first, second, *_ = rows(exported.path)
    assert (first["likes"], first["kind"], first["issues"]) == (999, "complaint", ["overdue", "collection"])
    assert (first["published"], first["author"]) == ("2024-05-10T11:00:00+08:00", "u-1")
    assert (second["kind"], second["reviewer"], second["decided"]) == ("complaint", "李审", "2024-05-10T13:00:00+08:00")
    assert (second["status"], second["model_version"]) == ("reviewed", "rules-1")


def test_the_past_is_as_it_was(lived: Ledger, index: SearchIndex, tmp_path: Path) -> None:
    assert ids(lived, index, tmp_path, "", at(-1)) == []
    assert ids(lived, index, tmp_path, "", at(0.2)) == []  # landed, not analysed
    assert ids(lived, index, tmp_path, "kind:complaint", at(0.7)) == [1, 3, 4]
    assert ids(lived, index, tmp_path, "kind:complaint status:reviewed", at(1.2)) == [2]
    assert ids(lived, index, tmp_path, "起诉", at(1.9)) == [3]
    assert ids(lived, index, tmp_path, "", at(2.2)) == [1, 2, 4]  # the new wording waits
    assert ids(lived, index, tmp_path, "谈好", at(2.7)) == [3]
    assert ids(lived, index, tmp_path, "likes>100", at(2.9)) == []
    assert ids(lived, index, tmp_path, "likes>100", at(3)) == [1]
    assert ids(lived, index, tmp_path, "deleted:yes", at(3.9)) == []
    assert ids(lived, index, tmp_path, "deleted:yes", at(4)) == [4]
    assert ids(lived, index, tmp_path, "通讯录", at(5.2)) == []
    assert ids(lived, index, tmp_path, "通讯录", at(5.7)) == [5]


def test_days_ago_count_from_the_moment(lived: Ledger, index: SearchIndex, tmp_path: Path) -> None:
    assert ids(lived, index, tmp_path, "after:2h", at(0.5)) == [1]


def test_posts_without_labels_are_counted(lived: Ledger, index: SearchIndex, tmp_path: Path) -> None:
    assert run(lived, index, tmp_path / "then.csv", as_of=at(2.2)).not_analysed == 1
    lived.land([post(9, "刚刚来的")], now=at(5.9))
    assert run(lived, index, tmp_path / "now.csv").not_analysed == 1


@pytest.mark.parametrize("format_", list(Format))
def test_the_same_moment_gives_the_same_bytes_again(
    lived: Ledger, index: SearchIndex, tmp_path: Path, format_: Format
) -> None:
    first = run(lived, index, tmp_path / f"one.{format_}", "催收 OR 还款")
    lived.decide(Decision(record_id=1, reviewer="王审", reason="改", decided=at(7), kind="help"))
    lived.land([post(1, "全改了"), post(5, "逾期了，催收爆通讯录", region="上海"), post(8, "催收")], now=at(8))
    work(lived, RuleAnalyzer(), index, clock=lambda: at(8.5))
    again = run(lived, index, tmp_path / f"two.{format_}", "催收 OR 还款", as_of=first.as_of, now=at(9))
    assert again.sha256 == first.sha256 == hashlib.sha256(again.path.read_bytes()).hexdigest()
    assert run(lived, index, tmp_path / f"three.{format_}", "催收 OR 还款", now=at(9)).sha256 != first.sha256


def test_what_the_index_lacks_is_exported_all_the_same(lived: Ledger, index: SearchIndex, tmp_path: Path) -> None:
    lived.decide(Decision(record_id=1, reviewer="王审", reason="改", decided=at(5.8), kind="help"))
    work(lived, RuleAnalyzer(), None, clock=lambda: at(5.9))
    assert ids(lived, index, tmp_path, "kind:help") == [1]
    assert 1 not in ids(lived, index, tmp_path, "kind:complaint")


def test_a_switch_of_models_is_in_its_time_only(lived: Ledger, index: SearchIndex, tmp_path: Path) -> None:
    held = lived.models.lack("rules-2", "words-1", limit=10)
    analyses = RuleAnalyzer("rules-2").analyze([pending.analysed_text for pending in held])
    lived.models.keep(list(zip(held, analyses, strict=True)), now=at(6))
    lived.models.switch("rules-2", actor="李审", at=at(7), detail={})

    def models(as_of: datetime) -> set[str]:
        exported = run(lived, index, tmp_path / "models.jsonl", as_of=as_of, now=at(9))
        return {row["model_version"] for row in rows(exported.path)}

    assert (models(at(6.5)), models(at(7))) == ({"rules-1"}, {"rules-2"})


def test_the_side_file_says_how_to_repeat_it(lived: Ledger, index: SearchIndex, tmp_path: Path) -> None:
    exported = run(lived, index, tmp_path / "posts.csv", "催收 kind:投诉 likes>2")
    side = json.loads((tmp_path / "posts.csv.meta.json").read_text(encoding="utf-8"))
    assert side["filters"]["and"][1:] == [{"field": "kind", "is": "complaint"}, {"field": "likes", ">": 2.0}]
    assert (side["rows"], side["sha256"], side["exported_by"]) == (exported.rows, exported.sha256, "李审")
    assert datetime.fromisoformat(side["as_of"]) == exported.as_of
    assert side["versions"]["analyses"] == [{"model": "rules-1", "dictionary": "words-1", "rows": exported.rows}]


def test_an_export_is_in_the_audit_log(lived: Ledger, index: SearchIndex, tmp_path: Path) -> None:
    exported = run(lived, index, tmp_path / "posts.csv", "13800138000 OR 催收")
    (entry, *_) = lived.audit_log()
    assert (entry.action, entry.actor, json.loads(entry.detail)["sha256"]) == ("export", "李审", exported.sha256)
    assert "13800138000" not in entry.detail


def test_what_fails_leaves_nothing_behind(lived: Ledger, index: SearchIndex, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(QueryError):
        run(lived, index, folder / "posts.csv", "(催收")
    with pytest.raises(UnknownExportFormatError, match="xlsx"):
        run(lived, index, folder / "posts.pdf")
    assert list(folder.iterdir()) == []
    assert all(entry.action != "export" for entry in lived.audit_log())
