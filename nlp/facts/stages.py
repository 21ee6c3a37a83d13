"""The stage of a late repayment (账龄): M1 is 1–30 days late, M2 31–60, M3 61–90, M3+ more than 90."""

import re
from collections.abc import Iterator

from nlp.facts.finding import Finding

KINDS = ("overdue_stage",)
STAGES = ("M1", "M2", "M3", "M3+")

_NAMED = re.compile(
    r"(?<![A-Za-z\d])[Mm](?P<number>\d)(?P<more>\s?\+|以上)?(?![A-Za-z\d]|芯片|处理器|货币|增速|供应|同比|口)"
)
_ABOUT_DEBT = re.compile(r"逾期|催收|账龄|还款|委外|移交|欠|贷|减免|协商|账户|阶段")


def stage(days: float) -> str:
    """The stage of so many days late: month by month, as lenders count, with 90+ in one."""
    return STAGES[min(max(int(days - 1), 0) // 30, 3)]


def find(text: str) -> Iterator[Finding]:
    """Each stage that is named (M2, M3+); M1 is a chip and M2 a quantity of money where nothing is about debts."""
    if "M" not in text and "m" not in text:
        return
    named = [match for match in _NAMED.finditer(text) if match["number"] != "0"]
    if named and _ABOUT_DEBT.search(text):
        for match in named:
            days = int(match["number"]) * 30 + (1 if match["more"] else 0)
            yield Finding("overdue_stage", stage(days), "stage", *match.span())
