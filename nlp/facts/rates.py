"""Percentages (overdue rate, annual rate …) and their changes in percentage points."""

import re
from collections.abc import Iterator

from nlp.facts.finding import Finding

KINDS = ("overdue_rate", "bad_loan_rate", "annual_rate", "rate", "rate_change")

_PERCENT = re.compile(r"(?<![\d.])(?P<value>\d+(?:\.\d+)?)\s?%|百分之(?P<words>\d+(?:\.\d+)?)")
_POINTS = re.compile(
    r"(?P<way>上升|上涨|上扬|增加|增长|提高|提升|抬升|攀升|扩大|下降|下跌|下滑|降低|减少|回落|收窄)[了约近至]{0,2}"
    r"(?P<figure>(?P<value>\d+(?:\.\d+)?)\s?(?:个)?百分点)"
)
_DOWN = frozenset(("下降", "下跌", "下滑", "降低", "减少", "回落", "收窄"))
_SUBJECTS = (
    ("overdue_rate", re.compile(r"逾期率")),
    ("bad_loan_rate", re.compile(r"不良(?:贷款)?率")),
    ("annual_rate", re.compile(r"年化|年利率|(?i:apr|irr)")),
)
_CLAUSE_END = re.compile(r"[。；！？;!?\n]")


def find(text: str) -> Iterator[Finding]:
    """Each percentage, and each change with its sign (a fall is negative)."""
    for match in _PERCENT.finditer(text):
        value = float(match["value"] or match["words"])
        yield Finding(_kind(text, match.start()), value, "%", *match.span(), dated=True)
    for match in _POINTS.finditer(text):
        value = -float(match["value"]) if match["way"] in _DOWN else float(match["value"])
        yield Finding("rate_change", value, "percentage_points", *match.span("figure"), dated=True)


def _kind(text: str, at: int) -> str:
    """The subject named last before the figure in its sentence."""
    sentence = _CLAUSE_END.split(text[max(0, at - 40) : at])[-1]
    named = [(match.end(), kind) for kind, subject in _SUBJECTS for match in subject.finditer(sentence)]
    return max(named)[1] if named else "rate"
