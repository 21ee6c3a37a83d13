"""The index can be thrown away at any time."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.errors import IndexLockedError, IndexUnusableError
from indexer.ledger import Ledger, open_ledger
from indexer.query import parse
from indexer.search import INDEX_FOLDER, Fault, check, open_index, rebuild
from indexer.worker import work
from tests.indexer.builders import NOW, RuleAnalyzer, post, record

ALL = parse("", now=NOW)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A set-up with 2,500 posts, found and indexed."""
    with open_ledger(tmp_path) as ledger, open_index(tmp_path) as index:
        ledger.land([post(number, f"第{number}次催收") for number in range(2500)], now=NOW)
        work(ledger, RuleAnalyzer(), index, batch=1000)
    return tmp_path


@pytest.fixture
def ledger(home: Path) -> Iterator[Ledger]:
    with open_ledger(home) as ledger:
        yield ledger


def test_a_lost_index_is_rebuilt_from_the_ledger(home: Path, ledger: Ledger) -> None:
    before = open_index(home).search(ALL, limit=9999)
    shutil.rmtree(home / INDEX_FOLDER)
    seen: list[tuple[int, int]] = []
    assert rebuild(ledger, open_index(home), on_progress=lambda done, total: seen.append((done, total))) == 2500
    assert seen == [(1000, 2500), (2000, 2500), (2500, 2500)]
    index = open_index(home)
    assert index.search(ALL, limit=9999).hits == before.hits
    assert check(ledger, index).agrees


def test_searches_go_on_during_a_rebuild_and_follow_it(home: Path, ledger: Ledger) -> None:
    index = open_index(home)
    assert index.count() == 2500
    counts: list[int] = []
    rebuild(ledger, open_index(home), on_progress=lambda *_: counts.append(index.search(ALL).total))
    assert counts == [2500, 2500, 2500]
    assert index.search(parse("催收", now=NOW)).total == 2500
    assert len(list((home / INDEX_FOLDER).glob("v*"))) == 1


def test_a_rebuild_that_fails_leaves_the_old_index(home: Path, ledger: Ledger) -> None:
    def fail(done: int, _: int) -> None:
        raise InterruptedError(done)

    with pytest.raises(InterruptedError):
        rebuild(ledger, open_index(home), on_progress=fail)
    assert check(ledger, open_index(home)).agrees
    assert rebuild(ledger, open_index(home)) == 2500
    assert len(list((home / INDEX_FOLDER).glob("v*"))) == 1


def test_what_changes_during_a_rebuild_is_indexed_after_it(home: Path, ledger: Ledger) -> None:
    def edit(done: int, _: int) -> None:
        ledger.land([post(done - 1, "改过")], now=NOW)

    rebuild(ledger, open_index(home), on_progress=edit)
    with open_index(home) as index:
        work(ledger, RuleAnalyzer(), index)
        assert index.search(parse("改过", now=NOW)).total == 3
        assert check(ledger, index).agrees


def test_no_rebuild_while_a_worker_writes(home: Path, ledger: Ledger) -> None:
    with open_index(home) as index:
        index.acquire()
        with pytest.raises(IndexLockedError):
            rebuild(ledger, open_index(home))


def test_check_tells_every_difference(home: Path, ledger: Ledger) -> None:
    with open_index(home) as index:
        index.delete([7])
        index.put([record(9999)])
        index.put([record(5, revision=1)])
        index.commit()
        difference = check(ledger, index)
    assert (difference.ledger, difference.index, difference.agrees) == (2500, 2500, False)
    assert difference.faults == {Fault.MISSING: (7,), Fault.UNKNOWN: (9999,), Fault.OUTDATED: (5,)}


@pytest.mark.parametrize("name", ["v0-000001", "v99-000001"])
def test_an_index_of_another_version_is_refused(home: Path, ledger: Ledger, name: str) -> None:
    (home / INDEX_FOLDER / "CURRENT").write_text(name)
    with pytest.raises(IndexUnusableError, match="fengping index rebuild"):
        open_index(home).search(ALL)
    assert rebuild(ledger, open_index(home)) == 2500
    assert check(ledger, open_index(home)).agrees


def test_a_damaged_index_is_told_and_rebuilt(home: Path, ledger: Ledger) -> None:
    generation = next((home / INDEX_FOLDER).glob("v*"))
    (generation / "meta.json").write_text("{")
    with pytest.raises(IndexUnusableError, match="fengping index rebuild"):
        open_index(home).count()
    rebuild(ledger, open_index(home))
    assert open_index(home).count() == 2500
