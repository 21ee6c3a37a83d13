"""Each kind of tampering is named, with the record that it hit."""

from dataclasses import replace
from pathlib import Path

import pytest

from crawler.evidence import manifest
from crawler.evidence.checking import Checked, Fault, check_evidence
from crawler.evidence.seal import seal
from tests.crawler.evidence.test_seal import AT, TOMORROW, kept, received


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two days of evidence: a file with three records, and one with one."""
    kept(tmp_path, "a", "b", "c").close()
    seal(tmp_path, at=AT)
    kept(tmp_path, "d", at=TOMORROW).close()
    seal(tmp_path, at=TOMORROW)
    return tmp_path


def first(folder: Path) -> tuple[Path, list[tuple[int, int]]]:
    """The first WARC file and where its records begin and end."""
    entries = manifest.read(folder, "2026-11-24.json").records
    return folder / entries[0].file, [(entry.offset, entry.end) for entry in entries]


def told(checked: Checked) -> list[tuple[Fault, int | None, str]]:
    return [(problem.fault, problem.record, problem.url.rpartition("/")[2]) for problem in checked.problems]


def test_what_is_whole_passes(folder: Path) -> None:
    checked = check_evidence(folder)
    assert (checked.problems, checked.manifests, checked.files, checked.records) == ((), 2, 2, 4)
    assert checked.head == manifest.latest(folder)


def test_a_home_without_evidence_passes(tmp_path: Path) -> None:
    assert check_evidence(tmp_path / "evidence").problems == ()


@pytest.mark.parametrize("record", [0, 1, 2])
@pytest.mark.parametrize("place", [0, 30, -5])
def test_a_flipped_byte_names_the_record(folder: Path, record: int, place: int) -> None:
    path, places = first(folder)
    begin, end = places[record]
    whole = bytearray(path.read_bytes())
    whole[(end if place < 0 else begin) + place] ^= 1
    path.write_bytes(whole)
    checked = check_evidence(folder)
    assert told(checked) == [(Fault.CHANGED, record + 1, "abc"[record])]
    assert (checked.problems[0].file, checked.problems[0].offset) == (path.name, begin)


@pytest.mark.parametrize("record", [0, 1])
def test_a_record_taken_out_is_missed_and_the_others_are_not(folder: Path, record: int) -> None:
    path, places = first(folder)
    whole, (begin, end) = path.read_bytes(), places[record]
    path.write_bytes(whole[:begin] + whole[end:])
    faults = told(check_evidence(folder))
    assert faults == [(Fault.MISSING, record + 1, "ab"[record]), (Fault.CHANGED, None, "")]


def test_a_cut_off_end_is_missed(folder: Path) -> None:
    path, places = first(folder)
    path.write_bytes(path.read_bytes()[: places[2][0]])
    assert (Fault.MISSING, 3, "c") in told(check_evidence(folder))


def test_a_record_put_in_is_named(folder: Path) -> None:
    path, places = first(folder)
    other = next(one for one in folder.glob("*.warc.gz") if one != path).read_bytes()
    path.write_bytes(path.read_bytes() + other)
    extra = [problem for problem in check_evidence(folder).problems if problem.fault is Fault.EXTRA]
    assert [(problem.file, problem.offset) for problem in extra] == [(path.name, places[2][1])]


def test_a_missing_file_and_a_strange_one(folder: Path) -> None:
    path, _ = first(folder)
    path.rename(folder / "strange.warc.gz")
    assert told(check_evidence(folder)) == [(Fault.MISSING, None, "a"), (Fault.EXTRA, None, "")]


def test_a_changed_manifest_is_named(folder: Path) -> None:
    path = folder / "manifests" / "2026-11-24.json"
    path.write_text(path.read_text(encoding="utf-8").replace("f.example/b", "f.example/x"), encoding="utf-8")
    assert told(check_evidence(folder)) == [(Fault.MANIFEST_CHANGED, None, "")]


def test_a_forged_manifest_breaks_the_chain(folder: Path) -> None:
    manifest.write(folder, replace(manifest.read(folder, "2026-11-24.json"), sealed="2026-11-23T00:00:00Z"))
    (problem,) = check_evidence(folder).problems
    assert (problem.fault, problem.file) == (Fault.BROKEN_CHAIN, "manifests/2026-11-25.json")


def test_a_manifest_taken_out_breaks_the_chain(folder: Path) -> None:
    (folder / "manifests" / "2026-11-24.json").unlink()
    faults = {problem.fault for problem in check_evidence(folder).problems}
    assert faults == {Fault.BROKEN_CHAIN, Fault.EXTRA}


def test_while_a_crawl_runs_and_after_it_was_killed_nothing_is_wrong(tmp_path: Path) -> None:
    warc = kept(tmp_path, "a", "b")
    seal(tmp_path, at=AT)
    warc.keep(received("c"))
    checked = check_evidence(tmp_path)
    assert (checked.problems, checked.records, checked.unsealed) == ((), 3, 1)
    warc.close()
