"""Terms of the trade in disguise, as posts write them to slip through filters: 崔收, cui收, 催~收, 亻崔收, 逾7, 催 收.

Any character of the same sound, any sign between two characters, pinyin, and the forms of the tables are undone by
rule. What keeps ordinary words (预期, 希望, 无法息怒) from being "corrected" is a comparison of two readings of the
place with its neighbours, one with ordinary words as it stands and one with the term: the second must be likelier by
a wide margin, less wide where the post speaks of the trade anyway.
"""

import math
import re
import string
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from nlp.dictionaries import evaded_terms, ordinary_words
from nlp.normalize.candidates import candidates
from nlp.normalize.disguise import Disguise, disguises
from nlp.normalize.draft import Edit
from nlp.normalize.likelihood import cost, pieces_of

# Natural logarithms; chosen on public texts about other things and on the labelled posts.
_SURE = 5.5
_IN_CONTEXT = 3.0
_TERM = 9.6  # the cost of a term: as usual as a word seen 4,000 times in jieba's corpus of 60 million
_SIGN = 4.0
_SPACE = 1.0
_ALL_CHANGED = 5.0
_LONG = 5
_LONG_READING, _SHORT_READING = -8.0, -3.0
_NEIGHBOURS = 4
_CONTEXT = 200
_NEAR = 8
_ADDRESS_BEFORE, _ADDRESS_AFTER = re.compile(r"@$|[a-z0-9][./:_-]$"), re.compile(r"@|[./:_-][a-z0-9]")
_USER = re.compile(r"@\S{0,12}$")
_CLAUSE = re.compile(r"[^\w]")

_GOES_ON = re.compile(r"\s?[\d.,%％亿万千百十成个元块人家名年月天日余多]")
_TRADE = re.compile("[催债贷欠还征借罚]|逾期|利息|上岸|信用卡|额度|平台|协商|通讯录|起诉|分期|客服|投诉")
_SURNAMES = frozenset("崔余于俞虞喻郁玉宇雨尤游郑钱习席章代戴毛冒傅付艾施石史时师律吕白黑贺赫何齐戚祁王张李刘陈")


@dataclass(frozen=True, slots=True)
class _Reading:
    """A disguise, and by how much it explains the place better than ordinary words do (natural logarithm)."""

    disguise: Disguise
    margin: float


def edits(text: str) -> list[Edit]:
    """Restore each disguised term; a term that stands there plainly is no edit."""
    lowered = _lowered(text)
    readings = _readings(lowered)
    if not readings:
        return []
    sure = [one.disguise.start for one in readings if one.margin >= _SURE]
    believed = (one for one in readings if one.margin >= _SURE or _in_context(lowered, one.disguise, sure))
    return [Edit(one.start, one.end, one.term) for one in _apart(believed)]


def _readings(text: str) -> list[_Reading]:
    found: list[_Reading] = []
    position = 0
    for start in candidates(text):
        if start < position:
            continue
        plain = _plain_term(text, start)
        if plain:
            position = start + len(plain)
        elif best := _best(text, start):
            found.append(best)
    return found


def _apart(readings: Iterable[_Reading]) -> list[Disguise]:
    """Disguises that do not overlap, in the order of the text; of two neighbours that do, the likelier."""
    kept: list[_Reading] = []
    for reading in readings:
        if kept and reading.disguise.start < kept[-1].disguise.end:
            if reading.margin <= kept[-1].margin:
                continue
            kept.pop()
        kept.append(reading)
    return [reading.disguise for reading in kept]


def _best(text: str, start: int) -> _Reading | None:
    """The disguise that begins here and explains the place best, if one does."""
    possible = (_Reading(one, _margin(text, one)) for one in disguises(text, start) if _is_possible(text, one))
    best = max(possible, key=lambda reading: reading.margin, default=None)
    return best if best and best.margin >= _IN_CONTEXT else None


def _plain_term(text: str, start: int) -> str:
    """The longest term that stands here plainly; empty where none does."""
    for term in _terms().get(text[start : start + 2], ()):
        if text.startswith(term, start):
            return term
    return ""


@cache
def _terms() -> dict[str, list[str]]:
    """The terms by their first two characters, the longest first."""
    terms: dict[str, list[str]] = {}
    for term in sorted(evaded_terms(), key=len, reverse=True):
        terms.setdefault(term[:2], []).append(term)
    return terms


def _is_possible(text: str, one: Disguise) -> bool:
    """Letters and figures are whole runs, single letters stand beside characters of the term itself."""
    written = [text[start:end] for start, end in one.places]
    kept = sum(map(str.__eq__, written, one.term))
    initials = sum(len(way) == 1 and way.isascii() for way in written)
    return (
        not (initials and initials + kept < len(one.term))
        and not (initials and not kept)
        and not _in_longer_run(text, one)
        and not _is_list(text, one, kept)
        and (kept == len(one.term) or not _is_ordinary(text, one))
    )


def _is_list(text: str, one: Disguise, kept: int) -> bool:
    """绿化贷、海象理财: the comma of lists parts a word only where all its characters stand."""
    return kept < len(one.term) and any("、" in text[start:end] for start, end in one.gaps())


def _in_longer_run(text: str, one: Disguise) -> bool:
    """Letters or figures that go on beyond the disguise: a longer word, an address, 逾7亿元."""
    before, after = text[one.start - 1 : one.start] if one.start else "", text[one.end : one.end + 1]
    if text[one.end - 1] in string.digits and _GOES_ON.match(text, one.end):
        return True
    if _goes_on(before, text[one.start]) or _goes_on(text[one.end - 1], after):
        return True
    if not text[one.start : one.end].isascii():
        return False
    if _ADDRESS_BEFORE.search(text[max(0, one.start - 2) : one.start]) or _ADDRESS_AFTER.match(text, one.end):
        return True
    return after.isdigit() and not _is_han(before)


def _goes_on(first: str, second: str) -> bool:
    both = first + second
    return len(both) > 1 and both.isascii() and (both.isalpha() or both.isdigit())


def _is_han(character: str) -> bool:
    return "㐀" <= character <= "鿿"


def _lowered(text: str) -> str:
    """Lower case of the same length."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(low if len(low := c.lower()) == 1 else c for c in text)


def _is_ordinary(text: str, one: Disguise) -> bool:
    near = _ordinary().finditer(text, max(0, one.start - _NEAR), one.end + _NEAR)
    return any(match.start() < one.end and match.end() > one.start for match in near)


def _margin(text: str, one: Disguise) -> float:
    left = pieces_of(_clause(text[max(0, one.start - _NEIGHBOURS) : one.start][::-1])[::-1])
    right = pieces_of(_clause(text[one.end : one.end + _NEIGHBOURS]))
    written = pieces_of(text[one.start : one.end])
    as_it_stands = cost([*left, *written, *right])
    restored = cost(left) + _TERM + cost(right)
    return as_it_stands + _signs(text, one) - _strangeness(text, one) - restored


def _clause(text: str) -> str:
    """The text up to its first sign."""
    return _CLAUSE.split(text, maxsplit=1)[0]


def _signs(text: str, one: Disguise) -> float:
    """Signs inside a word are no accident, the less so where all its characters stand; spaces may be."""
    whole = all(text[start:end] == character for character, (start, end) in zip(one.term, one.places, strict=True))
    return sum((_SPACE if text[start:end].isspace() else _SIGN) * (1 + whole) for start, end in one.gaps())


def _strangeness(text: str, one: Disguise) -> float:
    """A word of which no character is left is believed less, and less still where it may be a name.

    A run of letters that is the whole reading of a term is believed more the longer it is.
    """
    if any(text[start:end] == character for character, (start, end) in zip(one.term, one.places, strict=True)):
        return 0.0
    if text[one.start : one.end].isascii():
        return _LONG_READING if sum(end - start for start, end in one.places) >= _LONG else _SHORT_READING
    before = text[max(0, one.start - 12) : one.start]
    if before[-1:] in _SURNAMES or _USER.search(before):
        return math.inf
    return 2 * _ALL_CHANGED if text[one.start] in _SURNAMES else _ALL_CHANGED


def _in_context(text: str, one: Disguise, sure: Sequence[int]) -> bool:
    """The post speaks of the trade nearby, plainly or in a sure disguise (`sure` holds their places)."""
    if _TRADE.search(text, max(0, one.start - _CONTEXT), one.start):
        return True
    nearest = bisect_left(sure, one.start - _CONTEXT)
    if nearest < len(sure) and sure[nearest] <= one.start + _CONTEXT:
        return True
    return bool(_TRADE.search(text, one.end, one.end + _CONTEXT))


@cache
def _ordinary() -> re.Pattern[str]:
    return re.compile("|".join(ordinary_words()))
