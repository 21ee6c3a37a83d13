"""The facts of a post as its page shows them."""

import pytest

from nlp.facts import KINDS, amounts, facts
from nlp.facts.claims import MODALITIES
from nlp.facts.conduct import disclosure, impersonation, third_party_contact
from nlp.facts.people import WHOSE
from nlp.facts.stages import STAGES
from nlp.normalize import normalize
from ui.texts import LANGUAGES, texts
from ui.web.components.fact_rows import GROUPS, fact_rows


def shown(text, language="zh"):
    return fact_rows(texts(language), facts(text, normalize(text)))


def test_facts_stand_in_groups():
    assert shown("本金2万元，年化36%，逾期40天，打12378，催收爆通讯录") == [
        ("金额", [("本金", "2万元")]),
        ("时间", [("逾期时长", "40天"), ("逾期阶段：M2，31–60 天", "40天")]),
        ("利率", [("年化利率", "36%")]),
        ("渠道", [("投诉渠道", "12378")]),
        ("催收行为", [("泄露欠款：爆通讯录", "爆通讯录")]),
    ]


def test_what_is_denied_and_what_happened_to_others_is_marked():
    assert shown("从没上门") == [("催收行为", [("上门", "上门（否认）")])]
    assert shown("群里有人被爆通讯录") == [("催收行为", [("泄露欠款：爆通讯录", "爆通讯录（他人）")])]
    assert shown("我司从未上门", "en") == [("Collection conduct", [("visit", "上门 (denied, lender says)")])]


def test_every_kind_has_its_group():
    assert sorted(kind for kinds in GROUPS.values() for kind in kinds) == sorted(KINDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_has_a_word(language):
    values = (*third_party_contact.PARTIES, *impersonation.PARTS, *disclosure.WAYS, *STAGES)
    marks = ("negated", *MODALITIES, *(person for person in WHOSE if person != "author"))
    keys = {f"fact_value.{value}" for value in values} | {f"fact_mark.{mark}" for mark in marks}
    keys |= {f"fact_role.{role}" for role in (*amounts.ROLES, "irr", "apr", "monthly", "daily")}
    assert not keys - set(LANGUAGES[language])
