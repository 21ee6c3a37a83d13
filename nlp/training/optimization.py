"""What all training does alike: the optimizer, how the rate goes up and down, batches of texts of like length."""

import random
from collections.abc import Iterator, Sequence

import torch

# The heads are new and learn faster than the encoder.
_HEADS_FASTER = 10
_WEIGHT_DECAY = 0.01
# Texts this many pieces apart may change places, so that batches differ from epoch to epoch.
_JITTER = 24

Optimization = tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LambdaLR]


def optimization(
    encoder: torch.nn.Module, heads: torch.nn.Module, *, rate: float, warm_up: float, steps: int
) -> Optimization:
    """AdamW and its schedule: up to `rate` over the share `warm_up` of all `steps`, then straight down to nothing."""
    groups = [
        {"params": list(encoder.parameters()), "lr": rate},
        {"params": list(heads.parameters()), "lr": _HEADS_FASTER * rate},
    ]
    # Fused: the plain loop over the parameters takes longer than the network itself on a CPU.
    optimizer = torch.optim.AdamW(groups, weight_decay=_WEIGHT_DECAY, fused=True)
    warm = max(1, int(warm_up * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
    )
    return optimizer, schedule


def batches(lengths: Sequence[int], size: int, order: random.Random) -> Iterator[list[int]]:
    """Numbers of texts in batches of like length, in random order: little padding."""
    indices = sorted(range(len(lengths)), key=lambda index: lengths[index] + order.uniform(0, _JITTER))
    grouped = [indices[start : start + size] for start in range(0, len(indices), size)]
    order.shuffle(grouped)
    return iter(grouped)
