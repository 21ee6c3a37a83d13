"""The row of an export: one record, the same columns in every format."""

from dataclasses import dataclass, fields
from datetime import datetime

from indexer.query.values import SHANGHAI
from indexer.record import Record

# Raised with every change of the columns or of what they hold: a repeated export has the same bytes within one of them.
ROW_VERSION = 1
Value = str | int | bool | tuple[str, ...] | datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One exported record: what was said, where, when, how it is labelled and by whom.

    Labels are the effective ones (a reviewer's decision wins), named as in the query language. `post_kind` is what the
    post is at its source; `author` is a pseudonym; title and text are masked as the ledger keeps them. Times are in
    Asia/Shanghai. `doubt` lists the fields that the model left to a person, `cluster` is the smallest record id among
    its near-duplicates. `reviewer` and `decided` say who judged the record last, and when.
    """

    id: int
    source: str
    native_id: str
    url: str
    post_kind: str
    title: str
    text: str
    published: datetime | None
    first_seen: datetime
    not_seen_since: datetime | None
    author: str | None
    region: str | None
    likes: int | None
    replies: int | None
    views: int | None
    shares: int | None
    kind: str | None
    sentiment: str | None
    issues: tuple[str, ...]
    urgency: str | None
    overdue_complaint: bool
    doubt: tuple[str, ...]
    status: str
    reviewer: str | None
    decided: datetime | None
    version: int
    model_version: str | None
    dictionary_version: str | None
    cluster: int | None


COLUMNS = tuple(field.name for field in fields(Row))


def as_row(record: Record) -> Row:
    """The row of a record."""
    post, analysis, decision = record.post, record.analysis, record.decision
    counts = {name: getattr(post.engagement, name) for name in ("likes", "replies", "views", "shares")}
    labels = {name: getattr(record, name) for name in ("kind", "sentiment", "issues", "urgency")}
    return Row(
        id=record.id,
        source=post.source,
        native_id=post.native_id,
        url=post.url,
        post_kind=post.kind.value,
        title=post.title,
        text=post.text,
        published=_local(post.published),
        first_seen=record.first_seen.astimezone(SHANGHAI),
        not_seen_since=_local(record.not_seen_since),
        author=post.author,
        region=post.region,
        **counts,
        **labels,
        overdue_complaint=record.is_overdue_complaint,
        doubt=record.doubts,
        status=record.status.value,
        reviewer=decision.reviewer if decision else None,
        decided=_local(decision.decided) if decision else None,
        version=record.version,
        model_version=analysis.model_version if analysis else None,
        dictionary_version=analysis.dictionary_version if analysis else None,
        cluster=record.cluster_id,
    )


def cells(row: Row) -> tuple[Value, ...]:
    """The values of a row in the order of the columns."""
    return tuple(getattr(row, name) for name in COLUMNS)


def _local(time: datetime | None) -> datetime | None:
    return None if time is None else time.astimezone(SHANGHAI)
