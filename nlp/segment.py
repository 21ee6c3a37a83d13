"""Words of a text with their place in it: the same for the index, for queries and for reasons."""

from typing import NamedTuple

from nlp.normalize import Normalized, normalize
from nlp.words import segmenter


class Token(NamedTuple):
    """A word in its normal form (simplified, half-width, lower case); offsets in the text that was segmented."""

    word: str
    start: int
    end: int


def segment(text: str) -> list[Token]:
    """Words for searching: the text is normalised, long words come with the shorter words inside them."""
    normalized = normalize(text)
    return _tokens(normalized, mode="search")


def words(normalized: Normalized) -> list[Token]:
    """Words that follow each other without overlap; offsets in the original text."""
    return _tokens(normalized, mode="default")


def _tokens(normalized: Normalized, *, mode: str) -> list[Token]:
    cut = segmenter().tokenize(_lowered(normalized.text), mode)
    if isinstance(normalized.starts, range):  # untouched text, as most is: offsets are those of the original
        return [Token(*token) for token in cut if not token[0].isspace()]
    return [Token(word, *normalized.span(start, end)) for word, start, end in cut if not word.isspace()]


def _lowered(text: str) -> str:
    """Lower case of the same length: a few letters (İ) would become two and shift every offset behind them."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(low if len(low := c.lower()) == 1 else c for c in text)
