import json

import numpy as np
import pytest

from nlp import analyze
from nlp.training.evaluate import evaluate
from nlp.training.keywords import keyword_analyses
from nlp.training.metrics import f1, macro_f1, score, wilson
from nlp.training.records import read_records

RECORD = {
    "id": "1",
    "source": "forum",
    "text": "红创金服催收天天打电话，烦死了",
    "kind": "complaint",
    "sentiment": "negative",
    "issues": ["collection"],
    "causes": [],
    "demands": [],
    "urgency": "normal",
    "overdue_complaint": True,
}


def written(path, *records):
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records))
    return path


def test_wrong_lines_are_named_and_the_rest_is_kept(tmp_path):
    path = written(
        tmp_path / "labels.jsonl",
        RECORD,
        "{",
        {**RECORD, "kind": "rant"},
        {**RECORD, "issues": ["x"]},
        {**RECORD, "text": ""},
    )
    reading = read_records(path)
    assert len(reading.records) == 1
    assert [(error.line, error.field) for error in reading.errors] == [
        (2, "-"),
        (3, "kind"),
        (4, "issues"),
        (5, "text"),
    ]
    assert str(path) in str(reading.errors[1])


def test_the_report_has_every_field_of_the_guide(tmp_path):
    records = read_records(written(tmp_path / "labels.jsonl", RECORD, {**RECORD, "id": "2"})).records
    report = evaluate(records, analyze([record.text for record in records]))
    assert report["n"] == 2
    assert 0 <= report["kind"]["macro_f1"] <= 1
    assert set(report["issues"]["labels"]) >= {"overdue", "collection"}
    assert set(report["overdue_complaint"]) >= {"precision", "recall", "f1", "interval", "n"}
    assert set(report["sentiment"]) >= {"accuracy", "interval", "ece"}
    json.dumps(report)


def test_perfect_and_empty_agreement(tmp_path):
    records = read_records(written(tmp_path / "labels.jsonl", RECORD)).records
    report = evaluate(records, keyword_analyses([records[0].text]))
    assert report["kind"]["accuracy"] == 1.0
    assert report["issues"]["micro_f1"] == 1.0


def test_scores_by_hand():
    truth = np.array([True, True, True, False])
    given = np.array([True, True, False, True])
    result = score(truth, given)
    assert (result.n, result.precision, result.recall) == (3, pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert result.f1 == pytest.approx(2 / 3)
    assert macro_f1(np.array([[1, 0], [0, 1]], bool), np.array([[1, 0], [1, 0]], bool)) == pytest.approx(
        (2 / 3 + 0) / 2
    )
    assert f1(np.zeros((2, 2), bool), np.zeros((2, 2), bool)) == 0


def test_wilson_interval_of_the_textbook():
    low, high = wilson(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
