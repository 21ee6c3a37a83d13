"""Reviewers' decisions as labelled posts, in the label guide's record format, for training and evaluation.

A field that the reviewer judged has the reviewer's value, every other one the machine's, as the reviewer saw and left
it. Text is the masked wording that was judged.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from crawler.pseudonym import pseudonym
from indexer.ledger import Ledger
from indexer.record import Decision, Record
from monitor.agreement import FIELDS, agrees
from nlp.analysis import Analysis

_REVIEWERS = "reviewer"  # stands for the source, so that a reviewer's pseudonym is never that of an author


def judged_records(ledger: Ledger, *, latest: bool = False) -> Iterator[Record]:
    """Every record as its reviewer saw it, with the analysis of that wording (see `Ledger.models.judged`)."""
    after = 0
    while page := ledger.models.judged(after_id=after, latest=latest):
        yield from (judged.record for judged in page)
        after = page[-1].decision_id


def corrections(judged: Iterable[Record], *, key: bytes, since: datetime | None = None) -> Iterator[dict[str, Any]]:
    """One record of the format a judged post, decided at `since` or later; posts judged unanalysed are left out.

    Beyond the format's fields: `reviewer` (a pseudonym by `key`), `decided` (ISO 8601, UTC), `model_version`,
    `judged` (the fields that were judged) and `corrected` (those where the machine was overruled).
    """
    for record in judged:
        decision, analysis = record.decision, record.analysis
        if decision and analysis and (since is None or decision.decided >= since):
            yield _labelled(record, decision, analysis, key)


def _labelled(record: Record, decision: Decision, analysis: Analysis, key: bytes) -> dict[str, Any]:
    same = {field: agrees(field, decision, analysis) for field in FIELDS}
    return {
        "id": f"{record.post.source}/{record.post.native_id}",
        "source": record.post.source,
        "text": record.analysed_text,
        "kind": record.kind,
        "sentiment": record.sentiment,
        "issues": list(record.issues),
        "causes": [label.value for label in analysis.causes],
        "demands": [label.value for label in analysis.demands],
        "urgency": record.urgency,
        "overdue_complaint": record.is_overdue_complaint,
        "reviewer": pseudonym(_REVIEWERS, decision.reviewer, key),
        "decided": decision.decided.isoformat(),
        "model_version": analysis.model_version,
        "judged": [field for field in FIELDS if same[field] is not None],
        "corrected": [field for field in FIELDS if same[field] is False],
    }
