"""Interest as it is spoken of: 月息两分, 月息8厘, 年息一分, 日息万五."""

import re
from collections.abc import Iterator

from nlp.facts.finding import Finding
from nlp.facts.numbers import NUMBER, number

KINDS = ("annual_rate",)

# 银发〔2005〕129号: 日利率 = 年利率 ÷ 360, 月利率 = 年利率 ÷ 12. Simple interest; fees that come on top are not in it.
PERIODS = {"monthly": 12, "daily": 360}
# The old measures: of a month's interest 分 is a hundredth and 厘 a thousandth, of a year's 分 is a tenth.
_PERCENT_OF = {("月", "分"): 1.0, ("月", "厘"): 0.1, ("年", "分"): 10.0, ("年", "厘"): 1.0}
_OLD_MEASURE = re.compile(
    rf"(?P<period>[月年])(?:息|利率|利)[是才要为到高达]{{0,2}}(?P<number>{NUMBER})(?P<unit>分|厘)(?P<half>半|\d|[一二三四五六七八九])?"
)
_OF_TEN_THOUSAND = re.compile(
    r"日(?:息|利率|利)[是才要为]{0,2}万(?:分之)?(?P<number>[一二三四五六七八九]|\d{1,2}(?:\.\d{1,3})?)(?P<half>点[一二三四五六七八九]|半)?"
)


def annual(percent: float, period: str) -> float:
    """A `monthly` or `daily` rate in per cent as the annual one, in per cent."""
    return round(percent * PERIODS[period], 4)


def find(text: str) -> Iterator[Finding]:
    """Each rate whose measure is named, as an annual rate in per cent; 月息2 alone may be 2 分 or 2 厘 and is none."""
    for match in _OLD_MEASURE.finditer(text):
        figure = number(match["number"])
        if figure is not None:
            yield _rate(match, (figure + _tenths(match["half"])) * _PERCENT_OF[match["period"], match["unit"]])
    for match in _OF_TEN_THOUSAND.finditer(text):
        figure = number(match["number"])
        if figure is not None:
            value = annual((figure + _tenths(match["half"])) / 100, "daily")
            yield Finding("annual_rate", value, "%", *match.span(), role="daily")


def _rate(match: re.Match[str], percent: float) -> Finding:
    if match["period"] == "年":
        return Finding("annual_rate", round(percent, 4), "%", *match.span())
    return Finding("annual_rate", annual(percent, "monthly"), "%", *match.span(), role="monthly")


def _tenths(spoken: str | None) -> float:
    """What stands behind the measure: 两分半 is 2.5, 一分五 1.5, 万六点五 6.5."""
    if not spoken:
        return 0.0
    return 0.5 if spoken == "半" else (number(spoken.removeprefix("点")) or 0.0) / 10
