"""How a character sounds: its syllable without tone, as people type it (lü is lv)."""

from pypinyin import Style, lazy_pinyin, pinyin

from nlp.normalize.pinyin import plain

# pypinyin reads 还款 as hai kuan.
_ALSO = {"还": ("huan",)}
_COMMONEST = frozenset("的了在是不一个有人我你他她它这那们么就都和也说要很着过")
_known: dict[str, str] = {}


def syllable(character: str) -> str:
    """The usual reading of one character; empty for letters, digits and signs, and for the commonest characters.

    Those stand beside anything by chance, so that a disguise in them is none that a reader would see.

    Rare readings are passed over: 完 was once read kuan, and 还完 is no disguise of 还款.
    """
    known = _known.get(character)
    if known is None:
        known = _known[character] = _syllable(character)
    return known


def term_syllables(term: str) -> list[tuple[str, ...]]:
    """For each character of a term the syllables by which it may be meant."""
    return [
        tuple(dict.fromkeys((_typed(heard), *_ALSO.get(character, ()))))
        for character, heard in zip(term, lazy_pinyin(term), strict=True)
    ]


def _syllable(character: str) -> str:
    if len(character) > 1 or not "㐀" <= character <= "鿿" or character in _COMMONEST:
        return ""
    return _typed(plain(pinyin(character, style=Style.TONE)[0][0]))


def _typed(heard: str) -> str:
    return heard.replace("ü", "v")
