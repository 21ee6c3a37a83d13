"""Fine-tune the network on tasks; the same command on the same data gives the same weights."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer

from nlp.classify.encoder_text import encoder_text
from nlp.normalize import normalize
from nlp.training.network import Network, loss
from nlp.training.optimization import batches, optimization
from nlp.training.tasks import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How to train: `pieces` is the longest text in word pieces, that of one window and its ends.

    The heads learn at ten times `rate`.
    """

    epochs: int = 8
    batch: int = 16
    rate: float = 8e-5
    pieces: int = 226
    warm_up: float = 0.1
    seed: int = 7


def train(asked: Sequence[Task], base: Path, recipe: Recipe, *, on_epoch: Callable[[int, float], None]) -> Network:
    """Fine-tune from the encoder in folder `base`; `on_epoch` hears the epoch (from 1) and its mean loss."""
    seed_everything(recipe.seed)
    encoded = _encoded(asked, base, recipe.pieces)
    targets = torch.stack([torch.from_numpy(task.targets) for task in asked])
    network = Network(base)
    steps = -(-len(encoded) // recipe.batch) * recipe.epochs
    optimizer, schedule = optimization(
        network.encoder, network.output, rate=recipe.rate, warm_up=recipe.warm_up, steps=steps
    )
    lengths = [len(text) for text in encoded]
    order = random.Random(recipe.seed)  # noqa: S311 - shuffling, no secret
    network.train()
    for epoch in range(1, recipe.epochs + 1):
        losses = [
            _step(network, optimizer, schedule, *padded([encoded[index] for index in batch]), targets[batch])
            for batch in batches(lengths, recipe.batch, order)
        ]
        on_epoch(epoch, sum(losses) / len(losses))
    network.eval()
    return network


def _encoded(asked: Sequence[Task], base: Path, pieces: int) -> list[list[int]]:
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.enable_truncation(pieces)
    return [tokenizer.encode(*_parts(task)).ids for task in asked]


def _parts(task: Task) -> tuple[str, str | None]:
    """The text, or the brand that it is read about and the text."""
    text = encoder_text(normalize(task.text).text)
    return (encoder_text(task.about), text) if task.about else (text, None)


def seed_everything(seed: int) -> None:
    """Make what follows repeatable."""
    random.seed(seed)
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(mode=True)


def padded(texts: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Piece numbers filled up to the longest text, and the mask of what is real; both (texts, pieces)."""
    longest = max(map(len, texts))
    ids = torch.tensor([[*text, *[0] * (longest - len(text))] for text in texts])
    mask = torch.tensor([[1] * len(text) + [0] * (longest - len(text)) for text in texts])
    return ids, mask


def _step(
    network: Network,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    ids: torch.Tensor,
    mask: torch.Tensor,
    targets: torch.Tensor,
) -> float:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores, _ = network(ids, mask)
    value = loss(scores.float(), targets)
    optimizer.zero_grad()
    value.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    schedule.step()
    return float(value.item())
