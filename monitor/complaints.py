"""Complaints by issue, and whether there are more of them than in the period before."""

from dataclasses import dataclass

from indexer.query import parse
from indexer.search.backend import Field, SearchIndex
from monitor.days import Period
from monitor.scope import within


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueChange:
    """How many complaints named an issue in a period and in the one of the same length before."""

    issue: str
    count: int
    previous: int

    @property
    def ratio(self) -> float | None:
        """How many times the previous count; `None` where there was none before."""
        return self.count / self.previous if self.previous else None


def issue_changes(index: SearchIndex, scope: str, period: Period) -> tuple[IssueChange, ...]:
    """The issues of the complaints among `scope`, the most frequent first; those of the previous period included."""
    now, before = _issues(index, scope, period), _issues(index, scope, period.previous)
    changes = [
        IssueChange(issue=issue, count=now.get(issue, 0), previous=before.get(issue, 0)) for issue in {*now, *before}
    ]
    return tuple(sorted(changes, key=lambda change: (-change.count, -change.previous, change.issue)))


def _issues(index: SearchIndex, scope: str, period: Period) -> dict[str, int]:
    query = within(f"({scope}) kind:complaint", period)
    return dict(index.facets(parse(query, now=period.end), [Field.ISSUE])[Field.ISSUE])
