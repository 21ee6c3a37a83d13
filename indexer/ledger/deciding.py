"""Reviewers' decisions."""

import json
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, insert, select, update

from indexer.ledger import audit
from indexer.ledger.reading import as_issues, record
from indexer.ledger.tables import decisions as decision_table
from indexer.ledger.tables import posts
from indexer.record import Decision, Record

_JUDGED = ("kind", "sentiment", "issues", "urgency", "overdue_complaint")


def decide(connection: Connection, decision: Decision) -> Record:
    """Keep a decision with its audit entry; see `Ledger.decide`."""
    # Held to the end, so that two reviewers of one record build on each other.
    connection.execute(select(posts.c.id).where(posts.c.id == decision.record_id).with_for_update())
    before = record(connection, decision.record_id)
    cumulative = replace(_cumulative(decision, before.decision), version=before.version)
    row = {**_row(cumulative), **_seen(before)}
    decision_id = connection.scalar(insert(decision_table).values(row).returning(decision_table.c.id))
    changes = {"decision_id": decision_id, "revision": posts.c.revision + 1}
    connection.execute(update(posts).where(posts.c.id == before.id).values(changes))
    after = record(connection, decision.record_id)
    _audit(connection, decision, before, after)
    return after


def decisions(connection: Connection, record_id: int) -> list[Decision]:
    """Every decision about a record."""
    query = select(decision_table).where(decision_table.c.post_id == record_id).order_by(decision_table.c.id)
    return [_decision(dict(row)) for row in connection.execute(query).mappings()]


def _cumulative(decision: Decision, earlier: Decision | None) -> Decision:
    """With the fields that only an earlier decision judged: they stay decided."""
    if earlier is None:
        return decision
    kept = {name: getattr(earlier, name) for name in _JUDGED if getattr(decision, name) is None}
    return replace(decision, **kept)


def _row(decision: Decision) -> dict[str, Any]:
    return {
        "post_id": decision.record_id,
        "version": decision.version,
        "reviewer": decision.reviewer,
        "reason": decision.reason,
        "decided": decision.decided,
        "kind": decision.kind,
        "sentiment": decision.sentiment,
        "issues": None if decision.issues is None else json.dumps(decision.issues),
        "urgency": decision.urgency,
        "overdue_complaint": decision.overdue_complaint,
    }


def _seen(before: Record) -> dict[str, str]:
    """Which analysis the reviewer saw."""
    analysis = before.analysis
    if analysis is None:
        return {}
    return {"model_version": analysis.model_version, "dictionary_version": analysis.dictionary_version}


def _decision(row: dict[str, Any]) -> Decision:
    row["record_id"] = row.pop("post_id")
    row["issues"] = as_issues(row["issues"])
    del row["id"], row["dictionary_version"]
    return Decision(**row)


def _audit(connection: Connection, decision: Decision, before: Record, after: Record) -> None:
    given = {name: getattr(decision, name) for name in _JUDGED if getattr(decision, name) is not None}
    detail = {
        "version": after.version,
        "reason": decision.reason,
        "decided": given,
        "before": _labels(before),
        "after": _labels(after),
    }
    audit.append(
        connection,
        at=decision.decided,
        actor=decision.reviewer,
        action="decide",
        subject=f"record:{decision.record_id}",
        detail=json.dumps(detail, ensure_ascii=False, sort_keys=True),
    )


def _labels(record: Record) -> dict[str, Any]:
    labels = {name: getattr(record, name) for name in ("kind", "sentiment", "issues", "urgency")}
    return {**labels, "overdue_complaint": record.is_overdue_complaint}
