"""The facts of a post by what they are about: amounts, times, rates, channels, and the conduct of collectors."""

from collections.abc import Mapping, Sequence

from nlp import Fact
from nlp.facts import conduct
from ui.texts import Texts
from ui.texts.fact_words import fact_name, fact_quote

GROUPS: Mapping[str, tuple[str, ...]] = {
    "amounts": ("loan_amount", "principal", "penalty", "instalment", "amount"),
    "times": ("overdue_duration", "overdue_stage", "deadline", "date", "founded"),
    "rates": ("annual_rate", "overdue_rate", "bad_loan_rate", "rate", "rate_change"),
    "channels": ("complaint_channel",),
    "conduct": ("calls_a_day", "call_time", *conduct.KINDS),
}


def fact_rows(text: Texts, facts: Sequence[Fact]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each group that has facts: its name, and the name and the quoted words of each fact, in the order of the text."""
    rows = [
        (text.label("fact_group", group), [_shown(text, fact) for fact in facts if fact.kind in kinds])
        for group, kinds in GROUPS.items()
    ]
    return [(name, list(dict.fromkeys(shown))) for name, shown in rows if shown]


def _shown(text: Texts, fact: Fact) -> tuple[str, str]:
    return fact_name(text, fact), fact_quote(text, fact)
