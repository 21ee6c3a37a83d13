"""Back-up and restore, run as an operator runs them: on a real set-up, while it works, with files that were changed."""

import json
import shutil
import sqlite3
import stat
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import make_url
from typer.testing import CliRunner

from crawler.evidence.warc import Received, Warc
from crawler.pseudonym import load_key
from indexer.ledger import open_ledger
from tests.indexer.builders import post
from tests.servers import postgresql
from ui import evidence
from ui.backup import Order, back_up
from ui.backup.databases import dump_postgresql
from ui.cli import app
from ui.errors import BackupDamagedError, BackupError, UiError
from ui.setup import SetUp

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
TARGETS = ["backup.zip", "backup"]


def run(*words: object, status: int = 0) -> dict[str, Any]:
    """A command's JSON; where it fails, its error is raised as the command line would show it."""
    result = CliRunner().invoke(app, [*map(str, words), "--json"])
    if isinstance(result.exception, UiError):
        raise result.exception
    assert result.exit_code == status, result.output
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def received(number: int) -> Received:
    return Received(url=f"https://forum.example/{number}", status=200, headers=(), body=b"<p>%d</p>" % number, at=NOW)


@pytest.fixture
def home(setup: SetUp, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A set-up with evidence (one file sealed, one being written), crawl state, a mapping and a key."""
    monkeypatch.delenv("FENGPING_CONFIG")
    warc = Warc(setup.home / "evidence", "forum")
    for number in range(3):
        warc.keep(received(number))
    warc.close()
    evidence.seal_all(setup, clock=lambda: NOW)
    writing = Warc(setup.home / "evidence", "other")
    writing.keep(received(9))
    (setup.home / "crawl").mkdir()
    with closing(sqlite3.connect(setup.home / "crawl" / "visits.sqlite")) as visits, visits:
        visits.execute("CREATE TABLE visit (thread TEXT)")
        visits.execute("INSERT INTO visit VALUES ('17')")
    (setup.home / "crawl" / "crawl.log").write_text("日志", encoding="utf-8")
    (setup.home / "mappings").mkdir()
    (setup.home / "mappings" / "posts.toml").write_text("text = '正文'", encoding="utf-8")
    load_key(setup.home)
    yield setup.home
    writing.close()


def found(home: Path) -> list[int]:
    return [hit["id"] for hit in run("search", "催收 OR 罚息", "--home", home)["hits"]]


@pytest.mark.parametrize("name", TARGETS)
def test_a_restored_home_answers_the_same(home: Path, tmp_path: Path, name: str) -> None:
    target, new = tmp_path / name, tmp_path / "new"
    made = run("backup", target, "--home", home)
    restored = run("restore", target, "--home", new)
    assert (made["ledger"], made["with_key"]) == ("sqlite", False)
    assert (restored["files"], restored["bytes"]) == (made["files"], made["bytes"])
    assert not (new / "index").exists()
    assert run("index", "rebuild", "--home", new)["records"] == 7
    assert found(new) == found(home) != []
    assert run("index", "check", "--home", new)["agrees"]
    assert run("audit", "verify", "--home", new)["intact"]
    assert run("evidence", "verify", "--home", new)["problems"] == []
    with closing(sqlite3.connect(new / "crawl" / "visits.sqlite")) as visits:
        assert visits.execute("SELECT thread FROM visit").fetchall() == [("17",)]
    assert (new / "mappings" / "posts.toml").read_text(encoding="utf-8") == "text = '正文'"
    assert (new / "fengping.toml").read_bytes() == (home / "fengping.toml").read_bytes()
    assert not (new / "crawl" / "crawl.log").exists()
    assert {path.name for path in tmp_path.iterdir()} == {"home", "new", name}


def test_both_are_noted_in_the_audit_log(home: Path, tmp_path: Path) -> None:
    made = run("backup", tmp_path / "one.zip", "--home", home)
    run("restore", tmp_path / "one.zip", "--home", tmp_path / "new")
    (noted,) = run("audit", "list", "--limit", "1", "--home", home)["entries"]
    assert (noted["action"], noted["detail"]["sha256"]) == ("backup", made["sha256"])
    (noted,) = run("audit", "list", "--limit", "1", "--home", tmp_path / "new")["entries"]
    assert noted["action"] == "restore"


@contextmanager
def landing(home: Path) -> Iterator[None]:
    """A crawl that keeps and seals evidence and lands posts all the time, twenty and an entry in the audit log each."""
    stopped, begun = Event(), Event()

    def land() -> None:
        number = 1000
        with open_ledger(home) as ledger, closing(Warc(home / "evidence", "busy", rotate_bytes=2000)) as warc:
            while not stopped.is_set():
                warc.keep(received(number))
                ledger.land([post(number + step) for step in range(20)], now=NOW)
                ledger.note_audit(at=NOW, actor="测试", action="land", subject=f"post:{number}")
                begun.set()
                number += 20

    thread = Thread(target=land)
    thread.start()
    begun.wait(30)
    try:
        yield
    finally:
        stopped.set()
        thread.join()


def test_a_back_up_while_posts_land_is_of_one_moment(home: Path, tmp_path: Path) -> None:
    with landing(home):
        for number in range(3):
            run("backup", tmp_path / str(number), "--home", home)
    for number in range(3):
        with closing(sqlite3.connect(tmp_path / str(number) / "ledger.sqlite")) as copy:
            assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        run("restore", tmp_path / str(number), "--home", tmp_path / f"new{number}")
        assert run("audit", "verify", "--home", tmp_path / f"new{number}")["intact"]
        assert run("evidence", "verify", "--home", tmp_path / f"new{number}")["problems"] == []
        with open_ledger(tmp_path / f"new{number}") as ledger:
            assert (ledger.counts().posts - 7) % 20 == 0
            assert ledger.counts().posts > 7


@pytest.mark.parametrize("name", TARGETS)
def test_the_key_goes_along_only_when_asked_for_and_only_its_owner_reads_it(
    home: Path, tmp_path: Path, name: str
) -> None:
    target = tmp_path / name
    assert run("backup", target, "--with-key", "--home", home)["with_key"]
    assert stat.S_IMODE(target.stat().st_mode) & 0o077 == 0
    assert run("restore", target, "--home", tmp_path / "new")["has_key"]
    assert stat.S_IMODE((tmp_path / "new" / "secret.key").stat().st_mode) == 0o600
    assert load_key(tmp_path / "new") == load_key(home)
    run("backup", tmp_path / "without", "--home", home)
    assert not (tmp_path / "without" / "secret.key").exists()
    assert not run("restore", tmp_path / "without", "--home", tmp_path / "other")["has_key"]


def test_the_configuration_is_kept_without_its_secrets(home: Path, tmp_path: Path) -> None:
    written = f"{(home / 'fengping.toml').read_text(encoding='utf-8')}\n[indexer]\n"
    url = f"sqlite:///{home}/ledger.sqlite"
    (home / "fengping.toml").write_text(f'{written}ledger_url = "{url}"\nsearch_name = "own"\n', encoding="utf-8")
    run("backup", tmp_path / "one", "--home", home)
    kept = (tmp_path / "one" / "fengping.toml").read_text(encoding="utf-8")
    assert url not in kept
    assert "FENGPING_INDEXER__LEDGER_URL" in kept
    assert 'search_name = "own"' in kept
    inline = f'indexer = {{ ledger_url = "{url}" }}\n{written.removesuffix("[indexer]" + chr(10))}'
    (home / "fengping.toml").write_text(inline, encoding="utf-8")
    with pytest.raises(BackupError, match=r"indexer\.ledger_url 是机密"):
        run("backup", tmp_path / "two", "--home", home)
    assert not (tmp_path / "two").exists()


def test_a_tampered_file_is_named_and_nothing_is_restored(home: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "one", "--home", home)
    (warc,) = (tmp_path / "one" / "evidence").glob("forum-*.warc.gz")
    changed = warc.read_bytes()
    warc.write_bytes(changed[:-1] + bytes([changed[-1] ^ 1]))
    with pytest.raises(BackupDamagedError, match=warc.name):
        run("restore", tmp_path / "one", "--home", tmp_path / "new")
    warc.write_bytes(changed + b"x")
    with pytest.raises(BackupDamagedError, match=warc.name):
        run("restore", tmp_path / "one", "--home", tmp_path / "new")
    warc.unlink()
    with pytest.raises(BackupDamagedError, match=f"{warc.name} 不在备份里"):
        run("restore", tmp_path / "one", "--home", tmp_path / "new")
    warc.write_bytes(changed)
    (tmp_path / "one" / "evidence" / "slipped-in.warc.gz").write_bytes(b"")
    with pytest.raises(BackupDamagedError, match=r"slipped-in\.warc\.gz 不在清单里"):
        run("restore", tmp_path / "one", "--home", tmp_path / "new")
    assert {path.name for path in tmp_path.iterdir()} == {"home", "one"}


def test_a_tampered_zip_file_is_refused_naming_the_file(home: Path, tmp_path: Path) -> None:
    whole = tmp_path / "one.zip"
    run("backup", whole, "--home", home)
    with ZipFile(whole) as archive:
        place = archive.getinfo("ledger.sqlite").header_offset + 500
    changed = bytearray(whole.read_bytes())
    changed[place] ^= 255
    whole.write_bytes(changed)
    with pytest.raises(BackupDamagedError, match=r"ledger\.sqlite"):
        run("restore", whole, "--home", tmp_path / "new")
    whole.write_bytes(changed[: len(changed) // 2])
    with pytest.raises(BackupError, match="不是完整的 ZIP"):
        run("restore", whole, "--home", tmp_path / "new")


def test_no_file_is_written_outside_of_the_home(home: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "one", "--home", home)
    listing = tmp_path / "one" / "backup.json"
    fields = json.loads(listing.read_text(encoding="utf-8"))
    for name in ("../outside", "/outside", "a/../../outside"):
        fields["files"][0]["name"] = name
        listing.write_text(json.dumps(fields), encoding="utf-8")
        with pytest.raises(BackupError, match="数据目录之外"):
            run("restore", tmp_path / "one", "--home", tmp_path / "new")


def test_a_home_that_is_not_empty_is_kept_and_moved_aside_by_force(home: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "one", "--home", home)
    key = load_key(home)
    with pytest.raises(BackupError, match="不是空的"):
        run("restore", tmp_path / "one", "--home", home)
    (home / "mappings" / "posts.toml").unlink()
    restored = run("restore", tmp_path / "one", "--home", home, "--force")
    assert (home / "mappings" / "posts.toml").exists()
    assert (Path(restored["aside"]) / "ledger.sqlite").exists()
    assert load_key(home) == key


def test_nothing_is_overwritten_by_a_back_up(home: Path, tmp_path: Path) -> None:
    (tmp_path / "one.zip").write_bytes(b"mine")
    with pytest.raises(BackupError, match="已经存在"):
        run("backup", tmp_path / "one.zip", "--home", home)
    assert (tmp_path / "one.zip").read_bytes() == b"mine"
    with pytest.raises(BackupError, match="没有数据目录"):
        run("backup", tmp_path / "two.zip", "--home", tmp_path / "nowhere")
    assert CliRunner().invoke(app, ["backup", str(home / "in.zip"), "--home", str(home)]).exit_code == 2
    assert not (tmp_path / "nowhere").exists()


def test_a_ledger_in_postgresql_is_dumped(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if postgresql.programs() is None or shutil.which("pg_restore") is None:
        pytest.skip(postgresql.MISSING)
    with postgresql.server() as url:
        monkeypatch.setenv("FENGPING_INDEXER__LEDGER_URL", f"{url}/postgres")
        setup, order = SetUp.open(home), Order(target=tmp_path / "one", actor="测试", now=NOW)
        with setup.ledger as ledger:
            ledger.land([post(1)], now=NOW)
            assert back_up(setup, order).listing.ledger == "postgresql"
        assert not (tmp_path / "one" / "ledger.sqlite").exists()
        dump = run("restore", tmp_path / "one", "--home", tmp_path / "new")["dump"]
        subprocess.run(["createdb", f"--maintenance-db={url}/postgres", "again"], check=True)
        subprocess.run(["pg_restore", "--no-owner", f"--dbname={url}/again", dump], check=True)
        with open_ledger(f"{url}/again") as ledger:
            assert ledger.counts().posts == 1


@pytest.mark.parametrize(
    "url", ["postgresql://me:geheim@db.example/own", "postgresql://me@db.example/own?password=geheim"]
)
def test_without_pg_dump_it_is_told_what_to_run(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("FENGPING_INDEXER__LEDGER_URL", url)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupError, match="pg_dump --format=custom") as told:
        run("backup", tmp_path / "two", "--home", home)
    assert "'postgresql://me@db.example/own'" in str(told.value)
    assert not (tmp_path / "two").exists()


def test_the_password_reaches_pg_dump_but_not_its_arguments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "pg_dump"
    program.write_text(f'#!/bin/sh\necho "$PGPASSWORD $@" > {tmp_path}/told\n', encoding="utf-8")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    dump_postgresql(make_url("postgresql+psycopg://me:geheim@db.example/own?sslmode=require"), tmp_path / "dump")
    password, _, arguments = (tmp_path / "told").read_text(encoding="utf-8").partition(" ")
    assert password == "geheim"
    assert "--dbname=postgresql://me@db.example/own?sslmode=require" in arguments
    assert "geheim" not in arguments
