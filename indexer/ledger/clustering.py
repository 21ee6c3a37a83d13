"""Near-duplicates in the ledger: each wording's signature, and the cluster that its post belongs to."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Text,
    and_,
    any_,
    bindparam,
    column,
    delete,
    func,
    insert,
    select,
    update,
)

from indexer.duplicates import LEAST_CHARACTERS, Held, Signatures, bands, compared, group, signatures
from indexer.ledger.batches import parts
from indexer.ledger.details import keep_details
from indexer.ledger.tables import posts, signature_bands
from indexer.ledger.tables import signatures as signature_table

_LOCK = 5_390_019  # any number, the same in all our processes


def alone(connection: Connection) -> None:
    """On PostgreSQL one transaction at a time clusters; two that did not see each other's posts would both miss them.

    Before the transaction locks any post: one that waits here holds up nobody.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def cluster(connection: Connection, wordings: Sequence[tuple[int, str]], *, now: datetime) -> None:
    """Put posts into their clusters by their present wording (id, text); one known by the same signature stays.

    A post leaves the cluster of an earlier wording. May be done again; nothing changes then.
    """
    texts = [(record_id, compared(text)) for record_id, text in wordings]
    long = [(record_id, text) for record_id, text in texts if len(text) >= LEAST_CHARACTERS]
    made = dict(zip([record_id for record_id, _ in long], signatures([text for _, text in long]), strict=True))
    held = _signatures(connection, [record_id for record_id, _ in wordings])
    same = {record_id for record_id in held.keys() & made.keys() if np.array_equal(held[record_id], made[record_id])}
    _leave(connection, {record_id: held[record_id] for record_id in sorted(held.keys() - same)}, now)
    ids = [record_id for record_id in made if record_id not in same]
    if ids:
        _join(connection, ids, np.stack([made[record_id] for record_id in ids]), now)


def members(connection: Connection, record_id: int, *, limit: int) -> list[int]:
    """The ids of a record's cluster."""
    own = select(posts.c.cluster_id).where(posts.c.id == record_id).scalar_subquery()
    return list(
        connection.scalars(select(posts.c.id).where(posts.c.cluster_id == own).order_by(posts.c.id).limit(limit))
    )


def _join(connection: Connection, ids: list[int], made: Signatures, now: datetime) -> None:
    of_posts = bands(made).tolist()
    held = _held(connection, sorted({band for own in of_posts for band in own}))
    grouping = group(list(zip(ids, made, of_posts, strict=True)), held)
    rows = [{"post_id": post_id, "signature": made[at].tobytes()} for at, post_id in enumerate(ids)]
    connection.execute(insert(signature_table), rows)
    if grouping.bands:
        # Past SQLAlchemy, for these are sixteen rows a post; in order, for the B-tree.
        connection.exec_driver_sql(_INSERT_BAND[connection.dialect.paramstyle], sorted(grouping.bands))
    _relabel(connection, grouping.merged, fresh=_never_shown(connection, ids), now=now)


def _held(connection: Connection, wanted: list[int]) -> Held:
    """What shares a band with the arrivals."""
    held = Held()
    named = select(signature_bands.c.band, signature_bands.c.post_id)
    rows = connection.execute(named.where(_among(connection, signature_bands.c.band)), _given(connection, wanted))
    for row in rows:
        held.of_band.setdefault(row.band, []).append(row.post_id)
    ids = sorted({post_id for named_ids in held.of_band.values() for post_id in named_ids})
    known = (
        select(posts.c.id, posts.c.cluster_id, signature_table.c.signature)
        .join(signature_table, signature_table.c.post_id == posts.c.id)
        .where(_among(connection, posts.c.id))
    )
    for alike in connection.execute(known, _given(connection, ids)) if ids else ():
        held.signatures[alike.id] = np.frombuffer(alike.signature, dtype=np.uint16)
        held.labels[alike.id] = alike.id if alike.cluster_id is None else alike.cluster_id
    return held


def _relabel(connection: Connection, merged: dict[int, int], *, fresh: frozenset[int], now: datetime) -> None:
    """Write the labels; posts that were there before are indexed again and keep what they were until now."""
    roots = set(merged.values())
    new = {label: merged.get(label, label) for label in (*merged, *roots)}
    own = [{"record_id": label, "label": root} for label, root in sorted(new.items()) if label in fresh]
    if own:
        connection.execute(_LABEL_FRESH, own)
    labels = sorted(label for label in new if label not in fresh)
    moved = _moved(connection, labels, new)
    keep_details(connection, [row["record_id"] for row in moved], until=now)
    if moved:
        connection.execute(_LABEL, moved)


def _moved(connection: Connection, labels: list[int], new: dict[int, int]) -> list[dict[str, int]]:
    """The posts, single ones and whole clusters, whose label becomes another."""
    found: list[dict[str, int]] = []
    for part in parts(labels):
        singles = select(posts.c.id, posts.c.cluster_id).where(posts.c.id.in_(part), posts.c.cluster_id.is_(None))
        found.extend({"record_id": row.id, "label": new[row.id]} for row in connection.execute(singles))
        others = [label for label in part if new[label] != label]
        of_clusters = select(posts.c.id, posts.c.cluster_id).where(posts.c.cluster_id.in_(others))
        found.extend({"record_id": row.id, "label": new[row.cluster_id]} for row in connection.execute(of_clusters))
    return sorted(found, key=lambda row: row["record_id"])


def _signatures(connection: Connection, ids: Sequence[int]) -> dict[int, Signatures]:
    found: dict[int, Signatures] = {}
    for part in parts(ids):
        rows = connection.execute(select(signature_table).where(signature_table.c.post_id.in_(part)))
        found |= {row.post_id: np.frombuffer(row.signature, dtype=np.uint16) for row in rows}
    return found


def _never_shown(connection: Connection, ids: Sequence[int]) -> frozenset[int]:
    """Those that no reader has seen in an earlier state: of their past nothing is to be kept."""
    found: set[int] = set()
    for part in parts(ids):
        first = select(posts.c.id).where(posts.c.id.in_(part), posts.c.version == 1, posts.c.indexed_revision == 0)
        found |= set(connection.scalars(first))
    return frozenset(found)


def _leave(connection: Connection, left: Mapping[int, Signatures], now: datetime) -> None:
    """Take posts out of their clusters; a cluster whose smallest is gone gets another label, one of one is none."""
    for part in parts(sorted(left)):
        of_posts = bands(np.stack([left[record_id] for record_id in part])).tolist()
        for record_id, own in zip(part, of_posts, strict=True):
            named = and_(signature_bands.c.band.in_(own), signature_bands.c.post_id == record_id)
            connection.execute(delete(signature_bands).where(named))
        connection.execute(delete(signature_table).where(signature_table.c.post_id.in_(part)))
        _leave_clusters(connection, part, now)


def _leave_clusters(connection: Connection, edited: Sequence[int], now: datetime) -> None:
    leaving = select(posts.c.id, posts.c.cluster_id).where(posts.c.id.in_(edited), posts.c.cluster_id.is_not(None))
    left = {row.id: row.cluster_id for row in connection.execute(leaving)}
    keep_details(connection, sorted(left), until=now)
    connection.execute(update(posts).where(posts.c.id.in_(sorted(left))).values(cluster_id=None))
    for label in sorted(set(left.values())):
        smallest, count = connection.execute(
            select(func.min(posts.c.id), func.count()).where(posts.c.cluster_id == label)
        ).one()
        if count and (count == 1 or smallest != label):
            _rename(connection, label, None if count == 1 else smallest, now)


def _rename(connection: Connection, label: int, new: int | None, now: datetime) -> None:
    rest = list(connection.scalars(select(posts.c.id).where(posts.c.cluster_id == label)))
    keep_details(connection, rest, until=now)
    changes = {"cluster_id": new, "revision": posts.c.revision + 1}
    connection.execute(update(posts).where(posts.c.cluster_id == label).values(changes))


def _among(connection: Connection, of: ColumnElement[int]) -> ColumnElement[bool]:
    """One of many numbers, given as one parameter: thousands of parameters cost more than the look-up."""
    if connection.dialect.name == "postgresql":
        return of == any_(bindparam("wanted", type_=ARRAY(BigInteger)))
    return of.in_(select(column("value")).select_from(func.json_each(bindparam("wanted", type_=Text))))


def _given(connection: Connection, wanted: list[int]) -> dict[str, Any]:
    return {"wanted": wanted if connection.dialect.name == "postgresql" else json.dumps(wanted)}


_INSERT_BAND = {
    style: f"INSERT INTO signature_bands (band, post_id) VALUES ({mark}, {mark})"  # noqa: S608 (fixed texts)
    for style, mark in (("qmark", "?"), ("pyformat", "%s"), ("format", "%s"))
}
_LABEL_FRESH = update(posts).where(posts.c.id == bindparam("record_id")).values(cluster_id=bindparam("label"))
_LABEL = (
    update(posts)
    .where(posts.c.id == bindparam("record_id"))
    .values(cluster_id=bindparam("label"), revision=posts.c.revision + 1)
)
