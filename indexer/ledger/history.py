"""The ledger as it was: records as of a moment, put together from what it keeps with its time.

Versions, analyses, decisions and moved details have times of their own. Which of several models' analyses was the
current one is known from the audit log's switches: after the last switch that model's; where it had none of the
wording, the first that came afterwards; before any switch the first one made.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, bindparam, func, select

from crawler.post import Engagement, Evidence, Post, PostKind
from indexer.ledger.batches import BATCH, parts
from indexer.ledger.details import DETAILS
from indexer.ledger.part import LedgerPart
from indexer.ledger.queues import stale_ids
from indexer.ledger.reading import as_issues
from indexer.ledger.tables import analyses, audit_log, decisions, earlier_details, posts, versions
from indexer.record import Decision, Record
from nlp.analysis import Analysis

_PREFIX = "model:"


@dataclass(frozen=True, slots=True)
class _Switched:
    """The last switch of models by then."""

    model_version: str
    at: datetime


class History(LedgerPart):
    """Earlier states of a ledger: `ledger.history`. A moment (aware) in the past gives the same records for ever.

    What people remove for good (retention, a key's rotation) is not in the past either.
    """

    def records(self, record_ids: Sequence[int], *, as_of: datetime) -> list[Record]:
        """Records by id, as they were; those that were not there yet are left out."""
        with self._read() as connection:
            switched = _switched(connection, as_of)
            found: list[Record] = []
            for part in parts(sorted(record_ids)):
                found.extend(_records(connection, part, as_of, switched))
            return found

    def ids(self, *, after_id: int, as_of: datetime, limit: int = BATCH) -> list[int]:
        """Ids of the posts that were there, by id: ask again with the last one until the list is empty."""
        there = select(posts.c.id).where(posts.c.id > after_id, posts.c.first_seen <= as_of)
        with self._read() as connection:
            return list(connection.scalars(there.order_by(posts.c.id).limit(limit)))

    def count(self, *, as_of: datetime) -> int:
        """How many posts were there."""
        with self._read() as connection:
            return int(connection.scalar(select(func.count()).where(posts.c.first_seen <= as_of)) or 0)

    def not_in_index(self, *, after_id: int, limit: int = BATCH) -> list[int]:
        """Ids of the analysed posts whose latest state the search index does not hold by now, by id."""
        with self._read() as connection:
            return list(connection.scalars(stale_ids(after_id=after_id, limit=limit)))


def _switched(connection: Connection, as_of: datetime) -> _Switched | None:
    switches = (
        select(audit_log.c.subject, audit_log.c.at)
        .where(audit_log.c.action == "use_model", audit_log.c.at <= as_of)
        .order_by(audit_log.c.id.desc())
        .limit(1)
    )
    row = connection.execute(switches).one_or_none()
    return None if row is None else _Switched(row.subject.removeprefix(_PREFIX), row.at)


def _records(connection: Connection, ids: Sequence[int], as_of: datetime, switched: _Switched | None) -> list[Record]:
    given = {"ids": ids, "as_of": as_of}
    wordings = _last(connection.execute(_WORDINGS, given))
    decided = _last(connection.execute(_DECISIONS, given))
    # In the order of falling `until`: the last of a post is the first move after the moment.
    moved = _last(connection.execute(_MOVED, given))
    judged = _analyses(connection.execute(_ANALYSES, given), wordings, switched)
    return [
        _record(row, wordings[row.id], moved.get(row.id), judged.get(row.id), decided.get(row.id))
        for row in connection.execute(_POSTS, given)
    ]


def _last(rows: Iterable[Row[Any]]) -> dict[int, Row[Any]]:
    return {row.post_id: row for row in rows}


def _analyses(
    rows: Iterable[Row[Any]], wordings: dict[int, Row[Any]], switched: _Switched | None
) -> dict[int, Row[Any]]:
    """The analysis of each post's wording that was the current one."""
    of_post: dict[int, list[Row[Any]]] = {}
    for row in rows:
        wording = wordings.get(row.post_id)
        if wording is not None and row.version == wording.version:
            of_post.setdefault(row.post_id, []).append(row)
    chosen = {post_id: _current(made, switched) for post_id, made in of_post.items()}
    return {post_id: row for post_id, row in chosen.items() if row is not None}


def _current(made: Sequence[Row[Any]], switched: _Switched | None) -> Row[Any] | None:
    """One of the analyses of a wording, which come in the order of their times."""
    if switched is None:
        return made[0]
    of_model = [row for row in made if row.model_version == switched.model_version]
    if not of_model:
        return next((row for row in made if row.analysed > switched.at), None)
    # A switch takes the latest dictionary's that there is; where there was none, the first that came.
    before = [row for row in of_model if row.analysed <= switched.at]
    if not before:
        return of_model[0]
    latest = before[-1].analysed
    return next(row for row in before if row.analysed == latest)


def _record(
    row: Row[Any], wording: Row[Any], moved: Row[Any] | None, judged: Row[Any] | None, decided: Row[Any] | None
) -> Record:
    details = {name: getattr(row if moved is None else moved, name) for name in DETAILS}
    return Record(
        id=row.id,
        post=_post(row, wording, details),
        version=wording.version,
        revision=row.revision,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        not_seen_since=details["not_seen_since"],
        cluster_id=details["cluster_id"],
        analysis=None if judged is None else Analysis.from_json(judged.analysis),
        decision=None if decided is None else _decision(decided),
    )


def _post(row: Row[Any], wording: Row[Any], details: dict[str, Any]) -> Post:
    counts = {name: details[name] for name in ("likes", "replies", "views", "shares")}
    named = {name: details[name] for name in ("url", "thread_id", "parent_id", "author", "region", "published")}
    return Post(
        source=row.source,
        native_id=row.native_id,
        kind=PostKind(row.kind),
        title=wording.title,
        text=wording.text,
        crawled=wording.crawled,
        evidence=Evidence(sha256=wording.evidence_sha256, file=wording.evidence_file, offset=wording.evidence_offset),
        engagement=Engagement(**counts),
        **named,
    )


def _decision(row: Row[Any]) -> Decision:
    names = ("reviewer", "reason", "decided", "kind", "sentiment", "urgency", "overdue_complaint")
    kept = {name: getattr(row, name) for name in (*names, "version", "model_version")}
    return Decision(record_id=row.post_id, issues=as_issues(row.issues), **kept)


_IDS: BindParameter[int] = bindparam("ids", expanding=True)
_AS_OF = bindparam("as_of", type_=posts.c.first_seen.type)
_POSTS = select(posts).where(posts.c.id.in_(_IDS), posts.c.first_seen <= _AS_OF).order_by(posts.c.id)
_WORDINGS = (
    select(versions)
    .where(versions.c.post_id.in_(_IDS), versions.c.first_seen <= _AS_OF)
    .order_by(versions.c.post_id, versions.c.version)
)
_ANALYSES = (
    select(analyses)
    .where(analyses.c.post_id.in_(_IDS), analyses.c.analysed <= _AS_OF)
    .order_by(analyses.c.post_id, analyses.c.analysed, analyses.c.model_version, analyses.c.dictionary_version)
)
_DECISIONS = (
    select(decisions).where(decisions.c.post_id.in_(_IDS), decisions.c.decided <= _AS_OF).order_by(decisions.c.id)
)
_MOVED = (
    select(earlier_details)
    .where(earlier_details.c.post_id.in_(_IDS), earlier_details.c.until > _AS_OF)
    .order_by(earlier_details.c.until.desc(), earlier_details.c.id.desc())
)
