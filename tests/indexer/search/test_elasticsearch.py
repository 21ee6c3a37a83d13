"""What Elasticsearch adds to the contract: months, versions, many writers, a node that is pressed or away."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest

from indexer.errors import (
    IndexUnavailableError,
    IndexUnusableError,
    RecordRefusedError,
    SearchIndexError,
)
from indexer.query import parse, tree
from indexer.record import Record
from indexer.search import SearchIndex, Sort
from indexer.work import Patience
from indexer.worker import index_changes, work
from tests.indexer.builders import NOW, RuleAnalyzer, post, record
from tests.servers import elasticsearch

pytest.importorskip("elasticsearch", reason="缺少 elasticsearch：pip install 'fengping[cluster]'")

from indexer.ledger import Ledger, open_ledger
from indexer.search import check
from indexer.search.elasticsearch import ElasticsearchIndex
from tests.servers.elasticsearch_index import clear, indices, open_elasticsearch

ALL = tree.Everything()
Open = Callable[[], ElasticsearchIndex]


@pytest.fixture
def opened(elasticsearch_url: str, search_name: str) -> Iterator[Open]:
    """Opens the test's index, as another process would."""
    found: list[ElasticsearchIndex] = []

    def open_one() -> ElasticsearchIndex:
        found.append(open_elasticsearch(elasticsearch_url, search_name))
        return found[-1]

    yield open_one
    for index in found:
        index.close()
    clear(elasticsearch_url, search_name)


@pytest.fixture
def index(opened: Open) -> ElasticsearchIndex:
    return opened()


def of_month(number: int, month: int, *, revision: int = 1, day: int = 3) -> Record:
    """A record of a month of 2024."""
    made = record(number, "逾期", revision=revision)
    return replace(made, post=replace(made.post, published=datetime(2024, month, day, tzinfo=UTC)))


# --- months and generations ---


def test_each_month_of_the_records_times_is_an_index(
    index: ElasticsearchIndex, elasticsearch_url: str, search_name: str
) -> None:
    index.put([of_month(1, 3), of_month(2, 3), of_month(3, 4)])
    index.commit()
    assert indices(elasticsearch_url, search_name) == {
        f"{search_name}-v2-000001-202403": {search_name, f"{search_name}-write-202403"},
        f"{search_name}-v2-000001-202404": {search_name, f"{search_name}-write-202404"},
    }
    state = index.state()
    assert (state.records, state.parts, state.unfinished) == (3, {"202403": 2, "202404": 1}, None)


def test_months_are_those_of_shanghai_and_a_time_to_come_makes_none(index: ElasticsearchIndex) -> None:
    new_year = replace(record(1), post=replace(post(1), published=datetime(2023, 12, 31, 17, tzinfo=UTC)))
    to_come = replace(record(2), post=replace(post(2), published=datetime(9999, 1, 1, tzinfo=UTC)))
    long_ago = replace(record(3), post=replace(post(3), published=datetime(1, 1, 1, tzinfo=UTC)))
    index.put([new_year, to_come, long_ago])
    index.commit()
    assert index.state().parts == {"200001": 1, "202401": 1, "202405": 1}
    assert index.search(ALL).record_ids == [2, 1, 3]
    assert index.search(parse("after:2023-12-31 before:2030-01-01", now=NOW)).record_ids == [1]


def test_a_record_whose_month_changes_is_held_once(index: ElasticsearchIndex) -> None:
    index.put([of_month(1, 3)])
    index.commit()
    index.put([of_month(1, 4, revision=2)])
    assert index.held(after_id=0, limit=9) == [(1, 1)]
    index.commit()
    assert index.held(after_id=0, limit=9) == [(1, 2)]
    index.put([of_month(1, 5, revision=3)])
    index.put([of_month(1, 3, revision=4)])
    index.commit()
    assert index.held(after_id=0, limit=9) == [(1, 4)]
    assert index.state().parts == {"202403": 1, "202404": 0, "202405": 0}


def test_two_writers_of_two_months_agree_on_the_later_revision(opened: Open) -> None:
    slow, quick = opened(), opened()
    slow.put([of_month(1, 3, revision=1)])  # neither sees what the other has not committed
    quick.put([of_month(1, 4, revision=2)])
    quick.commit()
    slow.commit()
    assert quick.held(after_id=0, limit=9) == [(1, 2)]
    assert quick.search(ALL).total == 1


def test_an_old_write_never_wins(opened: Open) -> None:
    slow, quick = opened(), opened()
    quick.put([of_month(1, 3, revision=5), of_month(2, 3, revision=5)])
    quick.commit()
    slow.put([of_month(1, 3, revision=4), of_month(2, 4, revision=4)])
    slow.commit()
    assert quick.held(after_id=0, limit=9) == [(1, 5), (2, 5)]


def test_what_was_deleted_can_be_held_again_in_the_same_revision(index: ElasticsearchIndex) -> None:
    index.put([of_month(1, 3, revision=7), of_month(2, 4)])
    index.delete([1])
    index.commit()
    index.delete([2, 99])
    index.put([of_month(1, 3, revision=7)])
    index.commit()
    assert index.held(after_id=0, limit=9) == [(1, 7)]


def test_set_ups_on_one_cluster_do_not_see_each_other(
    index: ElasticsearchIndex, elasticsearch_url: str, search_name: str
) -> None:
    other = open_elasticsearch(elasticsearch_url, f"{search_name}_v")
    other.put([record(1), record(2)])
    other.commit()
    assert (index.count(), other.count()) == (0, 2)
    other.close()
    clear(elasticsearch_url, f"{search_name}_v")


def test_an_index_of_another_version_is_refused(
    index: ElasticsearchIndex, elasticsearch_url: str, search_name: str
) -> None:
    with index._connection.asking() as client:
        client.indices.create(index=f"{search_name}-v1-000001-202403", aliases={search_name: {}})
    for ask in (index.count, lambda: index.put([record(1)]), lambda: index.search(ALL)):
        with pytest.raises(IndexUnusableError, match="fengping index rebuild"):
            ask()


# --- queries ---


def test_pages_go_on_behind_the_ten_thousandth(index: ElasticsearchIndex) -> None:
    count = 10_050
    index.put(replace(record(number + 1, "逾"), first_seen=NOW) for number in range(count))
    index.commit()
    ids = list(range(1, count + 1))
    assert index.search(ALL, sort=Sort.NEWEST, limit=20_000).record_ids == ids
    last = index.search(ALL, sort=Sort.NEWEST, offset=10_040, limit=7)
    assert (last.record_ids, last.total) == (ids[10_040:10_047], count)
    rest = index.search(ALL, sort=Sort.NEWEST, cursor=last.cursor, limit=7)
    assert (rest.record_ids, rest.total, rest.cursor) == (ids[10_047:], count, None)
    assert [number for number, _ in index.held(after_id=10_000, limit=20_000)] == ids[10_000:]


def test_a_word_longer_than_the_engine_takes_is_found_and_shifts_nothing(index: ElasticsearchIndex) -> None:
    run = "a1b2" * 100
    index.put([record(1, f"催收{run}逾期"), record(2, f"催收{run}x逾期")])
    index.commit()
    assert index.search(parse(f'"{run}"', now=NOW)).record_ids == [1]
    assert index.search(parse(f'"收{run}逾"', now=NOW)).record_ids == [1]
    assert sorted(index.search(parse("催收 NEAR/1 逾期", now=NOW)).record_ids) == [1, 2]
    assert index.search(parse("催收 NEAR/0 逾期", now=NOW)).record_ids == []


def test_a_query_nested_too_deep_is_told(index: ElasticsearchIndex) -> None:
    index.put([record(1)])
    index.commit()

    def nested(levels: int) -> str:
        return "(逾期 OR (催收 征信 " * levels + "利息" + "))" * levels

    assert index.search(parse(nested(12), now=NOW)).total == 1
    with pytest.raises(SearchIndexError, match="套得太深"):
        index.search(parse(nested(25), now=NOW))


# --- a node that refuses, is pressed or away ---


def test_a_record_that_is_refused_keeps_no_other_out(index: ElasticsearchIndex) -> None:
    endless = replace(record(2), post=replace(post(2), author="长" * 20_000))
    with pytest.raises(RecordRefusedError) as caught:
        index.put([record(1), endless, record(3)])
    index.commit()
    assert list(caught.value.refused) == [2]
    assert "长" not in caught.value.refused[2]
    assert index.held(after_id=0, limit=9) == [(1, 1), (3, 1)]


@pytest.fixture
def own_node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[elasticsearch.Node]:
    """A node of the test's own, that takes little at a time."""
    if not elasticsearch.can_start():
        pytest.skip(elasticsearch.MISSING)
    node = elasticsearch.Node(tmp_path_factory.mktemp("node"), "indexing_pressure.memory.limit=400kb")
    node.start()
    yield node
    node.stop()


def test_a_pressed_node_is_asked_again_until_it_has_all(own_node: elasticsearch.Node) -> None:
    indexes = [open_elasticsearch(own_node.url, "pressed", max_bytes=150_000) for _ in range(5)]
    first = [1 + 1500 * number for number in range(5)]

    def fill(index: SearchIndex, start: int) -> None:
        index.put(record(number, "逾期被催收" * 30) for number in range(start, start + 1500))
        index.commit()

    writers = [Thread(target=fill, args=pair) for pair in zip(indexes, first, strict=True)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert indexes[0].count() == 7500
    with indexes[0]._connection.asking() as client:
        (pressure,) = client.nodes.stats(metric="indexing_pressure")["nodes"].values()
    assert pressure["indexing_pressure"]["memory"]["total"]["coordinating_rejections"] > 0
    for index in indexes:
        index.close()


def test_a_node_that_is_killed_and_comes_back_has_lost_nothing(own_node: elasticsearch.Node, ledger: Ledger) -> None:
    said: list[str] = []
    patience = Patience(said.append)
    with open_elasticsearch(own_node.url, "away") as index:

        def turn() -> object:
            return patience.attempt(lambda: work(ledger, RuleAnalyzer(), index, batch=64))

        ledger.land([post(number, "逾期被催收") for number in range(300)], now=NOW)
        assert turn()
        own_node.kill()
        ledger.land([post(number, "已经还清") for number in range(250, 400)], now=NOW)
        assert [turn(), turn()] == [None, None]
        counts = ledger.counts()
        assert (counts.analysed, counts.indexed, counts.pending) == (400, 250, 0)
        own_node.start()
        assert turn()
        assert index.count() == 400
        assert check(ledger, index).agrees
    assert len(said) == 2, said
    assert "连不上" in said[0]
    assert "恢复" in said[1]


def test_a_node_that_comes_back_empty_is_noticed(index: ElasticsearchIndex, ledger: Ledger, search_name: str) -> None:
    ledger.land([post(1)], now=NOW)
    work(ledger, RuleAnalyzer(), index)
    with index._connection.asking() as client:
        client.indices.delete(index=f"{search_name}-v2-000001-202405")
    with pytest.raises(IndexUnusableError, match="fengping index rebuild"):
        work(ledger, RuleAnalyzer(), index)


def test_nothing_is_asked_before_the_first_call_and_then_it_is_told_what_is_wrong(tmp_path: Path) -> None:
    index = open_elasticsearch("http://127.0.0.1:9", "away")
    index.acquire()
    with pytest.raises(IndexUnavailableError, match="连不上"):
        index.count()
    index.close()


def test_decisions_go_on_while_the_node_is_away(ledger: Ledger) -> None:
    from indexer.worker import index_now

    ledger.land([post(1)], now=NOW)
    (pending,) = ledger.lease("w", limit=1, now=NOW, seconds=60)
    ledger.store([(pending, RuleAnalyzer().analyze([pending.text])[0])], now=NOW)
    assert not index_now(ledger, open_elasticsearch("http://127.0.0.1:9", "away"))
    assert ledger.counts().indexed == 0


def test_many_workers_index_at_once(opened: Open, tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        ledger.land([post(number, "逾期被催收") for number in range(900)], now=NOW)
        workers = [
            Thread(target=work, args=(ledger, RuleAnalyzer(), opened()), kwargs={"worker": f"w{n}", "batch": 50})
            for n in range(3)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        index = opened()
        index_changes(ledger, index)
        assert index.search(ALL).total == index.count() == 900
        assert check(ledger, index).agrees
        assert ledger.counts().analysed == 900


def test_no_month_of_a_replaced_generation_is_searched(index: ElasticsearchIndex, search_name: str) -> None:
    index.put([of_month(1, 3)])
    index.commit()
    old, new = index._generations, index.fresh()
    looked = old._indices()
    new.put([of_month(1, 3)])
    new.commit()
    new.switch()
    old._indices = lambda: looked  # type: ignore[method-assign]  # a writer that looked just before the switch
    with pytest.raises(IndexUnavailableError, match="正在换代"):
        old.make_searched("202404")
    del old._indices
    assert set(old._indices()) == {f"{search_name}-v2-{number:06d}-202403" for number in (1, 2)}
    assert (old.current(), index.count()) == (2, 1)
