import sys

import numpy as np
import pytest

from nlp import Analyzer, BrandSettings, NlpSettings
from nlp.classify.checkpoint_labels import match_labels
from nlp.errors import ModelError

TEXTS = ["红创金服催收天天打电话，烦死了", "放款挺快，点赞", "今天天气不错"]
# What the loader of transformers says about itself.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]


def checkpoint(folder, *labels, problem_type=None, architecture="BertForSequenceClassification"):
    """A tiny model with random weights and these labels, in an ordinary Hugging Face folder."""
    torch = pytest.importorskip("torch", reason="这里的测试需要 pip install 'fengping[train]'")
    transformers = pytest.importorskip("transformers", reason="这里的测试需要 pip install 'fengping[train]'")
    folder.mkdir()
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *map(chr, range(0x4E00, 0x9FA6))]
    (folder / "vocab.txt").write_text("\n".join(pieces), encoding="utf-8")
    transformers.BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    torch.manual_seed(3)
    config = transformers.BertConfig(
        vocab_size=len(pieces), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64,
        id2label=dict(enumerate(labels)), label2id={label: index for index, label in enumerate(labels)},
        problem_type=problem_type, initializer_range=0.5,
    )  # fmt: skip
    getattr(transformers, architecture)(config).save_pretrained(folder)
    return folder


def given_by(folder, texts, *, problem_type=None):
    """The model's own chances of its labels, by transformers alone."""
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    network, tokenizer = (kind.from_pretrained(folder) for kind in (AutoModelForSequenceClassification, AutoTokenizer))
    with torch.inference_mode():
        logits = [network.eval()(**tokenizer(text, return_tensors="pt")).logits[0] for text in texts]
    return np.array([(row.sigmoid() if problem_type else row.softmax(0)).numpy() for row in logits])


def test_a_checkpoint_gives_its_field_and_the_shipped_model_all_others(tmp_path):
    folder = checkpoint(tmp_path / "mood", "负面", "Positive")
    shipped, mixed = Analyzer(BrandSettings()), Analyzer(BrandSettings(), NlpSettings(model=folder))
    expected = given_by(folder, TEXTS)
    for row, (analysis, other) in enumerate(zip(mixed.analyze(TEXTS), shipped.analyze(TEXTS), strict=True)):
        assert analysis.sentiment.value == ("negative", "positive")[expected[row].argmax()]
        assert analysis.sentiment.probability == pytest.approx(expected[row].max(), abs=2e-4)
        assert (analysis.kind, analysis.issues, analysis.urgency) == (other.kind, other.issues, other.urgency)
    assert mixed.model_version.startswith(f"{shipped.model_version}+mood@")


def test_labels_that_say_nothing_are_named_by_the_settings(tmp_path):
    folder = checkpoint(tmp_path / "binary", "LABEL_0", "LABEL_1")
    with pytest.raises(ModelError, match=r"LABEL_0、LABEL_1 .*\[nlp\.labels\]"):
        Analyzer(BrandSettings(), NlpSettings(model=folder))
    one = Analyzer(BrandSettings(), NlpSettings(model=folder, labels={"LABEL_0": "no", "LABEL_1": "yes"}))
    other = Analyzer(BrandSettings(), NlpSettings(model=folder, labels={"LABEL_0": "yes", "LABEL_1": "no"}))
    chances = given_by(folder, TEXTS)
    for analyzer, column in ((one, 1), (other, 0)):
        given = analyzer.classifier.probabilities(TEXTS)
        # By the guide an overdue complaint is a complaint, whichever model says so.
        expected = np.minimum(chances[:, column], given["kind"][:, 0])
        assert given["overdue_complaint"][:, 0] == pytest.approx(expected, abs=1e-5)
    assert one.model_version != other.model_version


def test_any_number_of_labels_may_hold(tmp_path):
    kind = "multi_label_classification"
    folder = checkpoint(tmp_path / "topics", "催收", "息费", "其他", problem_type=kind)
    analyzer = Analyzer(BrandSettings(), NlpSettings(model=folder))
    expected = given_by(folder, TEXTS, problem_type=kind)
    chances = analyzer.classifier.probabilities(TEXTS)["issues"]
    assert chances[:, 1:3] == pytest.approx(expected[:, :2], abs=1e-5)
    held = [{label.value for label in analysis.issues} for analysis in analyzer.analyze(TEXTS)]
    assert held == [{("collection", "cost")[column] for column in np.flatnonzero(row[:2] >= 0.5)} for row in expected]


def test_texts_keep_their_order_and_long_ones_are_read_to_their_end(tmp_path):
    analyzer = Analyzer(BrandSettings(), NlpSettings(model=checkpoint(tmp_path / "mood", "neg", "pos")))
    long = TEXTS[1] * 100
    texts = [long, *TEXTS, long + TEXTS[0] * 20]
    together = analyzer.classifier.probabilities(texts)["sentiment"]
    alone = [analyzer.classifier.probabilities([text])["sentiment"][0] for text in texts]
    assert together == pytest.approx(np.array(alone), abs=1e-4)
    assert together[0] != pytest.approx(together[-1], abs=1e-6)
    (endless,) = analyzer.analyze(["逾期催收" * 50_000])
    assert endless.sentiment.doubtful


def test_what_is_no_classifier_of_texts_is_refused(tmp_path):
    folder = checkpoint(tmp_path / "encoder", "negative", "positive", architecture="BertModel")
    with pytest.raises(ModelError, match="不是文本分类模型"):
        Analyzer(BrandSettings(), NlpSettings(model=folder))


def test_labels_are_for_checkpoints_only():
    with pytest.raises(ModelError, match=r"\[nlp\.labels\] 只用于"):
        Analyzer(BrandSettings(), NlpSettings(labels={"LABEL_0": "negative"}))


def test_without_transformers_it_says_how_to_install_it(tmp_path, monkeypatch):
    (tmp_path / "config.json").write_text("{}")
    monkeypatch.setitem(sys.modules, "transformers", None)
    with pytest.raises(ModelError, match=r"pip install 'fengping\[train\]'"):
        Analyzer(BrandSettings(), NlpSettings(model=tmp_path))


@pytest.mark.parametrize(
    ("names", "field", "values"),
    [
        (("Negative", "Positive"), "sentiment", ("negative", "positive")),
        (("负向", "中性", "正向"), "sentiment", ("negative", "neutral", "positive")),
        (
            ("negative (stars 1, 2 and 3)", "positive (stars 4 and 5)"),
            "sentiment",
            ("negative", "positive"),
        ),
        (("star 1", "star 3", "star 5"), "sentiment", ("negative", "neutral", "positive")),
        (("投诉", "广告", "irrelevant"), "kind", ("complaint", "promo", "irrelevant")),
        (("紧急", "普通"), "urgency", ("critical", "normal")),
        (("逾期投诉", "其他"), "overdue_complaint", ("yes", "no")),
        (("credit-report", "催收", "其他"), "issues", ("credit_report", "collection", "none")),
    ],
)
def test_public_names_of_labels_are_understood(names, field, values):
    match = match_labels(names, {})
    assert (match.head.name, match.values) == (field, values)


@pytest.mark.parametrize(
    ("names", "given", "message"),
    [
        (("joy", "anger"), {}, "joy、anger 对不上"),
        (("high", "normal"), {}, "必须有 critical"),
        (("negative",), {}, "对不上"),
        (("neg", "pos"), {"negg": "negative"}, "negg 不是模型的标签"),
        (("A", "B"), {"A": "negative", "B": "collection"}, "对不上"),
    ],
)
def test_labels_of_no_field_are_refused(names, given, message):
    with pytest.raises(ModelError, match=message):
        match_labels(names, given)
