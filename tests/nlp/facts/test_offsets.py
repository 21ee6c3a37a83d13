"""Whatever the text, a fact points at its words, and long texts are read to the end."""

from hypothesis import given
from hypothesis import strategies as st

from nlp.facts import KINDS, facts
from nlp.normalize import normalize
from nlp.normalize.draft import unchanged

_CUES = st.sampled_from(
    (
        "没有",
        "如果",
        "怕",
        "听说",
        "我司",
        "我",
        "我妈",
        "催收",
        "打给",
        "爸妈",
        "、",
        "上门",
        "威胁",
        "骂",
        "爆通讯录",
        "半夜",
        "晚上11点",
        "打电话",
        "一天",
        "二十多个",
        "逾期",
        "三个多月",
        "本金",
        "两万四",
        "5,000元",
        "3w",
        "年化",
        "36%",
        "月息两分",
        "4月15号",
        "之前",
        "三天内",
        "12378",
        "報警",
        "崔收",
        "１２",
        "\u200b",
        "冒充",
        "警察",
        "，",
        "。",
        "\n",
        "几",
        "半",
        "M3+",
        "2024年2月30日",
    )
)
_TEXTS = st.lists(_CUES | st.text(max_size=3), max_size=30).map("".join)


@given(_TEXTS)
def test_a_fact_points_at_its_words(text):
    found = facts(text, normalize(text))
    assert all(fact.text == text[fact.start : fact.end] for fact in found)
    assert all(fact.kind in KINDS for fact in found)
    assert [fact.start for fact in found] == sorted(fact.start for fact in found)


def test_a_megabyte_is_read_to_the_end():
    text = "一" * 200_000 + "1" * 200_000 + "，" + "我" * 66_000 + "，他们打给我爸妈。"
    assert len(text.encode()) > 990_000
    (fact,) = facts(text, unchanged(text))
    assert fact.value == "family"
