"""Fine-tune the encoder to one label a text; the same data and seed give the same weights on the same machine."""

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch

from nlp.training.benchmark.example import Example
from nlp.training.benchmark.network import BenchmarkNetwork, Encoding, padded
from nlp.training.benchmark.public_set import FineTuning
from nlp.training.benchmark.votes import Votes
from nlp.training.optimization import batches, optimization
from nlp.training.train import seed_everything

OnStep = Callable[[int, int, float], None]

_WARM_UP = 0.1
_AT_ONCE = 64


def fine_tune(votes: Votes, base: Path, how: FineTuning, *, seed: int, on_step: OnStep) -> BenchmarkNetwork:
    """Train one network on `votes`; `on_step` hears steps done, steps in all, and the loss."""
    seed_everything(seed)
    encoded = Encoding(base, how.pieces).encode(votes.examples)
    targets, weights = torch.from_numpy(votes.shares), torch.from_numpy(votes.weights)
    network = BenchmarkNetwork(base, targets.shape[1])
    network.train()
    steps = -(-len(encoded) // how.batch) * how.epochs
    training = _Training(network, how, steps)
    order = random.Random(seed)  # noqa: S311 - shuffling, no secret
    for step, batch in enumerate(_batches(encoded, how, order), start=1):
        loss = training.step([encoded[index] for index in batch], targets[batch], weights[batch])
        on_step(step, steps, loss)
    training.use_mean_weights()
    network.eval()
    return network


def chances(network: BenchmarkNetwork, examples: Sequence[Example], base: Path, how: FineTuning) -> np.ndarray:
    """The probability of each label (texts, labels)."""
    encoded = Encoding(base, how.pieces).encode(examples)
    order = sorted(range(len(encoded)), key=lambda index: len(encoded[index][0]))
    given = np.zeros((len(encoded), network.output.out_features), dtype=np.float32)
    with torch.no_grad():
        for start in range(0, len(order), _AT_ONCE):
            rows = order[start : start + _AT_ONCE]
            given[rows] = torch.softmax(_scores(network, [encoded[row] for row in rows]), dim=1).numpy()
    return given


class _Training:
    """A network, its optimizer, and the running mean of its weights (Polyak averaging), which is what is kept."""

    def __init__(self, network: BenchmarkNetwork, how: FineTuning, steps: int) -> None:
        self._network = network
        self._averaging = how.averaging
        self._mean = [weight.detach().clone() for weight in network.parameters()]
        self._done = 0
        self._optimizer, self._schedule = optimization(
            network.encoder, network.output, rate=how.rate, warm_up=_WARM_UP, steps=steps
        )

    def step(self, encoded: Sequence[tuple[list[int], int]], targets: torch.Tensor, weights: torch.Tensor) -> float:
        losses = torch.nn.functional.cross_entropy(_scores(self._network, encoded), targets, reduction="none")
        loss = (losses * weights).mean()
        self._optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._network.parameters(), 1.0)
        self._optimizer.step()
        self._schedule.step()
        self._average()
        return float(loss.item())

    def use_mean_weights(self) -> None:
        with torch.no_grad():
            for weight, mean in zip(self._network.parameters(), self._mean, strict=True):
                weight.copy_(mean)

    def _average(self) -> None:
        """The share kept grows from a small one, so that the mean forgets the weights of the first steps."""
        self._done += 1
        kept = min(self._averaging, (1 + self._done) / (10 + self._done))
        now = [weight.detach() for weight in self._network.parameters()]
        torch._foreach_lerp_(self._mean, now, 1 - kept)


def _scores(network: BenchmarkNetwork, encoded: Sequence[tuple[list[int], int]]) -> torch.Tensor:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores: torch.Tensor = network(*padded(encoded))
    return scores.float()


def _batches(encoded: Sequence[tuple[list[int], int]], how: FineTuning, order: random.Random) -> Iterator[list[int]]:
    """Batches of texts of like length, in random order, `epochs` times: little padding."""
    lengths = [len(pieces) for pieces, _ in encoded]
    for _ in range(how.epochs):
        yield from batches(lengths, how.batch, order)
