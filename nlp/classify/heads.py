"""The fields of the label guide as heads of one network: names, values, and where each stands among the outputs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Head:
    """A field of the label guide. `exclusive`: exactly one value holds (softmax), else any number do (sigmoid)."""

    name: str
    values: tuple[str, ...]
    exclusive: bool
    start: int

    @property
    def columns(self) -> slice:
        """The columns of the network's output that belong to this head."""
        return slice(self.start, self.start + len(self.values))


KINDS = ("complaint", "help", "praise", "discussion", "news", "promo", "irrelevant")
SENTIMENTS = ("negative", "neutral", "positive")
URGENCIES = ("critical", "high", "normal")
ISSUES = (
    "overdue", "collection", "cost", "credit_report", "repayment_plan", "privacy",
    "marketing", "payment", "withdrawal", "lending", "service", "fraud",
)  # fmt: skip
CAUSES = ("income_loss", "illness", "overborrowing", "economy", "platform_error", "risk_control", "gambling")
DEMANDS = (
    "deferral",
    "waiver",
    "stop_collection",
    "refund",
    "credit_repair",
    "apology",
    "data_removal",
    "disburse",
)
# Issues that make a complaint an overdue complaint where they arise from a late repayment.
OVERDUE_ISSUES = frozenset(("overdue", "collection", "cost", "credit_report", "repayment_plan"))


def _heads() -> tuple[Head, ...]:
    layout = (
        ("kind", KINDS, True),
        ("sentiment", SENTIMENTS, True),
        ("urgency", URGENCIES, True),
        ("overdue_complaint", ("yes",), False),
        ("issues", ISSUES, False),
        ("causes", CAUSES, False),
        ("demands", DEMANDS, False),
    )
    heads: list[Head] = []
    start = 0
    for name, values, exclusive in layout:
        heads.append(Head(name, values, exclusive, start))
        start += len(values)
    return tuple(heads)


HEADS = _heads()
# The author's sentiment towards one brand, asked with the brand's name before the text; no field of the guide.
TOWARDS = Head("towards", SENTIMENTS, exclusive=True, start=sum(len(head.values) for head in HEADS))
ALL_HEADS = (*HEADS, TOWARDS)
HEAD = {head.name: head for head in ALL_HEADS}
WIDTH = sum(len(head.values) for head in ALL_HEADS)
