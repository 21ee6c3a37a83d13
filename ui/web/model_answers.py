"""The answers that the page "模型" shows, kept as long as they are current."""

# ruff: noqa: ARG001 -- the keys of an answer are arguments for the cache, which reads them

from datetime import UTC, datetime, timedelta

import streamlit as st

from indexer.ledger import ModelCount
from monitor import AgreementReport, Drift, agreement, find_drift, shanghai_day
from monitor.corrections import judged_records
from ui.web.parts import set_up

# A week is compared with four: what lands within these minutes moves nothing, and posts need not be read anew.
_DRIFT_FOR = timedelta(minutes=15)
# Counted over all analyses, which takes seconds where there are millions.
_COUNTS_FOR = timedelta(minutes=1)


def drift() -> Drift:
    """Whether the last days' posts are like those before; a second or two when asked first, then from memory."""
    return _drift(shanghai_day(datetime.now(UTC)).isoformat(), set_up().ledger.models.in_use())


@st.cache_data(ttl=_DRIFT_FOR, max_entries=4, show_spinner=False)
def _drift(day: str, in_use: str | None) -> Drift:
    return find_drift(set_up().ledger, set_up().index, shanghai_day(datetime.now(UTC)))


def agreed() -> AgreementReport:
    """Agreement of people and model, as of the last decision."""
    return _agreed(set_up().ledger.models.last_decision())


@st.cache_data(max_entries=4, show_spinner=False)
def _agreed(last_decision: int) -> AgreementReport:
    return agreement(judged_records(set_up().ledger))


@st.cache_data(ttl=_COUNTS_FOR, max_entries=4, show_spinner=False)
def counts(in_use: str | None) -> list[ModelCount]:
    """How many analyses of each model the ledger holds."""
    return set_up().ledger.models.counts()
