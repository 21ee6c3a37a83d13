"""How far people and the model agree: reviewers' decisions against the labels that they saw, by week and source.

A post counts in the week (from Monday, Asia/Shanghai) of the last decision made on a model's labels, and in a field
only where its reviewer judged that field. `issues` agree where both sides name exactly the same ones. Read the shares
as a tendency rather than as accuracy: reviewers see the machine's label before they judge, and the urgent and doubtful
posts are judged first. Accuracy comes from `fengping evaluate` on posts that were labelled blind.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from indexer.record import Decision, Record
from monitor.days import shanghai_day
from nlp.analysis import Analysis
from nlp.training.metrics import Interval, wilson

FIELDS = ("kind", "sentiment", "issues", "urgency", "overdue_complaint")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """In how many of `n` judged posts a field's machine label was left as it was; the interval is Wilson's, 95 %."""

    field: str
    n: int
    agreed: int

    @property
    def share(self) -> float | None:
        """The share of agreement (0–1); `None` where nothing was judged."""
        return self.agreed / self.n if self.n else None

    @property
    def interval(self) -> Interval:
        """What the share may really be; (0, 1) where nothing was judged."""
        return wilson(self.agreed, self.n)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRow:
    """Agreement in one week (its Monday) and at one source; `None` stands for all weeks or all sources together."""

    week: date | None
    source: str | None
    fields: tuple[Agreement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementReport:
    """Of how many decisions, all together, by week, by source, and by both; the latest week first."""

    decisions: int
    overall: AgreementRow
    weeks: tuple[AgreementRow, ...]
    sources: tuple[AgreementRow, ...]
    rows: tuple[AgreementRow, ...]


_Place = tuple[date | None, str | None]


def week_of(moment: datetime) -> date:
    """The Monday of a moment's week in Asia/Shanghai."""
    day = shanghai_day(moment)
    return day - timedelta(days=day.weekday())


def agrees(field: str, decision: Decision, analysis: Analysis) -> bool | None:
    """Whether the machine label of a field is what the reviewer decided; `None` where the field was not judged."""
    decided = getattr(decision, field)
    if decided is None:
        return None
    if field == "issues":
        return set(decided) == {label.value for label in analysis.issues}
    if field == "overdue_complaint":
        return bool(decided == analysis.is_overdue_complaint)
    return bool(decided == getattr(analysis, field).value)


def agreement(judged: Iterable[Record]) -> AgreementReport:
    """From records as their reviewers saw them (`Ledger.models.judged`); those without an analysis don't count."""
    n: Counter[tuple[_Place, str]] = Counter()
    agreed: Counter[tuple[_Place, str]] = Counter()
    decisions = 0
    for record in judged:
        if record.decision is None or record.analysis is None:
            continue
        decisions += 1
        for field in FIELDS:
            same = agrees(field, record.decision, record.analysis)
            if same is not None:
                places = [(place, field) for place in _places(record, record.decision)]
                n.update(places)
                agreed.update(places if same else ())
    return _report(decisions, n, agreed)


def _places(record: Record, decision: Decision) -> tuple[_Place, ...]:
    week, source = week_of(decision.decided), record.post.source
    return (None, None), (week, None), (None, source), (week, source)


def _report(decisions: int, n: Counter[tuple[_Place, str]], agreed: Counter[tuple[_Place, str]]) -> AgreementReport:
    def row(place: _Place) -> AgreementRow:
        fields = (Agreement(field=field, n=n[place, field], agreed=agreed[place, field]) for field in FIELDS)
        return AgreementRow(week=place[0], source=place[1], fields=tuple(fields))

    weeks = sorted({week for (week, _), _ in n if week}, reverse=True)
    sources = sorted({source for (_, source), _ in n if source})
    return AgreementReport(
        decisions=decisions,
        overall=row((None, None)),
        weeks=tuple(row((week, None)) for week in weeks),
        sources=tuple(row((None, source)) for source in sources),
        rows=tuple(row((week, source)) for week in weeks for source in sources if _held(n, (week, source))),
    )


def _held(n: Counter[tuple[_Place, str]], place: _Place) -> bool:
    return any(n[place, field] for field in FIELDS)
