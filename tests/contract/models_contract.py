"""What every ledger must do with the analyses of several models, whatever database it lies in."""

import json
from dataclasses import dataclass

import pytest

from indexer.ledger import Ledger, Switch
from indexer.record import Decision, confirming
from tests.contract.ledger_contract import LATER, analyse_all
from tests.indexer.builders import NOW, RuleAnalyzer, post

OLD, NEW, WORDS = "rules-1", "rules-2", "words-1"


@dataclass(frozen=True)
class Mild(RuleAnalyzer):
    """A model that calls nothing a complaint unless it is about collection by fraud."""

    model_version: str = NEW
    dictionary_version: str = WORDS

    def analyze(self, texts):
        return super().analyze([text.replace("催收", "来电") for text in texts])


def read_beside(ledger: Ledger, analyzer: Mild | None = None) -> int:
    """Let the candidate read everything that it lacks."""
    candidate = analyzer or Mild()
    lacking = ledger.models.lack(candidate.model_version, WORDS, limit=1000)
    analyses = candidate.analyze([pending.analysed_text for pending in lacking])
    ledger.models.keep(list(zip(lacking, analyses, strict=True)), now=LATER)
    return len(lacking)


def switch(ledger: Ledger, model: str) -> Switch:
    return ledger.models.switch(model, actor="cli:test", at=LATER, detail={"model": model})


class ModelsContract:
    """Subclass it with a fixture `ledger`: an empty, migrated ledger."""

    def test_a_candidate_reads_beside_and_readers_see_nothing_of_it(self, ledger: Ledger) -> None:
        (record_id,) = ledger.land([post(1, "逾期被催收")], now=NOW).record_ids
        analyse_all(ledger)
        before = ledger.record(record_id), ledger.version_key()
        assert (ledger.models.lacking(NEW, WORDS), read_beside(ledger), ledger.models.lacking(NEW, WORDS)) == (1, 1, 0)
        assert (ledger.record(record_id), ledger.version_key()) == before
        ((record, candidate),) = ledger.models.pairs(NEW, WORDS, after_id=0, limit=10)
        assert record.analysis is not None
        assert (record.analysis.kind.value, candidate.kind.value) == ("complaint", "discussion")

    def test_an_analysis_is_kept_once_however_often_it_comes(self, ledger: Ledger) -> None:
        ledger.land([post(1)], now=NOW)
        analyse_all(ledger)
        lacking = ledger.models.lack(NEW, WORDS, limit=9)
        for _ in range(2):
            ledger.models.keep(list(zip(lacking, Mild().analyze(["催收"]), strict=True)), now=LATER)
        counts = {count.model_version: (count.analyses, count.current) for count in ledger.models.counts()}
        assert counts == {OLD: (1, 1), NEW: (1, 0)}

    def test_the_switch_makes_kept_analyses_current_and_back_again(self, ledger: Ledger) -> None:
        ids = ledger.land([post(1, "逾期被催收"), post(2, "怎么还款")], now=NOW).record_ids
        analyse_all(ledger)
        ledger.mark_indexed([(record.id, record.revision) for record in ledger.unindexed(9)])
        read_beside(ledger)
        assert switch(ledger, NEW) == Switch(switched=2, waiting=0)
        assert [record.kind for record in ledger.unindexed(9)] == ["discussion", "help"]
        assert ledger.models.in_use() == NEW
        assert switch(ledger, OLD) == Switch(switched=2, waiting=0)
        assert [record.kind for record in ledger.records(ids)] == ["complaint", "help"]
        assert switch(ledger, OLD) == Switch(switched=0, waiting=0)

    def test_the_switch_is_in_the_audit_log(self, ledger: Ledger) -> None:
        ledger.land([post(1)], now=NOW)
        analyse_all(ledger)
        read_beside(ledger)
        switch(ledger, NEW)
        (entry,) = ledger.audit_log(f"model:{NEW}")
        assert (entry.actor, entry.action, entry.at) == ("cli:test", "use_model", LATER)
        assert json.loads(entry.detail) == {"model": NEW, "version": NEW, "switched": 1, "waiting": 0}
        assert ledger.verify_audit() == 1

    def test_a_decision_wins_over_the_new_model_too(self, ledger: Ledger) -> None:
        (record_id,) = ledger.land([post(1, "逾期被催收")], now=NOW).record_ids
        analyse_all(ledger)
        ledger.decide(Decision(record_id=record_id, reviewer="李审", reason="是广告", decided=NOW, kind="promo"))
        read_beside(ledger)
        switch(ledger, NEW)
        record = ledger.record(record_id)
        assert record.analysis is not None
        assert (record.analysis.kind.value, record.kind) == ("discussion", "promo")

    def test_what_was_edited_since_waits_for_the_new_model(self, ledger: Ledger) -> None:
        edited, kept = ledger.land([post(1, "逾期被催收"), post(2, "怎么还款")], now=NOW).record_ids
        analyse_all(ledger)
        read_beside(ledger)
        ledger.land([post(1, "已经还清")], now=LATER)
        analyse_all(ledger)
        assert switch(ledger, NEW) == Switch(switched=1, waiting=1)
        assert ledger.record(edited).analysis is None
        assert ledger.record(kept).analysis is not None
        assert analyse_all(ledger, Mild()) == 1

    def test_a_replaced_model_writes_nothing_that_readers_see(self, ledger: Ledger) -> None:
        (record_id,) = ledger.land([post(1, "逾期被催收")], now=NOW).record_ids
        leased = ledger.lease("old", limit=9, now=NOW, seconds=600)
        ledger.models.announce(NEW)
        assert ledger.store(list(zip(leased, RuleAnalyzer().analyze(["催收"]), strict=True)), now=NOW) == 0
        assert ledger.record(record_id).analysis is None
        assert analyse_all(ledger, Mild()) == 1  # its lease ended with it

    def test_only_the_newest_can_be_asked_for(self, ledger: Ledger) -> None:
        ids = ledger.land([post(number) for number in range(5)], now=NOW).record_ids
        analyse_all(ledger)
        first = ledger.models.first_of_newest(2)
        assert [pending.record_id for pending in ledger.models.lack(NEW, WORDS, first_id=first, limit=9)] == [*ids[3:]]
        assert ledger.models.first_of_newest(99) == 1

    def test_what_was_judged_comes_with_the_labels_that_the_reviewer_saw(self, ledger: Ledger) -> None:
        (record_id,) = ledger.land([post(1, "逾期被催收")], now=NOW).record_ids
        analyse_all(ledger)
        ledger.decide(Decision(record_id=record_id, reviewer="李审", reason="改", decided=NOW, kind="help"))
        read_beside(ledger)
        switch(ledger, NEW)
        ledger.land([post(1, "全部还清了")], now=LATER)
        analyse_all(ledger, Mild())
        (judged,) = ledger.models.judged()
        assert judged.record.analysis is not None
        assert judged.record.decision is not None
        assert (judged.record.post.text, judged.record.version) == ("逾期被催收", 1)
        assert (judged.record.analysis.kind.value, judged.record.decision.model_version) == ("complaint", OLD)

    @pytest.mark.parametrize(("latest", "expected"), [(False, [OLD, NEW]), (True, [NEW])])
    def test_a_post_is_judged_once_a_model(self, ledger: Ledger, latest: bool, expected: list[str]) -> None:
        (record_id,) = ledger.land([post(1, "逾期被催收")], now=NOW).record_ids
        analyse_all(ledger)
        for model in (OLD, OLD, NEW):
            if model == NEW:
                read_beside(ledger)
                switch(ledger, NEW)
            shown = ledger.record(record_id)
            ledger.decide(confirming(shown, reviewer="李审", reason="无误", decided=LATER))
        found = [judged.record.decision for judged in ledger.models.judged(latest=latest)]
        assert [decision.model_version for decision in found if decision] == expected
        assert ledger.models.last_decision() == 3
