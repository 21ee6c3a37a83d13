"""The words of a text that can be a reason, each with all its places, and the text without some of them."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import emoji

from nlp.normalize import Normalized, normalize
from nlp.segment import Token, words

# Words of grammar: they move a label now and then, but tell a reader nothing.
_EMPTY_WORDS = frozenset("的了是我你他她它这那在也都就和与及吧啊呢吗着过把被让给对到从又还很") | frozenset(
    ("我们", "你们", "他们", "她们", "这个", "那个", "一个")
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word in its normal form; `places` are (start, end) of each time it stands in the original text."""

    word: str
    places: tuple[tuple[int, int], ...]


def telling_words(text: str, *, names: Sequence[str] = ()) -> list[Word]:
    """The words and emoji of a text that tell a reader something, in the order in which they first stand there.

    `names` are words too, whatever the dictionary makes of them: brands above all.
    """
    places: dict[str, list[tuple[int, int]]] = {}
    for token in _with_names(normalize(text), names):
        # What the normaliser put in has no place of its own and cannot be taken out.
        if _tells(token.word) and token.start < token.end:
            places.setdefault(token.word, []).append((token.start, token.end))
    return [Word(word, tuple(where)) for word, where in places.items()]


def without(text: str, taken: Collection[Word], *, start: int = 0) -> str:
    """A passage of a text, which begins at `start` of it, without every place of some words of the text."""
    kept, position = [], 0
    for begin, end in sorted(place for word in taken for place in word.places):
        begin, end = max(begin - start, position), min(end - start, len(text))
        if begin < end:
            kept.append(text[position:begin])
            position = end
    return "".join((*kept, text[position:]))


def _with_names(normalized: Normalized, names: Sequence[str]) -> list[Token]:
    """The words of a text; one that overlaps a name gives way to it."""
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    found = [
        Token(match.group(), *normalized.span(*match.span()))
        for match in (re.finditer(longest_first, normalized.text, re.IGNORECASE) if names else ())
    ]
    rest = [
        token
        for token in words(normalized)
        if not any(token.start < name.end and name.start < token.end for name in found)
    ]
    return sorted((*found, *rest), key=lambda token: token.start)


def _tells(word: str) -> bool:
    return (word.isalnum() and word not in _EMPTY_WORDS) or (not word.isascii() and emoji.emoji_count(word) > 0)
