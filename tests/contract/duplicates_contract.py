"""What a ledger does with posts that tell nearly the same."""

from datetime import timedelta

from indexer.ledger import Ledger
from tests.indexer.builders import NOW, RuleAnalyzer, post

STORY = "在红创金服借了五千块，逾期三天就被催收，一天打了四十个电话，还打到我单位领导那里去了"
COPY = "【转】在红创金服借了八千块，逾期5天就被催收，一天打了四十个电话，还打到我单位领导那里去了！！#维权#"
OTHER = "提前还款要收违约金吗？客服说合同里写了百分之三，我翻了半天合同也没有找到这一条"

THIRD = "昨晚又上门来了两个人，在小区门口贴了大字报，邻居全看见了，孩子吓得一夜没有睡"


class DuplicatesContract:
    """Subclass it with the fixture `ledger`, an empty one."""

    def test_copies_share_the_cluster_of_the_first(self, ledger: Ledger) -> None:
        ledger.land([post(1, OTHER), post(2, STORY)], now=NOW)
        ledger.land([post(3, COPY), post(4, STORY)], now=NOW)
        assert [record.cluster_id for record in ledger.records([1, 2, 3, 4])] == [None, 2, 2, 2]
        assert ledger.cluster(3) == [2, 3, 4]
        assert ledger.cluster(1) == []

    def test_short_posts_are_like_nothing(self, ledger: Ledger) -> None:
        ledger.land([post(1, "怎么协商还款啊"), post(2, "怎么协商还款啊！！！"), post(3, "[图片]")], now=NOW)
        assert [record.cluster_id for record in ledger.records([1, 2, 3])] == [None, None, None]

    def test_clusters_that_meet_become_the_one_with_the_smaller_id(self, ledger: Ledger) -> None:
        start, middle, end = STORY + OTHER, STORY + OTHER + THIRD, OTHER + THIRD
        ledger.land([post(1, end), post(2, start), post(3, end), post(4, start)], now=NOW)
        assert [record.cluster_id for record in ledger.records([1, 2, 3, 4])] == [1, 2, 1, 2]
        ledger.land([post(5, middle)], now=NOW)
        assert [record.cluster_id for record in ledger.records([1, 2, 3, 4, 5])] == [1, 1, 1, 1, 1]

    def test_a_new_wording_leaves_its_cluster_and_joins_another(self, ledger: Ledger) -> None:
        ledger.land([post(1, STORY), post(2, COPY), post(3, STORY), post(4, OTHER)], now=NOW)
        ledger.land([post(1, OTHER)], now=NOW)
        assert [record.cluster_id for record in ledger.records([1, 2, 3, 4])] == [1, 2, 2, 1]
        ledger.land([post(2, "删了，已经解决了，谢谢大家的关心和帮助")], now=NOW)
        assert [record.cluster_id for record in ledger.records([1, 2, 3, 4])] == [1, None, None, 1]
        ledger.land([post(5, STORY)], now=NOW)
        assert ledger.record(5).cluster_id == 3

    def test_who_joins_a_cluster_first_is_indexed_again(self, ledger: Ledger) -> None:
        ledger.land([post(1, STORY)], now=NOW)
        leased = ledger.lease("a", limit=9, now=NOW, seconds=60)
        analyses = RuleAnalyzer().analyze([pending.text for pending in leased])
        ledger.store(list(zip(leased, analyses, strict=True)), now=NOW)
        ledger.mark_indexed([(record.id, record.revision) for record in ledger.unindexed(9)])
        ledger.land([post(2, COPY)], now=NOW)
        assert [record.id for record in ledger.unindexed(9)] == [1]

    def test_the_past_knows_the_clusters_of_its_time(self, ledger: Ledger) -> None:
        ledger.land([post(1, STORY)], now=NOW)
        ledger.land([post(2, COPY)], now=NOW + timedelta(hours=1))
        ledger.land([post(1, OTHER)], now=NOW + timedelta(hours=2))

        def clusters(hours: float) -> list[int | None]:
            records = ledger.history.records([1, 2], as_of=NOW + timedelta(hours=hours))
            return [record.cluster_id for record in records]

        assert [clusters(0.5), clusters(1.5), clusters(2.5)] == [[None], [1, 1], [None, None]]

    def test_a_story_told_often_is_still_recognised(self, ledger: Ledger) -> None:
        for start in range(0, 60, 20):
            ledger.land([post(number + 1, f"{STORY}{'！' * number}") for number in range(start, start + 20)], now=NOW)
        assert ledger.cluster(60) == list(range(1, 61))
