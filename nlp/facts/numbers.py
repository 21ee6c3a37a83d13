"""Numbers as people write them: 5,000, 1.2万, 3w, 5k, 三万五, 两千零八十, 十几."""

import re

_ARABIC = r"\d[\d,]*(?:\.\d+)?(?:\s?[万千百亿wWkK](?![A-Za-z]))?(?:\d(?=[元块]))?"
NUMBER = rf"(?:{_ARABIC}|[一二两三四五六七八九十百千万亿零〇几半]+)"

_DIGITS = {**dict(zip("零〇一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)), "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_SUFFIXES = {"百": 100, "千": 1000, "k": 1000, "万": 10_000, "w": 10_000, "亿": 100_000_000}


def number(text: str) -> float | None:
    """The value of a `NUMBER`; `None` where it is none (半, 几十): a vague number is no figure."""
    plain = text.replace(",", "").replace(" ", "").lower()
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([百千k万w亿])?(\d)?", plain)
    if match:
        scale = _SUFFIXES.get(match[2] or "", 1)
        return _rounded(float(match[1]) * scale + (int(match[3]) * scale / 10 if match[3] else 0))
    if any(character in plain for character in "几半"):
        return None
    return _chinese(plain)


def _chinese(text: str) -> float | None:
    """Chinese numerals, with the spoken short form (三万五 is 35,000)."""
    total = section = digit = 0
    scale = 1
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
            scale = 0 if character in "零〇" else scale
            continue
        scale = _SCALES[character]
        if scale >= _SCALES["万"]:
            total = (total + section + digit) * scale
            section = 0
        else:
            section += (digit or 1) * scale
        digit = 0
    spoken = digit * scale // 10 if scale >= 100 else digit
    value = total + section + spoken
    return float(value) if value else None


def _rounded(value: float) -> float:
    return round(value, 6)
