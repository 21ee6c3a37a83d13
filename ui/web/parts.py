"""The set-up that the app shows, opened once a process, and the question whether anything in it changed."""

import streamlit as st

from ui.setup import SetUp


@st.cache_resource(show_spinner=False)
def set_up() -> SetUp:
    """The set-up that the environment names; `ConfigurationError` where its configuration is wrong."""
    return SetUp.from_environment()


def version_key() -> str:
    """Changes whenever anything in the ledger did; the key of every cached answer."""
    return set_up().ledger.version_key()
