"""Overview: is it getting worse than usual, and where; everything on it leads to posts."""

from datetime import date

import streamlit as st

from monitor import Period, period_risk, shanghai_day, within
from ui.texts import Texts
from ui.web import answers
from ui.web.answers import Watch
from ui.web.components.card_head import card_head
from ui.web.components.drift_words import drift_warning
from ui.web.components.empty import show_empty
from ui.web.components.findings import complaints_finding, risk_finding, sentiment_finding
from ui.web.components.frame import Frame, begin
from ui.web.components.issue_bars import issue_bars
from ui.web.components.post_rows import post_rows
from ui.web.components.risk_chart import risk_chart
from ui.web.components.risk_number import risk_number
from ui.web.components.sentiment_chart import sentiment_chart, sentiment_pills
from ui.web.components.source_table import source_table
from ui.web.components.tables import day_table, issue_table, sentiment_table
from ui.web.parts import set_up
from ui.web.state import page_file, parameter, segments

PERIODS = ("7", "14", "30")
# The chart shows at least this many days, so that a week is seen against what is usual.
LEAST_DAYS = 60
FIRST_POSTS = 5
# The posts behind a part of the index.
PART_QUERIES = {
    "volume": "",
    "negativity": "sentiment:negative",
    "severity": "(overdue:yes OR urgency:critical,high)",
    "velocity": "sentiment:negative",
}


def show() -> None:
    """Draw the page."""
    frame = begin("overview", tools=_period_choice)
    warning = st.empty()
    if not frame.posts:
        show_empty(frame.text, "frame", command="fengping run")
        return
    today = shanghai_day(frame.now)
    period = Period.ending(today, days=_days())
    watch = answers.watch(frame.key, today, max(LEAST_DAYS, 2 * period.days))
    if not watch.risk:
        show_empty(
            frame.text, "pending" if frame.pending else "overview", command="fengping work" if frame.pending else ""
        )
        return
    _risk(frame, watch, period)
    with st.container(key="stack-middle"):
        left, right = st.columns(2, gap="small")
    with left:
        _complaints(frame, period)
    with right:
        _sentiment(frame, watch, period)
    with st.container(key="stack-lower"):
        left, right = st.columns([3, 2], gap="small")
    with left:
        _urgent(frame)
    with right:
        _sources(frame)
    drift_warning(frame.text, warning)  # last: what is asked for it takes a moment, and the rest stands by then


def _period_choice(text: Texts) -> None:
    segments(
        "days",
        PERIODS,
        default=PERIODS[0],
        label=text("overview.period"),
        words=lambda days: text("overview.days", days=days),
    )


def _days() -> int:
    chosen = parameter("days")
    return int(chosen if chosen in PERIODS else PERIODS[0])


def _risk(frame: Frame, watch: Watch, period: Period) -> None:
    text = frame.text
    days = [day for day in watch.risk if day.day in period]
    now, before = period_risk(days), period_risk([day for day in watch.risk if day.day in period.previous])
    if now is None:
        return
    with st.container(key="card-risk"):
        number, chart = st.columns([2, 5], gap="medium")
        with number:
            part = risk_number(text, days, now, before)
        with chart:
            title = risk_finding(text, now, before, watch.spikes, period)
            with card_head(title, note=text("risk.note")):
                day_table(text, watch)
            day = risk_chart(text, watch.risk, watch.spikes, period)
    if part:
        _open(within(f"{answers.scope()} {_part_query(part)}", period))
    if day:
        _open_day(day)


def _part_query(part: str) -> str:
    return PART_QUERIES.get(part, f"({set_up().configuration.monitor.noticed})")


def _complaints(frame: Frame, period: Period) -> None:
    changes = answers.issues(frame.key, period.first, period.last)
    now, before = (
        answers.count(frame.key, within(f"{answers.scope()} kind:complaint", each))
        for each in (period, period.previous)
    )
    with st.container(key="card-issues", height="stretch"):
        with card_head(complaints_finding(frame.text, changes, now, before, period)):
            issue_table(frame.text, changes)
        issue = issue_bars(frame.text, changes)
    if issue:
        _open(within(f"{answers.scope()} kind:complaint issue:{issue}", period))


def _sentiment(frame: Frame, watch: Watch, period: Period) -> None:
    with st.container(key="card-sentiment", height="stretch"):
        title = sentiment_finding(frame.text, watch.counts, period)
        with card_head(title, note=frame.text("sentiment.note"), pills=sentiment_pills(frame.text)):
            sentiment_table(frame.text, watch.counts)
        day = sentiment_chart(frame.text, watch.counts)
    if day:
        _open_day(day)


def _sources(frame: Frame) -> None:
    with st.container(key="card-sources", height="stretch"):
        stale = sum(source.stale for source in frame.sources)
        name = "sources.some_stale" if stale else "sources.all_fresh"
        title = frame.text(name, stale=stale, count=len(frame.sources))
        card_head(title)
        source = source_table(frame)
    if source:
        _open(f'source:"{source}"')


def _urgent(frame: Frame) -> None:
    query = f"{answers.scope()} kind:complaint status:pending"
    found = answers.urgent_first(frame.key, query, page=1, size=FIRST_POSTS)
    with st.container(key="card-urgent", height="stretch"):
        title = frame.text("urgent.title" if found.total else "urgent.none", count=found.total)
        card_head(title)
        picked = post_rows(frame, found.records, key="urgent-rows")
    if picked:
        st.switch_page(page_file("complaints"), query_params={"post": str(picked)})


def _open_day(day: str) -> None:
    only = date.fromisoformat(day)
    _open(within(answers.scope(), Period(only, only)))


def _open(query: str) -> None:
    st.switch_page(page_file("search"), query_params={"q": " ".join(query.split())})


show()
