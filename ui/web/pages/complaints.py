"""Complaints: the next post to judge, the most urgent first; one key judges it and brings the next."""

import streamlit as st

from indexer.errors import RecordNotFoundError
from indexer.record import Record
from indexer.search import Field
from ui.web import answers
from ui.web.answers import Found
from ui.web.components.empty import show_empty
from ui.web.components.frame import Frame, begin
from ui.web.components.history import audit_pane, versions_pane
from ui.web.components.judging import confirm, correction, reviewer
from ui.web.components.post_pane import post_pane, reasons_pane
from ui.web.components.post_rows import post_rows
from ui.web.markup import render
from ui.web.parts import set_up
from ui.web.state import change, number, paging, segments, select

SIZE = 10
# What may be worked through. A cry for help is work too, whoever it is about and even where the model is unsure of it:
# the urgent ones are not limited to complaints, nor to what is surely urgent.
QUEUES = {
    "complaints": "kind:complaint",
    "overdue": "overdue:yes",
    "urgent": "(urgency:critical,high OR doubt:urgency)",
}
STATUSES = ("pending", "reviewed", "all")


def show() -> None:
    """Draw the page."""
    frame = begin("complaints")
    query = _filters(frame)
    found = answers.urgent_first(frame.key, query, page=number("page", 1), size=SIZE)
    if not found.total:
        _nothing(frame)
        return
    with st.container(key="panes"):
        left, right = st.columns([5, 8], gap="medium")
        with left:
            chosen = _list(frame, found)
        with right, st.container(key="card-post"):
            _post(frame, found, chosen)


def _filters(frame: Frame) -> str:
    """The choices above the list, as a query."""
    text = frame.text
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        queue = segments(
            "queue",
            tuple(QUEUES),
            default="complaints",
            label=text("complaints.queue"),
            words=lambda name: text(f"queue.{name}"),
            resets=("page", "post"),
        )
        status = segments(
            "status",
            STATUSES,
            default="pending",
            label=text("field.status"),
            words=lambda name: text.label("status", name),
            resets=("page", "post"),
        )
        issue = _one_of(frame, "issue", "issue", tuple(answers.facets(frame.key, QUEUES[queue])[Field.ISSUE]))
        source = _one_of(frame, "source", "", tuple(source.source for source in frame.sources))
    parts = (answers.scope(), QUEUES[queue], "" if status == "all" else f"status:{status}", issue, source)
    return " ".join(part for part in parts if part)


def _one_of(frame: Frame, name: str, field: str, options: tuple[str, ...]) -> str:
    text = frame.text
    with st.container(width=150):
        value = select(
            name,
            ("", *options),
            default="",
            label=text(f"field.{name}"),
            words=lambda value: text.label(field, value) if value else text(f"filter.all_{name}"),
            resets=("page", "post"),
        )
    return f'{name}:"{value}"' if value else ""


def _list(frame: Frame, found: Found) -> Record:
    """The list with its count and paging; the record that the right pane shows."""
    pages = -(-found.total // SIZE)
    chosen = _chosen(found)
    with st.container(key="card-list"):
        st.html(render("count", line=frame.text("complaints.count", count=found.total)))
        picked = post_rows(frame, found.records, key="complaint-rows", selected=chosen.id)
    if pages > 1:
        paging(pages)
    if picked and picked != chosen.id:
        change(post=picked)
        st.rerun()
    # Named in the address, it stays the shown one when more urgent posts come in while it is being read.
    if number("post", 0) != chosen.id:
        change(post=chosen.id)
    return chosen


def _chosen(found: Found) -> Record:
    """The post of the address, else the first of the list."""
    wanted = number("post", 0)
    listed = next((record for record in found.records if record.id == wanted), None)
    if listed or not wanted:
        return listed or found.records[0]
    try:
        return set_up().ledger.record(wanted)
    except RecordNotFoundError:
        return found.records[0]


def _post(frame: Frame, found: Found, record: Record) -> None:
    _actions(frame, found, record)
    # Drawn at once, and again with the words marked that the model went by: finding those takes a moment.
    place = st.empty()
    post_pane(frame, record, place=place)
    if st.session_state.get("correcting") == record.id:
        correction(frame, record, st.session_state.get("reviewer", ""), done=lambda: _next(frame, found, record))
    text = frame.text
    why, versions, log = st.tabs([text("tab.reasons"), text("tab.versions", count=record.version), text("tab.audit")])
    with versions:
        versions_pane(frame, record)
    with log:
        audit_pane(frame, record)
    with why:
        reasons_pane(frame, record, place=place)


def _actions(frame: Frame, found: Found, record: Record) -> None:
    """Step through the list, confirm, correct; each has a key."""
    text = frame.text
    before, after = _neighbours(found, record)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if st.button(text("judge.previous"), shortcut="K", disabled=before is None) and before:
            _open(before)
        if st.button(text("judge.next"), shortcut="J", disabled=after is None) and after:
            _open(after)
        st.space("stretch")
        who = reviewer(frame)
        if st.button(text("judge.correct"), shortcut="E", key="correct"):
            st.session_state["correcting"] = None if st.session_state.get("correcting") == record.id else record.id
        confirmed = st.button(
            text("judge.confirm"), shortcut="Y", type="primary", key="confirm", help=text("judge.confirm_help")
        )
    if not confirmed:
        return
    if not who:
        st.error(text("judge.needs_reviewer"), icon=":material/error:")
        return
    confirm(frame, record, who)
    _next(frame, found, record)


def _neighbours(found: Found, record: Record) -> tuple[int | None, int | None]:
    ids = [other.id for other in found.records]
    if record.id not in ids:
        return None, ids[0] if ids else None
    place = ids.index(record.id)
    return ids[place - 1] if place else None, ids[place + 1] if place + 1 < len(ids) else None


def _open(record_id: int) -> None:
    change(post=record_id)
    st.session_state["correcting"] = None
    st.rerun()


def _next(frame: Frame, found: Found, record: Record) -> None:
    """After a decision: the post that follows, or the first of what is left."""
    st.session_state["correcting"] = None
    _, after = _neighbours(found, record)
    change(post=after)
    st.toast(frame.text("judge.saved"), icon=":material/check:")
    st.rerun()


def _nothing(frame: Frame) -> None:
    if not frame.posts:
        show_empty(frame.text, "frame", command="fengping run")
    elif frame.pending:
        show_empty(frame.text, "pending", command="fengping work")
    else:
        show_empty(frame.text, "complaints")


show()
