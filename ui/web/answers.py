"""The answers that pages show, computed from ledger and index and kept until the ledger changes.

Every function takes the ledger's version key first: a new key is a new question, an old one is answered from memory.
"""

# ruff: noqa: ARG001 -- the version key of an answer is an argument for the cache, which reads it

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import streamlit as st

from indexer.ledger import LedgerCounts, SourceState
from indexer.query import parse
from indexer.record import Record
from indexer.search.backend import Field, Sort
from monitor import (
    DayCounts,
    IssueChange,
    Period,
    RiskDay,
    Spike,
    brand_scope,
    count_days,
    find_spikes,
    issue_changes,
    risk_days,
    spike_peaks,
)
from monitor.counts import since_first_post
from monitor.risk import HISTORY_DAYS
from nlp import Explanation, explain
from ui.web.parts import set_up

FACETS = (Field.KIND, Field.SENTIMENT, Field.ISSUE, Field.URGENCY, Field.STATUS, Field.SOURCE, Field.REGION)
# The order of the work: danger to life, the sure ones first; then regulators and the press, then what may be more
# urgent than it looks, then overdue complaints, then the rest.
URGENCY_BANDS = (
    "urgency:critical -doubt:urgency",
    "urgency:critical doubt:urgency",
    "urgency:high",
    "urgency:normal doubt:urgency",
    "urgency:normal -doubt:urgency overdue:yes",
    "urgency:normal -doubt:urgency overdue:no",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What the overview shows: counts, risk and spikes of consecutive days up to today, oldest first."""

    counts: tuple[DayCounts, ...]
    risk: tuple[RiskDay, ...]
    spikes: tuple[Spike, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page of a search: how many posts there are in all, and the records of this page."""

    total: int
    records: tuple[Record, ...]


@st.cache_data(max_entries=32, show_spinner=False)
def state(key: str) -> tuple[LedgerCounts, list[SourceState]]:
    """How much the ledger holds and how fresh the sources are."""
    ledger = set_up().ledger
    return ledger.counts(), ledger.sources()


def scope() -> str:
    """The query for the brand's posts."""
    settings = set_up().configuration
    return brand_scope(settings.brand, settings.monitor)


@st.cache_data(max_entries=32, show_spinner=False)
def watch(key: str, today: date, days: int) -> Watch:
    """Risk and spikes of the last `days` days; the 28 days before them are read as history and left out."""
    settings = set_up().configuration.monitor
    period = Period.ending(today, days=days + HISTORY_DAYS)
    counts = since_first_post(count_days(set_up().index, scope(), period, noticed=settings.noticed))
    complaints = [(day.day, day.complaints) for day in counts]
    spikes = find_spikes(complaints, threshold=settings.spike_threshold, minimum=settings.spike_minimum)
    first = today - timedelta(days=days - 1)
    return Watch(
        counts=tuple(day for day in counts if day.day >= first),
        risk=tuple(day for day in risk_days(counts, settings.weights) if day.day >= first),
        spikes=tuple(spike for spike in spike_peaks(spikes) if spike.day >= first),
    )


@st.cache_data(max_entries=32, show_spinner=False)
def issues(key: str, first: date, last: date) -> tuple[IssueChange, ...]:
    """Complaints by issue in a period and in the one before."""
    return issue_changes(set_up().index, scope(), Period(first, last))


@st.cache_data(max_entries=256, show_spinner=False)
def count(key: str, query: str) -> int:
    """How many posts a query finds; `QueryError` where it can't be read."""
    return set_up().index.search(parse(query, now=datetime.now(UTC)), limit=1).total


@st.cache_data(max_entries=256, show_spinner=False)
def find(key: str, query: str, *, sort: Sort, page: int, size: int) -> Found:
    """One page of a search, the last one for a page beyond it; `QueryError` where the query can't be read."""
    total = count(key, query)
    tree = parse(query, now=datetime.now(UTC))
    result = set_up().index.search(tree, sort=sort, limit=size, offset=_skipped(page, size, total))
    return Found(total=result.total, records=tuple(set_up().ledger.records(result.record_ids)))


@st.cache_data(max_entries=256, show_spinner=False)
def urgent_first(key: str, query: str, *, page: int, size: int) -> Found:
    """One page of a search (the last one for a page beyond it) in the order of the work, the newest first in each."""
    bands = [f"({query}) {band}" for band in URGENCY_BANDS]
    counts = [count(key, band) for band in bands]
    skip = _skipped(page, size, sum(counts))
    ids: list[int] = []
    for band, held in zip(bands, counts, strict=True):
        if skip < held and len(ids) < size:
            tree = parse(band, now=datetime.now(UTC))
            ids += set_up().index.search(tree, limit=size - len(ids), offset=skip).record_ids
        skip = max(0, skip - held)
    return Found(total=sum(counts), records=tuple(set_up().ledger.records(ids)))


def _skipped(page: int, size: int, total: int) -> int:
    """How many hits come before a page that exists."""
    last = max(1, -(-total // size))
    return (min(page, last) - 1) * size


@st.cache_data(max_entries=256, show_spinner=False)
def cluster_size(key: str, record_id: int) -> int:
    """How many posts tell nearly the same as this one, itself included; counted up to 1,000."""
    return len(set_up().ledger.cluster(record_id, limit=1000))


@st.cache_data(max_entries=64, show_spinner=False)
def facets(key: str, query: str) -> Mapping[Field, Mapping[str, int]]:
    """How many of the posts that a query finds have each value of the fields."""
    return set_up().index.facets(parse(query, now=datetime.now(UTC)), FACETS)


@st.cache_data(max_entries=256, show_spinner=False)
def explanation(record_id: int, version: int, model_version: str) -> Explanation | None:
    """What speaks for the machine labels of a record, if it has any; takes up to a second when asked first."""
    record = set_up().ledger.record(record_id)
    if record.analysis is None:
        return None
    return explain(record.analysed_text, record.analysis, set_up().analyzer)
