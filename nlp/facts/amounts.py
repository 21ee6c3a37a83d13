"""Amounts of money, told apart by the words around them."""

import re
from collections.abc import Iterator

from nlp.facts.finding import Finding
from nlp.facts.numbers import NUMBER, NUMERALS, figure, number

KINDS = ("loan_amount", "principal", "penalty", "instalment", "amount")
ROLES = (
    "principal",
    "penalty_interest",
    "late_fee",
    "instalment",
    "minimum_payment",
    "upfront_deduction",
    "credit_limit",
    "fee",
    "interest",
    "deduction",
    "loss",
    "total_debt",
    "paid",
    "received",
    "loan",
    "income",
)
_KIND_OF = {
    "principal": "principal",
    "penalty_interest": "penalty",
    "late_fee": "penalty",
    "instalment": "instalment",
    "loan": "loan_amount",
    "received": "loan_amount",
}
# The cue that stands last before the figure counts.
_CUES = {
    "principal": r"本金",
    "penalty_interest": r"罚息",
    "late_fee": r"滞纳金|违约金|逾期费|罚了|罚款",
    "instalment": r"每一?期|月供|月还|每个?月(?:还|供)?",
    "minimum_payment": r"最低还款额?|最低还",
    "upfront_deduction": r"砍头息?",
    "credit_limit": r"额度|授信|批了",
    "fee": r"(?:服务|担保|会员|手续|管理|咨询|中介|保险|代理)费|费用|权益包?|收费",
    "interest": r"利息",
    "deduction": r"扣款|划扣|扣了|扣走|多扣",
    "loss": r"损失|被骗|骗了|骗走|亏了",
    "total_debt": r"总?欠款?|总负债|负债|(?:一共|总共|累计|合计)(?:要|得|需要?)?还|待还|应还|滚到",
    "paid": r"已还款?|还了|还过|还进去|还掉",
    "received": r"到手|实际到账|实得",
    "loan": r"借款?|贷款?|申请|下款|放款|到账",
    "income": r"工资|收入|月薪",
}
_CUE = re.compile("|".join(f"(?P<{role}>{cue})" for role, cue in _CUES.items()))
_NEXT_CUE = re.compile(
    r"(?:的|左右)?(?:(?P<loan>(?:个人|消费|小额|信用|网络)?(?:贷款|借款|网贷))|"
    + "|".join(
        f"(?P<{role}>{_CUES[role]})"
        for role in (
            "principal",
            "penalty_interest",
            "late_fee",
            "credit_limit",
            "fee",
            "interest",
            "upfront_deduction",
        )
    )
    + ")"
)
_HOW = re.compile(r"[扣滚]")  # 砍头息扣了1500, 罚息滚到一万二: how, where another word says what for
_STOP = re.compile(r"[，。；,;！？!?\n\d、]")

_AMOUNT = re.compile(
    rf"(?<![\d.])(?:[¥￥]\s?(?P<sign>{NUMBER})|(?P<plain>{NUMBER})(?:多|余|来)?\s?(?:元|块钱|块(?P<tenth>\d|[一二两三四五六七八九])(?![\d十百千万个人天])|块|圆|人民币))"
)
# Without a unit a number is money only beside a word for money, and where no other thing is counted.
_NO_OTHER_THING = (
    rf"(?![\d.,:：/％%\-~{NUMERALS}]|\s?[多余来]?(?:[天日号月个年期次人家条张通岁点分笔倍成楼栋级页台名位折周后前遍件]"
    r"|小时|平台))"
)
_BARE = re.compile(
    r"(?:本金|罚息|滞纳金|违约金|月供|月还|每期还?|每个?月还|额度|砍头息|[务保员续]费|利息|损失|骗|欠款?|负债|待还|应还"
    r"|到手|到账|申请|[放下]款|借款?|贷款?|还款?|还进去|最低还款额?|扣款?)"
    r"[了是有要得到过的才就只还剩已经共约大概差不多将近快超至少竟然我掉：: ]{0,6}"
    rf"(?P<before>{NUMBER})[多余来]?{_NO_OTHER_THING}"
    rf"|(?<![\d.])(?P<after>{NUMBER})[多余来]?(?:的)?(?=额度|砍头息|本金|罚息|滞纳金|服务费|担保费)"
)
_LEAST_BARE = 100  # 还了50 is as often a share, a count or a reply number


def find(text: str) -> Iterator[Finding]:
    """Each amount in yuan, with its role where a word near it tells."""
    covered = -1
    spans = sorted((*_with_unit(text), *_bare(text)), key=lambda span: (span[0], -span[1]))
    for start, end, value in spans:
        if start >= covered:
            covered = end
            role = _role(text, start, end)
            yield Finding(_KIND_OF.get(role or "", "amount"), value, "yuan", start, end, role=role)


def _with_unit(text: str) -> Iterator[tuple[int, int, float | str]]:
    for match in _AMOUNT.finditer(text):
        value = figure(match["sign"] or match["plain"])
        if value is not None:
            yield match.start(), match.end(), _with_tenth(value, match["tenth"])


def _with_tenth(value: float | str, tenth: str | None) -> float | str:
    """三块九 is 3.90 yuan."""
    return value + (number(tenth) or 0.0) / 10 if tenth and isinstance(value, float) else value


def _bare(text: str) -> Iterator[tuple[int, int, float | str]]:
    for match in _BARE.finditer(text):
        group = "before" if match["before"] else "after"
        value = figure(match[group])
        if value is not None and _least(value) >= _LEAST_BARE:
            yield match.start(group), match.end(group), value


def _least(value: float | str) -> float:
    return float(value.partition("-")[0]) if isinstance(value, str) else value


def _role(text: str, start: int, end: int) -> str | None:
    before = _STOP.split(text[max(0, start - 14) : start])[-1]
    cues = list(_CUE.finditer(before))
    if not cues:
        found = _NEXT_CUE.match(text, end)
        return found.lastgroup if found else None
    return next((cue for cue in reversed(cues) if not _HOW.search(cue.group())), cues[-1]).lastgroup
