import random
from datetime import date

import pytest

torch = pytest.importorskip("torch", reason="训练测试需要 pip install 'fengping[train]'")
pytest.importorskip("transformers", reason="训练测试需要 pip install 'fengping[train]'")

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors  # noqa: E402
from transformers import BertConfig, BertModel  # noqa: E402

from nlp import Analyzer, BrandSettings, NlpSettings  # noqa: E402
from nlp.training.make import Plan, make_model  # noqa: E402
from nlp.training.parts import load_parts  # noqa: E402
from nlp.training.records import LabelledPost  # noqa: E402
from nlp.training.split import in_part  # noqa: E402
from nlp.training.train import Recipe  # noqa: E402

# What the exporters of these libraries say about themselves and each other.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
]


TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def encoder(tmp_path_factory):
    """A tiny encoder with random weights, in an ordinary Hugging Face folder."""
    folder = tmp_path_factory.mktemp("encoder")
    pieces = ["[PAD]", *(f"[unused{index}]" for index in range(1, 100)), "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    vocabulary = {piece: index for index, piece in enumerate([*pieces, *map(chr, range(0x4E00, 0x9FA6))])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 102), ("[CLS]", 101))
    tokenizer.save(str(folder / "tokenizer.json"))
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=21128, hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder


def test_a_model_is_trained_exported_and_used(encoder, tmp_path):
    parts = load_parts(None)
    few = type(parts)(parts.training[:64], parts.calibration[:32], parts.development[:8])
    losses = []
    plan = Plan(base=encoder, public=None, pretrain_epochs=0, recipe=Recipe(epochs=3, rate=1e-3))
    version = make_model(few, plan, tmp_path, made=TODAY, on_progress=lambda *step: losses.append(step[-1]))
    assert losses[-1] < losses[0]
    analyzer = Analyzer(BrandSettings(), NlpSettings(model=tmp_path))
    assert analyzer.model_version == version
    assert len(analyzer.analyze([record.text for record in few.development])) == 8


def test_the_same_command_makes_the_same_model(encoder, tmp_path):
    parts = load_parts(None)
    few = type(parts)(parts.training[:16], parts.calibration[:16], ())
    plan = Plan(base=encoder, public=None, pretrain_epochs=0, recipe=Recipe(epochs=1))
    versions = {make_model(few, plan, tmp_path / name, made=TODAY, on_progress=lambda *_: None) for name in ("a", "b")}
    assert len(versions) == 1


def test_near_duplicates_never_stand_on_both_sides():
    chance = random.Random(5)
    stories = ["".join(chr(chance.randint(0x4E00, 0x8000)) for _ in range(60)) for _ in range(60)]
    records = [
        labelled(f"{number}-{copy}", story[copy:] + "改") for number, story in enumerate(stories) for copy in range(3)
    ]
    part = dict(zip([record.id for record in records], in_part(records, share=0.3, seed="x"), strict=True))
    assert all(len({part[f"{number}-{copy}"] for copy in range(3)}) == 1 for number in range(60))
    assert 5 <= sum(part[f"{number}-0"] for number in range(60)) <= 35


def labelled(name, text):
    empty = frozenset()
    return LabelledPost(
        id=name, source="test", text=text, kind="news", sentiment="neutral", urgency="normal",
        issues=empty, causes=empty, demands=empty, overdue_complaint=False,
    )  # fmt: skip
