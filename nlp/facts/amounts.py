"""Amounts of money, told apart by the words around them."""

import re
from collections.abc import Iterator

from nlp.facts.finding import Finding
from nlp.facts.numbers import NUMBER, number

KINDS = ("loan_amount", "principal", "penalty", "instalment", "amount")

_AMOUNT = re.compile(rf"(?<![\d.])(?:[¥￥]\s?(?P<sign>{NUMBER})|(?P<plain>{NUMBER})\s?(?:元|块钱?|圆|人民币))")
_BEFORE = (
    ("penalty", re.compile(r"(?:罚息|滞纳金|违约金|逾期费)[^，。；,;\n\d]{0,8}$")),
    ("principal", re.compile(r"本金[^，。；,;\n\d]{0,8}$")),
    ("instalment", re.compile(r"(?:每期|月供|每个?月还?|每月)[^，。；,;\n\d]{0,8}$")),
    ("loan_amount", re.compile(r"(?:借款?|贷款?|申请|下款|放款|到账)[^，。；,;\n\d]{0,6}$")),
)
_AFTER = re.compile(r"^(?:的)?(?:个人|消费|小额|信用|网络)?(?:贷款|借款|网贷)")


def find(text: str) -> Iterator[Finding]:
    """Each amount in yuan."""
    for match in _AMOUNT.finditer(text):
        value = number(match["sign"] or match["plain"])
        if value is not None:
            yield Finding(_kind(text, match), value, "yuan", *match.span())


def _kind(text: str, match: re.Match[str]) -> str:
    before = text[max(0, match.start() - 16) : match.start()]
    for kind, cue in _BEFORE:
        if cue.search(before):
            return kind
    return "loan_amount" if _AFTER.match(text[match.end() : match.end() + 8]) else "amount"
