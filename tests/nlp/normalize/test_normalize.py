import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.normalize import normalize
from tests.nlp.golden import read_golden
from tests.nlp.noise import spoil
from tests.shared import SHARED, needs_shared

PARAGRAPHS = [
    "橙禾分期成立于2017年,主营个人贷款和投资理财等。2023年第三季度不良率为3.8%,比去年同期下降了0.6个百分点。",
    "许多借款人在论坛上反映催收电话过多,平台对此没有解释。客户经理说会尽快处理,但问题至今没有结果。",
    "逾期问题引发关注:有用户申请了8000元的消费贷款,失业后无法按时还款,征信记录受损。专家建议尽早协商。",
    "监管部门要求机构规范贷后管理,加强对第三方的约束,保护个人信息,减少纠纷。记者联系该公司,对方没有回应。",
]


def test_the_bundled_article_comes_out_as_clean_simplified_chinese():
    spoilt, clean = read_golden("article")
    assert normalize(spoilt).text == clean


@needs_shared
def test_the_whole_article_keeps_no_noise():
    text = normalize((SHARED / "pages" / "hongchuang_article.txt").read_text(encoding="utf-8")).text
    assert not re.search(r"\([a-zà-ǜ]+\)|[?？]", text)
    assert "其中红创金服便是其中的佼佼者" in text
    assert "包括个人贷款、消费信贷和投资理财等。" in text
    assert "逾期问题逐渐显现" in text
    assert "及时解答用户的疑问,提供专业的财务建议" in text
    assert "是一个复杂的问题,既受到" in text
    assert "随着市场竞争的加剧" in text


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
@pytest.mark.parametrize("seed", range(5))
def test_other_text_spoilt_in_the_same_ways_is_restored(paragraph, seed):
    assert normalize(spoil(paragraph, seed=seed)).text == paragraph


@pytest.mark.parametrize(
    ("spoilt", "clean"),
    [
        ("逾\u200b期\ufeff了", "逾期了"),
        ("年化２４％，本金５０００元", "年化24%，本金5000元"),
        ("欠款(app)里看不到", "欠款(app)里看不到"),
        ("平台(ok)吗？", "平台(ok)吗？"),
        ("我想問客服(電話)", "我想问客服(电话)"),
        ("疑問(wèn)還在", "疑问还在"),
        ("顯著、著名、隨著", "显著、著名、随着"),
        ("崔收天天打电话", "催收天天打电话"),
        ("cui收、催~收、催.收、催 收、亻崔收", "催收、催收、催收、催收、催收"),
        ("逾7三个月，渝期了，yuqi", "逾期三个月，逾期了，逾期"),
        ("砍头希和高炮网d", "砍头息和高炮网贷"),
        ("爆通迅录", "爆通讯录"),
    ],
)
def test_one_kind_of_noise(spoilt, clean):
    assert normalize(spoilt).text == clean


@pytest.mark.parametrize("paragraph", PARAGRAPHS)
def test_every_figure_is_found_again_in_the_original(paragraph):
    spoilt = spoil(paragraph, seed=3)
    normalized = normalize(spoilt)
    for match in re.finditer(r"\d+(?:\.\d+)?%?", normalized.text):
        start, end = normalized.span(*match.span())
        assert spoilt[start:end] == match.group()


@given(st.text(alphabet=st.sampled_from("逾期问题?(wèn)（）財等數著１２%\u200b\n a還款现"), max_size=60))
@settings(max_examples=300, deadline=None)
def test_offsets_stay_inside_the_original_and_never_run_backwards(text):
    normalized = normalize(text)
    assert len(normalized.text) == len(normalized.starts) == len(normalized.ends)
    assert all(0 <= start <= end <= len(text) for start, end in zip(normalized.starts, normalized.ends, strict=True))
    assert list(normalized.starts) == sorted(normalized.starts)


@pytest.mark.parametrize(
    "text",
    [
        "崔先生收到了",
        "余期不多",
        "小崔、小余",
        "网易云",
        "城市高架",
        "法律师范大学",
        "c语言s级",
        "保证信息安全",
        "处罚希望",
        "存款逾7亿元",
        "逾7成",
        "剩余期限",
        "无法息怒",
        "网页代码",
        "还没到期",
    ],
)
def test_plain_words_are_left_alone(text):
    assert normalize(text).text == text


@given(st.text(alphabet="红创金服客户经理好的了，。！0123456789abc", max_size=80))
def test_clean_text_is_left_alone(text):
    normalized = normalize(text)
    assert normalized.text == text
    assert list(normalized.starts) == list(range(len(text)))
