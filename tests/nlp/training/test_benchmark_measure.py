"""Fine-tuning on a public set, with a tiny encoder and texts made up here."""

import json
import random
from dataclasses import replace

import pytest

torch = pytest.importorskip("torch", reason="训练测试需要 pip install 'fengping[train]'")
pytest.importorskip("transformers", reason="训练测试需要 pip install 'fengping[train]'")

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers  # noqa: E402
from transformers import BertConfig, BertModel  # noqa: E402
from typer.testing import CliRunner  # noqa: E402

from nlp.errors import TrainingError  # noqa: E402
from nlp.training.benchmark import SETS  # noqa: E402
from nlp.training.benchmark.base import base_folder  # noqa: E402
from nlp.training.benchmark.example import Example  # noqa: E402
from nlp.training.benchmark.measure import measure  # noqa: E402
from nlp.training.benchmark.network import Encoding, head_and_tail, padded  # noqa: E402
from nlp.training.benchmark.parts import load_parts  # noqa: E402
from nlp.training.benchmark.public_set import FineTuning  # noqa: E402
from ui.cli import benchmark  # noqa: E402

WORDS = {0: ("亏钱", "跌停", "垃圾"), 1: ("开盘", "公告", "横盘"), 2: ("大涨", "起飞", "看好")}
QUICK = FineTuning(epochs=6, seeds=2, pieces=32, batch=8, rate=2e-3, averaging=0.8, ngrams=0.0)


@pytest.fixture(scope="module")
def encoder(tmp_path_factory):
    """A tiny encoder with random weights, in an ordinary Hugging Face folder."""
    folder = tmp_path_factory.mktemp("data") / "models" / "tiny"
    folder.mkdir(parents=True)
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *map(chr, range(0x4E00, 0x9FA6))]
    tokenizer = Tokenizer(models.WordPiece({piece: index for index, piece in enumerate(pieces)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.save(str(folder / "tokenizer.json"))
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(pieces), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder


@pytest.fixture
def data(encoder):
    """The folder of data beside the folder of models: 120 posts to learn from, 30 to be measured on."""
    folder = encoder.parents[1] / "sets"
    folder.mkdir(exist_ok=True)
    (folder / "finfe_train.json").write_text(json.dumps(posts(120, seed=1)), encoding="utf-8")
    (folder / "finfe_eval.json").write_text(json.dumps(posts(30, seed=2)), encoding="utf-8")
    return folder


@pytest.mark.parametrize(("ngrams", "naive_bayes"), [(0.0, False), (0.5, False), (1.0, True)])
def test_networks_and_ngrams_learn_what_the_words_say(encoder, data, ngrams, naive_bayes):
    report = measured(encoder, data, replace(QUICK, ngrams=ngrams, naive_bayes=naive_bayes))
    assert report["n"] == 30
    assert report["accuracy"] >= 0.8
    assert report["interval"][0] < report["accuracy"] <= report["interval"][1]
    assert report["split"] == "finfe_eval.json"
    assert report["without_duplicate"]["n"] <= 30


def test_the_same_command_gives_the_same_figure_and_losses(encoder, data):
    one, other = [], []
    first = measured(encoder, data, QUICK, losses=one)
    second = measured(encoder, data, QUICK, losses=other)
    assert (one, first["accuracy"]) == (other, second["accuracy"])
    assert one[-1] < one[0]


def test_what_a_text_is_about_is_the_first_segment(encoder):
    encoding = Encoding(encoder, 16)
    ids, segments, mask = padded(
        encoding.encode([Example(text="利润增长", label=0, about="银行"), Example(text="跌", label=0)])
    )
    assert segments.tolist() == [[0, 0, 0, 0, 1, 1, 1, 1, 1], [0] * 9]
    assert mask.sum(dim=1).tolist() == [9, 3]
    assert (ids[0] == 3).nonzero().ravel().tolist() == [3, 8]


def test_a_long_text_is_read_at_its_head_and_tail():
    assert head_and_tail(list(range(100)), 8) == [0, 1, 2, 3, 4, 5, 98, 99]
    assert head_and_tail([1, 2, 3], 8) == [1, 2, 3]


def test_the_command_prints_one_object_and_progress_elsewhere(encoder, data, monkeypatch):
    monkeypatch.setitem(SETS, "finfe", replace(SETS["finfe"], fine_tuning=replace(QUICK, epochs=1)))
    result = CliRunner().invoke(command_line(), ["benchmark", "finfe", str(data), "--base", "some/tiny", "--json"])
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert {"set", "n", "accuracy", "interval", "seconds", "split", "without_duplicate"} <= set(report)
    assert "训练 120 条" in result.stderr


def test_an_encoder_is_a_folder_or_lies_beside_the_data(encoder, data, monkeypatch):
    assert base_folder(str(encoder), data) == encoder
    assert base_folder("some/tiny", data) == encoder
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(TrainingError, match="--base"):
        base_folder("nobody/has-this", data)


def measured(encoder, data, how, *, losses=None):
    parts = load_parts(SETS["finfe"], data)
    heard = losses if losses is not None else []
    return measure(
        SETS["finfe"], parts, encoder, seed=7, how=how, on_progress=lambda done, steps, loss: heard.append(loss)
    )


def posts(n, *, seed):
    """Posts whose label one word tells, among other characters."""
    chance = random.Random(seed)

    def noise():
        return "".join(chr(chance.randint(0x5000, 0x5020)) for _ in range(5))

    labels = [number % 3 for number in range(n)]
    return [[noise() + chance.choice(WORDS[label]) + noise(), label] for label in labels]


def command_line():
    import typer

    app = typer.Typer()
    benchmark.register(app)
    app.callback()(lambda: None)
    return app
