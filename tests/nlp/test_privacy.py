import random

import pytest

from nlp import mask
from nlp.privacy.detect import is_bank_card, is_identity_number


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("打13800138000找我", "打〔手机号〕找我"),
        ("１３８ ００１３ ８０００", "〔手机号〕"),
        ("幺三八零零幺三八零零零", "〔手机号〕"),
        ("+86 138-0013-8000", "〔手机号〕"),
        ("身份证110101199003070070", "身份证〔身份证号〕"),
        ("卡6222 0200 0000 0000 000扣的", "卡〔银行卡号〕扣的"),
        ("邮箱zhangsan@example.com，", "邮箱〔邮箱〕，"),
        ("QQ：100000001", "QQ：〔QQ号〕"),
        ("加微信 abc_12345 详聊", "加微信 〔微信号〕 详聊"),
        ("0755-26001234转8", "〔座机号〕转8"),
    ],
)
def test_personal_data_is_masked(text, masked):
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "借了三万五千二百块，逾期九十天",
        "2024年3月1日 14:05 余额10000.55元",
        "已投诉12378、12345",
        "用微信支付的，QQ上说了也没用",
        "订单20240301123456789012",
        "一二三四五，上山打老虎",
    ],
)
def test_ordinary_figures_stay(text):
    assert mask(text) == text


def test_masking_twice_changes_nothing():
    text = "电话13800138000，邮箱a@example.com，身份证110101199003070070"
    assert mask(mask(text)) == mask(text)


def test_numbers_with_their_check_digits_are_found_wherever_they_stand():
    chance = random.Random(7)
    for _ in range(200):
        identity = identity_number(chance)
        card = bank_card(chance)
        masked = mask(f"我的号{identity}，卡是{card}，别外传")
        assert identity not in masked
        assert card not in masked
        assert "别外传" in masked


def identity_number(chance):
    birth = f"{chance.randint(1950, 2005)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    body = f"110101{birth}{chance.randint(0, 999):03}"
    return next(body + last for last in "0123456789X" if is_identity_number(body + last))


def bank_card(chance):
    body = "6222" + "".join(str(chance.randint(0, 9)) for _ in range(14))
    return next(body + last for last in "0123456789" if is_bank_card(body + last))
