"""Words and characters of a text, for the index, for queries and for highlighting alike."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from nlp import Token, segment
from nlp.words import is_word

# Runs of Latin letters and digits stay whole (app, 12378); every other letter or sign is a unit by itself.
_UNIT = re.compile(r"[a-z0-9]+|[^\W_]|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A character (or a run of Latin letters and digits) in its normal form, with its place in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as it is searched: its words (long ones also as the short ones inside), and its characters in order."""

    words: tuple[Token, ...]
    units: tuple[Unit, ...]


def wording(text: str) -> Wording:
    """The words and characters of a text; offsets are in the text as given."""
    tokens = segment(text)
    words = tuple(token for token in tokens if any(map(_counts, token.word)))
    return Wording(words, tuple(_units(_outermost(tokens))))


def searched_words(text: str) -> tuple[list[str], list[str]]:
    """Words and units as texts only, for indexing."""
    tokens = segment(text)
    return [token.word for token in tokens], unit_texts(_joined(_outermost(tokens)))


def unit_texts(text: str) -> list[str]:
    """The units of a text that is in its normal form."""
    return [unit for unit in _UNIT.findall(text) if _counts(unit[0])]


def grams(units: Sequence[str]) -> list[str]:
    """Each unit with the one after it: what is indexed for phrases, as pairs are far rarer than characters."""
    return [f"{one}_{other}" for one, other in pairwise((*units, ""))]


def dictionary_word(text: str) -> str | None:
    """The text in its normal form where dictionary and segmenter agree that it is one word, else `None`."""
    words = [token.word for token in _outermost(segment(text))]
    return words[0] if len(words) == 1 and len(unit_texts(words[0])) > 1 and is_word(words[0]) else None


def _outermost(tokens: Sequence[Token]) -> list[Token]:
    """Words that follow each other; the segmenter names a long word after the short ones inside it."""
    outermost: list[Token] = []
    for token in reversed(tokens):
        if not outermost or token.end <= outermost[-1].start:
            outermost.append(token)
    return outermost[::-1]


def _joined(tokens: Sequence[Token]) -> str:
    """The normal form again: a run of digits that the segmenter cut (12378 in 123783) is one run."""
    pieces: list[str] = []
    end = -1
    for token in tokens:
        pieces.append(token.word if token.start == end else f" {token.word}")
        end = token.end
    return "".join(pieces)


def _units(tokens: Sequence[Token]) -> Iterator[Unit]:
    joined = _joined(tokens)
    places: list[tuple[int, int]] = []
    for token in tokens:
        if joined[len(places)] == " ":
            places.append((token.start, token.start))
        places.extend(_places(token))
    for match in _UNIT.finditer(joined):
        if _counts(match[0][0]):
            yield Unit(match[0], places[match.start()][0], places[match.end() - 1][1])


def _places(token: Token) -> list[tuple[int, int]]:
    """Where each character of a word stands; the whole word's place where its normal form has another length."""
    if token.end - token.start == len(token.word):
        return [(token.start + at, token.start + at + 1) for at in range(len(token.word))]
    return [(token.start, token.end)] * len(token.word)


def _counts(character: str) -> bool:
    # Letters, digits and pictures (😡); signs and punctuation are how authors break up words that are watched.
    return character.isalnum() or unicodedata.category(character) == "So"
