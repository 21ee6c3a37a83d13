import pytest

from nlp import Analysis, Analyzer, BrandSettings, Fact
from nlp.facts import KINDS, facts
from nlp.normalize import normalize
from tests.nlp.golden import read_golden


def found(text):
    return [(fact.kind, fact.value, fact.unit, fact.period) for fact in facts(text, normalize(text))]


def test_the_facts_of_the_article():
    spoilt, _ = read_golden("article")
    assert found(spoilt) == [
        ("founded", 2015, "year", None),
        ("overdue_rate", 5.2, "%", "2024-Q1"),
        ("rate_change", 1.5, "percentage_points", "2024-Q1"),
        ("loan_amount", 5000, "yuan", None),
    ]


def test_a_fact_points_at_the_original():
    spoilt, _ = read_golden("article")
    texts = [spoilt[fact.start : fact.end] for fact in facts(spoilt, normalize(spoilt))]
    assert texts == ["2015年", "5.2%", "1.5個(gè)百分點", "5000元"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本金3.5万元", ("principal", 35000, "yuan", None)),
        ("罚息已经滚到一万二块", ("penalty", 12000, "yuan", None)),
        ("每期要还1,200.50元", ("instalment", 1200.5, "yuan", None)),
        ("借了5k元", ("loan_amount", 5000, "yuan", None)),
        ("一共3w元", ("amount", 30000, "yuan", None)),
        ("逾期三个月了", ("overdue_duration", 3, "month", None)),
        ("已经逾期了87天", ("overdue_duration", 87, "day", None)),
        ("综合年化24%", ("annual_rate", 24, "%", None)),
        ("2023年上半年不良率为1.9%", ("bad_loan_rate", 1.9, "%", "2023-H1")),
        ("比上年下降0.4个百分点", ("rate_change", -0.4, "percentage_points", None)),
        ("一天打20个电话", ("calls_a_day", 20, "call", None)),
        ("2024年3月1日扣款失败", ("date", "2024-03-01", "day", None)),
        ("公司创立于2009年", ("founded", 2009, "year", None)),
        ("已向12378反映", ("complaint_channel", "12378", "", None)),
    ],
)
def test_one_fact(text, expected):
    assert expected in found(text)


@pytest.mark.parametrize("text", ["逾期费用怎么算", "2024年2月30日", "订单1237812", "几千块", "第5期开始"])
def test_no_fact(text):
    assert found(text) == []


def test_a_date_in_a_deadline_is_told_once():
    assert [kind for kind, *_ in found("请在2024年6月30日前还清")] == ["deadline"]


def test_an_analysis_of_an_earlier_version_loads():
    earlier = {"kind": "amount", "value": 5.0, "unit": "yuan", "text": "5元", "start": 0, "end": 2, "period": None}
    fact = Fact(**earlier)
    assert (fact.role, fact.negated, fact.modality, fact.whose) == (None, False, None, None)


def test_an_analysis_keeps_what_is_said_of_a_fact():
    text = "从没上门，罚息300块"
    (analysis,) = Analyzer(BrandSettings()).analyze([text])
    assert Analysis.from_json(analysis.to_json()).facts == facts(text, normalize(text))


def test_each_kind_is_of_one_reader():
    assert len(set(KINDS)) == len(KINDS)
