"""What collectors do: whether it happened, and to whom."""

import pytest

from nlp.facts import conduct, facts
from nlp.normalize import normalize


def found(text):
    every = facts(text, normalize(text))
    return {(fact.kind, fact.value): fact for fact in every if fact.kind in conduct.KINDS}


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("催收打给我同事", "third_party_contact", "colleagues"),
        ("威胁我的家人", "third_party_contact", "family"),
        ("扬言弄死我", "threat", ""),
        ("自称是派出所的民警", "impersonation", "police"),
        ("寄来伪造的法院传票", "impersonation", "document"),
        ("外访的人来过", "visit", ""),
        ("夜里11点打电话", "night_call", ""),
        ("一天打四十个电话", "many_calls", ""),
        ("爆了我通讯录", "disclosure", "contact_list"),
        ("贴大字报", "disclosure", "poster"),
        ("接通就骂", "abuse", ""),
        ("往门上泼油漆", "violence", ""),
    ],
)
def test_one_kind_of_conduct(text, kind, value):
    fact = found(text)[kind, value]
    assert (fact.negated, fact.modality, fact.whose) == (False, None, "author")


@pytest.mark.parametrize("text", ["没有打给家人", "从没上门", "不存在爆通讯录", "他们从不骂人", "没人上门"])
def test_what_is_denied_is_found_and_marked(text):
    assert [fact.negated for fact in found(text).values()] == [True]


@pytest.mark.parametrize("text", ["有没有上门", "没完没了地打电话", "没经过我同意就打给我妈"])
def test_what_only_looks_like_a_denial(text):
    assert not any(fact.negated for fact in found(text).values())


@pytest.mark.parametrize(
    ("text", "kind", "modality"),
    [
        ("如果再不还就上门", "visit", "conditional"),
        ("怕他们打给我妈", "third_party_contact", "feared"),
        ("会不会爆通讯录", "disclosure", "feared"),
        ("听说要上门", "visit", "hearsay"),
        ("催收不得骚扰第三人", "third_party_contact", "rule"),
    ],
)
def test_what_did_not_happen_yet(text, kind, modality):
    assert {fact.modality for (found_kind, _), fact in found(text).items() if found_kind == kind} == {modality}


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("我弟欠了网贷，催收打给我爸", "spoken_for"),
        ("群里有人被爆通讯录", "other"),
        ("别人欠的钱，凭什么天天打我电话", "author"),
        ("我司从未上门", "brand_says"),
        ("客服回复没有爆通讯录", "brand_says"),
    ],
)
def test_whose_affair_it_is(text, whose):
    assert {fact.whose for fact in found(text).values()} == {whose}


@pytest.mark.parametrize(
    "text", ["我上门找他们客服", "空调上门安装", "我气得想骂人", "再骚扰我就报警", "请拨打人工热线", "地质灾害的威胁"]
)
def test_no_conduct_of_collectors(text):
    assert not set(found(text)) - {("many_calls", "")}


def test_parties_of_a_list_each_stand_at_their_place():
    text = "打给我爸妈、同事和领导"
    places = {fact.value: text[fact.start : fact.end] for fact in found(text).values()}
    assert places == {"family": "打给我爸妈", "colleagues": "同事", "employer": "领导"}
