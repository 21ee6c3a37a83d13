"""Exports from the command line and from the app, run as a user runs them."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from indexer.export import Format
from tests.ui.test_cli import fengping
from tests.ui.test_pages import PAGES, fresh_caches, run  # noqa: F401 (a fixture)
from ui.exporting import packed
from ui.setup import SetUp


def test_an_export_is_repeated_by_its_moment(setup: SetUp, tmp_path: Path) -> None:
    home = ["--home", str(setup.home), "--json"]
    done = fengping("export", "催收 OR 罚息", "-o", "one.xlsx", *home, folder=tmp_path)
    first = json.loads(done.stdout)
    assert (done.returncode, first["rows"], first["not_analysed"]) == (0, 4, 0)
    assert json.loads((tmp_path / "one.xlsx.meta.json").read_text(encoding="utf-8"))["sha256"] == first["sha256"]
    again = ["-o", "two.xlsx", "--as-of", first["as_of"]]
    assert (
        json.loads(fengping("export", "催收 OR 罚息", *again, *home, folder=tmp_path).stdout)["sha256"]
        == first["sha256"]
    )


def test_wrong_use_is_told_before_anything_is_written(tmp_path: Path) -> None:
    tomorrow = (datetime.now().astimezone() + timedelta(days=1)).isoformat()
    wrong = {
        ("", "-o", "posts.pdf"): ".parquet",
        ("", "-o", "posts.csv", "--as-of", "去年"): "不是时间",
        ("", "-o", "posts.csv", "--as-of", tomorrow): "还没有到",
        ("(催收", "-o", "posts.csv"): "第 1 字",
    }
    for arguments, told in wrong.items():
        done = fengping("export", *arguments, "--home", "home", folder=tmp_path)
        assert (done.returncode, told in done.stderr.replace("\n", "")) == (2, True), done.stderr
    assert not list(tmp_path.glob("posts*"))


def test_the_app_packs_the_table_with_its_side_file(setup: SetUp) -> None:
    now = datetime.now(UTC)
    with ZipFile(BytesIO(packed(setup, "催收", Format.CSV, who="李审", now=now))) as archive:
        assert archive.namelist() == ["fengping.csv", "fengping.csv.meta.json"]
        side = json.loads(archive.read("fengping.csv.meta.json"))
        assert side["sha256"] == hashlib.sha256(archive.read("fengping.csv")).hexdigest()
    assert setup.ledger.audit_log(limit=1)[0].actor == "李审"


def test_the_search_page_offers_what_it_found(setup: SetUp) -> None:
    page = next(page for page in PAGES if page.stem == "search")
    app = run(page, q="催收")
    assert [button.disabled for button in app.get("download_button")] == [True]
    app.text_input(key="reviewer").set_value("李审").run()
    (button,) = app.get("download_button")
    assert (button.proto.label, button.disabled, app.exception) == ("下载 3 条", False, [])
