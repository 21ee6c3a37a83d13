"""Numbers written so that filters overlook them: the same digits in other signs, with other signs between."""

import random
from collections.abc import Callable

_SPOKEN = "零一二三四五六七八九"
_ON_THE_PHONE = "洞幺两三四五六拐八勾"
_CAPITAL = "零壹贰叁肆伍陆柒捌玖"
_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨"
_BOLD = "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"
_WIDE = "０１２３４５６７８９"
_ENGLISH_TABLE = "zero one two three four five six seven eight nine"
_ENGLISH = _ENGLISH_TABLE.split()
_INVISIBLE = ("\u200b", "\u200d", "\ufeff", "\u2060")
_BETWEEN = ("-", " ", ".", "·", "*", "~", "—", "_", "/", "丶", "、", "，")


def disguised(number: str, chance: random.Random) -> str:
    """The digits of a number in one of the disguises."""
    return chance.choice(_STYLES)(number, chance)


def grouped(number: str, chance: random.Random) -> str:
    """A number in groups of three or four, as people write it for others to read."""
    sizes = chance.choice(((3, 4), (4, 4), (3, 3), (4, 3)))
    parts, position = [], 0
    for size in (sizes[0], *[sizes[1]] * len(number)):
        parts.append(number[position : position + size])
        position += size
    return chance.choice((" ", "-", "－", "  ", ".")).join(part for part in parts if part)


def _written_in(signs: str) -> Callable[[str, random.Random], str]:
    def write(number: str, _: random.Random) -> str:
        return "".join(signs[int(sign)] if sign.isdecimal() else sign for sign in number)

    return write


def _some_in(signs: str) -> Callable[[str, random.Random], str]:
    def write(number: str, chance: random.Random) -> str:
        return "".join(signs[int(sign)] if sign.isdecimal() and chance.random() < 0.4 else sign for sign in number)

    return write


def _keycaps(number: str, _: random.Random) -> str:
    return "".join(f"{sign}\ufe0f\u20e3" if sign.isdecimal() else sign for sign in number)


def _letters(number: str, chance: random.Random) -> str:
    zero, one = chance.choice("oO"), chance.choice(("l", "I", "1"))
    return number.replace("0", zero).replace("1", one)


def _english(number: str, chance: random.Random) -> str:
    """Two to four of the digits as English words: 138 zero zero 138000."""
    places = set(chance.sample(range(1, len(number)), chance.randint(2, 4)))
    return (
        "".join(
            f" {_ENGLISH[int(sign)]} " if place in places and sign.isdecimal() else sign
            for place, sign in enumerate(number)
        )
        .strip()
        .replace("  ", " ")
    )


def _invisible(number: str, chance: random.Random) -> str:
    return chance.choice(_INVISIBLE).join((number[:3], number[3:7], number[7:]))


def _one_by_one(number: str, chance: random.Random) -> str:
    return chance.choice(_BETWEEN).join(number)


def _spaced_spoken(number: str, chance: random.Random) -> str:
    return chance.choice((" ", "-", ".")).join(_written_in(_SPOKEN)(number, chance))


_STYLES = (
    _written_in(_SPOKEN),
    _written_in(_SPOKEN.replace("一", "幺")),
    _written_in(_ON_THE_PHONE),
    _written_in(_CAPITAL),
    _written_in(_CIRCLED),
    _written_in(_BOLD),
    _written_in(_WIDE),
    _some_in(_SPOKEN),
    _some_in(_WIDE),
    _some_in(_CIRCLED),
    _keycaps,
    _letters,
    _english,
    _invisible,
    _one_by_one,
    _spaced_spoken,
)
