"""The network: a Chinese encoder with one linear layer for the labels of one set."""

from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoModel

from nlp.errors import TrainingError
from nlp.training.benchmark.example import Example

_MOST_ABOUT = 48


class BenchmarkNetwork(nn.Module):  # type: ignore[misc] # Any to mypy: PyTorch is optional
    """Encoder → [CLS] and mean of the pieces → scores of the labels."""

    def __init__(self, base: Path, labels: int) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            base, add_pooling_layer=False, attn_implementation="sdpa", attention_probs_dropout_prob=0.0
        )
        self.dropout = nn.Dropout(0.1)
        self.output = nn.Linear(2 * self.encoder.config.hidden_size, labels)

    def forward(self, ids: torch.Tensor, segments: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Scores before softmax (texts, labels); all that is given is (texts, pieces)."""
        states = self.encoder(input_ids=ids, token_type_ids=segments, attention_mask=mask).last_hidden_state
        weights = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weights).sum(dim=1) / weights.sum(dim=1)
        scores: torch.Tensor = self.output(self.dropout(torch.cat((states[:, 0], mean), dim=1)))
        return scores


class Encoding:
    """Texts as piece numbers: what a text is about comes first, as BERT's first segment."""

    def __init__(self, base: Path, pieces: int) -> None:
        self._tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._start, self._separator = self._special("[CLS]"), self._special("[SEP]")
        self._pieces = pieces

    def encode(self, examples: Sequence[Example]) -> list[tuple[list[int], int]]:
        """Of each example the piece numbers and how many of them belong to the first segment."""
        return [self._encode(example) for example in examples]

    def _encode(self, example: Example) -> tuple[list[int], int]:
        first = [self._start]
        if example.about:
            first += [*self._numbers(example.about)[:_MOST_ABOUT], self._separator]
        text = head_and_tail(self._numbers(example.text), self._pieces - len(first) - 1)
        return [*first, *text, self._separator], len(first) if example.about else len(first) + len(text) + 1

    def _special(self, piece: str) -> int:
        number = self._tokenizer.token_to_id(piece)
        if number is None:
            raise TrainingError(f"编码器的词表里没有 {piece}；请换一个 BERT 式的编码器")
        return number

    def _numbers(self, text: str) -> list[int]:
        numbers: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return numbers


def head_and_tail(numbers: list[int], most: int) -> list[int]:
    """At most so many: three quarters from the beginning, the rest from the end, where opinions are summed up."""
    tail = most // 4
    return numbers if len(numbers) <= most else [*numbers[: most - tail], *numbers[len(numbers) - tail :]]


def padded(encoded: Sequence[tuple[list[int], int]]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Piece numbers, segments and mask, all (texts, pieces of the longest)."""
    longest = max(len(numbers) for numbers, _ in encoded)
    places = torch.arange(longest).expand(len(encoded), longest)
    lengths = torch.tensor([[len(numbers)] for numbers, _ in encoded])
    firsts = torch.tensor([[first] for _, first in encoded])
    ids = torch.tensor([[*numbers, *[0] * (longest - len(numbers))] for numbers, _ in encoded])
    mask = places < lengths
    return ids, ((places >= firsts) & mask).long(), mask.long()
