"""Spoil clean text as text-spinning sites do: traditional characters, pinyin in brackets, lost characters."""

import random

import opencc
from pypinyin import Style, pinyin

_TRADITIONAL = opencc.OpenCC("s2t")


def spoil(text: str, *, seed: int, annotated: float = 0.7) -> str:
    """The text as such a site shows it; `annotated` is the share of changed characters that get their reading."""
    chance = random.Random(seed)
    spoilt = []
    for before, character, after in zip(" " + text, text, text[1:] + " ", strict=False):
        traditional = _TRADITIONAL.convert(character)
        if character == "题" and before == "问":
            continue
        if character == "等" and before == "财":
            spoilt.append("?shù)?")
        elif traditional != character and (chance.random() < annotated or (character, after) == ("问", "题")):
            spoilt.append(f"{traditional}({pinyin(character, style=Style.TONE)[0][0]})")
        else:
            spoilt.append(traditional)
    return "".join(spoilt)
