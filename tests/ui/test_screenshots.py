"""Screenshots that somebody hands over become posts, and what was misread is corrected with an audit entry."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crawler.errors import OcrError
from ui.cli import app
from ui.screenshots import correct_text, read_pictures
from ui.setup import SetUp

pytest.importorskip("rapidocr", reason="没有安装 RapidOCR：pip install 'fengping[ocr]'")

from crawler.benchmark.screenshots import screenshots

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_a_screenshot_is_read_kept_corrected_and_found(tmp_path: Path) -> None:
    (shot,) = screenshots(1, seed=5)
    setup = SetUp.open(tmp_path)
    (picture,) = read_pictures(setup, [shot.png], who="张三", clock=lambda: NOW)
    assert picture.path.read_bytes() == shot.png
    record = setup.ledger.record(picture.record_id)
    assert record.analysis is not None
    assert correct_text(setup, record, "红创金服催收骚扰，电话 13800138000", who="李四", now=NOW)
    corrected = setup.ledger.record(record.id)
    assert (corrected.version, "13800138000" in corrected.post.text) == (2, False)
    assert [(entry.actor, entry.action) for entry in setup.ledger.audit_log()] == [
        ("李四", "correct_text"),
        ("张三", "hand_over"),
    ]
    (again,) = read_pictures(setup, [shot.png], who="张三", clock=lambda: NOW)
    assert setup.ledger.record(again.record_id).version == 2
    assert not correct_text(setup, corrected, corrected.post.text, who="李四", now=NOW)
    setup.ledger.close()


def test_the_command_imports_screenshots_of_one_thread(tmp_path: Path) -> None:
    files = []
    for number, shot in enumerate(screenshots(2, seed=6)):
        files.append(tmp_path / f"{number}.png")
        files[-1].write_bytes(shot.png)
    home = tmp_path / "home"
    result = CliRunner().invoke(app, ["import", *map(str, files), "--thread", "--home", str(home), "--json"])
    assert result.exit_code == 0, result.output
    setup = SetUp.open(home)
    first, second = setup.ledger.records([1, 2])
    assert (second.post.thread_id, second.post.parent_id) == (first.post.native_id, first.post.native_id)
    assert len(list((home / "evidence" / "images").iterdir())) == 2
    setup.ledger.close()


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OcrError, match="PNG"):
        read_pictures(SetUp.open(tmp_path), [b"GIF89a"], who="张三")
