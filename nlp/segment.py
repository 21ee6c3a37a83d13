"""Words of a text with their place in it: the same for the index, for queries and for reasons."""

from dataclasses import dataclass

from nlp.normalize import Normalized, normalize
from nlp.words import segmenter


@dataclass(frozen=True, slots=True)
class Token:
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
    cut = segmenter().tokenize(normalized.text.lower(), mode)
    return [Token(word, *normalized.span(start, end)) for word, start, end in cut if not word.isspace()]
