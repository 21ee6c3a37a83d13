"""Why a label: the words without which its probability falls (occlusion over jieba words, one batch a text)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nlp.analysis import Analysis, Label
from nlp.analyzer import Analyzer
from nlp.classify.heads import HEAD
from nlp.normalize import normalize
from nlp.segment import Token, words

# Words tried for one text: beyond it the first ones that carry a meaning, so that a long text stays quick to explain.
MOST_WORDS = 160
# Chance that must be lost for a word to count as a reason.
LEAST_WEIGHT = 0.02


@dataclass(frozen=True, slots=True)
class Reason:
    """A word that carries a label: `weight` is how much of the label's probability is lost without it (0–1)."""

    field: str
    label: str
    word: str
    weight: float
    start: int
    end: int


def explain(text: str, analysis: Analysis, analyzer: Analyzer, *, most: int = 3) -> tuple[Reason, ...]:
    """The `most` weightiest words for each label of an analysis of this text, offsets in the text.

    Explained are `kind`, `sentiment`, `urgency` (unless normal), `overdue_complaint` (if yes) and every issue.
    """
    tokens = [token for token in words(normalize(text)) if token.word.isalnum()][:MOST_WORDS]
    if not tokens:
        return ()
    without = [text[: token.start] + text[token.end :] for token in tokens]
    chances = analyzer.classifier.probabilities([normalize(variant).text for variant in (text, *without)])
    return tuple(
        reason
        for field, label in _shown(analysis)
        for reason in _weightiest(field, label, tokens, chances[field][:, _column(field, label)], most)
    )


def _shown(analysis: Analysis) -> list[tuple[str, Label]]:
    shown = [("kind", analysis.kind), ("sentiment", analysis.sentiment)]
    if analysis.urgency.value != "normal":
        shown.append(("urgency", analysis.urgency))
    if analysis.is_overdue_complaint:
        shown.append(("overdue_complaint", analysis.overdue_complaint))
    return shown + [("issues", label) for label in analysis.issues]


def _column(field: str, label: Label) -> int:
    return HEAD[field].values.index(label.value)


def _weightiest(field: str, label: Label, tokens: Sequence[Token], chances: np.ndarray, most: int) -> list[Reason]:
    losses = chances[0] - chances[1:]
    order = np.argsort(-losses)[:most]
    return [
        Reason(
            field,
            label.value,
            tokens[index].word,
            round(float(losses[index]), 4),
            tokens[index].start,
            tokens[index].end,
        )
        for index in order
        if losses[index] >= LEAST_WEIGHT
    ]
