"""Percentages (overdue rate, annual rate …) and their changes in percentage points."""

import re
from collections.abc import Iterator

from nlp.facts import interest
from nlp.facts.finding import Finding

KINDS = ("overdue_rate", "bad_loan_rate", "annual_rate", "rate", "rate_change")

_PERCENT = re.compile(r"(?<![\d.])(?P<value>\d{1,9}(?:\.\d{1,6})?)\s?%|百分之(?P<words>\d{1,9}(?:\.\d{1,6})?)")
_POINTS = re.compile(
    r"(?P<way>上升|上涨|上扬|增加|增长|提高|提升|抬升|攀升|扩大|下降|下跌|下滑|降低|减少|回落|收窄)[了约近至]{0,2}"
    r"(?P<figure>(?P<value>\d{1,9}(?:\.\d{1,6})?)\s?(?:个)?百分点)"
)
_DOWN = frozenset(("下降", "下跌", "下滑", "降低", "减少", "回落", "收窄"))
_SUBJECT = re.compile(
    r"(?P<overdue_rate>逾期率)|(?P<bad_loan_rate>不良(?:贷款)?率)|(?P<annual_rate>年化|年利率|年息)"
    r"|(?P<irr>[Ii][Rr][Rr])|(?P<apr>[Aa][Pp][Rr])|(?P<monthly>月利率|月息)|(?P<daily>日利率|日息)"
)
_KIND_OF = {"irr": "annual_rate", "apr": "annual_rate"}
_CLAUSE_END = re.compile(r"[。；！？;!?\n]")


def find(text: str) -> Iterator[Finding]:
    """Each percentage, and each change with its sign (a fall is negative)."""
    for match in _PERCENT.finditer(text):
        yield _percentage(_subject(text, match.start()), float(match["value"] or match["words"]), *match.span())
    for match in _POINTS.finditer(text):
        value = -float(match["value"]) if match["way"] in _DOWN else float(match["value"])
        yield Finding("rate_change", value, "percentage_points", *match.span("figure"), dated=True)
    yield from interest.find(text)


def _percentage(subject: str, value: float, start: int, end: int) -> Finding:
    if subject in interest.PERIODS:
        return Finding("annual_rate", interest.annual(value, subject), "%", start, end, dated=True, role=subject)
    role = subject if subject in _KIND_OF else None
    return Finding(_KIND_OF.get(subject, subject), value, "%", start, end, dated=True, role=role)


def _subject(text: str, at: int) -> str:
    """The subject named last before the figure in its sentence."""
    sentence = _CLAUSE_END.split(text[max(0, at - 40) : at])[-1]
    named = [match.lastgroup for match in _SUBJECT.finditer(sentence)]
    return named[-1] or "rate" if named else "rate"
