"""The alternative: a text-classification pipeline of transformers with a model of BERT-base size (extra `train`)."""

import time
from collections.abc import Sequence
from typing import Any

from nlp.settings import SHIPPED_MODEL

# BERT-base-Chinese: 12 layers of 768 (the defaults of BertConfig), 21,128 pieces; speed does not ask for its weights.
_PIECES = 21128
_CUT = {"truncation": True, "max_length": 512}
_BATCHES = (1, 8)
_WARM_UP = 24


def bert_base_posts_per_s(texts: Sequence[str], *, threads: int) -> tuple[float, int]:
    """Posts a second, and the batch size used: the faster one of `_BATCHES` on the first texts.

    Raises:
        ModuleNotFoundError: PyTorch or transformers is not installed.
    """
    pipeline = _pipeline(threads)
    warm_up = list(texts[:_WARM_UP])
    pipeline(warm_up[:2], batch_size=1, **_CUT)
    batch = max(_BATCHES, key=lambda size: _rate(pipeline, warm_up, size))
    return _rate(pipeline, texts, batch), batch


def _pipeline(threads: int) -> Any:
    import torch
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast, pipeline

    torch.set_num_threads(threads)
    torch.manual_seed(1)
    model = BertForSequenceClassification(BertConfig(vocab_size=_PIECES)).eval()
    names = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(SHIPPED_MODEL / "tokenizer.json"), **names)
    return pipeline("text-classification", model=model, tokenizer=tokenizer, device="cpu")


def _rate(pipeline: Any, texts: Sequence[str], batch: int) -> float:
    begun = time.perf_counter()
    pipeline(list(texts), batch_size=batch, **_CUT)
    return len(texts) / (time.perf_counter() - begun)
