"""Pinyin in brackets after a character, as text-spinning sites insert it: 隨著金融科技的迅猛發(fā)展.

The reading is compared with the character's own readings (pypinyin), so that 贷款(app) and 平台(ok) stay.
"""

import re
import unicodedata
from functools import cache

from pypinyin import Style, pinyin

from nlp.normalize.draft import Edit

_LETTERS = "a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
BRACKETED = re.compile(rf"(?P<character>[㐀-鿿])(?P<noise>[(（](?P<reading>[{_LETTERS}]{{1,6}})[)）])")
_TONE_MARKS = "\u0304\u0301\u030c\u0300"


def edits(text: str) -> list[Edit]:
    """Remove every bracket that holds a reading of the character before it."""
    if "(" not in text and "（" not in text:
        return []
    return [Edit(*match.span("noise"), "") for match in BRACKETED.finditer(text) if is_reading(match)]


def is_reading(match: re.Match[str]) -> bool:
    """Whether the bracket of a `BRACKETED` match holds a reading of its character, with tone marks or without."""
    reading = match["reading"]
    if plain(reading) != reading:  # nobody writes tone marks by hand: noise even where the dictionary lacks the reading
        return True
    return reading in {plain(known) for known in readings(match["character"])}


@cache
def readings(character: str) -> frozenset[str]:
    """All readings of a character with tone marks, such as {'zhe', 'zhù', 'zhuó'}."""
    return frozenset(pinyin(character, style=Style.TONE, heteronym=True)[0])


def plain(reading: str) -> str:
    """A reading without its tone marks."""
    parts = unicodedata.normalize("NFD", reading)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONE_MARKS))
