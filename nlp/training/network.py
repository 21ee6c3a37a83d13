"""The network: a Chinese encoder with one linear layer for all heads."""

from pathlib import Path

import torch
from torch import nn
from transformers import AutoModel

from nlp.classify.heads import ALL_HEADS, WIDTH


class Network(nn.Module):
    """Encoder → [CLS] and mean of the pieces → scores of every head, and what the text is about."""

    def __init__(self, base: str | Path, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base, add_pooling_layer=False, attn_implementation="eager")
        self.dropout = nn.Dropout(dropout)
        self.output = nn.Linear(2 * self.encoder.config.hidden_size, WIDTH)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Scores before softmax and sigmoid (texts, `WIDTH`); the mean state, of length 1 (texts, the encoder's width).

        `input_ids` and `attention_mask` are (texts, pieces).
        """
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        weights = attention_mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weights).sum(dim=1) / weights.sum(dim=1)
        scores: torch.Tensor = self.output(self.dropout(torch.cat((states[:, 0], mean), dim=1)))
        return scores, nn.functional.normalize(mean, dim=1)


def loss(scores: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
    """Sum over the heads: cross-entropy for the exclusive ones, binary cross-entropy (mean a value) for the others.

    A head whose target is NaN is not asked of that text; the mean is over all texts, asked or not.
    """
    parts = []
    for head in ALL_HEADS:
        asked = ~torch.isnan(targets[:, head.start])
        if not asked.any():
            continue
        given, wanted = scores[asked, head.columns], targets[asked, head.columns]
        share = asked.float().mean()
        if head.exclusive:
            parts.append(share * nn.functional.cross_entropy(given, wanted, label_smoothing=0.03))
        else:
            even = nn.functional.binary_cross_entropy_with_logits(given, wanted)
            parts.append(share * even * _several_weight(head.name))
    return torch.stack(parts).sum()


def _several_weight(name: str) -> float:
    """The mean over many rare values is small: weighed so that no head is left behind (chosen on development data)."""
    return {"issues": 6.0, "causes": 3.0, "demands": 3.0, "overdue_complaint": 1.0}[name]
