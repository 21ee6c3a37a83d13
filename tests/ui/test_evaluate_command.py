"""`fengping evaluate`, `calibrate` and `bench nlp`: what they print, and what they refuse."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from nlp.classify.classifier import Classifier
from nlp.settings import SHIPPED_MODEL
from nlp.training.dataset import DATA
from ui.cli import app

FIELDS = ("kind", "sentiment", "urgency", "overdue_complaint", "issues", "causes", "demands")


def run(*arguments: str | Path) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def second_reading(path: Path, records: Sequence[dict[str, object]]) -> Path:
    """A file of labels as a second reader writes it: ids without texts."""
    lines = [json.dumps({name: value for name, value in record.items() if name != "text"}) for record in records]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def first() -> list[dict[str, object]]:
    """The first labels of some posts of the project."""
    lines = (DATA / "posts_forum.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines[:20]]


def test_two_readers_are_compared_by_id(first: list[dict[str, object]], tmp_path: Path) -> None:
    other = "negative" if first[0]["sentiment"] != "negative" else "positive"
    second = [{**first[0], "sentiment": other}, *first[:0:-1], {**first[0], "id": "unknown"}]
    result = run("evaluate", "--agreement", second_reading(tmp_path / "second.jsonl", second), "--json")
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert report["n"] == 20
    assert (report["kind"]["agreed"], report["kind"]["kappa"]) == (1.0, 1.0)
    assert report["sentiment"]["agreed"] == 0.95
    assert report["sentiment"]["interval"][0] <= report["sentiment"]["kappa"] < 1.0
    assert report["sentiment"]["labels"][other]["agreed"] == 0.95
    assert set(report) == {"n", *FIELDS}
    assert "unknown" in result.stderr


def test_the_agreement_is_printed_as_a_table(first: list[dict[str, object]], tmp_path: Path) -> None:
    result = run("evaluate", "--agreement", second_reading(tmp_path / "second.jsonl", first))
    assert result.exit_code == 0
    assert "kappa" in result.stdout
    assert "逾期投诉" in result.stdout


def test_nothing_to_compare_is_a_failure(first: list[dict[str, object]], tmp_path: Path) -> None:
    file = second_reading(tmp_path / "second.jsonl", [{**first[0], "id": "unknown"}])
    assert run("evaluate", "--agreement", file).exit_code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("evaluate",),
        ("evaluate", "a.jsonl", "--held-out"),
        ("evaluate", "a.jsonl", "--agreement", "b.jsonl"),
        ("evaluate", "--held-out", "--agreement", "b.jsonl"),
        ("evaluate", "--agreement", "b.jsonl", "--by", "source"),
        ("evaluate", "--agreement", "b.jsonl", "--keywords"),
        ("evaluate", "--agreement", "none.jsonl"),
        ("evaluate", "none.jsonl"),
        ("evaluate", "a.jsonl", "--by", "author"),
        ("calibrate",),
        ("calibrate", "none.jsonl"),
        ("calibrate", "a.jsonl", "-o", "."),
        ("calibrate", "a.jsonl", "--model", "owner/name"),
        ("bench", "nlp", "--posts", "0"),
    ],
)
def test_wrong_use_is_told_apart_from_failure(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_the_report_by_source_is_one_object_and_one_page(first: list[dict[str, object]], tmp_path: Path) -> None:
    file = tmp_path / "labels.jsonl"
    posts = [{**first[0], "source": "forum"}, {**first[1], "source": "weibo"}]
    file.write_text("\n".join(json.dumps(post, ensure_ascii=False) for post in posts), encoding="utf-8")
    report = json.loads(run("evaluate", file, "--by", "source", "--json").stdout)
    assert {source: own["n"] for source, own in report["by_source"].items()} == {"forum": 1, "weibo": 1}
    assert all("coverage" in report[field] and "ece" in report[field] for field in FIELDS)
    page = run("evaluate", file, "--by", "source", "--keywords").stdout
    assert all(word in page for word in ("把握", "待确认", "紧急的帖子", "按来源", "weibo"))


def test_a_model_is_calibrated_on_posts_of_ones_own(tmp_path: Path) -> None:
    held_out = Classifier(SHIPPED_MODEL).held_out
    lines = [line for file in DATA.glob("posts_*.jsonl") for line in file.read_text(encoding="utf-8").splitlines()]
    own = [line for line in lines if json.loads(line)["id"] in held_out][:200]
    (tmp_path / "own.jsonl").write_text("\n".join(own), encoding="utf-8")
    result = run("calibrate", tmp_path / "own.jsonl", "--model", SHIPPED_MODEL, "-o", tmp_path / "mine", "--json")
    assert result.exit_code == 0, result.output
    done = json.loads(result.stdout)
    assert done["n"] == 200
    assert set(done["ece"]) == set(done["ece_before"]) == set(FIELDS)
    assert Classifier(tmp_path / "mine").version == done["version"]
    (tmp_path / "few.jsonl").write_text("\n".join(own[:50]), encoding="utf-8")
    refused = run("calibrate", tmp_path / "few.jsonl", "--model", SHIPPED_MODEL, "-o", tmp_path / "other")
    assert refused.exit_code == 1
    assert "至少要 200 条" in str(refused.exception)
    assert not (tmp_path / "other").exists()
