"""The audit log: entries are only ever added, and each seals those before it."""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from indexer.errors import AuditTamperedError
from indexer.ledger.tables import audit_log, ledger_state
from indexer.record import Audit

GENESIS = "GENESIS"  # stands where the first entry names the hash before it


def append(connection: Connection, *, at: datetime, actor: str, action: str, subject: str, detail: str) -> Audit:
    """Add an entry; two who append at once follow each other."""
    end = connection.execute(select(ledger_state).with_for_update()).one()
    number, previous = end.audit_entries + 1, end.audit_hash
    seal = _hash(previous, number, at, actor, action, subject, detail)
    entry = Audit(
        id=number,
        at=at,
        actor=actor,
        action=action,
        subject=subject,
        detail=detail,
        previous_hash=previous,
        hash=seal,
    )
    connection.execute(insert(audit_log), {name: getattr(entry, name) for name in audit_log.c.keys()})  # noqa: SIM118 (a collection of columns, not a mapping)
    connection.execute(update(ledger_state).values(audit_entries=number, audit_hash=seal))
    return entry


def entries(connection: Connection, *, subject: str | None, limit: int, offset: int) -> list[Audit]:
    """Entries, the latest first."""
    query = select(audit_log).order_by(audit_log.c.id.desc()).limit(limit).offset(offset)
    if subject is not None:
        query = query.where(audit_log.c.subject == subject)
    return [Audit(**row) for row in connection.execute(query).mappings()]


def verify(connection: Connection) -> int:
    """Walk the chain from the first entry to the end that the ledger remembers."""
    previous, number = GENESIS, 0
    query = select(audit_log).order_by(audit_log.c.id)
    with connection.execute(query, execution_options={"yield_per": 1000}) as rows:
        for row in rows:
            number += 1
            _check(row, number, previous)
            previous = row.hash
    end = connection.execute(select(ledger_state)).one()
    if (end.audit_entries, end.audit_hash) != (number, previous):
        raise AuditTamperedError(number + 1, "缺失")
    return number


def _check(row: Row[Any], number: int, previous: str) -> None:
    if row.id != number:
        raise AuditTamperedError(number, "缺失")
    seal = _hash(previous, row.id, row.at, row.actor, row.action, row.subject, row.detail)
    if row.previous_hash != previous or row.hash != seal:
        raise AuditTamperedError(number, "被改动过")


def _hash(previous: str, number: int, at: datetime, actor: str, action: str, subject: str, detail: str) -> str:
    sealed = [previous, number, f"{at.timestamp():.6f}", actor, action, subject, detail]
    return hashlib.sha256(json.dumps(sealed, ensure_ascii=False).encode()).hexdigest()
