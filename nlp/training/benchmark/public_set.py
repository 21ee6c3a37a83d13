"""What a public set is: its files, how to read them, and how the encoder is fine-tuned to it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nlp.training.benchmark.example import Example

Read = Callable[[Path], list[Example]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FineTuning:
    """How to fine-tune; what is measured of it stands in docs/nlp.md.

    Attributes:
        epochs: Times through the training texts, for each seed.
        seeds: Networks trained alike but for their random numbers; their probabilities are averaged.
        pieces: The longest text in word pieces; of a longer one three quarters head and one quarter tail are read.
        batch: Texts a step.
        rate: Learning rate of the encoder; the layer on top learns at ten times that.
        averaging: Share of the old mean weights kept at each step; the mean weights are those that are measured.
        ngrams: Weight of the n-gram model's probabilities beside the networks' (0 to 1).
        naive_bayes: Whether the n-gram model's second half, on naive Bayes features, is used.
    """

    epochs: int
    seeds: int
    pieces: int
    batch: int = 32
    rate: float = 8e-5
    averaging: float = 0.995
    ngrams: float = 0.3
    naive_bayes: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicSet:
    """`training` and `test` are file names in one folder, both in the form that `read` takes.

    Attributes:
        name: As on the command line.
        training: Files of the training part.
        test: File of the part kept apart, which need not be there.
        labels: How many labels there are.
        read: Examples of one file.
        fine_tuning: The recipe.
        extra: File of further labelled texts of the same kind and how to read it; used where it is there.
    """

    name: str
    training: tuple[str, ...]
    test: str
    labels: int
    read: Read
    fine_tuning: FineTuning
    extra: tuple[str, Read] | None = None
