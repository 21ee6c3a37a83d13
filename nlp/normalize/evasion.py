"""Words in disguise, as posts write them to slip through filters: 崔收, cui收, 催~收, 亻崔收, 逾7, 催 收.

A disguise is a term of `evaded.tsv` in which characters are replaced as that table has it, or by their reading, or
parted by a sign. At least one character must stand as it is, or all must be readings: 崔手 may be a name, 崔收 is not.
"""

import re
import string
from collections.abc import Sequence
from functools import cache

from nlp.dictionaries import evaded_terms
from nlp.normalize.draft import Edit
from nlp.normalize.pinyin import plain, readings

_GOES_ON = re.compile(r"\s?[\d.,%％亿万千百十成个元块人家名年月天日余多]")
_SIGNS = r"[ ~～\-.·•。*_|/+、＊丶]{0,2}"


def edits(text: str) -> list[Edit]:
    """Restore each disguised term; a match that is the term itself is no edit."""
    return [
        Edit(match.start(), match.end(), term)
        for match in _pattern().finditer(text)
        if (term := _term(match)) != match.group()
        and _is_disguise(term, match.group())
        and not _is_figure(text, match.end())
    ]


def _term(match: re.Match[str]) -> str:
    return tuple(evaded_terms())[int((match.lastgroup or "t0")[1:])]


def _is_disguise(term: str, written: str) -> bool:
    """Enough of the term shows: a character of it, or its whole reading in letters."""
    shown = sum(character in written for character in term)
    return shown > 0 or (written.isascii() and len(re.sub(r"\W", "", written)) >= 2 * len(term))


def _is_figure(text: str, end: int) -> bool:
    """逾7亿元 is more than 700 million, no disguise."""
    return text[end - 1] in string.digits and bool(_GOES_ON.match(text, end))


@cache
def _pattern() -> re.Pattern[str]:
    """One alternative a term, the longest first; letters must not be part of a longer word."""
    terms = list(evaded_terms())
    order = sorted(range(len(terms)), key=lambda index: -len(terms[index]))
    alternatives = "|".join(f"(?P<t{index}>{_disguises(terms[index])})" for index in order)
    return re.compile(f"(?=[{_beginnings()}])(?:{alternatives})", re.IGNORECASE)


def _beginnings() -> str:
    """The characters that a disguise may begin with: most places of a text are passed over at once."""
    ways = (way for term, columns in evaded_terms().items() for way in _spellings(term[0], columns[0]))
    return "".join(sorted({way[0] for way in ways}))


def _disguises(term: str) -> str:
    ways = [_ways(*parts) for parts in zip(term, evaded_terms()[term], strict=True)]
    return r"(?<![A-Za-z])" + _SIGNS.join(ways) + r"(?![A-Za-z])"


def _ways(character: str, others: Sequence[str]) -> str:
    ways = sorted(_spellings(character, others), key=lambda way: (-len(way), way))
    return f"(?:{'|'.join(map(re.escape, ways))})"


def _spellings(character: str, others: Sequence[str]) -> set[str]:
    return {character, *others, *(plain(reading) for reading in readings(character))}
