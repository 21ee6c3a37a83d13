"""Complaint channels that a text names: hotlines, regulators, complaint sites, courts and police."""

import re
from collections.abc import Iterator

from nlp.facts.finding import Finding

KINDS = ("complaint_channel",)

_CHANNELS = {
    "12378": r"(?<!\d)12378(?!\d)",
    "12345": r"(?<!\d)12345(?!\d)",
    "12315": r"(?<!\d)12315(?!\d)",
    "12363": r"(?<!\d)12363(?!\d)",
    "黑猫投诉": r"黑猫",
    "金融监管局": r"(?:金融监管(?:总局|局)|银保监(?:会|局)?)",
    "公安": r"(?:报警|派出所|公安|110(?!\d))",
    "法院": r"(?:法院|起诉)",
}
_ANY = re.compile("|".join(f"(?P<c{index}>{pattern})" for index, pattern in enumerate(_CHANNELS.values())))
_NAMES = tuple(_CHANNELS)


def find(text: str) -> Iterator[Finding]:
    """Each mention, with the channel's usual name."""
    for match in _ANY.finditer(text):
        yield Finding("complaint_channel", _NAMES[int((match.lastgroup or "c0")[1:])], "", *match.span())
