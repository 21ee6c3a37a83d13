import json
from dataclasses import replace

import numpy as np
import pytest

from nlp import analyze
from nlp.analysis import Label
from nlp.training.dataset import load_labels
from nlp.training.evaluate import evaluate, evaluate_by_source
from nlp.training.keywords import keyword_analyses
from nlp.training.metrics import f1, macro_f1, score, wilson
from nlp.training.records import read_records
from nlp.training.sureness import doubt_figures, precision_at_coverage

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
    assert "ece" not in report["issues"]


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


def test_the_least_sure_are_left_to_a_person():
    chances = np.array([0.5, 0.99, 0.9, 0.8, 0.6, 0.95, 0.7, 0.97, 0.85, 0.65])
    right = chances > 0.62
    points = precision_at_coverage(chances, right)
    assert [point["coverage"] for point in points] == [1.0, 0.95, 0.9, 0.8, 0.7, 0.5]
    assert [point["n"] for point in points] == [10, 10, 9, 8, 7, 5]
    assert [point["precision"] for point in points] == pytest.approx([0.8, 0.8, 8 / 9, 1.0, 1.0, 1.0])
    assert points[-1]["least_probability"] == 0.85
    assert precision_at_coverage(chances[:0], right[:0])[0]["precision"] is None


def test_doubt_is_right_where_the_doubtful_are_wrong():
    doubt = doubt_figures(np.array([True, True, False, False, False]), np.array([False, True, True, True, False]))
    assert (doubt["doubtful"]["n"], doubt["doubtful"]["wrong"]) == (2, 0.5)
    assert (doubt["sure"]["n"], doubt["sure"]["wrong"]) == (3, pytest.approx(1 / 3))
    assert doubt_figures(np.zeros(1, bool), np.ones(1, bool))["doubtful"]["wrong"] is None


@pytest.fixture(scope="module")
def posts(tmp_path_factory):
    """Two dangers, of which one is found and one is missed in doubt, and a false alarm; from two sources."""
    lines = [
        {**RECORD, "id": "found", "urgency": "critical"},
        {**RECORD, "id": "missed", "urgency": "critical", "source": "weibo"},
        {**RECORD, "id": "alarm", "issues": [], "overdue_complaint": False},
    ]
    records = read_records(written(tmp_path_factory.mktemp("posts") / "labels.jsonl", *lines)).records
    (analysis,) = keyword_analyses([RECORD["text"]])
    critical, missed = Label("critical", 0.7), Label("normal", 0.8, doubtful=True)
    return records, [replace(analysis, urgency=label) for label in (critical, missed, critical)]


@pytest.fixture(scope="module")
def report(posts):
    """With a model that says one half of everything."""
    sizes = {"issues": 12, "causes": 7, "demands": 8}
    return evaluate(*posts, chances={name: np.full((3, size), 0.5) for name, size in sizes.items()})


def test_dangers_found_and_missed_are_counted_and_named(report):
    assert report["urgency"]["critical"] == {
        "n": 2, "found": 1, "missed": 1, "missed_but_doubtful": 1, "false_alarms": 1, "missed_ids": ["missed"],
    }  # fmt: skip


def test_every_field_says_how_far_its_doubt_can_be_trusted(report):
    for field in ("overdue_complaint", "issues"):
        assert report[field]["coverage"][0]["precision"] == pytest.approx(2 / 3, abs=1e-4)
    assert report["urgency"]["doubt"]["doubtful"] == {"n": 1, "wrong": 1.0, "interval": [0.2065, 1.0]}
    assert report["overdue_complaint"]["ece"] == pytest.approx(1 / 3, abs=1e-4)


def test_the_calibration_error_of_several_values_is_over_all_of_them(report):
    assert report["causes"]["ece"] == report["demands"]["ece"] == 0.5
    assert 0.4 < report["issues"]["ece"] < 0.5


def test_each_source_has_a_report_of_its_own(posts):
    by_source = evaluate_by_source(*posts)
    assert {source: own["n"] for source, own in by_source.items()} == {"forum": 2, "weibo": 1}
    assert by_source["weibo"]["urgency"]["critical"]["missed"] == 1


def test_labels_are_read_without_their_texts(tmp_path):
    path = written(tmp_path / "labels.jsonl", {name: value for name, value in RECORD.items() if name != "text"})
    assert read_records(path).errors
    (record,) = read_records(path, needs_text=False).records
    assert (record.id, record.text, record.kind) == ("1", "", "complaint")
    assert len(load_labels()) >= 2450
