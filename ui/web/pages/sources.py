"""Sources: where the data comes from, what of it is missing and why; and what people hand over themselves."""

from datetime import datetime, timedelta

import streamlit as st

from indexer.errors import IndexerError
from ui.texts.coverage_words import alarm_words
from ui.web import source_answers
from ui.web.components.capture_box import capture_box
from ui.web.components.card_head import card_head
from ui.web.components.coverage_table import coverage_table, gap_table, hour_table
from ui.web.components.empty import show_empty
from ui.web.components.frame import Frame, begin
from ui.web.components.issue_table import issue_table
from ui.web.components.screenshot_box import screenshot_box
from ui.web.markup import render

_SHOWN_HOURS = timedelta(days=7)


def show() -> None:
    """Draw the page."""
    frame = begin("sources")
    with st.container(key="card-handed-over"):
        capture_box(frame)
        screenshot_box(frame)
    try:
        _body(frame)
    except IndexerError as error:
        st.html(render("empty", title=frame.text("sources.broken"), line=str(error), command=""))


def _body(frame: Frame) -> None:
    by_source, _, _ = source_answers.covered(frame.key)
    count, _ = source_answers.issues(frame.key)
    if not (frame.posts or by_source or count):
        show_empty(frame.text, "sources", command="fengping run")
        return
    _alarms(frame)
    with st.container(key="card-coverage"):
        _coverage(frame)
    with st.container(key="card-crawl-issues"):
        _issues(frame)


def _alarms(frame: Frame) -> None:
    alarms = source_answers.alarms(frame.key, _hour(frame))
    if alarms:
        title = frame.text("alarm.title", count=len({alarm.source for alarm in alarms}))
        st.html(render("alarms", title=title, lines=[alarm_words(frame.text, alarm) for alarm in alarms]))


def _hour(frame: Frame) -> datetime:
    return frame.now.replace(minute=0, second=0, microsecond=0)


def _coverage(frame: Frame) -> None:
    by_source, by_board, gaps = source_answers.covered(frame.key)
    if not by_source:
        show_empty(frame.text, "coverage.none")
        return
    stated, got = (sum(getattr(one, name) for one in by_source) for name in ("stated", "got"))
    share = f"{got / stated:.1%}" if stated else "–"
    title = frame.text("coverage.finding", stated=f"{stated:,}", got=f"{got:,}", share=share)
    with card_head(title, note=frame.text("coverage.note")):
        hour_table(
            frame.text,
            source_answers.hours(frame.key, frame.now.replace(minute=0, second=0, microsecond=0) - timedelta(days=7)),
        )
        gap_table(frame.text, gaps)
    coverage_table(frame.text, by_board)


def _issues(frame: Frame) -> None:
    count, issues = source_answers.issues(frame.key)
    if not count:
        show_empty(frame.text, "issues.none")
        return
    card_head(frame.text("issues.title", count=f"{count:,}"), note=frame.text("issues.note"))
    issue_table(frame, issues)


show()
