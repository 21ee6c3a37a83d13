"""Digits in disguise: full-width, circled and spoken ones (１３８, ①③⑧, 幺三八, 壹叁捌) as plain digits."""

import re
import unicodedata

_SPOKEN = {
    **dict(zip("零〇一二三四五六七八九", "00123456789", strict=True)),
    **dict(zip("壹贰叁肆伍陆柒捌玖", "123456789", strict=True)),
    "幺": "1",
    "两": "2",
    "洞": "0",
    "拐": "7",
    "勾": "9",
}
_ANY = "0-9" + "".join(_SPOKEN)
# Shorter runs are ordinary numbers (三万五千) and stay words.
_SPOKEN_RUN = re.compile(rf"[{_ANY}](?:[ \-.·、]{{0,2}}[{_ANY}]){{6,}}")


def plain_digits(text: str) -> str:
    """The text with disguised digits made plain, of the same length, so that offsets hold."""
    if not text.isascii():
        text = "".join(map(_plain, text)) if any(map(_is_odd_digit, text)) else text
    return _SPOKEN_RUN.sub(lambda run: "".join(_SPOKEN.get(character, character) for character in run.group()), text)


def _is_odd_digit(character: str) -> bool:
    return character > "\x7f" and unicodedata.digit(character, None) is not None


def _plain(character: str) -> str:
    return str(unicodedata.digit(character)) if _is_odd_digit(character) else character
