"""Go on with masked-language training on texts of the trade, before the heads are trained."""

import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import AutoConfig, AutoModel, BertForMaskedLM

from nlp.classify.encoder_text import encoder_text
from nlp.normalize import normalize
from nlp.training.optimization import batches
from nlp.training.train import padded, seed_everything

_PIECES = 192
_BATCH = 32
_RATE = 1.5e-4
_MASKED_SHARE = 0.15
_MASK, _FIRST_ORDINARY = 103, 106
_IGNORED = -100


def pretrain(
    texts: Sequence[str],
    base: Path,
    target: Path,
    *,
    epochs: int,
    seed: int,
    on_progress: Callable[[int, int, float], None],
) -> None:
    """Train the encoder of folder `base` to fill masked pieces of `texts`; write it to the folder `target`.

    `on_progress` hears steps done, steps in all, and the loss.
    """
    seed_everything(seed)
    encoded = list(_pieces(texts, base))
    network = _masked_network(base).train()
    steps = -(-len(encoded) // _BATCH) * epochs
    optimizer = torch.optim.AdamW(network.parameters(), lr=_RATE, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=steps + 1, pct_start=0.1)
    order = random.Random(seed)  # noqa: S311 - shuffling, no secret
    for step, batch in enumerate(_batches(encoded, epochs, order), start=1):
        ids, mask = padded(batch)
        hidden, wanted = _hide(ids, mask)
        loss = _loss(network, hidden, mask, wanted)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        on_progress(step, steps, loss.item())
    network.bert.save_pretrained(target)
    shutil.copyfile(base / "tokenizer.json", target / "tokenizer.json")


def _loss(network: BertForMaskedLM, hidden: torch.Tensor, mask: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """Mean cross-entropy of the hidden pieces; only these are scored against the vocabulary, which costs most."""
    asked = wanted != _IGNORED
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = network.bert(input_ids=hidden, attention_mask=mask).last_hidden_state
        scores = network.cls(states[asked])
    return torch.nn.functional.cross_entropy(scores.float(), wanted[asked])


def _masked_network(base: Path) -> BertForMaskedLM:
    config = AutoConfig.from_pretrained(base, attn_implementation="eager")
    network = BertForMaskedLM(config)
    encoder = AutoModel.from_pretrained(base, add_pooling_layer=False)
    network.bert.load_state_dict(encoder.state_dict(), strict=False)
    network.tie_weights()
    return network


def _pieces(texts: Sequence[str], base: Path) -> Iterator[list[int]]:
    """Runs of at most `_PIECES` pieces: a long text gives several."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    for text in texts:
        ids = tokenizer.encode(encoder_text(normalize(text).text), add_special_tokens=False).ids
        for start in range(0, min(len(ids), 8 * _PIECES), _PIECES):
            run = ids[start : start + _PIECES]
            if len(run) >= 8:
                yield [101, *run, 102]


def _batches(encoded: Sequence[list[int]], epochs: int, order: random.Random) -> Iterator[list[list[int]]]:
    lengths = [len(run) for run in encoded]
    for _ in range(epochs):
        yield from ([encoded[index] for index in batch] for batch in batches(lengths, _BATCH, order))


def _hide(ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Masked pieces as in BERT (80 % mask, 10 % random, 10 % kept) and what to predict there."""
    chance = torch.rand(ids.shape)
    chosen = (chance < _MASKED_SHARE) & (ids >= _FIRST_ORDINARY) & (mask == 1)
    wanted = ids.masked_fill(~chosen, _IGNORED)
    way = torch.rand(ids.shape)
    hidden = ids.masked_fill(chosen & (way < 0.8), _MASK)
    other = chosen & (way >= 0.8) & (way < 0.9)
    return torch.where(other, torch.randint(_FIRST_ORDINARY, 21_128, ids.shape), hidden), wanted
