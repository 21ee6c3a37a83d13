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
# Characters looked at: each word tried is one more reading of all of them.
MOST_CHARACTERS = 2000
# Share of the odds that must be lost for a word to count as a reason.
LEAST_WEIGHT = 0.1
# Words of grammar: they move a label now and then, but tell a reader nothing.
_EMPTY_WORDS = frozenset("的了是我你他她它这那在也都就和与及吧啊呢吗着过把被让给对到从又还很") | frozenset(
    ("我们", "你们", "他们", "她们", "这个", "那个", "一个")
)


@dataclass(frozen=True, slots=True)
class Reason:
    """A word that carries a label: `weight` is the share of the label's odds that is lost without it (0–1).

    Odds, p / (1 - p), rather than the probability: a label that several words carry stays near 1 without any one.
    """

    field: str
    label: str
    word: str
    weight: float
    start: int
    end: int


def explain(text: str, analysis: Analysis, analyzer: Analyzer, *, most: int = 3) -> tuple[Reason, ...]:
    """The `most` weightiest words for each label of an analysis of this text, offsets in the text.

    Explained are `kind`, `sentiment`, `urgency` (unless normal), `overdue_complaint` (if yes) and every issue.
    Of a long text the beginning is looked at.
    """
    text = text[:MOST_CHARACTERS]
    tokens = [token for token in words(normalize(text)) if _tells(token.word)][:MOST_WORDS]
    if not tokens:
        return ()
    without = [text[: token.start] + text[token.end :] for token in tokens]
    chances = analyzer.classifier.probabilities([normalize(variant).text for variant in (text, *without)])
    return tuple(
        reason
        for field, label in _shown(analysis)
        for reason in _weightiest(field, label, tokens, chances[field][:, _column(field, label)], most)
    )


def _tells(word: str) -> bool:
    return word.isalnum() and word not in _EMPTY_WORDS


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
    sure = np.clip(chances.astype(np.float64), 1e-6, 1 - 1e-6)
    odds = sure / (1 - sure)
    losses = 1 - odds[1:] / odds[0]
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
