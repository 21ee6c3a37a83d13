"""The period that a figure is about: 2024年第一季度, 去年上半年, 2023年12月."""

import re

_PERIOD = re.compile(
    r"(?P<year>(?:19|20)\d{2})\s?年(?:度)?(?:的)?"
    r"(?:第?(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年|(?P<month>1[0-2]|0?[1-9])月(?:份)?)?"
)
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_SENTENCE_END = re.compile(r"[。！？!?\n]")


def period_before(text: str, at: int) -> str | None:
    """The period named last before `at` in the same sentence: `2024`, `2024-Q1`, `2024-H1`, `2024-03`, or `None`."""
    sentence = _SENTENCE_END.split(text[max(0, at - 80) : at])[-1]
    periods = list(_PERIOD.finditer(sentence))
    return _written(periods[-1]) if periods else None


def _written(match: re.Match[str]) -> str:
    if match["quarter"]:
        return f"{match['year']}-Q{_QUARTERS.get(match['quarter']) or match['quarter']}"
    if match["half"]:
        return f"{match['year']}-H{1 if match['half'] == '上' else 2}"
    return f"{match['year']}-{int(match['month']):02}" if match["month"] else match["year"]
