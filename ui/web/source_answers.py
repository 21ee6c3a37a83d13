"""The answers that the page of sources shows, kept until the ledger changes."""

# ruff: noqa: ARG001 -- the version key of an answer is an argument for the cache, which reads it

from datetime import datetime

import streamlit as st

from indexer.ledger import Covered, NotedIssue, Uncovered
from monitor import SourceAlarm, source_alarms
from ui.web.parts import set_up

SHOWN = 200


@st.cache_data(max_entries=8, show_spinner=False)
def covered(key: str) -> tuple[list[Covered], list[Covered], list[Uncovered]]:
    """Coverage by source and by board, and the latest items with gaps."""
    kept = set_up().ledger.coverage
    return kept.by_source(), kept.by_board(), kept.gaps(limit=SHOWN)


@st.cache_data(max_entries=8, show_spinner=False)
def hours(key: str, since: datetime) -> list[Covered]:
    """Coverage by hour since a time."""
    return set_up().ledger.coverage.by_hour(since=since)


@st.cache_data(max_entries=8, show_spinner=False)
def issues(key: str) -> tuple[int, list[NotedIssue]]:
    """How many oddities there are, and the latest of them."""
    return set_up().ledger.counts().issues, set_up().ledger.issues(limit=SHOWN)


@st.cache_data(max_entries=8, show_spinner=False)
def alarms(key: str, hour: datetime) -> tuple[SourceAlarm, ...]:
    """The alarms as of an hour."""
    return source_alarms(set_up().ledger, set_up().configuration.sources, now=hour)
