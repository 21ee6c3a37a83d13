from dataclasses import replace

import pytest

from nlp import Analysis, Analyzer, BrandSettings, Label
from nlp.explain.rules import RULES, Rule, fired_rules

COMPLAINT = "红创金服催收一天打我二十个电话，还把我家人朋友都骚扰遍了，逾期才三天，太过分了！"


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(BrandSettings())


@pytest.fixture
def complaint(analyzer) -> Analysis:
    """An analysis of which each test changes what it is about."""
    (analysis,) = analyzer.analyze([COMPLAINT])
    return replace(
        analysis,
        kind=Label("complaint", 0.99),
        urgency=Label("normal", 0.98),
        overdue_complaint=Label("yes", 0.97),
        issues=(Label("collection", 0.99),),
        causes=(),
        demands=(),
    )


def fired(analysis: Analysis, analyzer: Analyzer) -> dict[str, Rule]:
    rules = {rule.name: rule for rule in fired_rules(analysis, analyzer.classifier)}
    assert rules.keys() <= RULES.keys()
    return rules


def test_a_value_holds_from_its_threshold_on(complaint, analyzer):
    limit = analyzer.classifier.calibration.thresholds["issues"]["collection"]
    rules = fired_rules(complaint, analyzer.classifier)
    assert Rule(name="threshold", field="issues", value="collection", limit=limit) in rules
    assert "near_threshold" not in {rule.name for rule in rules}


def test_a_probability_beside_the_threshold_is_for_a_person(complaint, analyzer):
    limit = analyzer.classifier.calibration.thresholds["issues"]["collection"]
    rule = fired(replace(complaint, issues=(Label("collection", limit + 0.01),)), analyzer)["near_threshold"]
    assert (rule.field, rule.value, rule.limit) == ("issues", "collection", limit)


def test_no_overdue_complaint_by_a_hair_is_for_a_person(complaint, analyzer):
    limit = analyzer.classifier.calibration.thresholds["overdue_complaint"]["yes"]
    rule = fired(replace(complaint, overdue_complaint=Label("no", 1 - limit + 0.01)), analyzer)["near_threshold"]
    assert (rule.field, rule.value) == ("overdue_complaint", "no")


def test_a_kind_that_is_not_probable_enough_is_for_a_person(complaint, analyzer):
    rule = fired(replace(complaint, kind=Label("complaint", 0.31, doubtful=True)), analyzer)["unsure"]
    assert rule.field == "kind"


def test_critical_holds_below_one_half(complaint, analyzer):
    limit = analyzer.classifier.calibration.thresholds["urgency"]["critical"]
    rules = fired(replace(complaint, urgency=Label("critical", 0.3, doubtful=True)), analyzer)
    assert rules["critical_first"].limit == limit
    assert "critical_first" not in fired(replace(complaint, urgency=Label("critical", 0.9)), analyzer)


def test_a_word_of_danger_calls_a_person(analyzer):
    (analysis,) = analyzer.analyze(["小说里那个人自杀了，作者写得真好"])
    rule = fired(replace(analysis, urgency=Label("normal", 0.9, doubtful=True)), analyzer)["danger_word"]
    assert (rule.field, rule.terms) == ("urgency", ("自杀",))
    assert "danger_word" not in fired(replace(analysis, urgency=Label("critical", 0.9)), analyzer)


def test_an_overdue_complaint_is_no_more_probable_than_a_complaint(complaint, analyzer):
    capped = replace(complaint, kind=Label("complaint", 0.8), overdue_complaint=Label("yes", 0.8))
    assert fired(capped, analyzer)["overdue_capped"].limit == 0.8
    assert "overdue_capped" not in fired(complaint, analyzer)


def test_an_overdue_complaint_fits_kind_and_issues(complaint, analyzer):
    assert fired(complaint, analyzer)["overdue_fits"].issues == ("collection",)


@pytest.mark.parametrize(
    ("kind", "issues", "overdue"),
    [("help", ("overdue",), "yes"), ("complaint", ("service",), "yes"), ("complaint", ("overdue",), "no")],
)
def test_what_contradicts_the_label_guide_is_told(complaint, analyzer, kind, issues, overdue):
    analysis = replace(
        complaint,
        kind=Label(kind, 0.99),
        issues=tuple(Label(issue, 0.99) for issue in issues),
        overdue_complaint=Label(overdue, 0.97),
    )
    rules = fired(analysis, analyzer)
    assert rules["overdue_differs"].value == overdue
    assert "overdue_fits" not in rules


def test_a_complaint_about_cost_alone_may_be_none(complaint, analyzer):
    analysis = replace(complaint, issues=(Label("cost", 0.99),), overdue_complaint=Label("no", 0.97))
    assert not {"overdue_fits", "overdue_differs"} & fired(analysis, analyzer).keys()


def test_a_text_too_long_to_be_read_in_full(complaint, analyzer):
    assert "unread" in fired(replace(complaint, normalized="逾期催收" * 30_000), analyzer)
    assert "unread" not in fired(complaint, analyzer)
