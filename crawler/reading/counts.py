"""Counts as Chinese sites write them: `1.2万`, `1.5亿`, `100+`, `1,234`."""

import re

_COUNT = re.compile(r"(?P<number>\d[\d,，]*(?:\.\d+)?)\s*(?P<unit>[万萬亿億wWkK千])?")
_UNITS = {
    "万": 10_000,
    "萬": 10_000,
    "w": 10_000,
    "亿": 100_000_000,
    "億": 100_000_000,
    "k": 1_000,
    "千": 1_000,
}


def read_count(text: str) -> int | None:
    """Read the first count in `text`; `100+` and `10万+` give what is sure. `None` when there is no number."""
    found = _COUNT.search(text)
    if not found:
        return None
    number = float(re.sub("[,，]", "", found["number"]))
    return round(number * _UNITS.get((found["unit"] or "").lower(), 1))
