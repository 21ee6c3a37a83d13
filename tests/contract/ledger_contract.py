"""What every ledger must do, whatever database it lies in."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from crawler.post import CrawlIssue, Engagement, IssueReason, ThreadRead
from indexer.errors import AuditTamperedError, RecordNotFoundError
from indexer.ledger import CrawlRun, Ledger
from indexer.record import Decision, ReviewStatus, confirming
from tests.indexer.builders import NOW, RuleAnalyzer, post

LATER = NOW + timedelta(hours=1)


def analyse_all(ledger: Ledger, analyzer: RuleAnalyzer | None = None) -> int:
    """Lease and analyse what waits."""
    leased = ledger.lease("test", limit=1000, now=NOW, seconds=60)
    analyses = (analyzer or RuleAnalyzer()).analyze([pending.analysed_text for pending in leased])
    return ledger.store(list(zip(leased, analyses, strict=True)), now=NOW)


class LedgerContract:
    """Subclass it with a fixture `ledger`: an empty, migrated ledger."""

    # --- landing ---

    def test_a_post_lands_once_however_often_it_comes(self, ledger: Ledger) -> None:
        first = ledger.land([post(1), post(2)], now=NOW)
        again = ledger.land([post(2), post(1), post(1)], now=LATER)
        assert (first.new, first.changed, first.unchanged) == (2, 0, 0)
        assert (again.new, again.changed, again.unchanged) == (0, 0, 3)
        assert again.record_ids == (first.record_ids[1], first.record_ids[0], first.record_ids[0])
        assert ledger.counts().posts == 2

    def test_a_changed_wording_is_a_new_version(self, ledger: Ledger) -> None:
        (record_id,) = ledger.land([post(1, "原文")], now=NOW).record_ids
        analyse_all(ledger)
        assert ledger.land([post(1, "改过")], now=LATER).changed == 1
        assert [(v.version, v.text, v.first_seen) for v in ledger.versions(record_id)] == [
            (1, "原文", NOW),
            (2, "改过", LATER),
        ]
        record = ledger.record(record_id)
        assert (record.version, record.post.text, record.analysis) == (2, "改过", None)
        assert ledger.counts().pending == 1

    def test_two_wordings_in_one_batch_are_two_versions(self, ledger: Ledger) -> None:
        landing = ledger.land([post(1, "一"), post(1, "二"), post(2, "别的")], now=NOW)
        assert (landing.new, landing.changed) == (2, 1)
        assert [version.text for version in ledger.versions(landing.record_ids[0])] == ["一", "二"]

    def test_counts_that_moved_are_updated_in_place(self, ledger: Ledger) -> None:
        (record_id,) = ledger.land([post(1, engagement=Engagement(likes=1, replies=5))], now=NOW).record_ids
        landing = ledger.land([post(1, engagement=Engagement(likes=9))], now=LATER)
        assert (landing.unchanged, landing.moved) == (1, 1)
        record = ledger.record(record_id)
        assert record.post.engagement == Engagement(likes=9, replies=5)
        assert (record.version, record.last_seen) == (1, LATER)

    def test_the_first_time_of_publication_holds(self, ledger: Ledger) -> None:
        (record_id,) = ledger.land([post(1)], now=NOW).record_ids
        ledger.land([post(1, published=NOW - timedelta(days=1))], now=LATER)
        assert ledger.record(record_id).post.published == post(1).published

    def test_personal_data_is_masked_before_it_is_stored(self, ledger: Ledger) -> None:
        (record_id,) = ledger.land([post(1, "打我电话13812345678")], now=NOW).record_ids
        assert "13812345678" not in ledger.record(record_id).post.text
        assert ledger.land([post(1, "打我电话13812345678")], now=LATER).unchanged == 1

    def test_a_post_is_read_back_as_it_came(self, ledger: Ledger) -> None:
        came = post(1, "文字", region="广东", parent_id="7", engagement=Engagement(views=2**40))
        (record_id,) = ledger.land([came], now=NOW).record_ids
        assert ledger.record(record_id).post == came
        assert ledger.find("forum", "1") == ledger.record(record_id)
        assert ledger.find("forum", "2") is None
        assert ledger.thread("forum", "1") == [ledger.record(record_id)]

    def test_many_posts_land_in_one_call(self, ledger: Ledger) -> None:
        landing = ledger.land([post(number) for number in range(2500)], now=NOW)
        assert (landing.new, len(set(landing.record_ids))) == (2500, 2500)
        assert [r.post.native_id for r in ledger.records(landing.record_ids[::-1])][:2] == ["2499", "2498"]

    def test_two_crawls_that_land_the_same_posts_at_once_land_them_once(self, ledger: Ledger) -> None:
        posts = [post(number) for number in range(300)]
        with ThreadPoolExecutor(2) as pool:
            landings = list(pool.map(lambda part: ledger.land(part, now=NOW), [posts, posts[::-1]]))
        assert sum(landing.new for landing in landings) == 300
        assert ledger.counts().posts == 300

    def test_a_missing_record_is_told(self, ledger: Ledger) -> None:
        with pytest.raises(RecordNotFoundError, match="99"):
            ledger.record(99)
        assert ledger.records([99]) == []

    # --- posts that vanish ---

    def test_a_post_that_its_thread_no_longer_shows_is_marked_until_it_returns(self, ledger: Ledger) -> None:
        gone, kept = ledger.land([post(1), post(2)], now=NOW).record_ids
        read = ThreadRead(source="forum", thread_id="1", post_ids=("2",), signature="", read=LATER)
        assert (ledger.note_thread(read), ledger.note_thread(read)) == (1, 0)
        assert ledger.record(gone).not_seen_since == LATER
        assert ledger.record(kept).not_seen_since is None
        ledger.land([post(1)], now=LATER)
        assert ledger.record(gone).not_seen_since is None

    def test_a_post_of_another_thread_is_not_missed(self, ledger: Ledger) -> None:
        (other,) = ledger.land([post(1, thread_id="2")], now=NOW).record_ids
        read = ThreadRead(source="forum", thread_id="1", post_ids=(), signature="", read=LATER)
        assert ledger.note_thread(read) == 0
        assert ledger.record(other).not_seen_since is None

    # --- analysis ---

    def test_a_lease_is_exclusive_until_it_runs_out(self, ledger: Ledger) -> None:
        ledger.land([post(number) for number in range(3)], now=NOW)
        mine = ledger.lease("me", limit=2, now=NOW, seconds=60)
        yours = ledger.lease("you", limit=9, now=NOW, seconds=60)
        assert (len(mine), len(yours)) == (2, 1)
        assert ledger.lease("you", limit=9, now=NOW + timedelta(seconds=59), seconds=60) == []
        assert len(ledger.lease("you", limit=9, now=NOW + timedelta(seconds=61), seconds=60)) == 3

    def test_leases_of_a_dead_worker_are_taken_back(self, ledger: Ledger) -> None:
        ledger.land([post(1), post(2)], now=NOW)
        ledger.lease("dead", limit=9, now=NOW, seconds=60)
        assert ledger.lease_holders(now=NOW) == ["dead"]
        assert ledger.release(["dead"]) == 2
        assert len(ledger.lease("alive", limit=9, now=NOW, seconds=60)) == 2

    def test_two_workers_never_get_the_same_post(self, ledger: Ledger) -> None:
        ledger.land([post(number) for number in range(400)], now=NOW)

        def take(worker: str) -> list[int]:
            taken: list[int] = []
            while leased := ledger.lease(worker, limit=7, now=NOW, seconds=60):
                taken += [pending.record_id for pending in leased]
            return taken

        with ThreadPoolExecutor(4) as pool:
            taken = [record_id for ids in pool.map(take, "abcd") for record_id in ids]
        assert len(taken) == len(set(taken)) == 400

    def test_an_analysis_is_stored_once(self, ledger: Ledger) -> None:
        (record_id,) = ledger.land([post(1)], now=NOW).record_ids
        leased = ledger.lease("slow", limit=1, now=NOW, seconds=1)
        again = ledger.lease("quick", limit=1, now=LATER, seconds=60)
        (analysis,) = RuleAnalyzer().analyze([leased[0].analysed_text])
        assert ledger.store([(again[0], analysis)], now=LATER) == 1
        assert ledger.store([(leased[0], analysis)], now=LATER) == 0
        assert ledger.record(record_id).analysis == analysis
        assert ledger.counts().analysed == 1

    def test_an_edit_during_the_analysis_waits_again(self, ledger: Ledger) -> None:
        (record_id,) = ledger.land([post(1, "原文")], now=NOW).record_ids
        leased = ledger.lease("me", limit=1, now=NOW, seconds=60)
        ledger.land([post(1, "改过")], now=LATER)
        (analysis,) = RuleAnalyzer().analyze(["原文"])
        assert ledger.store([(leased[0], analysis)], now=LATER) == 0
        assert ledger.record(record_id).analysis is None
        assert [pending.text for pending in ledger.lease("me", limit=1, now=LATER, seconds=60)] == ["改过"]

    # --- search index ---

    def test_only_analysed_records_are_to_be_indexed_each_change_once(self, ledger: Ledger) -> None:
        ledger.land([post(1), post(2)], now=NOW)
        assert ledger.unindexed(10) == []
        analyse_all(ledger)
        records = ledger.unindexed(10)
        assert [record.post.native_id for record in records] == ["1", "2"]
        ledger.mark_indexed([(record.id, record.revision) for record in records])
        assert ledger.unindexed(10) == []
        assert ledger.indexed(after_id=0, limit=9) == [(record.id, record.revision) for record in records]
        ledger.land([post(1, engagement=Engagement(likes=77))], now=LATER)
        assert [record.post.engagement.likes for record in ledger.unindexed(10)] == [77]

    def test_an_older_revision_does_not_hide_a_newer_one(self, ledger: Ledger) -> None:
        (record_id,) = ledger.land([post(1)], now=NOW).record_ids
        analyse_all(ledger)
        old = ledger.record(record_id).revision
        ledger.land([post(1, engagement=Engagement(likes=77))], now=LATER)
        ledger.mark_indexed([(record_id, old)])
        assert len(ledger.unindexed(10)) == 1

    def test_all_records_come_page_by_page(self, ledger: Ledger) -> None:
        ledger.land([post(number) for number in range(5)], now=NOW)
        analyse_all(ledger)
        first = ledger.all_records(limit=3)
        rest = ledger.all_records(after_id=first[-1].id, limit=3)
        assert [record.post.native_id for record in (*first, *rest)] == ["0", "1", "2", "3", "4"]

    # --- review ---

    def test_a_decision_wins_over_every_later_machine_label(self, ledger: Ledger) -> None:
        (record_id,) = ledger.land([post(1, "逾期被催收")], now=NOW).record_ids
        analyse_all(ledger)
        assert ledger.record(record_id).is_overdue_complaint
        decided = ledger.decide(
            Decision(record_id=record_id, reviewer="李审", reason="是广告", decided=LATER, kind="promo")
        )
        assert (decided.kind, decided.is_overdue_complaint, decided.status) == ("promo", False, ReviewStatus.REVIEWED)
        ledger.land([post(1, "逾期被催收，骗子")], now=LATER)
        analyse_all(ledger, RuleAnalyzer("rules-2"))
        record = ledger.record(record_id)
        assert record.analysis is not None
        assert (record.analysis.kind.value, record.kind) == ("complaint", "promo")
        assert record.is_edited_since_review

    def test_decisions_add_up_and_each_is_kept(self, ledger: Ledger) -> None:
        (record_id,) = ledger.land([post(1)], now=NOW).record_ids
        analyse_all(ledger)
        first = Decision(record_id=record_id, reviewer="李审", reason="一", decided=NOW, kind="help")
        ledger.decide(first)
        record = ledger.decide(replace(first, reason="二", decided=LATER, kind=None, issues=()))
        assert (record.kind, record.issues) == ("help", ())
        assert [decision.reason for decision in ledger.decisions(record_id)] == ["一", "二"]
        assert record.decision == ledger.decisions(record_id)[-1]

    def test_confirming_pins_the_labels_that_were_shown(self, ledger: Ledger) -> None:
        (record_id,) = ledger.land([post(1)], now=NOW).record_ids
        analyse_all(ledger)
        shown = ledger.record(record_id)
        record = ledger.decide(confirming(shown, reviewer="李审", reason="无误", decided=LATER))
        assert (record.kind, record.issues, record.confidence) == (shown.kind, shown.issues, 1.0)

    def test_a_decision_is_to_be_indexed_and_audited(self, ledger: Ledger) -> None:
        (record_id,) = ledger.land([post(1)], now=NOW).record_ids
        analyse_all(ledger)
        ledger.mark_indexed([(record.id, record.revision) for record in ledger.unindexed(9)])
        ledger.decide(Decision(record_id=record_id, reviewer="李审", reason="看过", decided=LATER, kind="help"))
        assert [record.kind for record in ledger.unindexed(9)] == ["help"]
        (entry,) = ledger.audit_log(f"record:{record_id}")
        assert (entry.actor, entry.action, entry.at) == ("李审", "decide", LATER)
        assert '"看过"' in entry.detail

    def test_a_decision_on_nothing_leaves_no_trace(self, ledger: Ledger) -> None:
        with pytest.raises(RecordNotFoundError):
            ledger.decide(Decision(record_id=7, reviewer="李审", reason="", decided=NOW, kind="help"))
        assert ledger.audit_log() == []

    # --- audit log ---

    def test_the_audit_log_is_chained_and_pages(self, ledger: Ledger) -> None:
        for number in range(3):
            ledger.note_audit(at=NOW, actor="李审", action="export", subject=f"file:{number}")
        entries = ledger.audit_log(limit=2)
        assert [entry.subject for entry in entries] == ["file:2", "file:1"]
        assert entries[0].previous_hash == entries[1].hash
        assert ledger.audit_log(limit=2, offset=2)[0].previous_hash == "GENESIS"
        assert ledger.verify_audit() == 3

    def test_the_audit_log_is_one_chain_whoever_writes(self, ledger: Ledger) -> None:
        def note(number: int) -> None:
            ledger.note_audit(at=NOW, actor="李审", action="export", subject=f"file:{number}")

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(note, range(40)))
        assert ledger.verify_audit() == 40

    @pytest.mark.parametrize("statement", ["UPDATE audit_log SET actor = 'x'", "DELETE FROM audit_log"])
    def test_the_database_refuses_to_change_the_audit_log(self, ledger: Ledger, statement: str) -> None:
        ledger.note_audit(at=NOW, actor="李审", action="export", subject="file")
        with pytest.raises(DBAPIError, match="append-only"), ledger._engine.begin() as connection:
            connection.execute(text(statement))

    @pytest.mark.parametrize(
        ("statement", "found_at"),
        [
            ("UPDATE audit_log SET actor = '别人' WHERE id = 2", 2),
            ("DELETE FROM audit_log WHERE id = 2", 2),
            ("DELETE FROM audit_log WHERE id = 3", 3),
        ],
        ids=["changed", "removed", "cut off at the end"],
    )
    def test_tampering_past_the_database_is_found(self, ledger: Ledger, statement: str, found_at: int) -> None:
        for number in range(3):
            ledger.note_audit(at=NOW, actor="李审", action="export", subject=f"file:{number}")
        with ledger._engine.begin() as connection:
            for drop in self.without_triggers:
                connection.execute(text(drop))
            connection.execute(text(statement))
        with pytest.raises(AuditTamperedError, match=f"第 {found_at} 条"):
            ledger.verify_audit()

    without_triggers: tuple[str, ...] = ()
    """Statements that take the guard of the audit log away, as someone with the database's password could."""

    # --- state ---

    def test_counts_and_sources_follow(self, ledger: Ledger) -> None:
        ledger.land([post(1), post(2), post(3, source="other", crawled=LATER)], now=NOW)
        analyse_all(ledger)
        ledger.mark_indexed([(record.id, record.revision) for record in ledger.unindexed(2)])
        counts = ledger.counts()
        assert (counts.posts, counts.pending, counts.analysed, counts.indexed) == (3, 0, 3, 2)
        forum, other = ledger.sources()
        assert (forum.source, forum.posts, forum.last_published) == ("forum", 2, post(1).published)
        assert (other.source, other.last_crawled) == ("other", LATER)

    def test_the_version_key_changes_with_what_readers_see_only(self, ledger: Ledger) -> None:
        before = ledger.version_key()
        ledger.land([post(1)], now=NOW)
        landed = ledger.version_key()
        ledger.lease("me", limit=1, now=NOW, seconds=60)
        assert before != landed == ledger.version_key()

    def test_an_issue_met_again_counts_up(self, ledger: Ledger) -> None:
        issue = CrawlIssue(
            source="forum", url="https://forum.example/", reason=IssueReason.LOGIN_REQUIRED, detail="要登录", at=NOW
        )
        ledger.note_issue(issue)
        ledger.note_issue(replace(issue, at=LATER))
        (noted,) = ledger.issues()
        assert (noted.reason, noted.times, noted.first_at, noted.last_at) == ("login_required", 2, NOW, LATER)
        assert ledger.issues(source="other") == []

    def test_a_crawl_run_is_kept_from_start_to_end(self, ledger: Ledger) -> None:
        run = CrawlRun(source="forum", started=NOW)
        ledger.note_run(run)
        ledger.note_run(replace(run, finished=LATER, outcome="finished", pages=12, posts=80, new=80))
        ledger.note_run(CrawlRun(source="forum", started=LATER))
        assert [(r.started, r.outcome, r.posts) for r in ledger.crawl_runs()] == [
            (LATER, "running", 0),
            (NOW, "finished", 80),
        ]
