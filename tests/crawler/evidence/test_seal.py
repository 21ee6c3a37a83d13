"""What is written becomes sealed, also after a crash."""

import json
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.errors import EvidenceError
from crawler.evidence import journal, manifest
from crawler.evidence.seal import seal
from crawler.evidence.verify import GENESIS, read_record
from crawler.evidence.warc import Received, Warc

AT = datetime(2026, 11, 24, 11, 5, 32, tzinfo=UTC)
TOMORROW = AT + timedelta(days=1)


def received(text: str) -> Received:
    headers = [("Content-Type", "text/html; charset=utf-8")]
    return Received(url=f"http://f.example/{text}", status=200, headers=headers, body=text.encode(), at=AT)


def kept(folder: Path, *texts: str, source: str = "茶馆", at: datetime = AT) -> Warc:
    warc = Warc(folder, source, clock=lambda: at)
    for text in texts:
        warc.keep(received(text))
    return warc


def sealed_addresses(folder: Path) -> list[str]:
    manifests = [manifest.read(folder, name) for name in manifest.names(folder)]
    return [entry.uri.removeprefix("http://f.example/") for one in manifests for entry in one.records]


def test_a_manifest_lists_every_record(tmp_path: Path) -> None:
    kept(tmp_path, "a", "b").close()
    (made,) = seal(tmp_path, at=AT)
    assert (made.name, made.number, made.previous, made.day) == ("2026-11-24.json", 1, GENESIS, "2026-11-24")
    for entry in made.records:
        whole = (tmp_path / entry.file).read_bytes()
        assert read_record(whole[entry.offset : entry.end]).payload.decode() == entry.uri.rpartition("/")[2]
    assert manifest.read(tmp_path, made.name) == made
    assert manifest.is_intact(tmp_path, made.name)
    assert not journal.journals(tmp_path)


def test_manifests_are_chained_and_never_written_again(tmp_path: Path) -> None:
    for day, text in ((AT, "a"), (AT, "b"), (TOMORROW, "c")):
        kept(tmp_path, text, at=day).close()
        seal(tmp_path, at=day)
    assert manifest.names(tmp_path) == ["2026-11-24.json", "2026-11-24-2.json", "2026-11-25.json"]
    first, second, third = (manifest.read(tmp_path, name) for name in manifest.names(tmp_path))
    assert (second.previous, third.previous) == (first.sha256, second.sha256)
    assert sealed_addresses(tmp_path) == ["a", "b", "c"]


def test_nothing_new_makes_no_manifest(tmp_path: Path) -> None:
    assert seal(tmp_path / "missing", at=AT) == ()
    kept(tmp_path, "a").close()
    seal(tmp_path, at=AT)
    assert seal(tmp_path, at=TOMORROW) == ()


def test_what_was_kept_before_midnight_is_in_that_days_manifest(tmp_path: Path) -> None:
    kept(tmp_path, "a").close()
    kept(tmp_path, "b", at=TOMORROW).close()
    assert [(made.day, len(made.records)) for made in seal(tmp_path, at=TOMORROW)] == [
        ("2026-11-24", 1),
        ("2026-11-25", 1),
    ]


def test_a_file_that_is_being_written_is_sealed_as_far_as_it_is(tmp_path: Path) -> None:
    warc = kept(tmp_path, "a")
    (first,) = seal(tmp_path, at=AT)
    assert (first.closed, list(first.written.values())) == ({}, [1])
    warc.keep(received("b"))
    seal(tmp_path, at=AT)
    warc.close()
    (last,) = seal(tmp_path, at=AT)
    assert (last.records, list(last.closed.values())) == ((), [next(tmp_path.glob("*.warc.gz")).stat().st_size])
    assert sealed_addresses(tmp_path) == ["a", "b"]


def test_a_full_file_and_a_day_that_is_over_are_sealed_at_once(tmp_path: Path) -> None:
    times = iter([AT, AT, AT, TOMORROW, TOMORROW, TOMORROW])
    warc = Warc(tmp_path, "s", clock=lambda: next(times))
    warc.keep(received("a"))
    warc.keep(received("b"))
    assert not manifest.names(tmp_path)
    next(times)
    warc.keep(received("c"))
    warc.close()
    assert sealed_addresses(tmp_path) == ["a", "b"]
    assert len(list(tmp_path.glob("*.warc.gz"))) == 2


_KILLED = """
import os, signal, sys
from pathlib import Path
from tests.crawler.evidence.test_seal import kept
warc = kept(Path(sys.argv[1]), "a", "b")
warc._file.write(b"half a record")
warc._file.flush()
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_after_kill_9_sealing_completes_what_the_files_hold(tmp_path: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(tmp_path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    (name,) = journal.journals(tmp_path)
    path = journal.journal_path(tmp_path, name)
    first, second = path.read_text(encoding="utf-8").splitlines()
    path.write_text(f"{first}\n{second[:40]}", encoding="utf-8")  # killed while it noted the second record
    (made,) = seal(tmp_path, at=AT)
    assert [(entry.uri[-1], entry.is_found) for entry in made.records] == [("a", False), ("b", True)]
    assert made.records[1].end < made.closed[name]  # the torn end is no record


def test_a_seal_that_was_killed_midway_is_finished_by_the_next(tmp_path: Path) -> None:
    kept(tmp_path, "a").close()
    (name,) = journal.journals(tmp_path)
    held = journal.journal_path(tmp_path, name).read_bytes()
    seal(tmp_path, at=AT)
    journal.journal_path(tmp_path, name).write_bytes(held)
    assert seal(tmp_path, at=AT) == ()
    assert not journal.journals(tmp_path)


def test_evidence_from_before_there_were_manifests_is_taken_in_as_found(tmp_path: Path) -> None:
    kept(tmp_path, "a").close()
    for path in (tmp_path / "journal").iterdir():
        path.unlink()
    (made,) = seal(tmp_path, at=TOMORROW)
    assert [(entry.is_found, entry.day) for entry in made.records] == [(True, "2026-11-25")]


def test_a_file_put_there_later_is_taken_in_only_on_demand(tmp_path: Path) -> None:
    kept(tmp_path, "a").close()
    seal(tmp_path, at=AT)
    whole = next(tmp_path.glob("*.warc.gz")).read_bytes()
    (tmp_path / "other.warc.gz").write_bytes(whole)
    assert seal(tmp_path, at=AT) == ()
    (made,) = seal(tmp_path, at=AT, adopt=True)
    assert [entry.is_found for entry in made.records] == [True]


def test_without_a_readable_last_manifest_nothing_is_chained(tmp_path: Path) -> None:
    kept(tmp_path, "a").close()
    (made,) = seal(tmp_path, at=AT)
    manifest.path_of(tmp_path, made.name).write_text("{", encoding="utf-8")
    with pytest.raises(EvidenceError, match="2026-11-24"):
        seal(tmp_path, at=AT)


def test_manifests_are_json_with_a_record_a_line(tmp_path: Path) -> None:
    kept(tmp_path, "a", "b").close()
    seal(tmp_path, at=AT)
    text = (tmp_path / "manifests" / "2026-11-24.json").read_text(encoding="utf-8")
    assert (
        len([line for line in text.splitlines() if line.startswith('{"file"')]) == len(json.loads(text)["records"]) == 2
    )
