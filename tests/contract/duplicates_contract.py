"""What a ledger does with posts that tell nearly the same."""

from datetime import datetime, timedelta

from crawler.post import Post
from indexer.ledger import Ledger
from tests.indexer.builders import NOW, RuleAnalyzer, post

STORY = "在红创金服借了五千块，逾期三天就被催收，一天打了四十个电话，还打到我单位领导那里去了"
COPY = "【转】在红创金服借了八千块，逾期5天就被催收，一天打了四十个电话，还打到我单位领导那里去了！！#维权#"
OTHER = "提前还款要收违约金吗？客服说合同里写了百分之三，我翻了半天合同也没有找到这一条"

THIRD = "昨晚又上门来了两个人，在小区门口贴了大字报，邻居全看见了，孩子吓得一夜没有睡"


def told(ledger: Ledger, *posts: Post, now: datetime = NOW, model: str = "rules-1") -> None:
    """Posts land, and a worker reads what waits."""
    ledger.land(posts, now=now)
    leased = ledger.lease("worker", limit=100, now=now, seconds=60)
    analyses = RuleAnalyzer(model).analyze([pending.text for pending in leased])
    ledger.store(list(zip(leased, analyses, strict=True)), now=now)


class DuplicatesContract:
    """Subclass it with the fixture `ledger`, an empty one."""

    def test_copies_share_the_cluster_of_the_first(self, ledger: Ledger) -> None:
        told(ledger, post(1, OTHER), post(2, STORY))
        told(ledger, post(3, COPY), post(4, STORY))
        assert [record.cluster_id for record in ledger.records([1, 2, 3, 4])] == [None, 2, 2, 2]
        assert ledger.cluster(3) == [2, 3, 4]
        assert ledger.cluster(1) == []

    def test_short_posts_are_like_nothing(self, ledger: Ledger) -> None:
        told(ledger, post(1, "怎么协商还款啊"), post(2, "怎么协商还款啊！！！"), post(3, "[图片]"))
        assert [record.cluster_id for record in ledger.records([1, 2, 3])] == [None, None, None]

    def test_clusters_that_meet_become_the_one_with_the_smaller_id(self, ledger: Ledger) -> None:
        start, middle, end = STORY + OTHER, STORY + OTHER + THIRD, OTHER + THIRD
        told(ledger, post(1, end), post(2, start), post(3, end), post(4, start))
        assert [record.cluster_id for record in ledger.records([1, 2, 3, 4])] == [1, 2, 1, 2]
        told(ledger, post(5, middle))
        assert [record.cluster_id for record in ledger.records([1, 2, 3, 4, 5])] == [1, 1, 1, 1, 1]

    def test_a_new_wording_leaves_its_cluster_and_joins_another(self, ledger: Ledger) -> None:
        told(ledger, post(1, STORY), post(2, COPY), post(3, STORY), post(4, OTHER))
        told(ledger, post(1, OTHER))
        assert [record.cluster_id for record in ledger.records([1, 2, 3, 4])] == [1, 2, 2, 1]
        told(ledger, post(2, "删了，已经解决了，谢谢大家的关心和帮助"))
        assert [record.cluster_id for record in ledger.records([1, 2, 3, 4])] == [1, None, None, 1]
        told(ledger, post(5, STORY))
        assert ledger.record(5).cluster_id == 3

    def test_who_joins_a_cluster_first_is_indexed_again(self, ledger: Ledger) -> None:
        told(ledger, post(1, STORY))
        ledger.mark_indexed([(record.id, record.revision) for record in ledger.unindexed(9)])
        told(ledger, post(2, COPY))
        assert [record.id for record in ledger.unindexed(9)] == [1, 2]
        ledger.mark_indexed([(record.id, record.revision) for record in ledger.unindexed(9)])

    def test_read_once_more_a_post_stays_where_it_is(self, ledger: Ledger) -> None:
        told(ledger, post(1, STORY), post(2, COPY))
        ledger.mark_indexed([(record.id, record.revision) for record in ledger.unindexed(9)])
        ledger.models.switch("rules-2", actor="me", at=NOW, detail={})
        told(ledger, model="rules-2")
        assert ledger.counts().pending == 0
        assert ledger.cluster(1) == [1, 2]
        told(ledger, post(3, STORY), model="rules-2")
        assert ledger.cluster(3) == [1, 2, 3]

    def test_the_past_knows_the_clusters_of_its_time(self, ledger: Ledger) -> None:
        told(ledger, post(1, STORY))
        told(ledger, post(2, COPY), now=NOW + timedelta(hours=1))
        told(ledger, post(1, OTHER), now=NOW + timedelta(hours=2))

        def clusters(hours: float) -> list[int | None]:
            records = ledger.history.records([1, 2], as_of=NOW + timedelta(hours=hours))
            return [record.cluster_id for record in records]

        assert [clusters(0.5), clusters(1.5), clusters(2.5)] == [[None], [1, 1], [None, None]]

    def test_a_story_told_often_is_still_recognised(self, ledger: Ledger) -> None:
        for start in range(0, 60, 20):
            told(ledger, *(post(number + 1, f"{STORY}{'！' * number}") for number in range(start, start + 20)))
        assert ledger.cluster(60) == list(range(1, 61))
