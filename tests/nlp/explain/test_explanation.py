"""Reasons that hold: without the words that are shown, the label is less probable."""

import random
from collections.abc import Sequence

import pytest

from nlp import Analysis, Analyzer, BrandSettings, Explanation, explain
from nlp.classify.heads import HEAD, SENTIMENTS
from nlp.explain.shown import ShownLabel, shown_labels
from nlp.normalize import normalize
from nlp.training.dataset import load_records

COMPLAINT = "红创金服催收一天打我二十个电话，还把我家人朋友都骚扰遍了，逾期才三天，太过分了！"
TWO_BRANDS = "红创金服的催收天天骂人，橙禾贷的客服就很好，还主动给我减免了利息。"
POSTS = 200


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer(BrandSettings(competitors=("橙禾贷",)))


def explained(text: str, analyzer: Analyzer) -> tuple[Analysis, Explanation]:
    (analysis,) = analyzer.analyze([text])
    return analysis, explain(text, analysis, analyzer)


def without_shown_words(text: str, label: ShownLabel, explanation: Explanation) -> str:
    """The text without every word that is shown for a label."""
    shown = {
        place
        for reason in explanation.reasons
        if (reason.field, reason.label, reason.brand) == (label.field, label.value, label.brand)
        for place in range(reason.start, reason.end)
    }
    return "".join(character for place, character in enumerate(text) if place not in shown)


def chances(analyzer: Analyzer, asked: Sequence[tuple[str, ShownLabel]]) -> list[float]:
    """The probability of each label in the text beside it."""
    texts = [normalize(text).text for text, _ in asked]
    heads = analyzer.classifier.probabilities(texts)
    return [
        float(analyzer.classifier.towards_probabilities([text], [label.brand])[0, SENTIMENTS.index(label.value)])
        if label.brand
        else 1 - float(heads[label.field][row, 0])
        if label.value == "no"
        else float(heads[label.field][row, HEAD[label.field].values.index(label.value)])
        for row, (text, (_, label)) in enumerate(zip(texts, asked, strict=True))
    ]


def test_without_the_shown_words_the_label_is_less_probable(analyzer):
    records = random.Random(6).sample(load_records(None), POSTS)
    texts = [record.text for record in records]
    before, after, bare = [], [], 0
    for text, analysis in zip(texts, analyzer.analyze(texts), strict=True):
        explanation = explain(text, analysis, analyzer)
        for label in shown_labels(analysis):
            if explanation.words(label.field, label.value, brand=label.brand):
                before.append((text, label))
                after.append((without_shown_words(text, label, explanation), label))
            else:
                bare += 1
    pairs = list(zip(chances(analyzer, before), chances(analyzer, after), strict=True))
    assert len(pairs) > 4 * POSTS
    assert sum(later < earlier for earlier, later in pairs) >= 0.99 * len(pairs)
    assert bare < 0.1 * len(pairs)


def test_every_shown_label_has_its_words(analyzer):
    analysis, explanation = explained(COMPLAINT, analyzer)
    assert "催收" in dict(explanation.words("issues", "collection"))
    for label in shown_labels(analysis):
        words = explanation.words(label.field, label.value)
        assert len(words) <= 3
        assert all(0 < weight <= 1 for _, weight in words)


def test_a_reason_says_where_its_word_stands(analyzer):
    _, explanation = explained(COMPLAINT, analyzer)
    assert explanation.reasons
    for reason in explanation.reasons:
        assert COMPLAINT[reason.start : reason.end] == reason.word


def test_a_word_is_taken_out_wherever_it_stands(analyzer):
    text = "催收打电话，催收骂人，催收还发短信。"
    _, explanation = explained(text, analyzer)
    places = [reason.start for reason in explanation.reasons if (reason.label, reason.word) == ("collection", "催收")]
    assert places == [0, 6, 11]


def test_a_disguised_word_is_marked_as_it_was_written(analyzer):
    text = "崔收一天打我二十个电话"
    _, explanation = explained(text, analyzer)
    found = {reason.word: text[reason.start : reason.end] for reason in explanation.reasons}
    assert found["催收"] == "崔收"


def test_the_sentiment_towards_each_brand_has_reasons_of_its_own(analyzer):
    analysis, explanation = explained(TWO_BRANDS, analyzer)
    assert [entry.brand for entry in analysis.towards] == ["红创金服", "橙禾贷"]
    for entry in analysis.towards:
        assert explanation.words("towards", entry.sentiment.value, brand=entry.brand)


def test_dictionary_entries_are_told_once_and_by_label(analyzer):
    text = "逾期了，催收威胁我，逾期才三天，不想活了"
    _, explanation = explained(text, analyzer)
    assert [term.term for term in explanation.terms].count("逾期") == 1
    assert "逾期" in explanation.entries("issues", "overdue")
    assert explanation.entries("urgency", "critical") == ("不想活了",)


def test_in_a_long_text_the_words_come_from_where_it_is_said(analyzer):
    text = (
        "今天天气不错，去公园走了走，花开得很好。" * 30 + "催收把我的通讯录都打爆了，天天骂人。" + "回家做了晚饭。" * 30
    )
    _, explanation = explained(text, analyzer)
    collection = [reason for reason in explanation.reasons if (reason.field, reason.label) == ("issues", "collection")]
    assert 600 <= collection[0].start < 620


@pytest.mark.parametrize("text", ["", "！！！", "的了", "\u200b", "😀"])
def test_a_text_without_words_has_an_explanation_too(analyzer, text):
    _, explanation = explained(text, analyzer)
    assert all(text[reason.start : reason.end] for reason in explanation.reasons)


def test_fewer_words_can_be_asked_for(analyzer):
    (analysis,) = analyzer.analyze([COMPLAINT])
    explanation = explain(COMPLAINT, analysis, analyzer, most=1)
    assert len(explanation.words("issues", "collection")) == 1
