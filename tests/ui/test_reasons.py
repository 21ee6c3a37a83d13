"""What the app shows of an explanation: a row a label, a sentence a rule, the domain terms that are left."""

import pytest

from nlp import Analysis, Analyzer, BrandSettings, Explanation, Rule, explain
from nlp.explain.rules import RULES
from ui.texts import LANGUAGES, texts
from ui.texts.rules import rule_line
from ui.web.components.label_reasons import label_rows, other_terms, rule_lines

TEXT = "红创金服逾期三天，催收天天打电话骂人，橙禾贷倒是客气，我准备上岸"


@pytest.fixture(scope="module")
def explained() -> tuple[Analysis, Explanation]:
    analyzer = Analyzer(BrandSettings(competitors=("橙禾贷",)))
    (analysis,) = analyzer.analyze([TEXT])
    return analysis, explain(TEXT, analysis, analyzer)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", RULES)
def test_every_rule_is_a_sentence_in_every_language(language: str, name: str) -> None:
    rule = Rule(name=name, field="issues", value="collection", limit=0.6, terms=("自杀",), issues=("overdue",))
    line = rule_line(texts(language), rule)
    assert line
    assert "{" not in line


def test_a_rule_says_what_it_went_by() -> None:
    rule = Rule(name="danger_word", field="urgency", value="normal", terms=("自杀", "不想活了"))
    assert "自杀、不想活了" in rule_line(texts("zh"), rule)


def test_each_label_has_a_row_with_its_words(explained: tuple[Analysis, Explanation]) -> None:
    rows = label_rows(texts("zh"), *explained)
    (collection,) = [row for row in rows if (row["field"], row["label"]) == ("问题", "催收")]
    assert "催收" in [word for word, _ in collection["words"]]
    assert "门槛" in collection["chance"]
    assert collection["entries"] == "词典：催收"
    assert [row["field"] for row in rows][:4] == ["类型", "情感", "紧急程度", "逾期投诉"]


def test_the_sentiment_towards_a_brand_names_the_brand(explained: tuple[Analysis, Explanation]) -> None:
    about = [row["label"] for row in label_rows(texts("zh"), *explained) if row["field"] == "对品牌"]
    assert [label.split(" · ")[1] for label in about] == ["红创金服", "橙禾贷"]


def test_a_domain_term_stands_beside_its_label_or_in_a_row_of_its_own(explained: tuple[Analysis, Explanation]) -> None:
    assert other_terms(texts("zh"), *explained) == [("上岸", "行业用语")]


def test_a_threshold_stands_beside_its_label_and_not_among_the_rules(explained: tuple[Analysis, Explanation]) -> None:
    assert "threshold" in {rule.name for rule in explained[1].rules}
    assert not [line for line in rule_lines(texts("zh"), explained[1]) if "达到门槛" in line]
