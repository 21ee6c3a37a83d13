"""Reviewers' decisions as training data that training and evaluation read."""

import json
from datetime import timedelta
from pathlib import Path

from indexer.ledger import open_ledger
from indexer.record import Decision
from monitor.corrections import corrections, judged_records
from nlp.training.records import read_records
from tests.contract.ledger_contract import LATER, analyse_all
from tests.indexer.builders import NOW, post

KEY = b"k" * 32


def test_a_correction_is_a_record_of_the_label_guide(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        ids = ledger.land([post(1, "逾期被催收，打13800138000"), post(2, "怎么还款")], now=NOW).record_ids
        analyse_all(ledger)
        ledger.decide(Decision(record_id=ids[0], reviewer="李审", reason="改", decided=NOW, kind="help"))
        ledger.decide(Decision(record_id=ids[0], reviewer="王审", reason="再改", decided=LATER, urgency="high"))
        ledger.land([post(1, "后来改过的话")], now=LATER)
        (record,) = corrections(judged_records(ledger, latest=True), key=KEY)
    assert (record["id"], record["kind"], record["urgency"]) == ("forum/1", "help", "high")
    assert record["issues"] == ["overdue", "collection"]  # left as the machine had them
    assert record["overdue_complaint"] is False  # follows the corrected kind
    assert record["text"].startswith("逾期被催收")
    assert "13800138000" not in record["text"]
    assert record["reviewer"].startswith("u-")
    assert "王审" not in json.dumps(record, ensure_ascii=False)
    assert (record["model_version"], record["judged"], record["corrected"]) == (
        "rules-1",
        ["kind", "urgency"],
        ["kind", "urgency"],
    )
    file = tmp_path / "corrections.jsonl"
    file.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    reading = read_records(file)
    assert reading.errors == ()
    assert [found.kind for found in reading.records] == ["help"]


def test_only_what_was_decided_since_a_day_is_exported(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        ids = ledger.land([post(1), post(2)], now=NOW).record_ids
        analyse_all(ledger)
        for record_id, decided in zip(ids, (NOW, LATER), strict=True):
            ledger.decide(Decision(record_id=record_id, reviewer="李审", reason="改", decided=decided, kind="help"))
        since = list(corrections(judged_records(ledger), key=KEY, since=LATER))
        after = list(corrections(judged_records(ledger), key=KEY, since=LATER + timedelta(seconds=1)))
    assert ([record["id"] for record in since], after) == (["forum/2"], [])
