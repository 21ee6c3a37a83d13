import pytest

from nlp import Analysis, Analyzer, BrandSettings, NlpSettings, analyze
from nlp.errors import ModelError

COMPLAINT = "红创金服催收一天打我二十个电话，还把我家人朋友都骚扰遍了，逾期才三天，太过分了！"
PRAISE = "红创金服放款挺快，利息也说得清楚，提前还清没收手续费，点赞。"
NEWS = "红创金服发布一季度报告：2024年第一季度逾期率为5.2%，比去年同期上升1.5个百分点。"
DANGER = "实在撑不下去了，催收天天骂，我已经写好遗书，今晚就从楼上跳下去，一了百了。"


@pytest.fixture(scope="module")
def analyzer():
    return Analyzer(BrandSettings(competitors=("橙禾贷",)))


def test_a_complaint_about_collection(analyzer):
    (analysis,) = analyzer.analyze([COMPLAINT])
    assert analysis.kind.value == "complaint"
    assert analysis.sentiment.value == "negative"
    assert "collection" in {label.value for label in analysis.issues}
    assert analysis.is_overdue_complaint
    assert analysis.brands == ("红创金服",)
    assert "催收" in {term.term for term in analysis.terms}


def test_praise_and_news_are_no_complaints(analyzer):
    praise, news = analyzer.analyze([PRAISE, NEWS])
    assert (praise.kind.value, praise.sentiment.value) == ("praise", "positive")
    assert news.kind.value == "news"
    assert not praise.is_overdue_complaint
    assert not news.is_overdue_complaint


def test_a_danger_to_life_is_critical(analyzer):
    (analysis,) = analyzer.analyze([DANGER])
    assert analysis.urgency.value == "critical"


def test_a_word_of_danger_is_never_passed_over_in_silence(analyzer):
    (analysis,) = analyzer.analyze(["小说里那个人自杀了，作者写得真好"])
    assert analysis.urgency.value == "critical" or analysis.urgency.doubtful


def test_texts_keep_their_order_whatever_their_length(analyzer):
    texts = [PRAISE, COMPLAINT * 3, NEWS, COMPLAINT]
    alone = [analyzer.analyze([text])[0].kind.value for text in texts]
    assert [analysis.kind.value for analysis in analyzer.analyze(texts)] == alone


def test_a_post_is_judged_alike_whatever_stands_beside_it(analyzer):
    texts = [PRAISE, COMPLAINT, NEWS, DANGER, "😀", COMPLAINT * 20]
    together = analyzer.classifier.probabilities(texts)
    for row, text in enumerate(texts):
        alone = analyzer.classifier.probabilities([text])
        for head, chances in together.items():
            assert alone[head][0] == pytest.approx(chances[row], abs=1e-4)


def test_the_end_of_a_long_text_counts(analyzer):
    (analysis,) = analyzer.analyze(["今天天气不错，去公园走了走。" * 400 + DANGER])
    assert analysis.urgency.value == "critical"


def test_a_text_of_megabytes_is_analysed_and_its_danger_is_kept(analyzer):
    (analysis,) = analyzer.analyze(["逾期催收" * 50_000 + "不想活"])
    assert len(analysis.terms) == 500
    assert analysis.terms[-1].topic == "urgency:critical"
    assert analysis.doubtful


def test_empty_and_odd_texts_are_analysed(analyzer):
    assert len(analyzer.analyze(["", "😀😀", "\u200b", "a" * 5000])) == 4
    assert analyzer.analyze([]) == []


def test_an_analysis_survives_storing(analyzer):
    (analysis,) = analyzer.analyze([NEWS])
    assert Analysis.from_json(analysis.to_json()) == analysis


def test_brands_and_homonyms(analyzer):
    named = [analysis.brands for analysis in analyzer.analyze(["橙禾贷和红创比", "红创科技的机床", "與紅創金服無關"])]
    assert named == [("红创金服", "橙禾贷"), (), ("红创金服",)]


def test_the_default_analyzer_is_ready():
    assert analyze([COMPLAINT])[0].kind.value == "complaint"


def test_a_missing_model_says_what_to_do(tmp_path):
    with pytest.raises(ModelError, match="fengping train"):
        Analyzer(BrandSettings(), NlpSettings(model=tmp_path))
