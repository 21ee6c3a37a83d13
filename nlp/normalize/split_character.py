"""Characters split into their parts (亻崔 for 催, 氵去 for 法), where a part is one that never stands alone.

Parts that are characters of their own (其月 for 期) need a term of the trade around them: see `disguise`.
"""

import re
from functools import cache

from nlp.dictionaries import character_parts
from nlp.normalize.draft import Edit

CHARACTERS = "亻氵讠扌纟钅犭忄饣衤礻阝冫辶彳丬疒冂凵⻊丷⺈"
_BARE = re.compile(f"[{CHARACTERS}]")


def edits(text: str) -> list[Edit]:
    """Put the parts together again; the first table row that has them tells the character."""
    return [Edit(*match.span(), _whole()[match.group()]) for match in _parts().finditer(text)]


@cache
def _whole() -> dict[str, str]:
    """The character by its parts."""
    whole: dict[str, str] = {}
    for character, ways in character_parts().items():
        for parts in ways:
            if _BARE.search(parts):
                whole.setdefault(parts, character)
    return whole


@cache
def _parts() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_whole(), key=len, reverse=True))))
