"""The box for screenshots: dropped, read, shown beside what was read, and corrected."""

from datetime import UTC, datetime

import streamlit as st

from crawler.errors import CrawlerError
from indexer.errors import IndexerError
from ui.errors import UiError
from ui.screenshots import ReadPicture, correct_text, read_pictures
from ui.setup import SetUp
from ui.web.components.frame import Frame
from ui.web.parts import set_up

_KEPT = "pictures"


def screenshot_box(frame: Frame) -> None:
    """Draw the box, and the pictures that were read last with their texts."""
    text = frame.text
    with st.form("screenshots", border=False, clear_on_submit=True):
        files = st.file_uploader(text("shot.label"), type=["png", "jpg", "jpeg"], accept_multiple_files=True)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            is_thread = st.checkbox(text("shot.thread"))
            sent = st.form_submit_button(text("shot.go"), type="primary")
    if sent and files:
        _read(frame, [file.getvalue() for file in files], is_thread=is_thread)
    for picture in st.session_state.get(_KEPT, []):
        _correction(frame, picture)


def _who() -> str:
    return str(st.session_state.get("reviewer") or set_up().configuration.web.reviewer).strip()


def _own_parts() -> SetUp:
    return SetUp.open(set_up().home, set_up().config)


def _read(frame: Frame, bodies: list[bytes], *, is_thread: bool) -> None:
    if not _who():
        st.error(frame.text("capture.needs_who"), icon=":material/error:")
        return
    try:
        with st.spinner(frame.text("shot.running")):
            st.session_state[_KEPT] = read_pictures(_own_parts(), bodies, who=_who(), is_thread=is_thread)
    except (CrawlerError, IndexerError, UiError) as error:
        st.error(str(error), icon=":material/error:")
        return
    if not st.session_state[_KEPT]:
        st.info(frame.text("shot.nothing"), icon=":material/info:")


def _correction(frame: Frame, picture: ReadPicture) -> None:
    text, record = frame.text, set_up().ledger.record(picture.record_id)
    left, right = st.columns([2, 3], gap="medium")
    with left:
        st.image(str(picture.path))
    with right, st.form(f"shot-{record.id}-{record.version}", border=False):
        said = text("list.comma").join((*picture.names, *picture.times))
        words = st.text_area(text("shot.read"), record.post.text, height=320, help=said or None)
        if st.form_submit_button(text("shot.save")):
            _correct(frame, picture, words)


def _correct(frame: Frame, picture: ReadPicture, words: str) -> None:
    if not _who():
        st.error(frame.text("capture.needs_who"), icon=":material/error:")
        return
    setup = _own_parts()
    record = setup.ledger.record(picture.record_id)
    if correct_text(setup, record, words.strip(), who=_who(), now=datetime.now(UTC)):
        st.toast(frame.text("shot.saved"))
