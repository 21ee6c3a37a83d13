"""What every search index must find: the same as a matcher that looks at each record."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from math import floor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.errors import SearchIndexError
from indexer.query import parse, tree
from indexer.query.values import SHANGHAI
from indexer.record import Record
from indexer.search import Field, Interval, SearchIndex, Sort
from tests.contract.corpus import make_record, make_records, trees
from tests.contract.matcher import matches, values
from tests.indexer.builders import NOW, record

ALL = 10_000
# The index of the class is filled once and only read by these tests. Each back end's class runs the same examples.
_AS_MEANT = [HealthCheck.function_scoped_fixture, HealthCheck.differing_executors]
READ_ONLY = settings(deadline=None, max_examples=150, suppress_health_check=_AS_MEANT)
WRITES = settings(deadline=None, max_examples=15, suppress_health_check=_AS_MEANT)


class SearchContract:
    """Subclass it with the fixtures `make_index` (a function that gives an empty index) and `filled` (see below)."""

    records = make_records(300, seed=20240510)
    """What `filled` holds, committed."""

    # --- what is found ---

    @READ_ONLY
    @given(node=trees())
    def test_a_query_finds_what_the_matcher_finds(self, filled: SearchIndex, node: tree.Node) -> None:
        result = filled.search(node, limit=ALL)
        expected = _newest_first([record for record in self.records if matches(node, record)])
        assert (result.total, result.record_ids) == (len(expected), expected)

    @READ_ONLY
    @given(node=trees(), sort=st.sampled_from(Sort), limit=st.integers(1, 50))
    def test_pages_by_cursor_are_the_whole(self, filled: SearchIndex, node: tree.Node, sort: Sort, limit: int) -> None:
        whole = filled.search(node, sort=sort, limit=ALL).record_ids
        page = filled.search(node, sort=sort, limit=limit)
        found = page.record_ids
        while page.cursor:
            page = filled.search(node, sort=sort, limit=limit, cursor=page.cursor)
            assert page.total == len(whole)
            found += page.record_ids
        assert found == whole

    @READ_ONLY
    @given(node=trees(), offset=st.integers(0, 310))
    def test_any_page_by_offset(self, filled: SearchIndex, node: tree.Node, offset: int) -> None:
        whole = filled.search(node, sort=Sort.OLDEST, limit=ALL).record_ids
        page = filled.search(node, sort=Sort.OLDEST, limit=7, offset=offset)
        assert (page.record_ids, page.total) == (whole[offset : offset + 7], len(whole))

    @READ_ONLY
    @given(node=trees())
    def test_facets_count_exactly(self, filled: SearchIndex, node: tree.Node) -> None:
        found = [record for record in self.records if matches(node, record)]
        for field, counts in filled.facets(node, list(Field)).items():
            expected = Counter(value for record in found for value in set(values(record, field.value)))
            assert counts == expected
            assert list(counts.values()) == sorted(counts.values(), reverse=True)

    @READ_ONLY
    @given(node=trees(), interval=st.sampled_from(Interval))
    def test_a_histogram_counts_in_shanghai_with_empty_buckets(
        self, filled: SearchIndex, node: tree.Node, interval: Interval
    ) -> None:
        found = [record for record in self.records if matches(node, record)]
        start, end = NOW - timedelta(days=20), NOW - timedelta(days=10)
        buckets = filled.histogram(node, interval=interval, group_by=Field.ISSUE, start=start, end=end)
        within = [record for record in found if start <= record.time < end]
        by_start: dict[datetime, list[Record]] = {_bucket(start, interval): []}
        while (latest := max(by_start)) + _WIDTH[interval] < end:
            by_start[latest + _WIDTH[interval]] = []
        for one in within:
            by_start[_bucket(one.time, interval)].append(one)
        assert [(b.start, b.count) for b in buckets] == [(at, len(held)) for at, held in sorted(by_start.items())]
        for bucket in buckets:
            assert bucket.groups == Counter(issue for r in by_start[bucket.start] for issue in r.issues)

    def test_a_histogram_without_bounds_spans_what_is_found(self, filled: SearchIndex) -> None:
        buckets = filled.histogram(tree.Everything(), interval=Interval.DAY)
        times = [record.time for record in self.records]
        assert sum(bucket.count for bucket in buckets) == len(self.records)
        assert buckets[0].start == _bucket(min(times), Interval.DAY)
        assert buckets[-1].start == _bucket(max(times), Interval.DAY)
        assert str(buckets[0].start.tzinfo) == "Asia/Shanghai"

    @pytest.mark.parametrize(
        "query",
        [
            *(
                "催收",
                "“催收”",
                "暴力催收 OR 征信",
                "-催收",
                "NOT (催收 OR 逾期)",
                "红创金服 催收",
                "app",
                "APP 打不开",
            ),
            *(
                "催收 NEAR/3 逾期",
                "「红创」 NEAR 客服",
                "逾*",
                "消费金融公司",
                "kind:投诉,求助 -issue:催收",
                "还款",
                "還款",
            ),
            *("likes>3", "likes:1..12", "confidence<0.65", "status:已复核", "after:2024-04-20 before:2024-05-01", "😡"),
            *("来源:“某 论坛”", "deleted:是", "overdue:yes region:上海", "上海", "海量 OR 网上", "不 NEAR/0 的"),
        ],
    )
    def test_written_queries_too(self, filled: SearchIndex, query: str) -> None:
        node = parse(query, now=NOW)
        assert sorted(filled.search(node, limit=ALL).record_ids) == [r.id for r in self.records if matches(node, r)]

    # --- what is held ---

    def test_an_empty_index_answers(self, make_index: Callable[[], SearchIndex]) -> None:
        index = make_index()
        result = index.search(tree.Everything())
        assert (index.count(), result.total, result.hits, result.cursor) == (0, 0, (), None)
        assert index.facets(tree.Everything(), [Field.KIND]) == {Field.KIND: {}}
        assert index.histogram(tree.Everything(), interval=Interval.DAY) == []
        start = datetime(2024, 5, 1, tzinfo=SHANGHAI)
        days = index.histogram(tree.Everything(), interval=Interval.DAY, start=start, end=start + timedelta(days=3))
        assert [(day.start.day, day.count) for day in days] == [(1, 0), (2, 0), (3, 0)]

    def test_changes_show_after_commit_only(self, make_index: Callable[[], SearchIndex]) -> None:
        index = make_index()
        index.put([record(1)])
        assert index.count() == 0
        index.commit()
        assert index.count() == 1

    def test_a_record_put_again_is_held_once_with_its_new_labels(self, make_index: Callable[[], SearchIndex]) -> None:
        index = make_index()
        index.put([record(1, "逾期"), record(2, "逾期")])
        index.commit()
        index.put([record(1, "还清了", revision=2)])
        index.put([record(1, "又还清了", revision=3)])
        index.commit()
        assert index.search(parse("逾期", now=NOW)).record_ids == [2]
        assert index.held(after_id=0, limit=10) == [(1, 3), (2, 1)]

    @WRITES
    @given(
        seed=st.integers(0, 2**32),
        changes=st.lists(st.tuples(st.sampled_from(["put", "delete", "commit"]), st.integers(1, 6)), max_size=25),
    )
    def test_any_order_of_changes_ends_in_the_same(
        self, make_index: Callable[[], SearchIndex], seed: int, changes: list[tuple[str, int]]
    ) -> None:
        index, random_source, held = make_index(), random.Random(seed), dict[int, Record]()
        for revision, (change, number) in enumerate(changes):
            if change == "put":
                held[number] = make_record(number, random_source, revision=revision)
                index.put([held[number]])
            elif change == "delete":
                held.pop(number, None)
                index.delete([number])
            else:
                index.commit()
        index.commit()
        assert index.held(after_id=0, limit=99) == [(number, held[number].revision) for number in sorted(held)]
        assert index.search(tree.Everything(), limit=ALL).record_ids == _newest_first(list(held.values()))
        index.close()

    def test_held_pages_by_id(self, filled: SearchIndex) -> None:
        assert [number for number, _ in filled.held(after_id=100, limit=50)] == list(range(101, 151))
        assert filled.held(after_id=300, limit=50) == []

    def test_a_cursor_of_another_order_is_refused(self, filled: SearchIndex) -> None:
        with pytest.raises(SearchIndexError, match="第一页"):
            filled.search(tree.Everything(), sort=Sort.OLDEST, cursor="newest:1")


_WIDTH = {Interval.HOUR: timedelta(hours=1), Interval.DAY: timedelta(days=1), Interval.WEEK: timedelta(weeks=1)}


def _bucket(time: datetime, interval: Interval) -> datetime:
    local = time.astimezone(SHANGHAI).replace(minute=0, second=0, microsecond=0)
    if interval is Interval.HOUR:
        return local
    day = local.replace(hour=0)
    return day if interval is Interval.DAY else day - timedelta(days=day.weekday())


def _newest_first(records: list[Record]) -> list[int]:
    ordered = sorted(records, key=lambda record: (floor(record.time.timestamp()), record.id), reverse=True)
    return [record.id for record in ordered]
