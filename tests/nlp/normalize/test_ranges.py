import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nlp.normalize import normalize

_NOISE = (
    "逾期催收亻崔讠斥马扁子网贷代贝yuqicuishou7*· \u200b\u200d\ufe0f\u20e3👨👩💰📞🐱黑猫e\u0301\r\n\u0336🇨🇳"
    "１２数著還(wèn)（）問題題?shù)四了亖紫砂12378一二三七八\U0001f3fb"
)


@given(st.text(alphabet=st.sampled_from(_NOISE), max_size=60) | st.text(max_size=40))
@example("0\uaab0")
@settings(max_examples=500, deadline=None)
def test_ranges_are_in_order_and_never_cut_what_a_reader_sees_as_one_character(text):
    normalized = normalize(text)
    starts, ends = list(normalized.starts), list(normalized.ends)
    assert len(normalized.text) == len(starts) == len(ends)
    assert all(0 <= start <= end <= len(text) for start, end in zip(starts, ends, strict=True))
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    borders = {0, *(match.end() for match in regex.finditer(r"\X", text))}
    assert borders.issuperset(starts)
    assert borders.issuperset(ends)


@given(st.text(alphabet=st.sampled_from("逾期催收亻崔网贷代贝7*·\u200b\u200d👩📞🐱黑猫的人 "), max_size=60))
@settings(max_examples=300, deadline=None)
def test_every_character_is_covered_but_invisible_ones(text):
    normalized = normalize(text)
    ranges = zip(normalized.starts, normalized.ends, strict=True)
    covered = {place for start, end in ranges for place in range(start, end)}
    lost = {character for place, character in enumerate(text) if place not in covered}
    assert lost <= {"\u200b", "\u200d"}


def test_a_family_and_a_keycap_stay_whole():
    text = "👨‍👩‍👧的催收1️⃣"
    normalized = normalize(text)
    ranges = {text[slice(*normalized.span(i, i + 1))] for i in range(len(normalized.text))}
    assert ranges == {"👨‍👩‍👧", "的", "催", "收", "1️⃣"}
