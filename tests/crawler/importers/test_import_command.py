"""`fengping import`: what a user sees of it."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from indexer.ledger import open_ledger
from tests.crawler.importers.importing import as_csv, as_json_lines
from ui.cli import import_

ROW = {"投诉标题": "暴力催收", "投诉详情": "打给我家人 13800138000", "投诉对象": "红创金服", "投诉编号": "17390396995"}
VENDOR = {"内容": "红创金服的催收还在打给我家人", "发布时间": "2024-11-24 12:00", "来源平台": "微博"}


def fengping(*arguments: str | Path, answer: str | None = None) -> Result:
    app = typer.Typer()
    import_.register(app)
    app.callback()(lambda: None)
    return CliRunner().invoke(app, ["import", *map(str, arguments)], input=answer)


def told(home: Path, *arguments: str | Path) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(fengping(*arguments, "--home", home, "--json").stdout)
    return result


def counts(told: dict[str, Any]) -> tuple[int, ...]:
    return tuple(told[name] for name in ("files", "read", "new", "changed", "unchanged", "bad"))


def test_again_is_unchanged_and_an_edit_is_a_version(tmp_path: Path) -> None:
    path, home = as_csv(tmp_path / "投诉.csv", [ROW]), tmp_path / "home"
    assert counts(told(home, path)) == (1, 1, 1, 0, 0, 0)
    assert counts(told(home, path)) == (1, 1, 0, 0, 1, 0)
    as_csv(path, [ROW | {"投诉详情": "打给我家人，还有同事"}])
    assert counts(told(home, path)) == (1, 1, 0, 1, 0, 0)
    assert len((home / "imports" / "kept.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_a_picture_that_cannot_be_read_keeps_no_other_file_out(tmp_path: Path) -> None:
    torn, text = tmp_path / "a.png", tmp_path / "b.txt"
    torn.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    text.write_text("红创金服逾期现象\n正文在这里。\n", encoding="utf-8")
    shown = told(tmp_path / "home", torn, text)
    assert counts(shown) == (2, 1, 1, 0, 0, 1)
    assert shown["reports"][0]["file"].endswith("a.png")
    assert shown["reports"][0]["issues"][0]["detail"]


def test_a_folder_with_all_sorts_of_files(tmp_path: Path) -> None:
    folder = tmp_path / "导出"
    (folder / "heimao").mkdir(parents=True)
    as_csv(folder / "heimao" / "a.csv", [ROW])
    (folder / "文章.txt").write_text("红创金服逾期现象\n正文在这里。\n", encoding="utf-8")
    (folder / "x.bin").write_bytes(b"\x7fELF" + bytes(range(256)))
    (folder / ".hidden.csv").write_text("x", encoding="utf-8")
    shown = told(tmp_path / "home", folder)
    assert counts(shown) == (3, 2, 2, 0, 0, 1)
    by_name = {Path(report["file"]).name: report for report in shown["reports"]}
    assert by_name["a.csv"]["sources"] == ["heimao"]
    assert by_name["文章.txt"]["sources"] == ["import"]
    assert "认不出" in by_name["x.bin"]["issues"][0]["detail"]


def test_bad_rows_are_named_and_do_not_fail(tmp_path: Path) -> None:
    path = as_json_lines(tmp_path / "a.jsonl", [ROW, ROW | {"投诉编号": "1.7E+10"}, {"投诉标题": "", "投诉详情": ""}])
    result = fengping(path, "--home", tmp_path / "home")
    assert result.exit_code == 0
    assert "新 1" in result.stdout
    assert "坏行 2" in result.stdout
    assert "第 2 行：投诉编号：编号写成了科学计数法" in result.stdout
    assert open_ledger(tmp_path / "home").issues()[0].field == "投诉编号"


def test_nothing_read_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "空.csv"
    path.write_text("", encoding="utf-8")
    result = fengping(path, "--home", tmp_path / "home")
    assert result.exit_code == 1
    assert "空文件" in result.stdout


def test_a_trial_lands_nothing(tmp_path: Path) -> None:
    result = fengping(as_csv(tmp_path / "a.csv", [VENDOR]), "--dry-run", "--home", tmp_path / "home")
    assert result.exit_code == 0
    assert "没有入库" in result.stdout
    assert "红创金服的催收还在打给我家人" in result.stdout
    assert not (tmp_path / "home" / "evidence").exists()
    assert not (tmp_path / "home" / "mappings").exists()


def test_unknown_columns_are_guessed_shown_and_remembered(tmp_path: Path) -> None:
    path, home = as_csv(tmp_path / "一月.csv", [VENDOR]), tmp_path / "home"
    unasked = fengping(path, "--home", home)
    assert unasked.exit_code == 1
    assert "--yes" in unasked.stderr
    confirmed = fengping(path, "--home", home, "--yes")
    assert confirmed.exit_code == 0
    assert "内容" in confirmed.stderr
    assert len(list((home / "mappings").glob("*.toml"))) == 1
    later = as_csv(tmp_path / "二月.csv", [VENDOR | {"内容": "又打来了，一天二十多个"}])
    assert counts(told(home, later)) == (1, 1, 1, 0, 0, 0)


def test_a_mapping_and_a_source_by_hand(tmp_path: Path) -> None:
    mapping = tmp_path / "列.toml"
    mapping.write_text('kind = "review"\n[columns]\ntext = "b"\n', encoding="utf-8")
    path = as_csv(tmp_path / "a.csv", [{"a": "x", "b": "红创金服的催收"}])
    shown = told(tmp_path / "home", path, "--mapping", mapping, "--source", "应用评论")
    assert shown["reports"][0]["sources"] == ["应用评论"]


def test_a_registered_spider_and_an_import_share_their_source(tmp_path: Path) -> None:
    config = tmp_path / "fengping.toml"
    config.write_text(
        '[sources."黑猫"]\nspider = "heimao"\nurls = ["https://tousu.sina.com.cn/"]\npurpose = "了解投诉"\n',
        encoding="utf-8",
    )
    shown = told(tmp_path / "home", as_csv(tmp_path / "a.csv", [ROW]), "--config", config)
    assert shown["reports"][0]["sources"] == ["黑猫"]


def test_personal_data_is_masked_before_it_is_stored(tmp_path: Path) -> None:
    told(tmp_path / "home", as_csv(tmp_path / "a.csv", [ROW]))
    assert "13800138000" not in open_ledger(tmp_path / "home").record(1).post.text


def test_a_killed_import_is_done_again_and_nothing_is_twice(tmp_path: Path) -> None:
    rows = [ROW | {"投诉编号": str(17390000000 + number), "投诉标题": f"第 {number} 件"} for number in range(4000)]
    path, home = as_csv(tmp_path / "投诉.csv", rows), tmp_path / "home"
    ledger = open_ledger(home)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.crawler.importers.import_process", path, home], stderr=subprocess.DEVNULL
    ) as process:
        while process.poll() is None and not ledger.counts().posts:
            time.sleep(0.05)
        process.kill()
    landed = ledger.counts().posts
    assert landed > 0
    again = told(home, path)
    assert (again["read"], again["unchanged"]) == (4000, landed)
    assert ledger.counts().posts == 4000
    ledger.close()


def test_a_format_that_a_file_is_not_of(tmp_path: Path) -> None:
    path = tmp_path / "文章.txt"
    path.write_text("红创金服逾期现象\n正文在这里。\n", encoding="utf-8")
    result = fengping(path, "--format", "heimao", "--home", tmp_path / "home")
    assert result.exit_code == 1
    assert "不是表格" in result.stdout


WRONG = {
    "a missing file": (("没有.csv",), "不存在"),
    "an unknown format": (("{path}", "--format", "xyz"), "没有 xyz 这种格式"),
    "a mapping that is not there": (("{path}", "--mapping", "没有.toml"), "打不开"),
    "no time": (("{path}", "--at", "yesterday"), "--at"),
    "one address for two files": (("{path}", "{path}2", "--url", "https://x.example/"), "--url"),
}


@pytest.mark.parametrize("fault", WRONG)
def test_wrong_use_exits_with_2(fault: str, tmp_path: Path) -> None:
    arguments, said = WRONG[fault]
    path = as_csv(tmp_path / "a.csv", [ROW])
    as_csv(tmp_path / "a.csv2", [ROW])
    result = fengping(*(argument.format(path=path) for argument in arguments), "--home", tmp_path / "home")
    assert result.exit_code == 2
    assert said in result.stderr
