"""Traditional characters to simplified ones (OpenCC, `t2s`)."""

import re
from functools import cache

import opencc

from nlp.normalize.draft import Edit

_HAN_RANGES = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))


# 著 as the particle 着 (隨著), which OpenCC leaves alone: not in the words that are really written with 著.
_PARTICLE = re.compile("(?<![名显顯原编編土论論专專巨拙卓昭遗遺译譯合])著(?![名作称稱述者录錄有书書])")


def edits(text: str) -> list[Edit]:
    """One edit a run of text that holds traditional characters; empty where the text has none."""
    if not traditional_characters().search(text):
        return []
    return [edit for match in _RUN.finditer(text) if (edit := _edit(match)) is not None]


_RUN = re.compile(r"[㐀-鿿豈-﫿]+")


def _edit(match: re.Match[str]) -> Edit | None:
    run = match.group()
    simplified = _converter().convert(run)
    if len(simplified) != len(run):  # a phrase of another length would lose the character by character map
        simplified = "".join(map(to_simplified, run))
    simplified = _PARTICLE.sub("着", simplified)
    return Edit(match.start(), match.end(), simplified) if simplified != run else None


def to_simplified(character: str) -> str:
    """The simplified form of one character, itself where it has none."""
    simplified: str = _converter().convert(character)
    return simplified if len(simplified) == 1 else character


def to_traditional(character: str) -> str:
    """The most usual traditional form of one character, itself where it has none."""
    traditional: str = _back_converter().convert(character)
    return traditional if len(traditional) == 1 else character


@cache
def traditional_characters() -> re.Pattern[str]:
    """A pattern that finds a character which simplification would change."""
    every = "".join(chr(code) for low, high in _HAN_RANGES for code in range(low, high))
    changed = [character for character in every if to_simplified(character) != character]
    return re.compile(f"[{''.join(changed)}]")


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def _back_converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")
