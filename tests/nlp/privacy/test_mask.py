import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import mask
from nlp.privacy import find
from nlp.privacy.formats import is_bank_card, is_identity_number
from nlp.training.masking import make_posts


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("打13800138000找我", "打〔手机号〕找我"),
        ("+86 138-0013-8000", "〔手机号〕"),
        ("我叫张某三，被骗了", "我叫〔姓名〕，被骗了"),
        ("联系人：李建国", "联系人：〔姓名〕"),
        ("借款人王小丽从三月起没有还款", "借款人〔姓名〕从三月起没有还款"),
        ("我老公陈志强根本不知道", "我老公〔姓名〕根本不知道"),
        ("姓名：张 建 国", "姓名：〔姓名〕"),
        ("投诉人阿卜杜拉·买买提，", "投诉人〔姓名〕，"),
        ("李建国 13800138000", "〔姓名〕 〔手机号〕"),
        ("【短信】赵敏女士您好", "【短信】〔姓名〕女士您好"),
        ("身份证110101199003070070", "身份证〔身份证号〕"),
        ("身份证号130503670401001", "身份证号〔身份证号〕"),
        ("证件号码：110101199003070071写错了一位", "证件号码：〔身份证号〕写错了一位"),
        ("卡6222 0200 0000 0000 000扣的", "卡〔银行卡号〕扣的"),
        ("邮箱zhangsan@example.com，", "邮箱〔邮箱〕，"),
        ("发zhangsan艾特example点com", "发〔邮箱〕"),
        ("QQ：100000001", "QQ：〔QQ号〕"),
        ("扣扣 一二三四五六七八", "扣扣 〔QQ号〕"),
        ("加微信 abc_12345 详聊", "加微信 〔微信号〕 详聊"),
        ("＋V：zhangsan88", "＋V：〔微信号〕"),
        ("绿泡泡zhangsan88", "绿泡泡〔微信号〕"),
        ("0755-26001234转8", "〔座机号〕转8"),
        ("(010)62345678", "〔座机号〕"),
        ("010-62345678-8123", "〔座机号〕-8123"),
        ("合同编号：HT-2024-000123", "合同编号：〔合同号〕"),
        ("借款合同号（2024）消贷字第00123号", "借款合同号〔合同号〕"),
        ("家住广东省深圳市南山区文化路12号阳光花园3栋2单元501室。", "家住〔地址〕。"),
        ("催收找到了和平路三号", "催收找到了〔地址〕"),
        ("老家在石桥镇李家村5组12号", "老家在〔地址〕"),
        ("开一辆粤B·D12345来堵门", "开一辆〔车牌号〕来堵门"),
    ],
)
def test_personal_data_is_masked(text, masked):
    assert mask(text) == masked


@pytest.mark.parametrize(
    "number",
    [
        "１３８ ００１３ ８０００",
        "幺三八零零幺三八零零零",
        "一三八〇〇一三八〇〇〇",
        "壹叁捌零零壹叁捌零零零",
        "1-3-8-0-0-1-3-8-0-0-0",
        "1.3.8.0.0.1.3.8.0.0.0",
        "138 zero zero 138000",
        "①③⑧⓪⓪①③⑧⓪⓪⓪",
        "1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣",
        "138oo138ooo",
        "l38OOl38OOO",
        "138\u200b0013\u200b8000",
        "13八零零1三8零零零",
        "𝟏𝟑𝟖𝟎𝟎𝟏𝟑𝟖𝟎𝟎𝟎",
    ],
)
def test_a_number_in_disguise_is_masked_as_a_whole(number):
    assert mask(f"打{number}，找我") == "打〔手机号〕，找我"


@pytest.mark.parametrize(
    "text",
    [
        "借了三万五千二百块，逾期九十天",
        "2024年3月1日 14:05 余额10000.55元",
        "2024-03-01 14:05:33到2024-04-01 08:00:00扣了15730.13，2024.4.1又扣",
        "已投诉12378、12345、95588和400-820-8820",
        "用微信支付的，QQ上说了也没用",
        "订单20240301123456789012",
        "一二三四五，上山打老虎",
        "年化36%，日息万分之五，本金174539利息19393",
        "600519跌了，沪深300也跌了，版本3.12.4",
        "张经理和李女士都说可以，王某没有回话",
        "联系人全部被打，借款人应当还款，我叫停了代扣",
        "我是白领，别叫高利贷公司来",
        "川A股、京A座、A4纸",
        "走投无路3号就到期，地铁14号线，每月15号扣款",
        "深圳市南山区的人，朝阳区人民法院",
        "IP是192.168.1.100，期限15 30 45 60 75 90",
        "手机号是空号，姓名和身份证都被看了，合同编号都对不上",
        "快递SF1380013800012",
    ],
)
def test_what_is_nobodys_stays(text):
    assert mask(text) == text


def test_numbers_with_their_check_digits_are_found_wherever_they_stand():
    chance = random.Random(7)
    for _ in range(200):
        identity = identity_number(chance)
        card = bank_card(chance)
        masked = mask(f"我的号{identity}，卡是{card}，别外传")
        assert identity not in masked
        assert card not in masked
        assert "别外传" in masked


FRAGMENTS = (
    "13800138000 幺三八 110101199003070070 姓名： 张建国 女士 微信 abc_123 @example.com 文化路12号 3栋501 粤B12345 "
    "QQ 〔手机号〕 〔姓名〕 合同号"
)
PIECES = st.one_of(
    st.sampled_from(FRAGMENTS.split()),
    st.text(alphabet="0123456789一二三零oOl -.，、：()①１\u200b\ufe0f\u20e3张王李我叫路号栋在a@v〔〕\n", max_size=12),
    st.text(max_size=5),
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_masking_twice_changes_nothing(text):
    assert mask(mask(text)) == mask(text)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_findings_are_ordered_parts_of_the_text_and_the_rest_stays_as_it_is(text):
    findings = find(text)
    edges = [0, *(edge for finding in findings for edge in (finding.start, finding.end)), len(text)]
    assert edges == sorted(edges)
    assert all(finding.start < finding.end for finding in findings)
    rest = [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    marks = [f"〔{finding.kind}〕" for finding in findings]
    assert mask(text) == "".join(part for pair in zip(rest, [*marks, ""], strict=True) for part in pair)


@pytest.mark.parametrize("invisible", ["\u200b", "\ufeff", "\u2060"])
def test_offsets_hold_behind_signs_that_nobody_sees(invisible):
    text = f"{invisible}联系人：李{invisible}建国，１３８{invisible}００１３８０００{invisible}！"
    name, number = find(text)
    assert text[name.start : name.end] == f"李{invisible}建国"
    assert text[number.start : number.end] == f"１３８{invisible}００１３８０００"


def test_made_up_posts_are_masked_once_and_for_all():
    for post in make_posts(300, seed=5):
        masked = mask(post.text)
        assert mask(masked) == masked


@pytest.mark.parametrize(
    "part", ["1", "中", " ", "a", "a.", "a@", "1 ", "一", "路", "张", "我叫", "1.", "0-", "号", "加v"]
)
def test_a_text_of_a_hundred_thousand_signs_comes_back(part):
    """Slow patterns would take hours here; see also `docs/privacy.md`."""
    assert mask(part * (100_000 // len(part)))


def identity_number(chance):
    birth = f"{chance.randint(1950, 2005)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    body = f"110101{birth}{chance.randint(0, 999):03}"
    return next(body + last for last in "0123456789X" if is_identity_number(body + last))


def bank_card(chance):
    body = "6222" + "".join(str(chance.randint(0, 9)) for _ in range(14))
    return next(body + last for last in "0123456789" if is_bank_card(body + last))
