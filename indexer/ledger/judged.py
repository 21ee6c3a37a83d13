"""What reviewers judged, each with the wording and the machine labels that they saw."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select

from indexer.ledger.reading import RECORDS, as_record
from indexer.ledger.tables import analyses, decisions, posts, versions
from indexer.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A decision with the record as its reviewer saw it: the wording, and the analysis (`None` where there was none).

    The record's effective labels are the reviewer's where a field was judged, the machine's elsewhere.
    """

    decision_id: int
    record: Record


def judged(connection: Connection, *, after_id: int, limit: int, latest: bool) -> list[Judged]:
    """Decisions by number; see `Models.judged`."""
    grouped = (decisions.c.post_id,) if latest else (decisions.c.post_id, decisions.c.model_version)
    counted = select(func.max(decisions.c.id)).group_by(*grouped)
    query = _JUDGED.where(decisions.c.id > after_id, decisions.c.id.in_(counted)).order_by(decisions.c.id).limit(limit)
    return [
        Judged(decision_id=row.decided_id, record=replace(as_record(row), version=row.decided_version))
        for row in connection.execute(query)
    ]


def last_decision(connection: Connection) -> int:
    """The number of the last decision."""
    return int(connection.scalar(select(func.max(decisions.c.id))) or 0)


_JUDGED: Select[Any] = (
    select(*RECORDS.selected_columns)
    .select_from(decisions)
    .join(posts, posts.c.id == decisions.c.post_id)
    .join(versions, and_(versions.c.post_id == posts.c.id, versions.c.version == decisions.c.version))
    .outerjoin(
        analyses,
        and_(
            analyses.c.post_id == posts.c.id,
            analyses.c.version == decisions.c.version,
            analyses.c.model_version == decisions.c.model_version,
            analyses.c.dictionary_version == decisions.c.dictionary_version,
        ),
    )
)
