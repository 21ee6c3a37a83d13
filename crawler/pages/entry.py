"""Entry: one object of a JSON answer, its fields read strictly; what is missing becomes an issue that names the field.

Answers of one API differ: an id is a number here and text there, a list is `null`, a count is left away.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Self

from crawler.pages.extraction import PageIssue
from crawler.post import IssueReason
from crawler.reading.counts import read_count
from crawler.reading.dates import read_date

_SINCE_1970 = re.compile(r"\d{9,13}")
_MILLISECONDS = 100_000_000_000
"""Numbers above this are milliseconds since 1970, below it seconds."""


@dataclass(frozen=True)
class Entry:
    """Reads fields of `value` and gathers `issues`; `subject` names it in their details.

    `served` (aware) is when the answer was served.
    """

    value: Mapping[str, Any]
    subject: str
    served: datetime
    issues: list[PageIssue] = field(default_factory=list)

    def about(self, subject: str) -> Self:
        """Return the same entry under another name."""
        return replace(self, subject=subject)

    def entry(self, name: str) -> Self:
        """Return the object in a field; one without fields where there is none."""
        value = self.value.get(name)
        return replace(self, value=value if isinstance(value, dict) else {})

    def entries(self, name: str) -> list[Self]:
        """Return the objects in the list of a field."""
        value = self.value.get(name)
        return [replace(self, value=one) for one in value if isinstance(one, dict)] if isinstance(value, list) else []

    def identity(self, name: str, *, required: bool = False) -> str:
        """Return an id as text; empty where there is none."""
        value = self.value.get(name)
        if isinstance(value, (int, str)) and not isinstance(value, bool) and str(value):
            return str(value)
        if required:
            self.missing(name)
        return ""

    def identities(self, name: str) -> list[str]:
        """Return a list of ids as text."""
        value = self.value.get(name)
        return [str(one) for one in value if isinstance(one, (int, str))] if isinstance(value, list) else []

    def text(self, name: str, *, required: bool = False) -> str:
        """Return a text; empty where there is none."""
        value = self.value.get(name)
        if isinstance(value, str):
            return value
        if required:
            self.missing(name)
        return ""

    def count(self, name: str) -> int | None:
        """Return a number; `None` where there is none."""
        value = self.value.get(name)
        if isinstance(value, str):
            return read_count(value)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def says(self, name: str) -> bool:
        """Whether a flag is set; `0`, `null`, `false` and its absence say no."""
        return bool(self.value.get(name))

    def moment(self, *names: str, required: bool = False) -> datetime | None:
        """Return the time in the first of the fields that is there, in UTC; one that can't be read gives an issue."""
        for name in names:
            value = self.value.get(name)
            if value:
                return self._moment(value, name)
        if required:
            self.missing(names[0])
        return None

    def _moment(self, value: object, name: str) -> datetime | None:
        if isinstance(value, str) and _SINCE_1970.fullmatch(value):
            value = int(value)
        at = _since_1970(value) if isinstance(value, (int, float)) else None
        moment = read_date(value, served=self.served) if isinstance(value, str) else None
        if at is None and moment is None:
            detail = f"{self.subject}的时间 {name} 读不懂：{str(value)[:60]}"
            self.note(IssueReason.UNREADABLE_FIELD, detail, "published")
        return moment.at if moment else at

    def missing(self, name: str) -> None:
        """Note that a field isn't there."""
        self.note(IssueReason.MISSING_FIELD, f"{self.subject}没有 {name}：网站的回答里没有这一项", name)

    def note(self, reason: IssueReason, detail: str, name: str = "") -> None:
        """Gather an issue."""
        self.issues.append(PageIssue(reason=reason, detail=detail, field=name))


def _since_1970(value: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(value / 1000 if value > _MILLISECONDS else value, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def signature_of(*said: object) -> str:
    """Return a digest of what a list says of a thread; it changes when the thread does."""
    return hashlib.sha256("|".join(map(str, said)).encode()).hexdigest()[:16]
