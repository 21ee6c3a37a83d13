"""Amounts, times and rates, a sentence each."""

import pytest

from nlp.facts import facts
from nlp.normalize import normalize


def found(text):
    return [(fact.kind, fact.value, fact.unit, fact.role) for fact in facts(text, normalize(text))]


@pytest.mark.parametrize(
    ("text", "kind", "value", "role"),
    [
        ("本金两万四", "principal", 24000, "principal"),
        ("收了滞纳金88元", "penalty", 88, "late_fee"),
        ("月供2100", "instalment", 2100, "instalment"),
        ("总欠款9.6万", "amount", 96000, "total_debt"),
        ("还了一万二", "amount", 12000, "paid"),
        ("到手4500", "loan_amount", 4500, "received"),
        ("砍头息扣了900", "amount", 900, "upfront_deduction"),
        ("5万额度", "amount", 50000, "credit_limit"),
        ("担保费三千多块", "amount", 3000, "fee"),
        ("损失七万", "amount", 70000, "loss"),
        ("盒饭十三块五", "amount", 13.5, None),
    ],
)
def test_an_amount_and_its_role(text, kind, value, role):
    assert (kind, value, "yuan", role) in found(text)


@pytest.mark.parametrize("text", ["还了3次", "借了一个月", "还款日是15号", "欠他一个人情", "2024年还清", "扣2分"])
def test_a_number_without_a_unit_may_count_other_things(text):
    assert not [kind for kind, *_ in found(text) if kind in ("amount", "loan_amount")]


@pytest.mark.parametrize(
    ("text", "value", "unit", "stage"),
    [
        ("逾期30天", 30, "day", "M1"),
        ("逾期31天", 31, "day", "M2"),
        ("逾期超过60天", 60, "day", "M3"),
        ("逾期三个月", 3, "month", "M3"),
        ("逾期三个多月", 3, "month", "M3+"),
        ("逾期一个半月", 45, "day", "M2"),
        ("断供半年", 6, "month", "M3+"),
        ("逾期1期", 1, "period", "M1"),
        ("两个月没还", 2, "month", "M2"),
    ],
)
def test_how_long_overdue_and_in_which_stage(text, value, unit, stage):
    assert ("overdue_duration", value, unit, None) in found(text)
    assert ("overdue_stage", stage, "stage", None) in found(text)


def test_a_stage_is_named_only_where_debts_are_spoken_of():
    assert ("overdue_stage", "M3+", "stage", None) in found("逾期进了M4")
    assert found("新出的M2电脑") == []


@pytest.mark.parametrize(
    ("text", "value", "role"),
    [
        ("年化24%", 24, None),
        ("IRR 35.9%", 35.9, "irr"),
        ("月息一分五", 18, "monthly"),
        ("月利率2%", 24, "monthly"),
        ("年息一分", 10, None),
        ("日息万五", 18, "daily"),
        ("日利率0.02%", 7.2, "daily"),
    ],
)
def test_an_annual_rate(text, value, role):
    assert ("annual_rate", value, "%", role) in found(text)


def test_a_monthly_rate_without_its_measure_is_none():
    assert found("月息2") == []


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("三天内还清", 3, "day"),
        ("48小时内答复", 48, "hour"),
        ("月底前处理", "month_end", "date"),
        ("4月15号之前还", "--04-15", "date"),
        ("限今天18:00前处理", "todayT18:00", "date"),
        ("2024年6月30日前", "2024-06-30", "date"),
    ],
)
def test_a_deadline(text, value, unit):
    assert found(text) == [("deadline", value, unit, None)]


@pytest.mark.parametrize("text", ["近三天内", "今天前台没人", "三天前"])
def test_no_deadline(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "time"),
    [("晚上11点还打", "23:00"), ("早上六点来电", "06:00"), ("下午3点半打来", "15:30"), ("23:10打来", "23:10")],
)
def test_the_time_of_a_call(text, time):
    assert ("call_time", time, "time", None) in found(text)


def test_a_time_that_may_be_day_or_night_is_none():
    assert found("11点打来") == []
