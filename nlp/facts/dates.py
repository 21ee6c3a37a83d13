"""Dates, with or without their year."""

import re
from collections.abc import Iterator
from datetime import date

from nlp.facts.finding import Finding

KINDS = ("date",)

DATE = (
    r"(?<!\d)(?:(?P<year>(?:19|20)\d{2})\s?[年\-/.]\s?(?P<month>\d{1,2})\s?[月\-/.]\s?(?P<day>\d{1,2})(?:日|号|(?!\d))"
    r"|(?P<bare_month>1[0-2]|0?[1-9])月(?P<bare_day>3[01]|[12]\d|0?[1-9])(?:日|号))"
)
_DATE = re.compile(DATE)
_LEAP_YEAR = 2024  # a date without a year may be 29 February


def find(text: str) -> Iterator[Finding]:
    """Each date that exists, in ISO form; `--03-08` where the year is not said (ISO 8601:2000)."""
    for match in _DATE.finditer(text):
        day = iso_date(match)
        if day is not None:
            yield Finding("date", day, "day", *match.span())


def iso_date(match: re.Match[str]) -> str | None:
    """The date of a match of `DATE`; `None` for a slip of the author's such as 2024年2月30日."""
    try:
        if match["year"]:
            return date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()
        return f"-{date(_LEAP_YEAR, int(match['bare_month']), int(match['bare_day'])).isoformat()[4:]}"
    except ValueError:
        return None
