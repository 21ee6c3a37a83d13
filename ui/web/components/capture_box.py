"""The box for a link: pasted, fetched, analysed, and shown with its labels or with why there is nothing."""

import streamlit as st

from crawler.errors import CrawlerError
from indexer.errors import IndexerError
from ui.capturing import Captured, capture
from ui.errors import UiError
from ui.setup import SetUp
from ui.web.components.frame import Frame
from ui.web.components.judging import reviewer
from ui.web.components.post_rows import post_rows
from ui.web.markup import render
from ui.web.parts import set_up
from ui.web.state import page_file

_KEPT = "captured"


def capture_box(frame: Frame) -> None:
    """Draw the box and what came of the link that was pasted last."""
    with st.form("capture", border=False), st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        url = st.text_input(frame.text("capture.label"), key="capture-url", placeholder=frame.text("capture.hint"))
        who = reviewer(frame)
        sent = st.form_submit_button(frame.text("capture.go"), type="primary")
    if sent:
        _capture(frame, url.strip(), who)
    captured = st.session_state.get(_KEPT)
    if captured is not None:
        _show(frame, captured)


def _capture(frame: Frame, url: str, who: str) -> None:
    st.session_state.pop(_KEPT, None)
    if not url or not who:
        st.error(frame.text("capture.needs_url" if not url else "capture.needs_who"), icon=":material/error:")
        return
    try:
        with st.spinner(frame.text("capture.running")):
            # Parts of its own: what writes the index here is closed again before the page reads it.
            st.session_state[_KEPT] = capture(SetUp.open(set_up().home, set_up().config), url, who=who)
    except (CrawlerError, IndexerError, UiError) as error:
        st.error(str(error), icon=":material/error:")


def _show(frame: Frame, captured: Captured) -> None:
    text = frame.text
    if captured.records:
        counts = {"count": len(captured.records), "new": captured.new, "seconds": f"{captured.seconds:.1f}"}
        later = "" if captured.is_searchable else text("capture.later")
        st.html(render("part", words=text("capture.done", source=captured.source, **counts) + later))
        records = set_up().ledger.records([record.id for record in captured.records])
        picked = post_rows(frame, records, key="captured-rows")
        if picked:
            st.switch_page(page_file("complaints"), query_params={"post": str(picked)})
    elif not captured.issues:
        st.html(render("empty", title=text("capture.nothing"), line=text("capture.nothing_help"), command=""))
    for issue in captured.issues:
        st.html(render("empty", title=text("capture.unread"), line=f"{issue.detail} {issue.url}", command=""))
