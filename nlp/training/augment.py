"""Noise for training: a post as it might also have been written, so that the model does not lean on clean spelling.

The texts that train the model are normalised like all others; what noise is left then is what the model should bear:
disguises that the normaliser misses, lost punctuation, decoration.
"""

import random
import re
from collections.abc import Callable, Sequence
from functools import cache

from pypinyin import lazy_pinyin

from nlp.dictionaries import domain_terms
from nlp.normalize.script import to_traditional

_SHARE_OF_TERMS = 0.3
_SHARE_OF_MARKS = 0.5
# Emoji that say nothing of the mood, so that the labels hold.
_DECORATIONS = "👀📌📝👇🔔📣"
_SIGNS = " .*-·|"
_MARKS = re.compile("[，。！？；：、,!?;:]")
_FULL_WIDTH_SHIFT = 0xFEE0


def augmented(text: str, chance: random.Random) -> str:
    """The text with one or two kinds of noise, drawn by `chance`; its labels hold as before."""
    for way in chance.sample(_WAYS, k=chance.choice((1, 1, 2))):
        text = way(text, chance)
    return text


def disguised_terms(text: str, chance: random.Random) -> str:
    """Some terms of the trade with a sign between characters, a character in pinyin, or one of the same sound."""
    return _terms().sub(
        lambda match: _disguised(match.group(), chance) if chance.random() < _SHARE_OF_TERMS else match.group(), text
    )


def without_marks(text: str, chance: random.Random) -> str:
    """About half of the punctuation dropped or made a space."""
    return _MARKS.sub(lambda match: chance.choice(("", " ")) if chance.random() < _SHARE_OF_MARKS else match[0], text)


def in_traditional(text: str, chance: random.Random) -> str:  # noqa: ARG001 - a way like the others
    """Traditional characters."""
    return "".join(map(to_traditional, text))


def in_full_width(text: str, chance: random.Random) -> str:  # noqa: ARG001 - a way like the others
    """Letters and digits at the width of characters."""
    return "".join(chr(ord(c) + _FULL_WIDTH_SHIFT) if c.isascii() and c.isalnum() else c for c in text)


def decorated(text: str, chance: random.Random) -> str:
    """Emoji at the end."""
    return text + chance.choice(_DECORATIONS) * chance.randint(1, 3)


_WAYS: Sequence[Callable[[str, random.Random], str]] = (
    disguised_terms,
    without_marks,
    in_traditional,
    in_full_width,
    decorated,
)


def _disguised(term: str, chance: random.Random) -> str:
    place = chance.randrange(len(term))
    before, character, after = term[:place], term[place], term[place + 1 :]
    way = chance.randrange(3)
    if way == 0:
        return chance.choice(_SIGNS).join(term)
    reading = lazy_pinyin(character)[0]
    return before + (reading if way == 1 else chance.choice(_by_reading().get(reading, character))) + after


@cache
def _terms() -> re.Pattern[str]:
    terms = sorted({entry.term for entry in domain_terms() if not entry.topic.startswith("cause")}, key=len)
    return re.compile("|".join(map(re.escape, reversed(terms))))


@cache
def _by_reading() -> dict[str, str]:
    """The characters of the trade's own words by reading: sound-alikes that stay rare enough to be no other word."""
    by_reading: dict[str, str] = {}
    for character in sorted({character for entry in domain_terms() for character in entry.term}):
        reading = lazy_pinyin(character)[0]
        by_reading[reading] = by_reading.get(reading, "") + character
    return by_reading
