"""Two models on the same posts: which labels change from what to what, and which of the two reviewers agree with."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from indexer.record import Record
from monitor.agreement import FIELDS, Agreement, agrees
from nlp.analysis import Analysis, Label

_ONE = ("kind", "sentiment", "urgency", "overdue_complaint")
_SEVERAL = ("issues", "causes", "demands")
_EXAMPLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelChange:
    """In how many posts one value became another; `None` before or after where a value came or went.

    `examples` are the ids of the latest such records.
    """

    field: str
    before: str | None
    after: str | None
    count: int
    examples: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriticalChange:
    """A record that only one of the models calls a danger to life."""

    record_id: int
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How often reviewers agree with the current and with the candidate's label of a field, on the same posts."""

    current: Agreement
    candidate: Agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelDifferences:
    """What a candidate model changes on `posts` posts, against the current analyses; `made` is in UTC.

    `changed` counts posts by field; `changes` has the most frequent first; `critical` names every post.
    """

    candidate: str
    current: tuple[str, ...]
    made: datetime
    posts: int
    changed: dict[str, int]
    changes: tuple[LabelChange, ...]
    critical: tuple[CriticalChange, ...]
    agreement: tuple[Compared, ...]

    def count(self, field: str, before: str | None, after: str | None) -> int:
        """How many posts went from one value of a field to another."""
        wanted = (field, before, after)
        return sum(change.count for change in self.changes if (change.field, change.before, change.after) == wanted)

    @property
    def overdue_appear(self) -> int:
        """Posts that become overdue complaints."""
        return self.count("overdue_complaint", "no", "yes")

    @property
    def overdue_vanish(self) -> int:
        """Posts that are overdue complaints no longer."""
        return self.count("overdue_complaint", "yes", "no")


_Step = tuple[str, str | None, str | None]


@dataclass
class _Tally:
    posts: int = 0
    current: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    steps: Counter[_Step] = field(default_factory=Counter)
    examples: defaultdict[_Step, deque[int]] = field(
        default_factory=lambda: defaultdict(lambda: deque(maxlen=_EXAMPLES))
    )
    critical: list[CriticalChange] = field(default_factory=list)
    judged: Counter[str] = field(default_factory=Counter)
    agreed: Counter[tuple[str, str]] = field(default_factory=Counter)


def model_differences(pairs: Iterable[tuple[Record, Analysis]], *, candidate: str, made: datetime) -> ModelDifferences:
    """From records, whose analysis is the current one, each with the candidate's analysis of the same wording."""
    tally = _Tally()
    for record, other in pairs:
        if record.analysis is not None:
            _count(tally, record, record.analysis, other)
    steps = sorted(tally.steps.items(), key=lambda item: (-item[1], item[0][0], str(item[0])))
    return ModelDifferences(
        candidate=candidate,
        current=tuple(version for version, _ in tally.current.most_common()),
        made=made,
        posts=tally.posts,
        changed={name: tally.changed[name] for name in (*_ONE, *_SEVERAL)},
        changes=tuple(
            LabelChange(field=step[0], before=step[1], after=step[2], count=count, examples=tuple(tally.examples[step]))
            for step, count in steps
        ),
        critical=tuple(tally.critical),
        agreement=tuple(_compared(tally, name) for name in FIELDS),
    )


def _count(tally: _Tally, record: Record, current: Analysis, other: Analysis) -> None:
    tally.posts += 1
    tally.current[current.model_version] += 1
    for name in (*_ONE, *_SEVERAL):
        steps = _steps(name, current, other)
        tally.changed[name] += bool(steps)
        tally.steps.update(steps)
        for step in steps:
            tally.examples[step].append(record.id)
    before, after = current.urgency.value, other.urgency.value
    if before != after and "critical" in (before, after):
        tally.critical.append(CriticalChange(record_id=record.id, before=before, after=after))
    _count_judged(tally, record, current, other)


def _steps(name: str, current: Analysis, other: Analysis) -> list[_Step]:
    before, after = _values(name, current), _values(name, other)
    if name in _ONE:
        return [(name, before[0], after[0])] if before != after else []
    gone = [(name, value, None) for value in before if value not in after]
    come = [(name, None, value) for value in after if value not in before]
    return [*gone, *come]


def _values(name: str, analysis: Analysis) -> tuple[str, ...]:
    held = getattr(analysis, name)
    return (held.value,) if isinstance(held, Label) else tuple(label.value for label in held)


def _count_judged(tally: _Tally, record: Record, current: Analysis, other: Analysis) -> None:
    # A decision about an earlier wording says nothing about either model's reading of this one.
    if record.decision is None or record.is_edited_since_review:
        return
    for name in FIELDS:
        same = agrees(name, record.decision, current)
        if same is not None:
            tally.judged[name] += 1
            tally.agreed[name, "current"] += same
            tally.agreed[name, "candidate"] += bool(agrees(name, record.decision, other))


def _compared(tally: _Tally, name: str) -> Compared:
    def side(which: str) -> Agreement:
        return Agreement(field=name, n=tally.judged[name], agreed=tally.agreed[name, which])

    return Compared(current=side("current"), candidate=side("candidate"))
