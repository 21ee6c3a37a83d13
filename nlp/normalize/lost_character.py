"""Mojibake of the form `財?shù)?`, which was 財等.

The annotating program worked on the bytes of GBK text and once took the second byte of one character and the first of
the next for a character of its own: 財 is D8 94, 等 is B5 C8, and 94 B5 is 數 (shù). Its bracket then broke 等 into two
question marks. So the reading tells the first byte of the lost character, and the sentence tells which of those it was.
"""

import re
from functools import cache

from nlp.normalize.draft import Edit
from nlp.normalize.pinyin import plain, readings
from nlp.normalize.script import to_simplified, to_traditional
from nlp.words import frequency

_BROKEN = re.compile(
    r"(?P<before>[㐀-鿿])(?P<annotation>[(（][a-zà-ǜ]+[)）])?(?P<broken>[?？\ufffd](?P<reading>[a-zà-ǜ]{1,6})[)）][?？\ufffd]?)"
)
_LISTING = re.compile(r"[、和及或](?=[^。！？!?\n]*$)")
_CLAUSE = 500
_SECOND_BYTES = (*range(0x40, 0x7F), *range(0x80, 0xFF))


def edits(text: str) -> list[Edit]:
    """Put the lost character in the place of each broken one; where none fits, the debris is removed."""
    if ")" not in text and "）" not in text:
        return []
    return [Edit(*match.span("broken"), _restored(text, match)) for match in _BROKEN.finditer(text)]


def _restored(text: str, match: re.Match[str]) -> str:
    candidates = _by_bytes(match["before"], match["reading"]) or _by_reading(match["reading"])
    if not candidates:
        return ""
    following = text[match.end() : match.end() + 1]
    ends_list = bool(_LISTING.search(text[max(0, match.start("broken") - _CLAUSE) : match.start("broken")]))
    if "等" in candidates and (ends_list or not following.strip() or not following.isalnum()):
        return "等"
    before = to_simplified(match["before"])
    return max(candidates, key=lambda lost: _fit(before, lost, to_simplified(following)))


def _fit(before: str, lost: str, following: str) -> tuple[int, int]:
    return max(frequency(before + lost), frequency(lost + following)), frequency(lost)


@cache
def _by_bytes(before: str, reading: str) -> tuple[str, ...]:
    """Simplified characters whose first byte makes, after the second byte of `before`, a character read `reading`."""
    second = {_gbk(form)[-1:] for form in (before, to_traditional(before))} - {b""}
    firsts = {first for tail in second for first in range(0x81, 0xFF) if _reads(tail + bytes((first,)), reading)}
    lost = {_character(bytes((first, last))) for first in firsts for last in _SECOND_BYTES}
    return tuple(sorted(character for character in lost if character and to_simplified(character) == character))


def _reads(code: bytes, reading: str) -> bool:
    character = _character(code)
    return bool(character) and reading in readings(character)


@cache
def _by_reading(reading: str) -> tuple[str, ...]:
    """Usual characters with this reading: for debris that another program left."""
    usual = (chr(code) for code in range(0x4E00, 0x9FA6) if frequency(chr(code)) > 1000)
    return tuple(
        character for character in usual if any(plain(known) == plain(reading) for known in readings(character))
    )


def _gbk(character: str) -> bytes:
    return character.encode("gbk", errors="ignore")


def _character(code: bytes) -> str:
    return code.decode("gbk", errors="ignore") if len(code) == 2 else ""
