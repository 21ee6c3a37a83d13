"""What happened to a record: its wordings with what changed, and every entry of the audit log."""

import json
from difflib import SequenceMatcher

import streamlit as st

from indexer.record import Audit, Record, Version
from ui.texts import Texts
from ui.texts.moments import full_time
from ui.web.components.frame import Frame
from ui.web.markup import render
from ui.web.parts import set_up

_JUDGED = ("kind", "sentiment", "issues", "urgency", "overdue_complaint")


def versions_pane(frame: Frame, record: Record) -> None:
    """The wordings of the post, the latest first, each with its difference to the one before."""
    versions = set_up().ledger.versions(record.id)
    earlier: list[Version | None] = [None, *versions[:-1]]
    rows = [
        {
            "number": frame.text("versions.number", number=version.version),
            "time": full_time(version.first_seen),
            "evidence": version.evidence_sha256[:12],
            "pieces": _difference(before.text if before else version.text, version.text),
        }
        for before, version in zip(earlier, versions, strict=True)
    ]
    st.html(render("versions", rows=rows[::-1], evidence=frame.text("versions.evidence")))


def audit_pane(frame: Frame, record: Record) -> None:
    """The audit log's entries about the record, the latest first."""
    entries = set_up().ledger.audit_log(f"record:{record.id}")
    if not entries:
        st.html(render("empty", title=frame.text("audit.empty"), line=frame.text("audit.empty_help"), command=""))
        return
    rows = [
        {
            "time": full_time(entry.at),
            "actor": entry.actor,
            "action": frame.text.label("action", entry.action),
            "detail": _detail(frame.text, entry),
            "hash": entry.hash[:12],
        }
        for entry in entries
    ]
    st.html(render("audit", rows=rows, chain=frame.text("audit.chain")))


def _difference(before: str, after: str) -> list[tuple[str, str]]:
    """The later text in pieces: (`same`, `new` or `old`, words)."""
    found: list[tuple[str, str]] = []
    for kind, left, right, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind in {"delete", "replace"}:
            found.append(("old", before[left:right]))
        if kind != "delete":
            found.append(("same" if kind == "equal" else "new", after[start:end]))
    return found


def _detail(text: Texts, entry: Audit) -> str:
    """What a decision changed and why; the detail of any other entry as it stands."""
    detail = json.loads(entry.detail)
    if "after" not in detail:
        return entry.detail
    before, after = detail.get("before", {}), detail["after"]
    changed = [
        text(
            "audit.changed",
            name=text(f"field.{name}"),
            before=_value(text, name, before.get(name)),
            after=_value(text, name, after.get(name)),
        )
        for name in _JUDGED
        if before.get(name) != after.get(name)
    ]
    what = text("list.semicolon").join(changed) or text("audit.unchanged")
    return text("audit.reason", what=what, reason=detail.get("reason", ""))


def _value(text: Texts, name: str, value: object) -> str:
    if isinstance(value, list):
        return text("list.comma").join(_value(text, name, item) for item in value) or text("value.none")
    if isinstance(value, bool):
        return text(f"overdue.{'yes' if value else 'no'}")
    return text.label(name, None if value is None else str(value))
