"""Restore noisy Chinese text and keep the map to the original; one kind of noise a file.

A step is a module with `edits(text) -> list[Edit]`. Steps run in the order of `STEPS`: later ones rely on what earlier
ones put right (the pinyin in brackets is evidence for the two steps before the one that removes it).
"""

import re

from nlp.normalize import (
    emoji_word,
    evasion,
    hotline,
    invisible,
    lost_character,
    lost_word,
    pinyin,
    script,
    slang,
    spelt,
    split_character,
    width,
)
from nlp.normalize.draft import Edit, Normalized, apply, unchanged
from nlp.normalize.grapheme import whole_characters

__all__ = ["Edit", "Normalized", "normalize"]

STEPS = (
    invisible,
    width,
    lost_character,
    lost_word,
    pinyin,
    script,
    split_character,
    hotline,
    emoji_word,
    spelt,
    evasion,
    slang,
)
# These have nothing to do in a text without their characters, or without brackets: one look tells of all of them.
_BY_CHARACTER = (invisible, width, split_character, emoji_word)
_IN_BRACKETS = (lost_character, lost_word, pinyin)
_ODD = re.compile(f"[{''.join(step.CHARACTERS for step in _BY_CHARACTER)}]")
_BRACKET = re.compile("[()（）]")
_STEPS = {
    (odd, brackets): tuple(
        step for step in STEPS if (odd or step not in _BY_CHARACTER) and (brackets or step not in _IN_BRACKETS)
    )
    for odd in (False, True)
    for brackets in (False, True)
}


def normalize(text: str) -> Normalized:
    """Clean simplified Chinese with the original offsets of every character; clean text comes back as it is.

    Undone are zero-width characters, full-width letters and digits, mojibake of the form `?shù)?`, words that lost
    their second half (問(wèn) for 問題), pinyin in brackets, traditional characters and disguised terms (崔收, 逾7).
    """
    draft = unchanged(text)
    for step in _STEPS[bool(_ODD.search(text)), bool(_BRACKET.search(text))]:
        edits = step.edits(draft.text)
        if edits:
            draft = apply(draft, edits)
    return whole_characters(draft, text)
