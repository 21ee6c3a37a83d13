import pytest

from nlp import Analyzer, BrandSettings
from nlp.classify.guide import answers_agree


@pytest.mark.parametrize(
    ("kind", "issues", "overdue", "agree"),
    [
        ("complaint", ["overdue"], True, True),
        ("complaint", ["overdue"], False, False),
        ("complaint", ["cost"], True, True),  # penalty interest arises from lateness
        ("complaint", ["cost"], False, True),  # a high rate does not
        ("complaint", ["service"], True, False),
        ("help", ["overdue"], False, True),
        ("help", ["overdue"], True, False),
    ],
)
def test_the_guide_ties_overdue_complaints_to_kind_and_issues(kind, issues, overdue, agree):
    assert answers_agree(kind, issues, overdue=overdue) is agree


def test_an_answer_that_kind_and_issues_contradict_is_for_a_person():
    texts = [
        "红创金服逾期三天，催收天天打电话骂人",
        "你家客服冲我妈吼“听不懂就别借钱”，麻烦让她本人道个歉",
        "逾期了怎么协商还款，红创能延期吗",
    ]
    for analysis in Analyzer(BrandSettings()).analyze(texts):
        issues = {label.value for label in analysis.issues}
        agree = answers_agree(analysis.kind.value, issues, overdue=analysis.is_overdue_complaint)
        assert agree or analysis.overdue_complaint.doubtful
