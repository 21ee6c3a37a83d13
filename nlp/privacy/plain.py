"""The text as the detectors read it: disguised digits and letters made plain, with the map to the original.

Undone are zero-width characters, full-width letters and digits, circled and bold digits and keycaps (１３８, ①③⑧, 1️⃣);
in runs of five and more also spoken digits (幺三八, 壹叁捌), English ones (138 zero zero) and o and l for 0 and 1.
"""

import re
import sys
import unicodedata
from functools import cache

from nlp.normalize.draft import Edit, Normalized, apply, unchanged

_SPOKEN = {
    **dict(zip("零〇一二三四五六七八九", "00123456789", strict=True)),
    **dict(zip("壹贰叁肆伍陆柒捌玖", "123456789", strict=True)),
    **dict(zip("幺么两俩洞拐勾仨", "11220793", strict=True)),
}
_NUMBER_WORDS = "zero one two three four five six seven eight nine"
_ENGLISH = dict(zip(_NUMBER_WORDS.split(), "0123456789", strict=True))
_LETTERS = {"o": "0", "O": "0", "l": "1", "I": "1", "|": "1"}
_INVISIBLE = re.compile("[\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_WIDE = re.compile("[Ａ-Ｚａ-ｚ＠＃＿－．［］]")
# Most posts hold none of these signs.
_UNUSUAL = re.compile("[^\x00-\x7f\u2014-\u2026\u3000-\u303f\u4e00-\u9fff，。！？：；（）]")
_KEYCAP_SIGN = "\u20e3"
_KEYCAP = re.compile(f"[0-9]\ufe0f?{_KEYCAP_SIGN}")

_WORDS = "|".join(_ENGLISH)
_DIGIT = rf"(?:[0-9{''.join(_SPOKEN)}]|(?i:{_WORDS})|[oOlI|])"
# The signs that people put between the digits of a number; the marks' brackets are never among them.
BETWEEN = r" \u3000\-.·•、，,*＊_~～—–/／丶()（）"
# 川l10857 is a plate.
PLATE_REGIONS = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_FIRST = (
    rf"(?<![0-9])(?:[0-9{''.join(_SPOKEN)}]|(?:(?<![A-Za-z{PLATE_REGIONS}])|(?<=[Qq][Qq]))(?:(?i:{_WORDS})|[oOlI|]))"
)
_RUN = re.compile(
    rf"(?=[0-9{''.join(_SPOKEN)}oOlI|zotfsenZTFSEN]){_FIRST}(?:[{BETWEEN}]{{0,3}}{_DIGIT}){{4,}}(?![A-WYZa-wyz])"
)
# 138…一天打十次: the last one counts days, it is no digit of the number.
_COUNTED = re.compile(r"(?:天(?!天)|[个次下直起样家点些年月日条人块万千百十元张遍位])")
_MOBILE_LENGTH = 11
# These two begin with a class of signs, which makes them fast: every text is searched for them.
_MAY_BE = f"[0-9{''.join(_SPOKEN)}{''.join(_LETTERS)}]"
_MAY_BE_RUN = re.compile(f"{_MAY_BE}(?:[{BETWEEN}]{{0,3}}{_MAY_BE}){{4}}")
_ENGLISH_DIGITS = re.compile(rf"[0-9eorxnt][ \-.]?(?:{_WORDS})", re.IGNORECASE)
_DISGUISED = re.compile(f"[^0-9{BETWEEN}]")
_TOKEN = re.compile(rf"(?i:{_WORDS})|.", re.DOTALL)
_FEWEST_REAL_DIGITS = 4
_SHORTEST_WITH_LETTERS = 6


def plain(text: str) -> Normalized:
    """The plain text; its `span` tells where in the original a finding stands."""
    draft = unchanged(text)
    if _KEYCAP_SIGN in text:
        draft = apply(draft, [Edit(*match.span(), match.group()[0]) for match in _KEYCAP.finditer(text)])
    if _UNUSUAL.search(draft.text) and not _odd_signs().keys().isdisjoint(draft.text):
        draft = apply(draft, _odd_edits(draft.text))
    if _MAY_BE_RUN.search(draft.text) or _ENGLISH_DIGITS.search(draft.text):
        draft = apply(draft, (edit for run in _RUN.finditer(draft.text) for edit in _run_edits(run)))
    return draft


def _odd_edits(text: str) -> list[Edit]:
    signs = _odd_signs()
    return [Edit(place, place + 1, signs[sign]) for place, sign in enumerate(text) if sign in signs]


@cache
def _odd_signs() -> dict[str, str]:
    """Signs and what stands for them: every digit that Unicode knows, wide letters; nothing for the unseen."""
    codes = (chr(code) for code in range(0x80, sys.maxunicode + 1))
    digits = {sign: str(unicodedata.digit(sign)) for sign in codes if unicodedata.digit(sign, None) is not None}
    wide = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if _WIDE.match(chr(code))}
    return {**wide, **digits, **{chr(code): "" for code in range(0x80, 0x10000) if _INVISIBLE.match(chr(code))}}


def _run_edits(run: re.Match[str]) -> list[Edit]:
    """Digits for the words and letters of a run; letters only among enough digits to be meant so."""
    written = run.group()
    if not _DISGUISED.search(written):
        return []
    letters_too = sum(map(str.isdecimal, written)) >= _FEWEST_REAL_DIGITS and len(written) >= _SHORTEST_WITH_LETTERS
    edits = []
    for token in _TOKEN.finditer(written, 0, len(written) - _counts_on(run)):
        digit = _digit(token.group(), letters_too=letters_too)
        if digit:
            edits.append(Edit(run.start() + token.start(), run.start() + token.end(), digit))
    return edits


def _counts_on(run: re.Match[str]) -> bool:
    """Whether the last digit belongs to the words behind the run."""
    before, last = run.group()[:-1], run.group()[-1]
    if last not in _SPOKEN or not _COUNTED.match(run.string, run.end()):
        return False
    return (
        before[-1] not in _SPOKEN or sum(sign in _SPOKEN or sign.isdecimal() for sign in run.group()) > _MOBILE_LENGTH
    )


def _digit(token: str, *, letters_too: bool) -> str:
    spoken = _SPOKEN.get(token) or _ENGLISH.get(token.lower())
    return spoken or (_LETTERS.get(token, "") if letters_too else "")
