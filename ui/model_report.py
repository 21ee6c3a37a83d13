"""What `fengping model` says, as plain values: its JSON, and what its tables are drawn from."""

from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter

from indexer.ledger import Ledger, ModelCount
from monitor import Agreement, AgreementReport, AgreementRow, Drift, ModelDifferences
from ui.model_choice import ModelChoice
from ui.model_folders import ModelCard
from ui.model_life import Used

Report = dict[str, Any]

_EXCERPT = 80
_DIFFERENCES = TypeAdapter(ModelDifferences)
_DRIFT = TypeAdapter(Drift)


def listed(models: Sequence[ModelCard], choice: ModelChoice, counts: Sequence[ModelCount]) -> Report:
    """The models with what the ledger holds of each, and the versions whose model is no longer known."""
    held = {count.model_version: count for count in counts}
    known = {card.version for card in models}
    others = [count for count in counts if count.model_version not in known]
    return {
        "in_use": choice.name,
        "origin": choice.origin.value,
        "since": choice.since.isoformat() if choice.since else None,
        "previous": choice.previous,
        "models": [_card(card, choice, held.get(card.version)) for card in models],
        "other_versions": [_count(count) | {"version": count.model_version} for count in others],
    }


def used(done: Used) -> Report:
    """What a switch did."""
    return {
        "model": done.card.name,
        "version": done.card.version,
        "switched": done.switch.switched,
        "waiting": done.switch.waiting,
        "analysed": done.analysed,
        "indexed": done.indexed,
        "index_left_to_worker": done.index_left,
    }


def differences(found: ModelDifferences, ledger: Ledger) -> Report:
    """The differences, with the words of the posts that they name."""
    named = {change.record_id for change in found.critical}
    named |= {record_id for change in found.changes for record_id in change.examples}
    texts = {record.id: excerpt(record.analysed_text) for record in ledger.records(sorted(named))}
    report: Report = _DIFFERENCES.dump_python(found, mode="json")
    for change in report["critical"]:
        change["text"] = texts.get(change["record_id"], "")
    for change in report["changes"]:
        change["examples"] = [{"record_id": number, "text": texts.get(number, "")} for number in change["examples"]]
    report["overdue_complaints"] = {"appear": found.overdue_appear, "vanish": found.overdue_vanish}
    report["agreement"] = {
        pair.current.field: {"current": _agreed(pair.current), "candidate": _agreed(pair.candidate)}
        for pair in found.agreement
    }
    return report


def agreed(report: AgreementReport) -> Report:
    """Agreement in all, by week, by source, and by both."""
    return {
        "decisions": report.decisions,
        "fields": _row(report.overall)["fields"],
        "weeks": [_row(row) for row in report.weeks],
        "sources": [_row(row) for row in report.sources],
        "weeks_and_sources": [_row(row) for row in report.rows],
    }


def drifted(state: Drift) -> Report:
    """The state of drift; `alarm` is what a monitor looks at."""
    report: Report = _DRIFT.dump_python(state, mode="json")
    return {"alarm": state.alarm, **report}


def excerpt(text: str) -> str:
    """The beginning of a text, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else f"{line[:_EXCERPT]}…"


def _card(card: ModelCard, choice: ModelChoice, count: ModelCount | None) -> Report:
    return {
        "name": card.name,
        "version": card.version,
        "in_use": card.folder == choice.folder,
        "made": card.made or None,
        "data": list(card.data),
        "held_out": card.held_out,
        "figures": dict(card.figures) or None,
        **_count(count),
    }


def _count(count: ModelCount | None) -> Report:
    return {"analyses": count.analyses if count else 0, "current": count.current if count else 0}


def _row(row: AgreementRow) -> Report:
    return {
        "week": row.week.isoformat() if row.week else None,
        "source": row.source,
        "fields": {found.field: _agreed(found) for found in row.fields},
    }


def _agreed(found: Agreement) -> Report:
    share = None if found.share is None else round(found.share, 4)
    return {"n": found.n, "agreed": found.agreed, "share": share, "interval": [round(end, 4) for end in found.interval]}
