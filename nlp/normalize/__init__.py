"""Restore noisy Chinese text and keep the map to the original; one kind of noise a file.

A step is a module with `edits(text) -> list[Edit]`. Steps run in the order of `STEPS`: later ones rely on what earlier
ones put right (the pinyin in brackets is evidence for the two steps before the one that removes it).
"""

from nlp.normalize import evasion, invisible, lost_character, lost_word, pinyin, script, width
from nlp.normalize.draft import Edit, Normalized, apply, unchanged

__all__ = ["Edit", "Normalized", "normalize"]

STEPS = (invisible, width, lost_character, lost_word, pinyin, script, evasion)


def normalize(text: str) -> Normalized:
    """Clean simplified Chinese with the original offsets of every character; clean text comes back as it is.

    Undone are zero-width characters, full-width letters and digits, mojibake of the form `?shù)?`, words that lost
    their second half (問(wèn) for 問題), pinyin in brackets, traditional characters and disguised terms (崔收, 逾7).
    """
    draft = unchanged(text)
    for step in STEPS:
        edits = step.edits(draft.text)
        if edits:
            draft = apply(draft, edits)
    return draft
