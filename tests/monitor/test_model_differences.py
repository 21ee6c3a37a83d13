"""What changes between two models, and whom reviewers agree with."""

from dataclasses import replace

from indexer.record import Decision
from monitor.model_differences import model_differences
from nlp.analysis import Analysis, Label
from tests.indexer.builders import NOW, RuleAnalyzer, record


def analysis(text: str, **changes: object) -> Analysis:
    (made,) = RuleAnalyzer("rules-2").analyze([text])
    return replace(made, **changes)  # type: ignore[arg-type]


def decided(number: int, text: str, **fields: object):
    return record(number, text, decision=Decision(record_id=number, reviewer="李审", reason="", decided=NOW, **fields))


def test_every_change_is_counted_with_examples() -> None:
    pairs = [
        (record(n, "逾期被催收"), analysis("逾期", issues=(Label("overdue", 0.9), Label("cost", 0.5))))
        for n in range(5)
    ]
    found = model_differences(pairs, candidate="rules-2", made=NOW)
    assert (found.posts, found.current, found.changed["kind"], found.changed["issues"]) == (5, ("rules-1",), 5, 5)
    assert found.count("kind", "complaint", "discussion") == 5
    assert (found.count("issues", "collection", None), found.count("issues", None, "cost")) == (5, 5)
    assert next(change.examples for change in found.changes if change.field == "kind") == (2, 3, 4)


def test_overdue_complaints_that_appear_and_vanish_are_told_apart() -> None:
    pairs = [(record(1, "逾期被催收"), analysis("逾期")), (record(2, "逾期"), analysis("逾期被催收"))]
    found = model_differences(pairs, candidate="rules-2", made=NOW)
    assert (found.overdue_appear, found.overdue_vanish) == (1, 1)


def test_every_post_that_becomes_critical_or_ceases_to_be_is_named() -> None:
    critical = Label("critical", 0.4)
    pairs = [(record(n, "不想活了"), analysis("不想活了", urgency=critical)) for n in range(40)]
    found = model_differences(pairs, candidate="rules-2", made=NOW)
    assert [change.record_id for change in found.critical] == list(range(40))
    assert {(change.before, change.after) for change in found.critical} == {("normal", "critical")}


def test_the_model_that_reviewers_agree_with_shows() -> None:
    pairs = [(decided(n, "逾期被催收", kind="discussion"), analysis("逾期")) for n in range(3)]
    pairs += [(decided(9, "逾期被催收", kind="complaint"), analysis("逾期"))]
    kind = model_differences(pairs, candidate="rules-2", made=NOW).agreement[0]
    assert (kind.current.agreed, kind.candidate.agreed, kind.current.n, kind.candidate.n) == (1, 3, 4, 4)


def test_a_decision_about_an_earlier_wording_does_not_count() -> None:
    edited = replace(decided(1, "逾期", kind="help", version=1), version=2)
    found = model_differences([(edited, analysis("逾期"))], candidate="rules-2", made=NOW)
    assert found.agreement[0].current.n == 0


def test_equal_models_differ_in_nothing() -> None:
    found = model_differences([(record(1, "逾期"), analysis("逾期"))], candidate="rules-2", made=NOW)
    assert (found.changes, found.critical, set(found.changed.values())) == ((), (), {0})
