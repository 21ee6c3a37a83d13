"""Judging a record: confirm its labels with one key, or correct them with a reason."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

import streamlit as st

from indexer.query.fields import ISSUES, KINDS, SENTIMENTS, URGENCIES
from indexer.record import Decision, Record, confirming
from indexer.worker import index_now
from ui.texts import Texts
from ui.web.components.frame import Frame
from ui.web.parts import set_up

MINIMUM_REASON = 2


def reviewer(frame: Frame) -> str:
    """Who judges; asked once a visit, and written to the audit log with every decision."""
    st.session_state.setdefault("reviewer", set_up().configuration.web.reviewer)
    name = st.text_input(
        frame.text("judge.reviewer"),
        key="reviewer",
        max_chars=40,
        placeholder=frame.text("judge.reviewer_hint"),
        label_visibility="collapsed",
        icon=":material/person:",
        width=180,
        persist_state="session",
    )
    return (name or "").strip()


def confirm(frame: Frame, record: Record, who: str) -> None:
    """Keep the decision that the labels are right as they stand."""
    reason = frame.text("judge.confirmed_reason")
    _decide(confirming(record, reviewer=who, reason=reason, decided=datetime.now(UTC)))


def correction(frame: Frame, record: Record, who: str, *, done: Callable[[], None]) -> None:
    """The form that corrects the labels; `done` is called after the decision is kept."""
    text = frame.text
    with st.form(f"correct-{record.id}-{record.revision}", border=False):
        left, right = st.columns(2)
        with left:
            kind = _kind(text, record)
            sentiment = _one(text, "sentiment", list(SENTIMENTS), record.sentiment or "neutral")
        with right:
            urgency = _one(text, "urgency", list(URGENCIES)[::-1], record.urgency or "normal")
            overdue = _overdue(text, record)
        issues = _issues(text, record)
        reason = _reason(text, record)
        sent = st.form_submit_button(text("judge.save"), type="primary")
    if not sent:
        return
    problem = _problem(who, reason)
    if problem:
        st.error(text(problem), icon=":material/error:")
        return
    labels = _Labels(kind, sentiment, issues, urgency, overdue and kind == "complaint")
    _decide(_decision(record, labels, who, reason))
    done()


class _Labels(NamedTuple):
    """What the form holds."""

    kind: str
    sentiment: str
    issues: tuple[str, ...]
    urgency: str
    overdue_complaint: bool


def _kind(text: Texts, record: Record) -> str:
    return st.selectbox(
        text("field.kind"),
        list(KINDS),
        index=list(KINDS).index(record.kind or "discussion"),
        format_func=lambda value: text.label("kind", value),
    )


def _one(text: Texts, field: str, values: list[str], held: str) -> str:
    chosen = st.segmented_control(
        text(f"field.{field}"),
        values,
        default=held,
        format_func=lambda value: text.label(field, value),
        required=True,
    )
    return chosen or held


def _overdue(text: Texts, record: Record) -> bool:
    return st.toggle(text("label.overdue_complaint"), record.is_overdue_complaint, help=text("judge.overdue_help"))


def _issues(text: Texts, record: Record) -> tuple[str, ...]:
    chosen = st.multiselect(
        text("field.issues"),
        list(ISSUES),
        default=list(record.issues),
        format_func=lambda value: text.label("issue", value),
        placeholder=text("judge.no_issue"),
    )
    return tuple(chosen)


def _reason(text: Texts, record: Record) -> str:
    written = st.text_input(
        text("judge.reason"), placeholder=text("judge.reason_hint"), max_chars=500, key=f"reason-{record.id}"
    )
    return (written or "").strip()


def _decision(record: Record, labels: _Labels, who: str, reason: str) -> Decision:
    return Decision(record_id=record.id, reviewer=who, reason=reason, decided=datetime.now(UTC), **labels._asdict())


def _problem(who: str, reason: str) -> str | None:
    """The text that says what is missing before a decision can be kept."""
    if not who:
        return "judge.needs_reviewer"
    return "judge.needs_reason" if len(reason) < MINIMUM_REASON else None


def _decide(decision: Decision) -> None:
    """Keep the decision and make it searchable at once; where a worker holds the index, it does so within seconds."""
    parts = set_up()
    parts.ledger.decide(decision)
    index_now(parts.ledger, parts.another_index())
