"""Numbers as people write them: 5,000, 1.2万, 3w, 5k, 三万五, 两千零八十, 七八, 十几."""

import re

# Bounded, so that a megabyte of digits is read in linear time.
_ARABIC = r"\d[\d,]{0,14}(?:\.\d{1,6})?(?:\s?[万千百亿wWkK](?![A-Za-z]))?(?:\d(?=[元块]))?"
NUMBER = rf"(?:{_ARABIC}|[一二两三四五六七八九十百千万亿零〇几半]{{1,12}})"
NUMERALS = "一二两三四五六七八九十百千万亿零〇几半"

_DIGITS = {**dict(zip("零〇一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)), "两": 2}
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_SUFFIXES = {"百": 100, "千": 1000, "k": 1000, "万": 10_000, "w": 10_000, "亿": 100_000_000}
_NEIGHBOURS = re.compile(r"(?P<low>[一二两三四五六七八])(?P<high>[二两三四五六七八九])(?P<scale>[十百千万亿]*)")


def number(text: str) -> float | None:
    """The value of a `NUMBER`; `None` where it is none (半, 几十): a vague number is no figure."""
    plain = text.replace(",", "").replace(" ", "").lower()
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([百千k万w亿])?(\d)?", plain)
    if match:
        scale = _SUFFIXES.get(match[2] or "", 1)
        return _rounded(float(match[1]) * scale + (int(match[3]) * scale / 10 if match[3] else 0))
    if any(character in plain for character in "几半") or not plain.isalpha():
        return None
    return _chinese(plain)


def figure(text: str) -> float | str | None:
    """The value of a `NUMBER`, or the range that a spoken one leaves open: `7-8` for 七八, `11-19` for 十几.

    几 alone and 几千 are `None`: their range says nothing, and a number would be invented.
    """
    match = _NEIGHBOURS.fullmatch(text)
    if match:
        low, high = (number(match[name] + match["scale"]) for name in ("low", "high"))
        return f"{low:g}-{high:g}" if low and high and low < high else None
    if "几" in text and "十" in text:
        low, high = (number(text.replace("几", digit)) for digit in (("一", "九") if "十几" in text else ("二", "九")))
        return f"{low:.0f}-{high:.0f}" if low and high else None
    return number(text)


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
