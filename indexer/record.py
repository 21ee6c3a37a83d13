"""Record: a post with its analysis and what reviewers decided about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from crawler.post import Post, PostKind
from nlp.analysis import Analysis

_TITLED = frozenset({PostKind.TOPIC, PostKind.ARTICLE, PostKind.COMPLAINT, PostKind.REVIEW})


class ReviewStatus(StrEnum):
    """Whether a person has judged the record."""

    PENDING = "pending"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a reviewer decided about a record; a field that is `None` was not judged and stays the machine's.

    Values are those of the label guide. `decided` is in UTC. `version` is the post's version that was judged and
    `model_version` the model whose labels the reviewer saw; the ledger fills both in. A record's decision is
    cumulative: a later decision replaces only the fields that it judges.
    """

    record_id: int
    reviewer: str
    reason: str
    decided: datetime
    kind: str | None = None
    sentiment: str | None = None
    issues: tuple[str, ...] | None = None
    urgency: str | None = None
    overdue_complaint: bool | None = None
    version: int | None = None
    model_version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One post as the ledger holds it: its latest version, that version's analysis and the reviewers' decision.

    The post's title and text are masked. `first_seen`, `last_seen` and `not_seen_since` (set once a complete read of
    the thread no longer showed the post) are in UTC. `analysis` is `None` until the worker has come to this version.
    `cluster_id` is the smallest id among the post's near-duplicates, `None` where it has none.
    `revision` grows with every change to the record; the index is up to date when it holds the same revision.

    The labels below are the effective ones: a decision wins over every machine label, whenever either was made.
    """

    id: int
    post: Post
    version: int
    revision: int
    first_seen: datetime
    last_seen: datetime
    not_seen_since: datetime | None = None
    cluster_id: int | None = None
    analysis: Analysis | None = None
    decision: Decision | None = None

    @property
    def kind(self) -> str | None:
        """Kind by the label guide; `None` before the analysis."""
        decided = self.decision.kind if self.decision else None
        return decided or (self.analysis.kind.value if self.analysis else None)

    @property
    def sentiment(self) -> str | None:
        """Sentiment by the label guide; `None` before the analysis."""
        decided = self.decision.sentiment if self.decision else None
        return decided or (self.analysis.sentiment.value if self.analysis else None)

    @property
    def urgency(self) -> str | None:
        """Urgency by the label guide; `None` before the analysis."""
        decided = self.decision.urgency if self.decision else None
        return decided or (self.analysis.urgency.value if self.analysis else None)

    @property
    def issues(self) -> tuple[str, ...]:
        """Issues by the label guide."""
        if self.decision and self.decision.issues is not None:
            return self.decision.issues
        return tuple(label.value for label in self.analysis.issues) if self.analysis else ()

    @property
    def brands(self) -> tuple[str, ...]:
        """Brands that the text names."""
        return self.analysis.brands if self.analysis else ()

    @property
    def is_overdue_complaint(self) -> bool:
        """Whether compliance must see the post; follows a corrected kind or issue by the guide's definition."""
        decision = self.decision
        if decision and decision.overdue_complaint is not None:
            return decision.overdue_complaint
        if self.kind != "complaint":
            return False
        if decision and decision.issues is not None and "overdue" in decision.issues:
            return True
        return self.analysis is not None and self.analysis.is_overdue_complaint

    @property
    def confidence(self) -> float | None:
        """The lowest probability (0–1) among kind, sentiment and overdue complaint; 1 once a person has judged."""
        if self.decision:
            return 1.0
        if self.analysis is None:
            return None
        labels = (self.analysis.kind, self.analysis.sentiment, self.analysis.overdue_complaint)
        return min(label.probability for label in labels)

    @property
    def doubts(self) -> tuple[str, ...]:
        """Fields whose label the model leaves to a person; none once a person has judged."""
        if self.decision or self.analysis is None:
            return ()
        analysis = self.analysis
        labels = {
            "kind": (analysis.kind,),
            "sentiment": (analysis.sentiment,),
            "urgency": (analysis.urgency,),
            "overdue": (analysis.overdue_complaint,),
            "issue": analysis.issues,
        }
        return tuple(field for field, held in labels.items() if any(label.doubtful for label in held))

    @property
    def status(self) -> ReviewStatus:
        """Whether a person has judged the record."""
        return ReviewStatus.REVIEWED if self.decision else ReviewStatus.PENDING

    @property
    def is_edited_since_review(self) -> bool:
        """Whether the author changed the post after it was judged."""
        return bool(self.decision and self.decision.version and self.decision.version < self.version)

    @property
    def time(self) -> datetime:
        """When the post was published (UTC); where the source shows no time, when it was first seen."""
        return self.post.published or self.first_seen

    @property
    def analysed_text(self) -> str:
        """The text that the analysis is of; offsets of its facts and terms count in it."""
        return analysed_text(self.post.kind, self.post.title, self.post.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """One version of a post, leased to a worker for analysis."""

    record_id: int
    version: int
    kind: PostKind
    title: str
    text: str

    @property
    def analysed_text(self) -> str:
        """The text to analyse."""
        return analysed_text(self.kind, self.title, self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One wording of a post; `first_seen` (UTC) is when a crawl first brought it."""

    version: int
    title: str
    text: str
    first_seen: datetime
    evidence_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """One entry of the audit log: who did what to which subject, when (UTC); `detail` is JSON.

    `hash` covers the entry and `previous_hash`, so that a change anywhere breaks the chain from there on.
    """

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: str
    previous_hash: str
    hash: str


def analysed_text(kind: PostKind, title: str, text: str) -> str:
    """What is analysed of a post: title and text, once each; a reply's title only repeats the topic's."""
    if not title or kind not in _TITLED or text.startswith(title):
        return text
    return f"{title}\n{text}" if text else title


def confirming(record: Record, *, reviewer: str, reason: str, decided: datetime) -> Decision:
    """A decision that the record's labels are right as they are shown."""
    return Decision(
        record_id=record.id,
        reviewer=reviewer,
        reason=reason,
        decided=decided,
        kind=record.kind,
        sentiment=record.sentiment,
        issues=tuple(record.issues),
        urgency=record.urgency,
        overdue_complaint=record.is_overdue_complaint,
    )
