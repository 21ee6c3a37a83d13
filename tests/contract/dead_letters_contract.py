"""What every ledger must do with posts that a step fails on, and with leases that go on."""

from datetime import timedelta

from indexer.ledger import Failure, Ledger, Stage
from tests.contract.ledger_contract import LATER, analyse_all
from tests.indexer.builders import NOW, post


def fail(ledger: Ledger, record_id: int, *, stage: Stage = Stage.ANALYSIS, attempts: int = 3) -> None:
    record = ledger.record(record_id)
    failure = Failure(
        record_id=record_id,
        stage=stage,
        error="ValueError",
        reason="读不了",
        version=record.version,
        revision=record.revision,
        attempts=attempts,
    )
    ledger.dead_letters.set_aside([failure], now=NOW)


class DeadLettersContract:
    """Subclass it with a fixture `ledger`: an empty, migrated ledger."""

    def test_a_post_that_is_set_aside_waits_no_longer(self, ledger: Ledger) -> None:
        ids = ledger.land([post(1), post(2)], now=NOW).record_ids
        ledger.lease("me", limit=9, now=NOW, seconds=60)
        fail(ledger, ids[0])
        counts = ledger.counts()
        assert (counts.posts, counts.pending, counts.analysed, counts.dead_letters) == (2, 1, 0, 1)
        assert [waiting.record_id for waiting in ledger.lease("you", limit=9, now=LATER, seconds=60)] == [ids[1]]
        (letter,) = ledger.dead_letters.listed()
        assert (letter.record_id, letter.source, letter.stage) == (ids[0], "forum", Stage.ANALYSIS)
        assert (letter.error, letter.reason, letter.attempts) == ("ValueError", "读不了", 3)
        assert (letter.first_at, letter.last_at) == (NOW, NOW)

    def test_it_waits_again_when_it_is_put_back(self, ledger: Ledger) -> None:
        ids = ledger.land([post(1), post(2), post(3)], now=NOW).record_ids
        for record_id in ids:
            fail(ledger, record_id)
        assert ledger.dead_letters.unknown([ids[0], 999]) == [999]
        assert ledger.dead_letters.retry([ids[1]]) == 1
        assert [waiting.record_id for waiting in ledger.lease("me", limit=9, now=NOW, seconds=60)] == [ids[1]]
        assert ledger.dead_letters.retry() == 2
        assert ledger.counts().dead_letters == 0
        assert len(ledger.lease("me", limit=9, now=NOW, seconds=60)) == 2

    def test_an_edit_is_another_post_to_the_analysis(self, ledger: Ledger) -> None:
        (record_id,) = ledger.land([post(1, "原文")], now=NOW).record_ids
        fail(ledger, record_id)
        ledger.land([post(1, "改过")], now=LATER)
        assert (ledger.counts().pending, ledger.counts().dead_letters) == (1, 0)
        assert analyse_all(ledger) == 1
        assert ledger.dead_letters.listed() == []

    def test_failing_again_counts_up(self, ledger: Ledger) -> None:
        (record_id,) = ledger.land([post(1)], now=NOW).record_ids
        fail(ledger, record_id)
        fail(ledger, record_id, attempts=2)
        assert [letter.attempts for letter in ledger.dead_letters.listed()] == [5]

    def test_a_record_that_the_index_refuses_is_not_offered_again_until_it_changes(self, ledger: Ledger) -> None:
        ids = ledger.land([post(1), post(2)], now=NOW).record_ids
        analyse_all(ledger)
        fail(ledger, ids[0], stage=Stage.INDEXING)
        assert [record.id for record in ledger.unindexed(9)] == [ids[1]]
        assert ledger.dead_letters.counts() == {Stage.ANALYSIS: 0, Stage.INDEXING: 1}
        assert (ledger.backlog().unindexed, ledger.counts().indexed) == (1, 0)
        ledger.land([post(1, "改过")], now=LATER)
        analyse_all(ledger)
        assert [record.id for record in ledger.unindexed(9)] == list(ids)

    def test_a_lease_goes_on_while_its_worker_says_so(self, ledger: Ledger) -> None:
        ids = ledger.land([post(1), post(2)], now=NOW).record_ids
        ledger.lease("me", limit=1, now=NOW, seconds=60)
        ledger.lease("you", limit=1, now=NOW, seconds=60)
        almost = NOW + timedelta(seconds=50)
        assert ledger.extend("me", ids, now=almost, seconds=60) == 1
        after = NOW + timedelta(seconds=70)
        assert [waiting.record_id for waiting in ledger.lease("third", limit=9, now=after, seconds=60)] == [ids[1]]
        assert ledger.extend("you", ids, now=after, seconds=60) == 0

    def test_the_backlog_tells_what_waits_and_since_when(self, ledger: Ledger) -> None:
        assert (ledger.backlog().pending, ledger.backlog().oldest) == (0, None)
        ids = ledger.land([post(1), post(2)], now=NOW).record_ids
        ledger.land([post(1, "改过"), post(3)], now=LATER)
        backlog = ledger.backlog()
        assert (backlog.posts, backlog.pending, backlog.oldest) == (3, 3, NOW)
        assert ledger.never_indexed(ids) == [NOW, NOW]
        analyse_all(ledger)
        assert (ledger.backlog().pending, ledger.backlog().unindexed) == (0, 3)
        ledger.mark_indexed([(ids[0], 9)])
        assert ledger.never_indexed(ids) == [NOW]
