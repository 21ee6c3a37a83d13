"""Emoji that stand for a word inside a sentence (天天打📞催, 还💰, 黑🐱投诉); at its end they are mere decoration."""

import re

from nlp.dictionaries import emoji_words
from nlp.normalize.draft import Edit
from nlp.words import is_word

_BLACK_CAT = re.compile("[黑⬛][🐱🐈😺]|🐈⬛")
# Ranges, which are searched faster than single characters of the higher planes.
CHARACTERS = "\U0001f300-\U0001faff\u2300-\u27bf\u2b1b"
_EMOJI = re.compile(f"[{CHARACTERS}]")
_PAYS = re.compile("[还欠借没要赚打给花付交扣骗退]$")


def edits(text: str) -> list[Edit]:
    """The word for each emoji inside a sentence, or behind a character that makes a word with it (还💰)."""
    found = [Edit(*match.span(), "黑猫") for match in _BLACK_CAT.finditer(text)]
    cats = {edit.start for edit in found} | {edit.end - 1 for edit in found}
    found += [
        Edit(*match.span(), emoji_words()[match.group()])
        for match in _EMOJI.finditer(text)
        if match.group() in emoji_words() and match.start() not in cats and _is_said(text, match)
    ]
    return sorted(found, key=lambda edit: edit.start)


def _is_said(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
    word = emoji_words()[match.group()]
    if not _is_of_sentence(before, word) or text.endswith(word, 0, match.start()):
        return False
    return _is_of_sentence(after, word) or is_word(before + word) or bool(_PAYS.match(before))


def _is_of_sentence(character: str, word: str) -> bool:
    """A letter, digit or character, or an emoji of another word: 🏦💳 are two words, 💰💰💰 is decoration."""
    return character.isalnum() or emoji_words().get(character, word) != word
