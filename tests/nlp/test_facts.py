import pytest

from nlp.facts import facts
from nlp.facts.numbers import number
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


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("三万五", 35000),
        ("两千零八十", 2080),
        ("十", 10),
        ("一百二", 120),
        ("十五", 15),
        ("1.2万", 12000),
        ("5,000", 5000),
    ],
)
def test_numbers_as_people_write_them(written, value):
    assert number(written) == value


@pytest.mark.parametrize("vague", ["几万", "半", "十几"])
def test_a_vague_number_is_no_figure(vague):
    assert number(vague) is None
