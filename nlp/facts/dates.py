"""Full dates."""

import re
from collections.abc import Iterator
from datetime import date

from nlp.facts.finding import Finding

KINDS = ("date",)

_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})\s?[年\-/.]\s?(?P<month>\d{1,2})\s?[月\-/.]\s?(?P<day>\d{1,2})(?:日|号|(?!\d))"
)


def find(text: str) -> Iterator[Finding]:
    """Each date that exists, in ISO form."""
    for match in _DATE.finditer(text):
        try:
            day = date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:  # 2024年2月30日 is a slip of the author's, no date
            continue
        yield Finding("date", day.isoformat(), "day", *match.span())
